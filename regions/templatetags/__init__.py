"""Template tags that know regions."""
