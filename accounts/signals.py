"""What accounts announce to the layers above, which know more about a person.

exporting: argument user. A receiver returns a dict of what it keeps about the person, ready for JSON.
erasing: argument user; sent inside the transaction that erases. A receiver takes away what is the person's
own, and may raise accounts.errors.ErasureRefused with words that say what to do first.
"""

from django.dispatch import Signal

exporting = Signal()
erasing = Signal()
