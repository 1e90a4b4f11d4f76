"""The key pair by which push services and browsers know this portal (VAPID, RFC 8292)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from email.utils import parseaddr
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()


def is_offered() -> bool:
    """Whether this installation has a key; without one it offers no push."""
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """What browsers are told; empty where there is none."""
    return _public_of(settings.VAPID_PRIVATE_KEY) if is_offered() else ""


def contact() -> str:
    """Whom a push service writes to when the portal troubles it."""
    return settings.VAPID_CONTACT or f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def new_pair() -> tuple[str, str]:
    """A fresh private key and its public one, as the settings and browsers write them."""
    key = ec.generate_private_key(CURVE)
    private = _text(key.private_numbers().private_value.to_bytes(32, "big"))
    return private, _public_of(private)


@lru_cache(maxsize=4)
def _public_of(private: str) -> str:
    from py_vapid import Vapid

    point = Vapid.from_string(private).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _text(point)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
