"""Many followers, made by the database itself: a fan-out is only worth its tests with a crowd."""

from __future__ import annotations

from django.db import connection

from activity.models import Activity
from articles.models import Article
from communities.models import Community
from notifications.models import Delivery, Notification, Subscription
from regions.models import Region

USERS = """
INSERT INTO accounts_user
  (password, is_superuser, email, name, wants_email, language, is_active, is_staff, joined_at)
SELECT '!', false, 'pembaca' || n || '@contoh.example', 'Pembaca ' || n, %s, 'id', true, false, now()
FROM generate_series(1, %s) AS n RETURNING id
"""
ADDRESSES = """
INSERT INTO account_emailaddress (email, verified, "primary", user_id)
SELECT email, true, true, id FROM accounts_user WHERE password = '!'
"""
SUBSCRIPTIONS = """
INSERT INTO notifications_subscription (user_id, community_id, region_id, category, rhythm, created_at)
SELECT id, %s, %s, '', 3, now() FROM accounts_user WHERE password = '!' ORDER BY id
"""


def make_crowd(size: int, *, wants_email: bool = False) -> None:
    """So many accounts that follow nothing yet; with e-mail their addresses are confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(USERS, [wants_email, size])
        if wants_email:
            cursor.execute(ADDRESSES)
        cursor.execute("ANALYZE accounts_user")


def let_crowd_follow(thing: Community | Region) -> None:
    """The whole crowd follows it."""
    target = (None, thing.pk) if isinstance(thing, Region) else (thing.pk, None)
    with connection.cursor() as cursor:
        cursor.execute(SUBSCRIPTIONS, target)
        cursor.execute("ANALYZE notifications_subscription")


def publish(article: Article) -> Activity:
    """The activity of an approval, as moderation records it, for an article that is public already."""
    from django.db import transaction

    import activity.actions

    with transaction.atomic():
        return activity.actions.record(
            "article.approve", article, by=article.decided_by, region=article.region
        )


def told(activity: Activity) -> list[int]:
    """Whom the activity was told, by id; a person told twice would stand twice."""
    return list(
        Notification.objects.filter(activity=activity)
        .order_by("recipient")
        .values_list("recipient", flat=True)
    )


def followers_of(thing: Community | Region) -> list[int]:
    """Who follows it, by id."""
    return list(Subscription.objects.to(thing).order_by("user").values_list("user", flat=True))


def waiting_mails(activity: Activity) -> list[int]:
    """To whom a mail about it is waiting, by id."""
    return list(
        Delivery.objects.filter(notification__activity=activity, state="waiting")
        .order_by("notification__recipient")
        .values_list("notification__recipient", flat=True)
    )
