"""One message to one device because its owner asks for it: does it arrive?"""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.channels.base import NotNow, Refused
from notifications.channels.push import DevicesGone, Manner, PushChannel
from notifications.models import PushDevice

AT_ONCE = Manner(ttl=60, urgency="high")


class Gone(Exception):
    """The device takes nothing any more, and is dropped."""


def send_trial(device: PushDevice) -> None:
    """In the language of now. Raises NotNow, or Gone where its push service knows the device no more."""
    content = {
        "title": "Portal KIM",
        "body": _("This is how notifications look here."),
        "url": reverse("notifications:settings"),
        "tag": "trial",
    }
    with PushChannel() as channel:
        try:
            channel.send_to(device, content, AT_ONCE)
        except DevicesGone as problem:
            device.delete()
            raise Gone from problem
        except Refused as problem:
            # Of the portal's key or message, say: no fault of the device.
            raise NotNow(str(problem)) from problem
    PushDevice.objects.filter(pk=device.pk).update(last_sent_at=timezone.now())
