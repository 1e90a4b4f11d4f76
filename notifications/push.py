"""Devices that take notifications: how a browser comes in, moves to another account, and goes."""

from __future__ import annotations

import binascii
import ipaddress
import re
from base64 import b64decode
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications import push_keys
from notifications.models import PushDevice
from notifications.push_models import LONGEST_ENDPOINT

if TYPE_CHECKING:
    from accounts.models import User

# A phone, a laptop, an office machine and what was forgotten: the oldest makes room.
MOST_DEVICES = 20
SECRET_BYTES = 16
# What an address may be made of: neither spaces nor what no database keeps.
PRINTABLE = re.compile(r"[!-~]+")
BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class NotADevice(Exception):
    """What was given is no subscription of a push service that the portal talks to."""


def register(user: User, *, endpoint: str, p256dh: str, auth: str, agent: str = "") -> PushDevice:
    """The browser takes the person's notifications from now on, and those of nobody else."""
    check(endpoint, p256dh, auth)
    fields = {
        "user": user,
        "p256dh": p256dh,
        "auth": auth,
        "portal_key": push_keys.public_key(),
        "label": label_of(agent),
    }
    with transaction.atomic():
        device, _is_new = PushDevice.objects.update_or_create(
            endpoint=endpoint, defaults=fields, create_defaults=fields | {"created_at": timezone.now()}
        )
        too_many = PushDevice.objects.of(user).values_list("pk", flat=True)[MOST_DEVICES:]
        PushDevice.objects.filter(pk__in=list(too_many)).delete()
    return device


def renew(old: str, *, endpoint: str, p256dh: str, auth: str) -> bool:
    """The push service gave the browser a new endpoint. Who knows the old one is the browser."""
    check(endpoint, p256dh, auth)
    with transaction.atomic():
        known = PushDevice.objects.select_for_update().filter(endpoint=old)
        device = known.first() if PRINTABLE.fullmatch(old) else None
        if device is None:
            return False
        PushDevice.objects.filter(endpoint=endpoint).exclude(pk=device.pk).delete()
        device.endpoint, device.p256dh, device.auth = endpoint, p256dh, auth
        device.save(update_fields=["endpoint", "p256dh", "auth"])
    return True


def check(endpoint: str, p256dh: str, auth: str) -> None:
    """Raise NotADevice for what nothing can be sent to, and for what nothing must be sent to."""
    if len(endpoint) > LONGEST_ENDPOINT or not PRINTABLE.fullmatch(endpoint) or not is_push_service(endpoint):
        raise NotADevice("the endpoint")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(push_keys.CURVE, _bytes(p256dh))
    except ValueError as problem:
        raise NotADevice("the key") from problem
    if len(_bytes(auth)) != SECRET_BYTES:
        raise NotADevice("the secret")


def is_push_service(endpoint: str) -> bool:
    """Whether messages may be sent there: only to services that are known, so to no machine of our own."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    known = any(fnmatchcase(host, service) for service in settings.PUSH_SERVICES)
    if not known or parts.username or parts.password:
        return False
    # Plain HTTP and ports of their own are for the servers of tests.
    return _is_loopback(host) or (parts.scheme == "https" and port in (None, 443))


def label_of(agent: str) -> str:
    """How a person knows the device again: "Chrome · Android"."""
    names = [_first(BROWSERS, agent), _first(SYSTEMS, agent)]
    return " · ".join(filter(None, names)) or "Web"


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in names if re.search(rf"\b{mark}\b", agent)), "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bytes(text: str) -> bytes:
    try:
        # Nothing but its own letters: what is passed over in reading would be kept all the same.
        return b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as problem:
        raise NotADevice("not base64") from problem
