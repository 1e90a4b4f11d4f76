"""What is killed while thousands are told and mailed: who is missing, and who hears twice.

    python -m benchmarks.killing [--people 20000] [--kills 10] [--only workers redis postgres answers]

Has PostgreSQL, Redis, a mail server and workers of its own. Four times a crowd is told of an article by
e-mail too, and meanwhile

    workers   SIGKILL to the worker and its children, so many times: while it tells and while it sends
    redis     Redis is killed and begins anew, empty
    postgres  PostgreSQL is ended as by a crash and started again
    answers   the mail server puts some off, refuses some, and hangs for one

Prints a table, and the same as JSON on the last line. Exits 1 where anybody has no row or two, no mail, or
two mails that no kill between the server's "250" and the commit explains, or mails under different ids; or
where a worker ended that nobody had killed, or one that hung held up the others.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from benchmarks import database
from benchmarks.house import House, Taken, house

if TYPE_CHECKING:
    from activity.models import Activity
    from articles.models import Article

# How long before a kill the server may have taken a mail whose commit the kill cut off.
CUT_OFF_SECONDS = 1.0
# No pause of the mails may come near the time that a sender waits for a server that hangs (20 s).
LONGEST_SILENCE = 10.0
LABELS = {
    "people": "people",
    "missing_rows": "  without a row",
    "double_rows": "  with two rows",
    "interruptions": "  kills",
    "mails": "  mails",
    "missing_mails": "  without a mail",
    "doubles": "  mails that came twice",
    "unexplained": "    … not by a kill after the 250",
    "other_ids": "    … under another Message-ID",
    "wrong_ends": "  deliveries that ended otherwise than they should",
    "gave_up": "  workers that ended by themselves",
    "seconds": "  seconds",
    "longest_silence": "  longest pause of the mails while others waited, s",
}
MUST_BE_NONE = (
    "missing_rows",
    "double_rows",
    "missing_mails",
    "unexplained",
    "other_ids",
    "wrong_ends",
    "gave_up",
)


@dataclass
class Scene:
    """One article told to the crowd, and what is done meanwhile."""

    house: House
    article: Article
    activity: Activity
    kills: int
    # Kills that may have cut off a commit; of Redis it has none, so they explain no mail that came twice.
    interruptions: list[float] = field(default_factory=list)
    emptied: int = 0
    refused: set[str] = field(default_factory=set)
    silence: float = 0.0

    @property
    def taken(self) -> list[Taken]:
        return self.house.postbox.taken

    def is_told(self) -> bool:
        from activity.models import Activity

        return Activity.objects.filter(pk=self.activity.pk, fanned_out_at__isnull=False).exists()

    def is_done(self) -> bool:
        from notifications.models import Delivery

        return self.is_told() and not Delivery.objects.filter(state="waiting").exists()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--only", nargs="+", choices=SCENES, default=list(SCENES))
    options = parser.parse_args()
    with house() as made:
        figures = play(made, options)
    labels = {
        f"{scene}_{name}": f"{scene}: {label}" if name == "people" else label
        for scene in options.only
        for name, label in LABELS.items()
    }
    database.show(labels, figures)
    sys.exit(bool(broken(figures, options.only)))


def broken(figures: dict[str, Any], scenes: Iterable[str]) -> list[str]:
    """The figures that break a promise, by name."""
    none = [f"{scene}_{name}" for scene in scenes for name in MUST_BE_NONE]
    silences = [f"{scene}_longest_silence" for scene in scenes]
    return [
        *(name for name in none if figures[name]),
        *(name for name in silences if figures[name] >= LONGEST_SILENCE),
    ]


def play(made: House, options: argparse.Namespace) -> dict[str, Any]:
    """All scenes, one after the other, with one crowd."""
    from tests.factories import make_article
    from tests.notifications import crowd

    crowd.make_crowd(options.people, wants_email=True)
    made.start_worker()
    figures: dict[str, Any] = {}
    for name in options.only:
        article = make_article()
        crowd.let_crowd_follow(article.community)
        made.postbox.taken.clear()
        made.gave_up = 0
        began = time.monotonic()
        scene = Scene(made, article, crowd.publish(article), options.kills)
        SCENES[name](scene)
        made.sweep_until(scene.is_done)
        seconds = time.monotonic() - began
        found = counted(scene) | {"gave_up": made.gave_up, "seconds": round(seconds, 1)}
        print(f"{name}: {found}", file=sys.stderr, flush=True)
        figures |= {f"{name}_{key}": value for key, value in found.items()}
    return figures


def kill_workers(scene: Scene) -> None:
    """A third of the kills while people are told, the others while mails go out."""
    while_told = max(scene.kills // 3, 1)
    for _ in range(while_told):
        _kill_while_telling(scene)
        scene.house.start_worker()
    left = scene.kills - while_told
    for number in range(left):
        wanted = _people(scene) * (number + random.random()) / (left + 1)
        _until_mails(scene, wanted)
        scene.interruptions.append(scene.house.kill_worker())
        scene.house.start_worker()


def _kill_while_telling(scene: Scene) -> None:
    """The row of one follower, not yet committed, holds the worker up in the middle of a window."""
    from django.db import transaction

    from notifications.models import Notification
    from tests.notifications.crowd import followers_of

    with transaction.atomic():
        one = random.choice(followers_of(scene.article.community))
        Notification.objects.create(activity=scene.activity, recipient_id=one)
        scene.house.sweep_until(_waits_for_a_lock)
        time.sleep(random.random() / 10)
        scene.interruptions.append(scene.house.kill_worker())
        transaction.set_rollback(True)


def _waits_for_a_lock() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND query LIKE '%WITH reasons AS%')"
        )
        return bool(cursor.fetchone()[0])


def empty_redis(scene: Scene) -> None:
    """Before anybody is told, and again when a third of the mails is out."""
    scene.house.empty_redis()
    _until_mails(scene, _people(scene) / 3)
    scene.house.empty_redis()
    scene.emptied = 2


def restart_postgres(scene: Scene) -> None:
    """As soon as it was told, and again when a third of the mails is out."""
    scene.interruptions.append(scene.house.restart_postgres())
    _until_mails(scene, _people(scene) / 3)
    scene.interruptions.append(scene.house.restart_postgres())


def answer_badly(scene: Scene) -> None:
    """Every tenth is put off, every hundredth refused for good, one gets no answer at all."""
    from notifications.models import Delivery

    postbox, addresses = scene.house.postbox, _addresses()
    put_off, scene.refused, hanging = set(addresses[1::10]), set(addresses[2::100]), addresses[0]
    postbox.to_recipient |= dict.fromkeys(put_off, "451 4.7.1 try again later")
    postbox.to_recipient |= dict.fromkeys(scene.refused, "550 5.7.1 not by us")
    postbox.to_data[hanging] = "silence"
    bad = put_off | scene.refused | {hanging}
    others = len(set(addresses) - bad)
    began = time.monotonic()
    _until_mails(scene, others)
    arrived = [began, *(one.at for one in scene.taken)]
    scene.silence = max(later - before for before, later in pairwise(arrived))
    scene.house.sweep_until(lambda: Delivery.objects.filter(attempts__gt=0).count() >= len(bad))
    for address in put_off:
        del postbox.to_recipient[address]
    del postbox.to_data[hanging]
    # What was put off would come again after a minute.
    Delivery.objects.filter(state="waiting").update(due_at=_a_moment_ago())


def _a_moment_ago() -> Any:
    from django.utils import timezone

    return timezone.now() - timedelta(seconds=1)


def _people(scene: Scene) -> int:
    from notifications.models import Subscription

    return Subscription.objects.to(scene.article.community).count()


def _addresses() -> list[str]:
    from accounts.models import User

    return list(User.objects.filter(password="!").order_by("pk").values_list("email", flat=True))  # noqa: S106


def _until_mails(scene: Scene, number: float) -> None:
    scene.house.sweep_until(lambda: len(scene.taken) >= number)


def counted(scene: Scene) -> dict[str, Any]:
    """What became of it."""
    from notifications.models import Delivery, Subscription
    from tests.notifications.crowd import followers_of, told

    followers, rows = followers_of(scene.article.community), told(scene.activity)
    wanted = Subscription.objects.to(scene.article.community).values_list("user__email", flat=True)
    by_address: dict[str, list[Taken]] = defaultdict(list)
    for one in scene.taken:
        by_address[one.to].append(one)
    twice = [taken for taken in by_address.values() if len(taken) > 1]
    deliveries = Delivery.objects.filter(notification__activity=scene.activity)
    ends = {state: deliveries.filter(state=state).count() for state in ("sent", "failed")}
    should = {"sent": len(followers) - len(scene.refused), "failed": len(scene.refused)}
    return {
        "people": len(followers),
        "missing_rows": len(set(followers) - set(rows)),
        "double_rows": len(rows) - len(set(rows)),
        "interruptions": len(scene.interruptions) + scene.emptied,
        "mails": len(scene.taken),
        "missing_mails": len(set(wanted) - set(by_address) - scene.refused),
        "doubles": sum(len(taken) - 1 for taken in twice),
        "unexplained": sum(not _is_explained(taken, scene.interruptions) for taken in twice),
        "other_ids": sum(len({one.message_id for one in taken}) > 1 for taken in twice),
        "wrong_ends": sum(abs(ends[state] - should[state]) for state in ends),
        "longest_silence": round(scene.silence, 1),
    }


def _is_explained(taken: list[Taken], interruptions: list[float]) -> bool:
    """Whether each mail but the last was taken just before something was killed."""
    return all(any(-0.2 <= at - one.at <= CUT_OFF_SECONDS for at in interruptions) for one in taken[:-1])


SCENES: dict[str, Callable[[Scene], None]] = {
    "workers": kill_workers,
    "redis": empty_redis,
    "postgres": restart_postgres,
    "answers": answer_badly,
}

if __name__ == "__main__":
    main()
