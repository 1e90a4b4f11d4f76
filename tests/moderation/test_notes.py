"""Internal notes: officers of the region read them, and nobody else ever does."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from accounts import personal_data
from accounts.models import Posting
from activity.models import Activity
from moderation import notes
from moderation.states import Status
from notifications.models import Notification
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_item,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
SECRET = "Penulis ini pernah menyalin siaran pers."


@pytest.mark.parametrize("code", [MUSI_BANYUASIN, SUMATERA_SELATAN, None])
def test_officers_of_the_region_and_above_read_it(code):
    item = make_article(Status.SUBMITTED)
    notes.write(item, by=make_officer(), text=f"  {SECRET} ")
    assert [note.text for note in notes.readable_by(make_officer(code), item)] == [SECRET]


def test_a_second_click_is_the_same_note():
    item, officer = make_article(Status.SUBMITTED), make_officer()
    for text in (SECRET, f"{SECRET} ", "Sudah saya telepon.", SECRET):
        notes.write(item, by=officer, text=text)
    assert [note.text for note in notes.about(item)] == [SECRET, "Sudah saya telepon.", SECRET]


def test_who_wrote_it_reads_none_though_they_left_the_community_since():
    writer = make_officer()
    item = make_article(Status.SUBMITTED, author=writer, community=make_community())
    assert item.is_authored_by(writer) is False
    notes.write(item, by=make_officer(), text=SECRET)
    assert list(notes.readable_by(writer, item)) == []


def test_nobody_else_reads_or_writes_one():
    item = make_article(Status.SUBMITTED)
    notes.write(item, by=make_officer(), text=SECRET)
    for stranger in (item.created_by, make_user(), make_officer(LOMBOK_TENGAH)):
        assert not notes.readable_by(stranger, item)
        with pytest.raises(PermissionDenied):
            notes.write(item, by=stranger, text="Halo")


@pytest.mark.parametrize("kind", ["community", "article", "event"])
def test_an_author_who_is_an_officer_there_does_not_read_it(client, settings, kind):
    settings.OFFICE_REQUIRES_MFA = False
    item = make_item(kind, Status.SUBMITTED)
    notes.write(item, by=make_officer(), text=SECRET)
    Posting.objects.create(user=item.created_by, region_id=MUSI_BANYUASIN)
    client.force_login(item.created_by)
    page = client.get(reverse("office:item", args=[kind, item.pk]))
    assert page.status_code == 200
    assert SECRET not in page.content.decode()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RETURNED, Status.REJECTED, Status.APPROVED])
@pytest.mark.parametrize("kind", ["community", "article", "event"])
def test_the_authors_pages_do_not_show_it(client, kind, status):
    item = make_item(kind, status)
    notes.write(item, by=make_officer(), text=SECRET)
    client.force_login(item.created_by)
    app = item._meta.app_label
    for url in (item.get_absolute_url(), reverse(f"{app}:mine"), reverse("notifications:inbox")):
        answer = client.get(url)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()


def test_nothing_is_recorded_and_nobody_is_told():
    item = make_article(Status.SUBMITTED)
    notes.write(item, by=make_officer(), text=SECRET)
    assert (Activity.objects.count(), Notification.objects.count()) == (0, 0)


def test_only_the_writer_takes_it_along():
    item = make_article(Status.SUBMITTED)
    writer = make_officer()
    notes.write(item, by=writer, text=SECRET)

    def exported(user):
        return json.dumps(personal_data.export(user), cls=DjangoJSONEncoder)

    assert SECRET in exported(writer)
    assert SECRET not in exported(item.created_by)
    assert SECRET not in exported(make_officer())
