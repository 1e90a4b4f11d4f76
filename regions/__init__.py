"""The regions of Indonesia by their official codes."""
