"""The app that tells people: it listens to the history and fans out after the commit."""

from typing import Any

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Connects the outbox to the queue."""

    name = "notifications"

    def ready(self) -> None:
        """Listen to what the layers below announce."""
        from allauth.account.signals import email_confirmed

        from accounts.signals import erasing, exporting
        from activity.signals import recorded
        from activity.verbs import register
        from mailing import kinds
        from mailing.signals import posted
        from notifications import addresses, aspiration_mail, reply_mail, request_mail
        from notifications.verbs import LABELS

        for verb, label in LABELS.items():
            register(verb, label)
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from notifications import push_sessions

        user_logged_out.connect(push_sessions.forget_on_leaving, dispatch_uid="notifications.sign_out")
        user_logged_in.connect(push_sessions.forget_of_others, dispatch_uid="notifications.sign_in")
        recorded.connect(_fan_out_after_commit, dispatch_uid="notifications.fan_out")
        posted.connect(_mail_soon, dispatch_uid="notifications.mail_soon")
        email_confirmed.connect(_mail_arrived, dispatch_uid="notifications.addresses")
        kinds.register(request_mail.KIND)
        kinds.register(aspiration_mail.KIND)
        kinds.register(reply_mail.KIND)
        kinds.stop_where(addresses.is_stopped)
        exporting.connect(_export, dispatch_uid="notifications.export")
        erasing.connect(_erase, dispatch_uid="notifications.erase")


def _fan_out_after_commit(*, activity: Any, **_: Any) -> None:
    from django.db import transaction

    from common import broker
    from notifications import tasks

    # A function with a name, not a partial: where a robust hook fails, Django 5.2 logs its __qualname__.
    def offer_fan_out() -> None:
        broker.offer(tasks.fan_out, activity.pk)

    transaction.on_commit(offer_fan_out, robust=True)


def _mail_soon(**_: Any) -> None:
    from common import broker
    from mailing import tasks

    broker.offer(tasks.send_due)


def _mail_arrived(*, email_address: Any, **_: Any) -> None:
    from notifications import addresses

    addresses.shown_to_work(email_address.email)


def _export(*, user: Any, **_: Any) -> dict[str, Any]:
    from notifications import personal_data

    return personal_data.export(user)


def _erase(*, user: Any, **_: Any) -> None:
    from notifications import personal_data

    personal_data.erase(user)
