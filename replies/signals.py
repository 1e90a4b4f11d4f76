"""What replies announce to the layers above.

asked: somebody without an account has written one, and a mail waits to ask whether the address is theirs.
"""

from django.dispatch import Signal

asked = Signal()
