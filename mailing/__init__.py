"""Single mails to people who have no account: each app says what waits, one mechanism sends it."""
