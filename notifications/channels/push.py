"""The channel of web push: encrypted for one browser (RFC 8291), signed by the portal (VAPID).

Imported where it is used: the libraries take a second to load, and pages need none of them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from notifications import push_keys, stories
from notifications.brief import Brief, brief
from notifications.channels.base import Channel, NotNow, Refused, Unreachable
from notifications.channels.http import NOBODY, session, text_of, wait_of
from notifications.letters import language_of
from notifications.models import Delivery, PushDevice

if TYPE_CHECKING:
    import requests

    from accounts.models import User

# How long a push service keeps a message for a device that is switched off.
DAY, HALF_A_DAY, HOURS = 24 * 3600, 12 * 3600, 4 * 3600
GONE = (404, 410)
# A push service takes 4 KB, and the phone shows two lines.
TOPIC_LENGTH = 32


class Manner(NamedTuple):
    """How a push service should treat a message."""

    ttl: int
    urgency: str


class DevicesGone(Refused):
    """The push service knows none of the person's devices any more."""

    def __init__(self, said: str, devices: Sequence[int]) -> None:
        super().__init__(said)
        self.devices = list(devices)


class PushChannel(Channel):
    """One message to every browser of a person. Once one of them took it, the person is told."""

    name = "push"
    senders = 2

    def __init__(self) -> None:
        self._session: requests.Session | None = None
        self._signatures: dict[str, dict[str, str]] = {}
        self._silent: set[str] = set()
        self._services: set[str] = set()

    @classmethod
    def reachable(cls, kind: str) -> Q:  # noqa: ARG003 - a device takes every kind
        """Who has a device that knows the portal's key of now."""
        if not push_keys.is_offered():
            return NOBODY
        return Q(Exists(_usable().filter(user=OuterRef("pk"))))

    def close(self) -> None:
        """Let go of the connections."""
        if self._session:
            self._session.close()
            self._session = None

    def prepare(self, people: Sequence[User]) -> None:
        """Which push services these messages need: when none of them answers, nobody need wait for more."""
        self._services = {device.service for device in _usable().filter(user__in=[one.pk for one in people])}

    def send(self, person: User, deliveries: Sequence[Delivery]) -> None:
        """To all devices of the person as they are now: a browser may just have gone to somebody else."""
        devices = list(_usable().of(person))
        if not devices:
            raise Refused("no device is left")
        with translation.override(language_of(person)):
            content = content_of(brief(person, deliveries), deliveries)
        self._to_all(devices, content, manner_of(deliveries))

    def send_to(self, device: PushDevice, content: dict[str, str], manner: Manner) -> None:
        """To one device. Raises NotNow, Unreachable or Refused."""
        if device.service in self._silent:
            raise NotNow("the push service does not answer")
        answer = self._post(device, content, manner)
        if answer.ok:
            return
        said = text_of(answer)
        if answer.status_code in GONE:
            raise DevicesGone(said, [device.pk])
        if answer.status_code == 429 or answer.status_code >= 500:
            raise NotNow(said, wait=wait_of(answer))
        raise Refused(said)

    def refused(self, person: User, problem: Refused) -> None:
        """Devices that their push service reports gone are dropped."""
        if isinstance(problem, DevicesGone):
            PushDevice.objects.filter(pk__in=problem.devices, user=person).delete()

    def _to_all(self, devices: Sequence[PushDevice], content: dict[str, str], manner: Manner) -> None:
        taken: list[int] = []
        gone: list[int] = []
        problems: list[Exception] = []
        for device in devices:
            try:
                self.send_to(device, content, manner)
                taken.append(device.pk)
            except DevicesGone as problem:
                gone.append(device.pk)
                problems.append(problem)
            except (NotNow, Refused) as problem:
                problems.append(problem)
        if not taken:
            raise _worst(problems, gone)
        PushDevice.objects.filter(pk__in=taken).update(last_sent_at=timezone.now())
        PushDevice.objects.filter(pk__in=gone).delete()

    def _post(self, device: PushDevice, content: dict[str, str], manner: Manner) -> requests.Response:
        import requests
        from pywebpush import WebPusher

        self._session = self._session or session()
        keys = {"p256dh": device.p256dh, "auth": device.auth}
        pusher = WebPusher({"endpoint": device.endpoint, "keys": keys}, requests_session=self._session)
        headers = self._signed(device.service) | {
            "Urgency": manner.urgency,
            "Topic": topic_of(content["tag"]),
        }
        try:
            return pusher.send(json.dumps(content), headers, ttl=manner.ttl, timeout=settings.PUSH_TIMEOUT)
        except requests.RequestException as problem:
            raise self._not_answering(device.service, problem) from problem

    def _not_answering(self, service: str, problem: Exception) -> NotNow:
        """One push service of several that is silent holds up its own devices only."""
        self._silent.add(service)
        if self._services <= self._silent:
            return Unreachable(type(problem).__name__)
        return NotNow(type(problem).__name__)

    def _signed(self, service: str) -> dict[str, str]:
        """The header by which the service knows the portal; one signature serves a round."""
        from py_vapid import Vapid

        if service not in self._signatures:
            until = timezone.now() + timedelta(hours=12)
            claims = {"aud": service, "sub": push_keys.contact(), "exp": int(until.timestamp())}
            self._signatures[service] = Vapid.from_string(settings.VAPID_PRIVATE_KEY).sign(claims)
        return self._signatures[service]


def content_of(said: Brief, deliveries: Sequence[Delivery]) -> dict[str, str]:
    """What static/js/push-worker.js shows. Opening a single one marks it as read."""
    is_single = len(deliveries) == 1
    path = reverse("notifications:open", args=[deliveries[0].notification_id]) if is_single else said.path
    language = translation.get_language()
    return {"title": said.title, "body": said.line, "url": path, "tag": said.topic, "language": language}


def manner_of(deliveries: Sequence[Delivery]) -> Manner:
    """A digest may wait for the charger; what is urgent wakes the phone."""
    first = deliveries[0]
    if first.bundle in (Delivery.Bundle.DAILY, Delivery.Bundle.WEEKLY):
        return Manner(HALF_A_DAY, "low")
    if first.notification.activity.verb in stories.URGENT:
        return Manner(DAY, "high")
    return Manner(HOURS if first.bundle == Delivery.Bundle.DESK else DAY, "normal")


def topic_of(tag: str) -> str:
    """Of what waits at the push service, a newer message with the same topic replaces the older."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()).decode()[:TOPIC_LENGTH]


def _usable() -> Any:
    return PushDevice.objects.filter(portal_key=push_keys.public_key())


def _worst(problems: Sequence[Exception], gone: Sequence[int]) -> Exception:
    """What becomes of a message that no device took: later where one may take it later."""
    later = [problem for problem in problems if isinstance(problem, NotNow)]
    if later:
        return max(later, key=lambda problem: (isinstance(problem, Unreachable), problem.wait))
    return DevicesGone(str(problems[-1]), gone) if gone else problems[-1]
