"""How often an article is read, without a write to the database per reading; see docs/adr/0051.

Each page of an article ends with a picture of one pixel that is never cached. Its address is asked by the
reader's browser, whatever cache the page came from. Redis keeps, per article and window of time, a
HyperLogLog of readers: who comes twice in a window counts once, and nobody can be read out of it. Once a
minute the counts go to PostgreSQL, in one statement that may be repeated.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import redis
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from articles.models import Article, ReadCount

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)

# A person counts once in so long.
WINDOW_SECONDS = 6 * 60 * 60
# What was counted waits at most so long for its way into the database.
KEPT_SECONDS = 2 * 24 * 60 * 60
PATIENCE_SECONDS = 0.3
REST_SECONDS = 10
AT_ONCE = 500
DIRTY, TAKEN = "reads:dirty", "reads:taken"
# Of those that call themselves a browser. People read in those of chat apps, and on telephones by Cubot.
MACHINES = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|headless|facebookexternalhit|curl|wget|python|java/"
    r"|go-http|lighthouse|monitor|scan|fetch|http-?client|okhttp",
    re.IGNORECASE,
)
# A later count of the same window replaces an earlier one; the first of a new window settles the old.
KEEP = f"""
INSERT INTO {ReadCount._meta.db_table} AS kept (article_id, settled, "window", in_window)
SELECT article.id, 0, counted."window", counted.number
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS counted (id, "window", number)
JOIN {Article._meta.db_table} AS article ON article.id = counted.id
ORDER BY article.id
ON CONFLICT (article_id) DO UPDATE SET
    settled = kept.settled
        + CASE WHEN excluded."window" > kept."window" THEN kept.in_window ELSE 0 END,
    in_window = CASE WHEN excluded."window" = kept."window" THEN greatest(kept.in_window, excluded.in_window)
        WHEN excluded."window" > kept."window" THEN excluded.in_window ELSE kept.in_window END,
    "window" = greatest(kept."window", excluded."window")
"""  # noqa: S608 - names of our own tables
_rest_until = 0.0


def pixel_path(article: Article) -> str:
    """The address of the pixel; signed, so that nobody makes Redis count what does not exist."""
    return reverse("articles:read", args=[article.pk, _signature(article.pk)])


def is_signed(pk: int, signature: str) -> bool:
    """Whether the address is one of ours."""
    return constant_time_compare(signature, _signature(pk))


def note(pk: int, request: HttpRequest) -> None:
    """Count one reading, unless a machine reads. Where Redis does not answer, nothing is counted."""
    global _rest_until  # noqa: PLW0603 - what this process knows of Redis
    if not is_person(request) or time.monotonic() < _rest_until:
        return
    window = int(time.time()) // WINDOW_SECONDS
    name = f"{pk}:{window}"
    try:
        with _client().pipeline(transaction=False) as pipe:
            pipe.pfadd(_key(name), _reader(request, window))
            pipe.expire(_key(name), KEPT_SECONDS)
            pipe.sadd(DIRTY, name)
            pipe.execute()
    except redis.RedisError as problem:
        _rest_until = time.monotonic() + REST_SECONDS
        logger.warning("Readings are not counted for now: %s", problem)


def is_person(request: HttpRequest) -> bool:
    """Whether this looks like the browser of somebody who reads, and not like a machine or a guess ahead."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return agent.startswith("Mozilla/") and not MACHINES.search(agent) and "prefetch" not in ahead


def keep() -> None:
    """Bring what was counted since the last time into the database. Killed anywhere, the next run does it."""
    client = _client()
    # What a killed run has taken stays taken, and comes with the next.
    client.sunionstore(TAKEN, [TAKEN, DIRTY])
    taken = {str(name, "ascii") for name in client.smembers(TAKEN)}  # type: ignore[arg-type]
    if not taken:
        return
    client.srem(DIRTY, *taken)
    names = sorted(taken)
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        _keep_some(client, some)
        client.srem(TAKEN, *some)


def _keep_some(client: redis.Redis, names: Sequence[str]) -> None:
    with client.pipeline(transaction=False) as pipe:
        for name in names:
            pipe.pfcount(_key(name))
        numbers = pipe.execute()
    rows = sorted((*map(int, name.split(":")), number) for name, number in zip(names, numbers, strict=True))
    # One row an article and statement: an earlier window goes in before a later one.
    for window in sorted({row[1] for row in rows}):
        ids, windows, counts = zip(*(row for row in rows if row[1] == window), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [list(ids), list(windows), list(counts)])


def _reader(request: HttpRequest, window: int) -> bytes:
    """One person in one window, as far as a browser tells; good for nothing else, and for no longer."""
    told = (
        get_adapter().get_client_ip(request) or "",
        request.headers.get("User-Agent", ""),
        request.headers.get("Accept-Language", ""),
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
    )
    return salted_hmac(f"reads:{window}", "\n".join(told)).digest()


def _signature(pk: int) -> str:
    return salted_hmac("articles.read", str(pk)).hexdigest()[:12]


def _key(name: str) -> str:
    return f"reads:{name}"


def _client() -> redis.Redis:
    return _connected(settings.REDIS_URL)


@cache
def _connected(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_connect_timeout=PATIENCE_SECONDS, socket_timeout=PATIENCE_SECONDS, retry=None
    )
