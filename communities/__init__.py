"""Communities, their documents and their members."""
