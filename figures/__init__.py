"""What an office counts: each figure defined once, for screen, export and report alike."""
