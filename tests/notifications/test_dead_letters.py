"""What failed for good: read by administrators, tried again by a decision that stands in the history."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from activity.models import Activity
from notifications import dead_letters, delivery, fanout
from notifications.models import Delivery, Subscription
from tests.factories import make_article, make_user
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db

State = Delivery.State
LIST = reverse("admin:notifications_delivery_changelist")


@pytest.fixture
def failed() -> list[Delivery]:
    article = make_article()
    for _ in range(2):
        Subscription.objects.create(user=make_user(), community=article.community)
    fanout.fan_out(publish(article).pk)
    fields = {
        "state": State.FAILED,
        "ended_at": timezone.now(),
        "attempts": 14,
        "error": "550 mailbox closed",
    }
    Delivery.objects.update(**fields)
    return list(Delivery.objects.order_by("pk"))


@pytest.fixture
def administrator(settings) -> User:
    settings.OFFICE_REQUIRES_MFA = False
    return make_user("Pengelola", is_staff=True, is_superuser=True)


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_it_is_sent_again_and_the_history_says_who_decided(
    failed: list[Delivery], administrator: User, mailoutbox: list
):
    assert dead_letters.try_again(Delivery.objects.filter(pk=failed[0].pk), by=administrator) == 1
    delivery.send_due()
    assert [mail.to for mail in mailoutbox] == [[failed[0].recipient.email]]
    noted = Activity.objects.filter(verb="delivery.retry").values_list("actor", "target_id")
    assert list(noted) == [(administrator.pk, failed[0].pk)]
    assert [one.state for one in Delivery.objects.order_by("pk")] == [State.SENT, State.FAILED]


def test_what_has_not_failed_is_not_sent_again(failed: list[Delivery], administrator: User):
    Delivery.objects.update(state=State.SENT)
    assert dead_letters.try_again(Delivery.objects.all(), by=administrator) == 0
    assert Activity.objects.filter(verb="delivery.retry").count() == 0


def test_the_admin_shows_channel_and_last_answer_but_no_address(failed: list[Delivery], administrator: User):
    browser = browser_of(administrator)
    pages = [
        browser.get(LIST).content.decode(),
        browser.get(reverse("admin:notifications_delivery_change", args=[failed[0].pk])).content.decode(),
    ]
    for page in pages:
        assert "550 mailbox closed" in page
        assert failed[0].recipient.email not in page


def test_every_column_has_a_name_that_can_be_translated(failed: list[Delivery], administrator: User):
    page = admin.site.get_model_admin(Delivery)
    columns = {*page.list_display, *page.fields} - {"id", "kind"}
    names = {name: Delivery._meta.get_field(name).verbose_name for name in columns}
    assert {name: type(label) for name, label in names.items() if not isinstance(label, Promise)} == {}


def test_many_are_tried_again_by_one_action(failed: list[Delivery], administrator: User):
    chosen = {"action": "try_again", "_selected_action": [one.pk for one in failed]}
    assert browser_of(administrator).post(LIST, chosen).status_code == 302
    assert Delivery.objects.filter(state=State.WAITING, attempts=0).count() == 2


def test_staff_without_the_right_neither_reads_nor_sends(failed: list[Delivery], settings):
    settings.OFFICE_REQUIRES_MFA = False
    clerk = make_user("Juru ketik", is_staff=True)
    assert browser_of(clerk).get(LIST).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_delivery"))
    assert browser_of(clerk).get(LIST).status_code == 200


def test_the_list_has_only_what_failed(failed: list[Delivery], administrator: User):
    Delivery.objects.filter(pk=failed[0].pk).update(state=State.SENT)
    page = browser_of(administrator).get(LIST).content.decode()
    paths = [reverse("admin:notifications_delivery_change", args=[one.pk]) for one in failed]
    assert [path in page for path in paths] == [False, True]
