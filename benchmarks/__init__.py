"""What the portal promises in figures, measured against PostgreSQL's own speed in the same run."""
