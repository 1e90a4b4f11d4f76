"""Rules of the house about data."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import models

from moderation import checks
from moderation.kinds import kinds
from moderation.models import Moderated

OURS = {
    "regions", "accounts", "mailing", "activity", "moderation", "communities", "articles", "events",
    "notifications",
    "figures",
    "imports",
    "announcements",
    "aspirations",
    "complaints",
    "replies",
    "factchecks",
}  # fmt: skip
# Times that need no person beside them, and why.
ALONE = {
    "accounts.User.joined_at": "by oneself",
    "accounts.User.erased_at": "by oneself",
    "accounts.Consent.agreed_at": "by its user",
    "accounts.Posting.ends_at": "by started_by",
    "activity.Activity.happened_at": "by its actor",
    "activity.Activity.fanned_out_at": "by the worker",
    "mailing.Setback.began_at": "by the worker",
    "mailing.Setback.due_at": "by the clock",
    "mailing.Setback.given_up_at": "by the worker",
    "articles.Upload.begun_at": "by uploaded_by",
    "articles.Article.amended_at": "by changed_by of its latest public change",
    "events.Event.amended_at": "by submitted_by of its latest change",
    "communities.Membership.asked_at": "by its user",
    "communities.Community.verified_at": "by decided_by of that moment",
    "communities.Community.active_at": "by what was published",
    "communities.Community.dormancy_warned_at": "by the calendar",
    "communities.Community.dormancy_proposed_at": "by the calendar",
    "communities.Invitation.expires_at": "by the clock",
    "communities.Invitation.mailed_at": "by the worker",
    "complaints.Case.opened_at": "by those who report",
    "complaints.Case.due_at": "by the clock",
    "complaints.Report.reported_at": "by its reporter, if known",
    "complaints.Report.told_at": "by the worker",
    "moderation.Claim.lapses_at": "by the clock",
    "articles.Turn.lapses_at": "by the clock",
    "articles.Revision.begun_at": "by saved_by",
    "notifications.Subscription.created_at": "by its user",
    "notifications.Mute.created_at": "by its user",
    "notifications.FollowRequest.created_at": "by whoever owns the address",
    "notifications.FollowRequest.mailed_at": "by the worker",
    "notifications.Notification.created_at": "by the worker",
    "notifications.Notification.read_at": "by its recipient",
    "notifications.Delivery.due_at": "by the clock",
    "notifications.Delivery.ended_at": "by the worker",
    "notifications.AddressStop.stopped_at": "by the mail server",
    "notifications.KindStop.created_at": "by its user",
    "notifications.PushDevice.created_at": "by its user",
    "notifications.PushDevice.last_sent_at": "by the worker",
    "notifications.TelegramLink.linked_at": "by its user",
    "notifications.TelegramTicket.created_at": "by its user",
    "imports.PageClaim.expires_at": "by the clock",
    "imports.PageClaim.mailed_at": "by the worker",
    "imports.Import.forgotten_at": "by the calendar",
    "announcements.Receipt.read_at": "by its user",
    "aspirations.Aspiration.receive_due_at": "by the clock",
    "aspirations.Aspiration.answer_due_at": "by the clock",
    "aspirations.Aspiration.due_at": "by the clock",
    "aspirations.Aspiration.shown_at": "by received_by of that moment",
    "aspirations.Support.supported_at": "by its user",
    "aspirations.Request.created_at": "by whoever owns the address",
    "aspirations.Request.mailed_at": "by the worker",
    "replies.Request.created_at": "by whoever owns the address",
    "replies.Request.mailed_at": "by the worker",
    "figures.Tally.counted_at": "by the portal",
    "figures.Snapshot.taken_at": "by the portal",
    "figures.Report.finished_at": "by the worker",
    "regions.Region.closed_at": "by a decree",
    "regions.RegionSuccession.noted_at": "by a decree",
}
# The same for every kind that is moderated.
ALONE_WHEN_MODERATED = {"changed_at", "due_at", "published_at"}
# An event begins and ends by the calendar.
CALENDAR = {"articles.Article.publish_at", "events.Event.starts_at", "events.Event.ends_at"}


def _times() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.fields
        if field.name.endswith("_at")
    ]


@pytest.mark.parametrize(("model", "name"), _times(), ids=lambda value: getattr(value, "__name__", value))
def test_every_time_stands_beside_its_person(model, name):
    label = f"{model._meta.app_label}.{model.__name__}.{name}"
    names = {field.name for field in model._meta.fields}
    moderated = issubclass(model, Moderated) and name in ALONE_WHEN_MODERATED
    assert f"{name[:-3]}_by" in names or label in ALONE or moderated or label in CALENDAR


def test_the_exceptions_are_still_there():
    labels = {f"{model._meta.app_label}.{model.__name__}.{name}" for model, name in _times()}
    assert set(ALONE) | CALENDAR <= labels


def test_every_kind_inherits_the_constraints_of_moderation(monkeypatch):
    assert checks.constraints_are_inherited(None) == []
    article = kinds()["article"]
    monkeypatch.setattr(article._meta, "constraints", [])
    assert [error.id for error in checks.constraints_are_inherited(None)] == ["moderation.E001"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_django_finds_nothing_to_complain_about():
    assert run_checks() == []
