"""Hints: never a barrier, and the same rules for server and browser."""

import re

import pytest
from django.urls import reverse

from articles.hints import RULES, hints_about
from moderation.states import Status
from tests.factories import make_article, make_community, make_member

pytestmark = pytest.mark.django_db
WELL_WRITTEN = (
    "<p>Puluhan warga Desa Toman membersihkan sungai pada Minggu, 15 November 2026, karena air keruh.</p>"
    "<p>“Kami ingin sungai ini bersih lagi,” kata Kepala Desa Toman, Ahmad Fauzi. Setiap dusun membawa alat "
    "sendiri dan bekerja sampai pukul sepuluh pagi bersama pemuda dan petugas puskesmas.</p>"
)


def _said(**fields):
    article = make_article(Status.DRAFT, **{"body": WELL_WRITTEN, **fields})
    return {rule.key for rule in hints_about(article)}


def test_a_text_that_answers_the_questions_gets_no_hint():
    assert _said() == set()


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"title": "Warga " * 16}, "title_long"),
        ({"lead": "kata " * 51}, "lead_long"),
        ({"title": "WARGA MEMBERSIHKAN SUNGAI"}, "capitals"),
        ({"title": "Siswa SDN 3 Toman menang lomba"}, "child"),
        ({"lead": "Korban, A (14), dirawat."}, "child"),
        ({"body": WELL_WRITTEN + "<p>Hubungi 0812-3456-7890.</p>"}, "telephone"),
    ],
)
def test_each_rule_says_its_hint(fields, key):
    assert _said(**fields) == {key}


def test_a_question_that_is_not_answered_is_asked_once_the_text_is_begun():
    assert {"who", "when", "where", "why", "source"} & _said(
        lead="Ramai sekali.", body="<p>Ramai.</p>"
    ) == set()
    assert _said(lead="Ramai.", body=f"<p>{'ramai sekali ' * 20}</p>") == {
        "who",
        "when",
        "where",
        "why",
        "source",
    }


def test_a_place_in_its_own_field_answers_where():
    assert "where" not in _said(lead="Ramai.", body=f"<p>{'ramai sekali ' * 20}</p>", place="Lapangan")


def test_a_text_of_hints_is_sent_all_the_same(client):
    writer = make_member(community := make_community())
    client.force_login(writer)
    fields = {
        "community": community.pk, "title": "SISWA SDN 3 TOMAN 081234567890", "lead": "X", "body": "Y",
        "category": "sport", "dateline": "x", "source": "report", "then": "submit",
        "form_key": client.get(reverse("articles:compose")).context["form"]["form_key"].value(),
    }  # fmt: skip
    client.post(reverse("articles:compose"), fields)
    assert writer.articles_created.get().status == Status.SUBMITTED


def test_the_page_of_a_draft_says_them_to_its_author_without_a_script(client):
    article = make_article(Status.DRAFT, body=WELL_WRITTEN, title="Hubungi 081234567890")
    client.force_login(article.created_by)
    page = client.get(article.get_absolute_url()).content.decode()
    assert [str(rule.words) in page for rule in RULES if rule.key in {"telephone", "capitals"}] == [
        False,
        True,
    ]


def test_the_browser_gets_every_rule():
    from django.template.loader import render_to_string

    from articles.templatetags.hints import show_live_hints

    html = render_to_string("articles/_hints.html", show_live_hints(make_article(Status.DRAFT)))
    assert len(re.findall(r"data-look=", html)) == len(RULES)
