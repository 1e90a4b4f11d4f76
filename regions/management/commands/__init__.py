"""Commands about regions, one a module."""
