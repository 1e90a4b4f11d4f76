"""Notes in the text on the desk and on the author's pages: the same place, without and with a decision."""

import pytest
from django.urls import reverse

import moderation.actions
from communities.composing import edit_url
from moderation import remarks
from moderation.models import Remark
from moderation.remarks import Place
from moderation.states import Status
from tests.factories import LOMBOK_TENGAH, make_amendment, make_article, make_event, make_officer

pytestmark = pytest.mark.django_db
BODY = "<p>Warga menanam bakau.</p><p>Sebanyak 500 bibit ditanam.</p>"
SECOND = Place("body", 1)


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


@pytest.fixture
def article():
    article = make_article(Status.DRAFT, body=BODY)
    return moderation.actions.move(article, "submit", by=article.created_by)


def desk(item):
    return reverse("office:item", args=[item.KIND, item.pk])


def leave(client, item, query="", **sent):
    url = reverse("office:remark", args=[item.KIND, item.pk])
    at = {"part": "body", "number": 1, "text": "Siapa yang menghitung?"}
    return client.post(f"{url}?{query}", {**at, **sent})


def composed(article, **sent):
    fields = ("title", "lead", "body", "category", "dateline", "source")
    typed = {name: getattr(article, name) for name in fields}
    key = {"form_key": article.form_key, "community": article.community_id}
    return {**typed, **key, "version": article.changed_at.isoformat(), **sent}


def test_a_note_stands_at_its_place_and_leads_back_there(client, officer, article):
    answer = leave(client, article, query="q=warga", quote="500 bibit")
    assert answer.url == f"{desk(article)}?q=warga#tempat-body-1"
    page = client.get(desk(article))
    assert [remark.text for remark in page.context["marks"].here[SECOND]] == ["Siapa yang menghitung?"]
    shown = page.content.decode()
    spots = ["<mark>500 bibit</mark> ditanam", "Siapa yang menghitung?", 'id="putusan"']
    assert sorted(spots, key=shown.index) == spots


def test_notes_say_what_to_repair_so_that_the_decision_needs_no_words(client, officer, article):
    sent = {"move": "return", "seen": article.submitted_at.isoformat()}
    url = reverse("office:decide", args=["article", article.pk])
    assert client.post(url, sent).status_code == 422
    leave(client, article)
    client.post(url, sent)
    article.refresh_from_db()
    assert (article.status, bool(article.decision_reason)) == (Status.RETURNED, True)


def test_its_author_sees_it_in_the_text_answers_and_the_officer_sees_what_changed(client, officer, article):
    leave(client, article)
    client.force_login(article.created_by)
    assert "Siapa yang menghitung?" not in client.get(article.get_absolute_url()).content.decode()
    article = moderation.actions.move(article, "return", by=officer, reason="Lihat catatan.")
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.index("500 bibit ditanam") < page.index("Siapa yang menghitung?")
    kept = Remark.objects.get()
    composer = client.get(edit_url(article)).content.decode()
    assert (f'name="jawab-{kept.pk}"' in composer, f'name="beres-{kept.pk}"' in composer) == (True, True)
    said = {f"jawab-{kept.pk}": "Ketua kelompok.", f"beres-{kept.pk}": "ya", "then": "submit"}
    repaired = BODY.replace("ditanam", "ditanam, kata ketua")
    client.post(edit_url(article), composed(article, body=repaired, **said))
    kept.refresh_from_db()
    assert (kept.answer, kept.is_repaired) == ("Ketua kelompok.", True)
    client.force_login(officer)
    (seen,) = client.get(desk(article)).context["marks"].here[SECOND]
    assert [piece.text for piece in seen.changes if piece.kind == "new"] == ["ditanam, kata ketua."]


def test_readers_and_strangers_never_see_a_note(client, officer, article):
    leave(client, article)
    moderation.actions.move(article, "approve", by=officer)
    client.logout()
    assert "Siapa yang menghitung?" not in client.get(article.get_absolute_url()).content.decode()


def test_the_author_of_what_was_published_finds_them_beside_the_text(client, officer, article):
    leave(client, article)
    leave(
        client, article, text="Warga menanan bakau", quote="Warga menanam bakau", number=0, **{"as": "slip"}
    )
    moderation.actions.move(article, "approve", by=officer)
    client.force_login(article.created_by)
    page = client.get(article.get_absolute_url())
    assert page.content.decode().count('id="catatan-') == 2


def test_a_slip_is_corrected_at_its_place(client, officer, article):
    leave(client, article, quote="bibit", text="bibbit", **{"as": "slip"})
    article.refresh_from_db()
    assert article.body == BODY.replace("bibit", "bibbit")
    (slip,) = client.get(desk(article)).context["marks"].here[SECOND]
    assert (slip.kind, slip.changes) == ("slip", [])


def test_what_is_refused_is_said_and_changes_nothing(client, officer, article):
    for sent in ({"text": ""}, {"number": "9"}, {"number": "x"}, {"quote": "bakau", "as": "slip"}):
        answer = leave(client, article, **sent)
        assert answer.status_code == 302
    assert not Remark.objects.exists()


@pytest.mark.parametrize("sent_as", ["note", "slip"])
def test_nothing_is_put_into_a_version_that_the_officer_has_not_read(client, officer, article, sent_as):
    writer, seen = article.created_by, article.submitted_at.isoformat()
    again = moderation.actions.move(article, "withdraw", by=writer)
    again.body = f"<p>Ini paragraf yang baru.</p>{BODY}"
    again = moderation.actions.save_changes(again, by=writer)
    again = moderation.actions.move(again, "submit", by=writer)
    sent = {"quote": "bibit", "text": "bibbit", "as": sent_as, "number": 2}
    leave(client, article, seen=seen, **sent)
    assert not Remark.objects.exists()
    leave(client, article, seen=again.submitted_at.isoformat(), **sent)
    assert Remark.objects.get().kind == sent_as


def test_a_note_is_taken_off_or_settled_with_a_button(client, officer, article):
    leave(client, article)
    kept = Remark.objects.get()
    client.post(reverse("office:take_back_remark", args=[kept.pk]))
    assert not Remark.objects.exists()
    leave(client, article)
    article = moderation.actions.move(article, "return", by=officer, reason="Lihat.")
    moderation.actions.move(article, "submit", by=article.created_by)
    kept = Remark.objects.get()
    client.post(reverse("office:settle_remark", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.settled_by == officer


def test_what_lies_elsewhere_has_no_places(client, article):
    kept = remarks.write(article, SECOND, by=make_officer(), text="?")
    client.force_login(make_officer(LOMBOK_TENGAH))
    assert leave(client, article).status_code == 404
    for name in ("settle_remark", "take_back_remark"):
        assert client.post(reverse(f"office:{name}", args=[kept.pk])).status_code == 404


def test_an_event_has_places_too(client, officer):
    event = make_event(Status.SUBMITTED, text="Bawa topi.\n\nBawa bekal.")
    leave(client, event, part="text", text="Untuk berapa orang?")
    moderation.actions.move(event, "return", by=officer, reason="Lihat catatan.")
    client.force_login(event.created_by)
    page = client.get(event.get_absolute_url()).content.decode()
    assert page.index("Bawa bekal.") < page.index("Untuk berapa orang?")
    assert "Untuk berapa orang?" in client.get(edit_url(event)).content.decode()


def test_a_change_of_what_is_published_has_places_too(client, officer):
    amendment = make_amendment()
    leave(client, amendment, number=0)
    assert Place("body", 0) in client.get(desk(amendment)).context["marks"].here
    leave(client, amendment, number=0, text="x", quote="y", **{"as": "slip"})
    amendment = moderation.actions.move(amendment, "return", by=officer, reason="Lihat catatan.")
    client.force_login(amendment.created_by)
    kept = Remark.objects.get()
    assert f'id="catatan-{kept.pk}"' in client.get(amendment.get_absolute_url()).content.decode()
    url = reverse("articles:edit_amendment", args=[amendment.pk])
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    client.post(url, {**typed, f"jawab-{kept.pk}": "Ketua.", "then": "draft"})
    kept.refresh_from_db()
    assert kept.answer == "Ketua."


def test_many_notes_ask_no_more_than_one(client, officer, article, django_assert_max_num_queries):
    article = moderation.actions.move(article, "return", by=officer, reason="Lihat.")
    article = moderation.actions.move(article, "submit", by=article.created_by)
    for number in range(12):
        remarks.write(article, SECOND, by=officer, text=f"Catatan {number}")
    client.get(desk(article))
    with django_assert_max_num_queries(15):
        assert len(client.get(desk(article)).context["marks"].all) == 12
