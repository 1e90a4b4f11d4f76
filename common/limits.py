"""How often something may happen in a while. Counted in the cache: forgetting it lets some more through."""

from django.core.cache import cache


def is_within(key: str, most: int, seconds: int) -> bool:
    """Count once more, and say whether that is still allowed; the while begins with the first."""
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two
        return True
