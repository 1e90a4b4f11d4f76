"""How long an event may last: longer ones are announced in parts."""

from datetime import timedelta

LONGEST = timedelta(days=60)
