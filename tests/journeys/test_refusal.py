"""News that the office refuses, and an office that is told no itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import gettext

from articles.models import Article
from moderation.states import Status
from tests.factories import make_article, make_community, make_officer, make_user
from tests.journeys.conftest import Portal
from tests.journeys.mailbox import Mailbox, link_in
from tests.journeys.person import LAPTOP, PHONE, Device
from tests.journeys.steps import TITLE, decide, sign_in, write_news

pytestmark = pytest.mark.browser
REASON = "Pedoman Media Siber butir 2: berita tanpa sumber yang dapat diperiksa."


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["360", "1280"])
def test_news_is_rejected_with_a_reason_that_its_writer_reads(
    portal: Portal, mailbox: Mailbox, device: Device, tmp_path: Path
):
    bahar, wati = make_user("Bahar Udin"), make_officer(name="Wati Kusuma")
    make_community(applicant=bahar, name="KIM Surya Toman")
    writer, officer, stranger = (portal.person(name, device) for name in ("penulis", "petugas", "pengunjung"))

    sign_in(writer, bahar.email)
    write_news(writer, tmp_path)
    sign_in(officer, wati.email)
    decide(officer, TITLE, "Reject")
    officer.sees(gettext("Write what the author should know: what is wrong, and what to do."))
    officer.fill(reason=REASON, rule="untrue")
    officer.press("Reject")

    article = Article.objects.get()
    assert (article.status, article.decision_reason) == (Status.REJECTED, REASON)
    letter = mailbox.wait_for(bahar.email)
    assert TITLE in letter["subject"]
    writer.open(link_in(letter, to=article.get_absolute_url()))
    writer.sees(REASON)
    stranger.open(article.get_absolute_url())
    assert TITLE not in stranger.page.content()


def test_an_officer_elsewhere_and_a_visitor_are_shown_the_way(portal: Portal):
    article = make_article(Status.SUBMITTED, title=TITLE)
    elsewhere, reader = make_officer("52.02", name="Lalu Ahmad"), make_user("Rina Oktavia")
    officer, visitor = portal.person("petugas-lain", LAPTOP), portal.person("pengunjung", PHONE)

    sign_in(officer, elsewhere.email)
    officer.open(f"/kantor/article/{article.pk}/")
    assert TITLE not in officer.page.content()
    visitor.open(f"/kantor/article/{article.pk}/")
    assert "/akun/masuk/" in visitor.page.url
    sign_in(visitor, reader.email)
    visitor.open("/kantor/")
    assert TITLE not in visitor.page.content()
