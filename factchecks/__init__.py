"""Checking facts: what is said, where it spread, and what was found; see docs/adr/0050."""
