"""A new decree's list of regions: read, compared, and brought into the table (docs/adr/0024)."""
