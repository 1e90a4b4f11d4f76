"""A title that is hidden for the harm it repeats is told to nobody outside; and where appeals lead."""

import pytest
from django.urls import reverse

import moderation.actions
from activity.models import Activity
from moderation.states import Status
from notifications import wording
from notifications.links import path_of
from tests.factories import (
    MUSI_BANYUASIN,
    make_amendment,
    make_article,
    make_event,
    make_fact_check,
    make_officer,
    make_reply,
)

pytestmark = pytest.mark.django_db
NAMED = "Anak bernama Bunga"


def withdrawn(item, by=None):
    """Withdrawn for what its title says."""
    return moderation.actions.move(
        item, "suspend", by=by or make_officer(), reason="Nama anak.", cited="children", hides_title=True
    )


def test_who_replied_to_an_article_is_not_told_its_hidden_title(client):
    reply, officer = make_reply(Status.SUBMITTED, title=NAMED), make_officer()
    withdrawn(reply.article, by=officer)
    moderation.actions.move(reply, "approve", by=officer)
    client.force_login(reply.created_by)
    for page in (reverse("replies:mine", args=[reply.pk]), reply.get_absolute_url()):
        assert "bunga" not in client.get(page).content.decode().lower()
    assert "Bunga" not in wording.line(Activity.objects.get(verb="reply.approve"), reply.created_by)


def test_the_writers_of_what_a_check_touches_are_not_told_its_hidden_title():
    article, check = make_article(), make_fact_check(title=NAMED)
    check.articles.add(article)
    gone = withdrawn(check)
    told = Activity.objects.get(verb="factcheck.suspend")
    assert "Bunga" not in wording.line(told, article.created_by)
    assert path_of(told, article.created_by) == gone.shown_url
    assert "bunga" not in gone.shown_url


def test_what_an_office_has_withdrawn_says_whose_it_was(client):
    check = make_fact_check(of_office=MUSI_BANYUASIN, title=NAMED)
    gone = withdrawn(check)
    answer = client.get(gone.shown_url)
    page = answer.content.decode()
    assert (answer.status_code, check.publisher in page, "Bunga" in page) == (410, True, False)


@pytest.mark.parametrize("make", [make_article, make_event, make_amendment])
def test_an_appeal_leads_the_officer_to_the_desk(make):
    item = make(Status.SUBMITTED)
    rejected = moderation.actions.move(item, "reject", by=make_officer(), reason="Salah.", cited="untrue")
    moderation.actions.move(rejected, "appeal", by=item.created_by, reason="Tidak benar.")
    told = Activity.objects.get(verb=item.verb("appeal"))
    assert path_of(told) == reverse("office:item", args=[item.KIND, item.pk])


def test_a_change_of_what_is_published_leads_the_officer_to_the_desk():
    amendment = make_amendment(Status.DRAFT)
    moderation.actions.move(amendment, "submit", by=amendment.created_by)
    told = Activity.objects.get(verb="amendment.submit")
    assert path_of(told) == reverse("office:item", args=["amendment", amendment.pk])
