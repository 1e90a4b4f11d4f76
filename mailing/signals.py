"""What mailing announces to the layers above.

posted: a mail waits and could be sent at once. Nothing is lost where nobody hears it: the clock asks too.
"""

from django.dispatch import Signal

posted = Signal()
