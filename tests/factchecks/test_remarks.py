"""Notes of the office at places of a fact check, seen and answered by who made it."""

import pytest
from django.urls import reverse

import moderation.actions
from factchecks.models import FactCheck
from moderation import remarks
from moderation.models import Remark
from moderation.remarks import Place
from moderation.states import Status
from tests.factories import make_fact_check, make_officer

pytestmark = pytest.mark.django_db
SOURCE = "Siapa yang diwawancarai?"


def edit_url(check: FactCheck) -> str:
    return reverse("factchecks:edit", args=[check.pk, check.slug])


@pytest.mark.parametrize("part", FactCheck.PLACES)
def test_the_desk_offers_a_note_at_each_part(client, settings, part):
    settings.OFFICE_REQUIRES_MFA = False
    check = make_fact_check(Status.SUBMITTED)
    client.force_login(make_officer())
    desk = reverse("office:item", args=["factcheck", check.pk])
    assert f'id="tempat-{part}-0"' in client.get(desk).content.decode()
    client.post(
        reverse("office:remark", args=["factcheck", check.pk]),
        {"part": part, "number": "0", "quote": "", "text": SOURCE},
    )
    assert Remark.objects.get().part == part


def test_who_made_it_reads_and_answers_the_note(client):
    check, officer = make_fact_check(Status.SUBMITTED), make_officer()
    note = remarks.write(check, Place("sources", 0), by=officer, text=SOURCE)
    client.force_login(check.created_by)
    assert SOURCE not in client.get(check.get_absolute_url()).content.decode()
    moderation.actions.move(check, "return", by=officer, reason="Mohon dilengkapi.")
    for page in (check.get_absolute_url(), edit_url(check)):
        assert SOURCE in client.get(page).content.decode()
    form = client.get(edit_url(check)).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    client.post(edit_url(check), {**typed, f"jawab-{note.pk}": "Ibu Sari."})
    assert Remark.objects.get().answer == "Ibu Sari."


def test_readers_see_the_same_text_and_no_note(client):
    check, officer = (
        make_fact_check(Status.SUBMITTED, body="<p>Satu.</p><ul><li>Dua</li></ul>"),
        make_officer(),
    )
    remarks.write(check, Place("body", 1), by=officer, text=SOURCE)
    moderation.actions.move(check, "approve", by=officer)
    page = client.get(check.get_absolute_url()).content.decode()
    assert ("<p>Satu.</p><ul><li>Dua</li></ul>" in page, SOURCE in page) == (True, False)
