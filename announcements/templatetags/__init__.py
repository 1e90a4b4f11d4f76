"""What pages show of announcements."""
