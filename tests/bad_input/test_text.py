"""What people type, too little or too much of it: the field is named, the rest is kept, nothing is stored."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.test import Client

from tests.bad_input.forms import ARTICLE, DECREE, EVENT, FORMS, GROUP, REGISTRATION, TEXT_FIELDS, Form
from tests.bad_input.pages import Page

pytestmark = pytest.mark.django_db
ANSWERED = {200, 422}
BY_HAND = [REGISTRATION, ARTICLE, EVENT]


@pytest.fixture(autouse=True)
def _desk_without_second_step(settings) -> None:
    settings.OFFICE_REQUIRES_MFA = False


def refused(client: Client, url: str, form: Form, sent: dict[str, Any]) -> Page:
    """The form as it comes back; nothing was stored meanwhile, but what is right of a registration."""
    before = form.makes._default_manager.count()
    answer = client.post(url, sent)
    assert answer.status_code in ANSWERED, answer.headers.get("Location", "")
    stored = form.makes._default_manager.count() - before
    assert stored == 0 or (form is REGISTRATION and stored == 1)
    return Page(answer)


def lost(page: Page, form: Form, sent: dict[str, Any]) -> set[str]:
    """What was typed and does not stand in the form any more."""
    kept = {name for name in sent if name in form.texts or name in form.needed} - form.secrets - {"move"}
    return {name for name in kept if page.fields.get(name) != str(sent[name]).replace("\r\n", "\n")}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_an_empty_form_names_every_field_it_needs(client: Client, form: Form):
    url = form.open(client)
    page = refused(client, url, form, {"csrfmiddlewaretoken": "x"})
    named = page.wrong | set(page.errors)
    assert form.needed - named - {"move"} == set()
    assert all(page.errors[name] for name in form.needed & set(page.errors))


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_blanks_are_as_empty_as_nothing(client: Client, form: Form):
    url = form.open(client)
    sent = {**form.good(), **dict.fromkeys(form.texts, " \t\n ")}
    page = refused(client, url, form, sent)
    assert page.wrong & set(form.texts)


@pytest.mark.parametrize(("form", "name"), TEXT_FIELDS, ids=str)
def test_too_much_is_refused_at_its_field_and_everything_is_kept(client: Client, form: Form, name: str):
    url = form.open(client)
    sent = {**form.good(), name: "panjang " * 30_000}
    page = refused(client, url, form, sent)
    assert page.wrong == {name}
    assert page.errors[name]
    assert lost(page, form, {**sent, name: sent[name].strip()}) <= {name}
    assert page.fields[name].strip() == sent[name].strip()


@pytest.mark.parametrize(("form", "name"), TEXT_FIELDS, ids=str)
def test_a_nul_is_no_character_that_breaks_anything(client: Client, form: Form, name: str):
    url = form.open(client)
    good = form.good()
    sent = {**good, name: f"{good.get(name, '')}\0x"}
    answer = client.post(url, sent)
    assert answer.status_code in {*ANSWERED, 302}
    if answer.status_code != 302:
        assert name in Page(answer).wrong


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_of_files_and_lists_where_text_belongs_is_answered(client: Client, form: Form):
    url = form.open(client)
    sent = {name: ["a", "b"] for name in form.good()}
    assert client.post(url, sent).status_code in ANSWERED


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_choice_that_is_not_offered_is_refused(client: Client, form: Form):
    choices = {"kind", "category", "source", "community", "language", "role", "office", "move"}
    url = form.open(client)
    good = form.good()
    for name in choices & set(good):
        page = refused(client, url, form, {**good, name: "-1"})
        assert name == "move" or name in page.wrong


NUMBERS = ["-1", "1e9", "99999999999999999999", "dua belas", "NaN", "٣", "1.5"]
DATES = ["0000-00-00", "31/31/2026", "besok", "99999-01-01", "2026-02-30", "0001-01-01", "9999-12-31"]


@pytest.mark.parametrize("value", NUMBERS)
def test_an_odd_number_of_members_is_answered(client: Client, value: str):
    url = GROUP.open(client)
    answer = client.post(url, {**GROUP.good(), "member_count": value})
    assert answer.status_code in {422, 302}
    if answer.status_code == 422:
        page = Page(answer)
        assert (page.wrong, page.fields["member_count"]) == ({"member_count"}, value)


@pytest.mark.parametrize("value", DATES)
@pytest.mark.parametrize(
    ("form", "name"), [(GROUP, "founded_on"), (DECREE, "decree_date"), (DECREE, "decree_valid_until")]
)
def test_an_odd_date_is_answered_and_what_is_stored_can_be_shown(
    client: Client, form: Form, name: str, value: str
):
    url = form.open(client)
    answer = client.post(url, {**form.good(), name: value, "then": "later"}, follow=True)
    assert answer.status_code in ANSWERED
    assert client.get(url.replace(form.name, "periksa")).status_code == 200
    assert Page(answer).wrong <= {name, "decree_valid_until"}


TIMES = [
    ("0001-01-01T00:00", "0001-01-01T01:00"),
    ("9999-12-31T22:00", "9999-12-31T23:59"),
    ("2026-02-30T10:00", "2026-02-30T11:00"),
    ("besok", "lusa"),
    ("2026-11-24T25:00", "2026-11-24T26:00"),
    ("1900-01-01T00:00", "1900-01-01T02:00"),
]


@pytest.mark.parametrize("then", ["draft", "submit"])
@pytest.mark.parametrize(("start", "end"), TIMES)
def test_an_odd_time_is_answered_and_what_is_stored_can_be_shown(
    client: Client, start: str, end: str, then: str
):
    url = EVENT.open(client)
    sent = {**EVENT.good(), "starts_at": start, "ends_at": end, "then": then}
    answer = client.post(url, sent, follow=True)
    assert answer.status_code in ANSWERED
    assert client.get("/kegiatan/saya/").status_code == 200
    assert client.get("/kegiatan/?lalu=1").status_code == 200


@pytest.mark.parametrize("form", BY_HAND, ids=str)
@pytest.mark.parametrize("key", ["", "bukan-uuid", "\0", "'"])
def test_a_form_without_a_usable_key_is_answered(client: Client, form: Form, key: str):
    url = form.open(client)
    sent = {**form.good(), "form_key": key}
    page = refused(client, url, form, sent)
    assert lost(page, form, sent) == set()


@pytest.mark.parametrize("form", BY_HAND, ids=str)
def test_the_key_of_another_persons_form_gives_nothing_of_theirs(client: Client, form: Form):
    url = form.open(client)
    sent = form.good()
    assert client.post(url, {**sent, "then": "draft"}).status_code == 302
    stranger = Client()
    other_url = form.open(stranger) if form is REGISTRATION else url
    if form is REGISTRATION:
        again = {**form.good(), "form_key": sent["form_key"]}
        assert stranger.post(other_url, again).status_code == 403
    assert form.makes._default_manager.count() == 1


@pytest.mark.parametrize("letters", ["abcdefghijklmnopqrstuvwxyz", "ꦏꦒꦔꦕꦗꦚꦛꦝꦟꦠꦢꦤꦥꦧꦩꦪꦫꦭꦮꦱꦲ", "😀😁😂🤣😃"])
def test_a_text_of_the_greatest_length_is_stored_and_found(client: Client, letters: str):
    """As long as the field allows, in words that are all different, each character up to four bytes."""
    url = ARTICLE.open(client)
    dice = Random(1)  # noqa: S311 - words, not secrets
    words = ["".join(dice.choices(letters, k=7)) for _number in range(25_000)]
    body = " ".join(words)[:199_990]
    answer = client.post(url, {**ARTICLE.good(), "body": body}, follow=True)
    assert answer.status_code in ANSWERED
    if answer.status_code == 200:
        assert client.get("/cari/", {"q": words[0]}).status_code == 200
    else:
        assert Page(answer).wrong == {"body"}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_bytes_that_are_no_text_are_answered(client: Client, form: Form):
    url = form.open(client)
    body = b"&".join(name.encode() + b"=%ff%fe%80" for name in form.good())
    answer = client.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in ANSWERED


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_body_that_breaks_off_is_answered(client: Client, form: Form):
    url = form.open(client)
    body = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nBanj'
    answer = client.post(url, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {*ANSWERED, 400}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_more_than_any_form_holds_is_refused_in_words(client: Client, form: Form):
    url = form.open(client)
    answer = client.post(url, {form.texts[0]: "x" * 3_000_000})
    assert answer.status_code in {*ANSWERED, 400, 413}
    assert Page(answer).text.strip()
