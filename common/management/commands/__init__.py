"""Commands of the portal's frame."""
