"""Pages for everybody: the front page, regions, search, and the texts about the portal. No models."""
