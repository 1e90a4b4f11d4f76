"""What the lower layers announce and the upper ones listen to."""

from django.dispatch import Signal

# Sent inside the transaction that recorded it; argument: activity.
recorded = Signal()
