"""What a database cannot keep is left out of words that no form has looked at."""

import pytest
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from communities.models import Community
from moderation import remarks
from moderation.models import Remark
from moderation.remarks import Place
from moderation.states import Status
from tests.factories import make_article, make_community, make_officer, make_user

pytestmark = pytest.mark.django_db


def test_an_appeal_with_a_nul_byte_is_taken(client):
    article = make_article(Status.SUBMITTED)
    moderation.actions.move(article, "reject", by=make_officer(), reason="Salah.", cited="untrue")
    client.force_login(article.created_by)
    move = reverse("articles:move", args=[article.pk, article.slug])
    assert client.post(move, {"move": "appeal", "reason": "Tidak\x00 benar."}).status_code == 302
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


def test_an_answer_to_a_note_with_a_nul_byte_is_kept(client):
    article, officer = make_article(Status.SUBMITTED), make_officer()
    note = remarks.write(article, Place("lead", 0), by=officer, text="Siapa?")
    moderation.actions.move(article, "return", by=officer, reason="Mohon dilengkapi.")
    client.force_login(article.created_by)
    edit = reverse("articles:edit", args=[article.pk, article.slug])
    form = client.get(edit).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    client.post(edit, {**typed, f"jawab-{note.pk}": "Warga\x00 dusun."})
    assert Remark.objects.get().answer == "Warga dusun."


def test_a_reason_of_the_office_about_a_kim_with_a_nul_byte_is_taken(client, settings):
    settings.OFFICE_REQUIRES_MFA = False
    kim, officer = make_community(trusted_at=timezone.now(), trusted_by=make_user("Petugas")), make_officer()
    client.force_login(officer)
    sent = {"cabut": "ya", "reason": "Dua\x00 berita keliru."}
    assert client.post(reverse("office:trust", args=[kim.pk]), sent).status_code == 302
    assert Activity.objects.of(kim).get().reason == "Dua berita keliru."
    now = timezone.now()
    Community.objects.filter(pk=kim.pk).update(dormancy_warned_at=now, dormancy_proposed_at=now)
    sent = {"step": "active", "kim": [kim.pk], "reason": "Masih\x00 rapat tiap bulan."}
    assert client.post(reverse("office:decide_dormant"), sent).status_code == 302
    assert Activity.objects.of(kim).last().reason == "Masih rapat tiap bulan."
