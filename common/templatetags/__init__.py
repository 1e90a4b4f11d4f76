"""Tags that the components use."""
