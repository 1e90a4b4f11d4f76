"""The embedded servers of development and tests: a real PostgreSQL and a real Redis under .local/."""
