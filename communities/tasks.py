"""What the clock asks for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from communities import invitation_mail, life


@shared_task
def look_after() -> None:
    """Each day: reminders of SKs, warnings, proposals."""
    life.look_after()


@shared_task
def mail_invitations() -> None:
    """Each minute: mail the invitations of people who have no account yet."""
    invitation_mail.send_due()
