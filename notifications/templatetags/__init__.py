"""Tags of following."""
