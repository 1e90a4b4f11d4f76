"""States, moves and the one door to them."""
