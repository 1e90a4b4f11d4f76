"""What articles announce to the layers above."""

from django.dispatch import Signal

# Sent inside the transaction in which the region of an article became another one; argument: article.
moved = Signal()
