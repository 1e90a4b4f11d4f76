"""What was followed with e-mail comes at once; what was told before has a story, so that it is filtered too."""

from django.db import migrations
from django.db.models import Case, OuterRef, Subquery, Value, When

OFF, AT_ONCE = 0, 3
STORIES = """
INSERT INTO notifications_story (activity_id, kind, thread)
SELECT activity.id,
  CASE
    WHEN verb = 'article.approve' THEN 'news'
    WHEN verb = 'event.approve' THEN 'event'
    WHEN verb LIKE '%.submit' OR verb LIKE 'desk.%' THEN 'desk'
    WHEN verb LIKE 'membership.%' OR verb LIKE 'invitation.%' THEN 'membership'
    WHEN verb LIKE 'posting.%' THEN 'account'
    ELSE 'decision'
  END,
  CASE WHEN verb LIKE '%.submit' THEN 'desk' ELSE '' END
FROM activity_activity AS activity
WHERE EXISTS (SELECT FROM notifications_notification AS told WHERE told.activity_id = activity.id)
ON CONFLICT DO NOTHING
"""


def to_rhythm(apps, schema_editor):
    """From the switch of e-mail to the rhythm, and the recipient to each delivery."""
    subscription = apps.get_model("notifications", "Subscription")
    subscription.objects.update(rhythm=Case(When(wants_email=True, then=Value(AT_ONCE)), default=Value(OFF)))
    notification = apps.get_model("notifications", "Notification")
    told = notification.objects.filter(pk=OuterRef("notification"))
    apps.get_model("notifications", "Delivery").objects.filter(recipient=None).update(
        recipient_id=Subquery(told.values("recipient_id"))
    )
    schema_editor.execute(STORIES, params=None)


def to_switch(apps, schema_editor):
    """Back again: whatever leaves the portal, leaves it by e-mail."""
    subscription = apps.get_model("notifications", "Subscription")
    subscription.objects.update(
        wants_email=Case(When(rhythm=OFF, then=Value(value=False)), default=Value(value=True))
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_rhythm_and_bundles")]

    operations = [migrations.RunPython(to_rhythm, to_switch)]
