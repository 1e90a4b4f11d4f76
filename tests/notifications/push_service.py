"""A push service of the tests' own: checks who signs (RFC 8292), and reads as browsers do (RFC 8291).

Written from the standards with the primitives of `cryptography`: it holds the portal's library to them.
"""

from __future__ import annotations

import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.notifications.http_server import Answer, Asked, HttpServer

CURVE = ec.SECP256R1()


class Browser:
    """One browser: its keys, and where its push service listens for it."""

    def __init__(self, origin: str) -> None:
        self._key = ec.generate_private_key(CURVE)
        self._secret = secrets.token_bytes(16)
        self.endpoint = f"{origin}/push/{secrets.token_urlsafe(12)}"

    @property
    def keys(self) -> dict[str, str]:
        """What the page hands to the portal."""
        return {
            "endpoint": self.endpoint,
            "p256dh": text(_point(self._key.public_key())),
            "auth": text(self._secret),
        }

    def read(self, body: bytes) -> bytes:
        """Decrypt aes128gcm, one record (RFC 8188 and RFC 8291)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        shared = self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        info = b"WebPush: info\x00" + _point(self._key.public_key()) + sender
        ikm = HKDF(hashes.SHA256(), 32, self._secret, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(ikm)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(ikm)
        plain = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\x00")
        assert plain.endswith(b"\x02")  # the mark of the last record
        return plain[:-1]


@dataclass(frozen=True)
class Message:
    """What a browser got."""

    endpoint: str
    content: dict[str, str]
    headers: dict[str, str]
    claims: dict[str, Any]


class PushService(HttpServer):
    """Takes messages for its browsers; `answers` holds other answers by endpoint."""

    def __init__(self, portal_key: str) -> None:
        super().__init__()
        self._portal_key = portal_key
        self.browsers: dict[str, Browser] = {}
        self.answers: dict[str, Answer] = {}
        self.messages: list[Message] = []

    def browser(self) -> Browser:
        """A new one that has allowed notifications."""
        browser = Browser(self.origin)
        self.browsers[browser.endpoint] = browser
        return browser

    def answer(self, asked: Asked) -> Answer:
        """201, or what was said for this endpoint; 403 for whoever signs wrongly."""
        endpoint = f"{self.origin}{asked.path}"
        if endpoint in self.answers:
            return self.answers[endpoint]
        claims = self.claims_of(asked.headers.get("authorization", ""))
        if claims is None:
            return Answer(403, "wrong signature")
        if asked.headers["content-encoding"] != "aes128gcm" or not asked.headers["ttl"].isdecimal():
            return Answer(400, "not as RFC 8030 says")
        if len(asked.body) > 4096:
            return Answer(413)
        content = json.loads(self.browsers[endpoint].read(asked.body))
        self.messages.append(Message(endpoint, content, asked.headers, claims))
        return Answer(201)

    def claims_of(self, authorization: str) -> dict[str, Any] | None:
        """What the portal swears, if its signature holds and it speaks to this service now."""
        scheme, _space, rest = authorization.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme != "vapid" or parts.get("k") != self._portal_key:
            return None
        signed, _dot, signature = parts["t"].rpartition(".")
        raw = raw_of(signature)
        pair = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw_of(self._portal_key))
        key.verify(encode_dss_signature(*pair), signed.encode(), ec.ECDSA(hashes.SHA256()))
        claims = json.loads(raw_of(signed.split(".")[1]))
        is_for_now = time.time() < claims["exp"] < time.time() + 24 * 3600
        return claims if is_for_now and claims["aud"] == self.origin else None


def text(raw: bytes) -> str:
    """As browsers write keys."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_of(said: str) -> bytes:
    """The same back."""
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
