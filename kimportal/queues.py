"""The queues: which task waits in which, which worker takes from which, and what the clock asks for.

What is short and what people wait for goes to the quick worker, what reads files and counts whole regions to
the slow one. A mail server or push service that hangs holds up its own senders only, of which there are few
(see notifications/claims.py: sender, docs/adr/0032).
"""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

FANOUT, MAIL, PUSH, MEDIA, REPORTS = "fanout", "mail", "push", "media", "reports"
QUEUES = (FANOUT, MAIL, PUSH, MEDIA, REPORTS)
# By worker: `celery worker -Q …`. A worker that is not told takes from all.
WORKERS = {"quick": (FANOUT, MAIL, PUSH), "slow": (MEDIA, REPORTS)}
# What may wait for another side that hangs, beside the senders of the channels, in one process each: what
# people write to the bot, and single mails to people without an account.
WAITING = ("notifications.tasks.hear_telegram", "mailing.tasks.send_due")
# The quick one has a process more than all these together: telling always goes on.
PROCESSES = {"quick": 8, "slow": 1}

ROUTES = {
    "notifications.tasks.send_mail": {"queue": MAIL},
    "notifications.tasks.send_push": {"queue": PUSH},
    "notifications.tasks.hear_telegram": {"queue": PUSH},
    "mailing.tasks.*": {"queue": MAIL},
    "notifications.tasks.tidy": {"queue": REPORTS},
    "notifications.tasks.*": {"queue": FANOUT},
    "office.tasks.*": {"queue": FANOUT},
    "communities.tasks.look_after": {"queue": REPORTS},
    "communities.tasks.*": {"queue": MEDIA},
    "articles.tasks.announce_due": {"queue": FANOUT},
    "articles.tasks.make_photo_ready": {"queue": MEDIA},
    "articles.tasks.sweep_photos": {"queue": MEDIA},
    "articles.tasks.sweep_leftovers": {"queue": MEDIA},
    "articles.tasks.*": {"queue": REPORTS},
    "aspirations.tasks.*": {"queue": REPORTS},
    "replies.tasks.*": {"queue": REPORTS},
    "imports.tasks.*": {"queue": MEDIA},
    "figures.tasks.*": {"queue": REPORTS},
}


def every(seconds: float, task: str) -> dict[str, Any]:
    """So often; what could not run before the next one is forgotten."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds - 5}}


BEAT = {
    "sweep": every(60.0, "notifications.tasks.sweep"),
    "mail": every(60.0, "notifications.tasks.send_mail"),
    "push": every(60.0, "notifications.tasks.send_push"),
    "telegram": every(30.0, "notifications.tasks.hear_telegram"),
    # To people without an account: links to confirm, invitations, outcomes.
    "single": every(60.0, "mailing.tasks.send_due"),
    # At night, and again each hour where a round was not enough.
    "tidy": {"task": "notifications.tasks.tidy", "schedule": crontab(minute=15)},
    "postings": every(300.0, "office.tasks.end_postings"),
    "imports": every(60.0, "imports.tasks.sweep"),
    "reads": every(60.0, "articles.tasks.keep_reads"),
    "scheduled": every(60.0, "articles.tasks.announce_due"),
    "photos": every(60.0, "articles.tasks.sweep_photos"),
    "pictures": every(60.0, "communities.tasks.sweep_pictures"),
    "uploads": {"task": "articles.tasks.forget_uploads", "schedule": crontab(minute=55)},
    # As articles.leftovers.EVERY: each run takes one folder of 256.
    "leftovers": every(600.0, "articles.tasks.sweep_leftovers"),
    "fingerprints": every(3600.0, "articles.tasks.fingerprint"),
    "revisions": {"task": "articles.tasks.forget_revisions", "schedule": crontab(minute=25, hour="0-5")},
    # What stood in spreadsheets goes after 30 days; the second run makes up for a first that was missed.
    "forget": {"task": "imports.tasks.forget", "schedule": crontab(minute=20, hour="2,4")},
    "figures": every(60.0, "figures.tasks.sweep"),
    # Before its figures are a minute old (figures.counting.FRESH_FOR).
    "nation": every(45.0, "figures.tasks.count_nation"),
    # Does something in the first minutes of a month, by each of the three clocks; else it asks nothing.
    "snapshots": every(300.0, "figures.tasks.keep_month"),
    # What was answered two weeks ago is closed.
    "aspirations": {"task": "aspirations.tasks.look_after", "schedule": crontab(minute=45)},
    # What nobody confirmed in three days is forgotten.
    "replies": {"task": "replies.tasks.forget_old", "schedule": crontab(minute=50)},
    # Reminders of SKs that run out, and communities from which nothing comes any more. Each run does what is
    # left to do, so that one that was missed is made up by the next.
    "life": {"task": "communities.tasks.look_after", "schedule": crontab(minute=5, hour="6,9")},
    # Who is told what is overdue; the second run makes up for a first that was missed.
    "overdue": {"task": "office.tasks.tell_of_overdue", "schedule": crontab(minute=35, hour="7,9")},
}
