"""When a decree changes the regions: what happens to everything that lies in them (docs/adr/0024)."""
