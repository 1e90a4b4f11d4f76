"""The right of reply: what people named in the news answer, without an account; see docs/adr/0052."""
