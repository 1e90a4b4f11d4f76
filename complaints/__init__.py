"""What readers report, how offices answer it, and the public log of what was withdrawn."""
