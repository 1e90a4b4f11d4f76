"""What a database cannot keep is left out of words that no form has looked at."""

import pytest
from django.urls import reverse

import moderation.actions
from moderation import remarks
from moderation.models import Remark
from moderation.remarks import Place
from moderation.states import Status
from tests.factories import make_article, make_officer

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
