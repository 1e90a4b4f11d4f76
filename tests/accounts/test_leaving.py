"""A person takes their data along, and takes themselves away."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import actions, signals
from accounts.errors import ErasureRefused
from accounts.models import Consent, Posting, User
from accounts.roles import Role
from activity.models import Activity
from tests.factories import MUSI_BANYUASIN, PASSWORD, make_article, make_officer, make_user, region

pytestmark = pytest.mark.django_db


def test_a_person_downloads_what_is_kept_about_them(client):
    user = make_officer(name="Wati Susanti")
    client.force_login(user)
    response = client.get(reverse("accounts:export"))
    assert "attachment" in response.headers["Content-Disposition"]
    data = json.loads(response.content)
    assert data["person"]["name"] == "Wati Susanti"
    assert data["person"]["email"] == user.email
    assert [posting["region"] for posting in data["postings"]] == [MUSI_BANYUASIN]
    assert [kept["document"] for kept in data["consents"]] == ["terms"]
    assert [kept["email"] for kept in data["addresses"]] == [user.email]
    assert "password" not in json.dumps(data)


def test_the_layers_above_add_what_they_keep():
    from accounts.personal_data import export

    def follows(*, user, **_):
        return {"follows": [user.pk]}

    signals.exporting.connect(follows)
    try:
        user = make_user()
        assert export(user)["follows"] == [user.pk]
    finally:
        signals.exporting.disconnect(follows)


def test_nobody_downloads_without_signing_in(client):
    assert client.get(reverse("accounts:export")).status_code == 302


def test_erasing_takes_the_person_and_leaves_the_work(client):
    user = make_user("Rina Oktavia", home_region=region(MUSI_BANYUASIN))
    article = make_article(author=user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    other_device = Client()
    for device in (client, other_device):
        device.force_login(user)
    response = client.post(reverse("accounts:erase"), {"password": PASSWORD})
    assert response.url == reverse("accounts:erased")
    assert f'data-erased="{user.pk}"' in client.get(response.url).content.decode()

    user.refresh_from_db()
    assert (user.name, user.email) == ("", f"deleted-{user.pk}@erased.invalid")
    assert (user.is_active, user.home_region, user.wants_email) == (False, None, False)
    assert user.erased_at is not None
    assert not user.has_usable_password()
    assert EmailAddress.objects.filter(user=user).count() == 0
    assert Authenticator.objects.filter(user=user).count() == 0
    assert Consent.objects.filter(user=user).count() == 0
    article.refresh_from_db()
    assert article.created_by == user
    with translation.override("en"):
        assert (str(user), user.byline) == ("deleted author", "deleted author")
    for device in (client, other_device):
        assert device.get(reverse("accounts:profile")).status_code == 302


def test_a_wrong_password_erases_nothing(client):
    user = make_user()
    client.force_login(user)
    response = client.post(reverse("accounts:erase"), {"password": "salah"})
    assert list(response.context["form"].errors) == ["password"]
    user.refresh_from_db()
    assert user.erased_at is None


def test_guessing_the_password_of_an_open_session_is_stopped(client):
    user = make_user()
    client.force_login(user)
    for number in range(10):
        client.post(reverse("accounts:erase"), {"password": f"tebakan-{number}"})
    client.post(reverse("accounts:erase"), {"password": PASSWORD})
    user.refresh_from_db()
    assert user.erased_at is None


def test_looking_at_the_page_erases_nothing(client):
    user = make_user()
    client.force_login(user)
    assert client.get(reverse("accounts:erase")).status_code == 200
    user.refresh_from_db()
    assert user.erased_at is None


def test_the_address_is_free_again(client, mailoutbox):
    user = make_user(email="rina@contoh.example")
    actions.erase(user)
    data = {"name": "Rina", "email": "rina@contoh.example", "password1": PASSWORD, "agreed": "on"}
    client.post(reverse("account_signup"), data)
    assert User.objects.filter(email="rina@contoh.example").count() == 1


def test_postings_end_with_a_line_in_the_history():
    officer = make_officer()
    actions.erase(officer)
    posting = Posting.objects.get(user=officer)
    assert posting.ended_by == officer
    assert list(Activity.objects.of(posting).values_list("verb", flat=True)) == ["posting.end"]


def test_the_administrators_log_forgets_the_name():
    user = make_user("Rina Oktavia")
    entry = LogEntry.objects.create(
        user=make_user("Admin"),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr="Rina Oktavia",
        action_flag=CHANGE,
    )
    actions.erase(user)
    entry.refresh_from_db()
    assert entry.object_repr == f"#{user.pk}"


def test_erasing_twice_changes_nothing():
    user = make_user()
    first = actions.erase(user).erased_at
    assert actions.erase(user).erased_at == first


def test_the_last_head_of_the_ministry_appoints_another_first(client):
    head = make_officer(None, role=Role.HEAD)
    make_officer(None)
    client.force_login(head)
    response = client.post(reverse("accounts:erase"), {"password": PASSWORD})
    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1
    head.refresh_from_db()
    assert head.erased_at is None

    make_officer(None, role=Role.HEAD)
    assert actions.erase(head).erased_at is not None


def test_the_last_head_of_a_regency_may_go_for_the_province_appoints_the_next():
    head = make_officer(role=Role.HEAD)
    assert actions.erase(head).erased_at is not None


def test_a_layer_above_may_ask_for_something_first():
    def refuse(*, user, **_):
        raise ErasureRefused("Hand the keys over first.")

    signals.erasing.connect(refuse)
    try:
        user = make_user()
        with pytest.raises(ErasureRefused):
            actions.erase(user)
    finally:
        signals.erasing.disconnect(refuse)
    user.refresh_from_db()
    assert user.consents.count() == 1


def test_the_database_keeps_nothing_of_an_erased_person():
    user = actions.erase(make_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(name="Rina")
