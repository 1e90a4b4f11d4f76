"""News that members write."""
