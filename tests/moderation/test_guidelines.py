"""What is refused or withdrawn cites a rule that its author can look up."""

import pytest
from django.test import Client
from django.urls import reverse

import moderation.actions
from activity.models import Activity
from moderation.errors import TransitionRefused
from moderation.guidelines import RULES
from moderation.states import MOVES, Status
from notifications.letters import letter
from tests.factories import make_article, make_community, make_event, make_item, make_officer

pytestmark = pytest.mark.django_db
WHY = "Sumbernya tidak disebut."


@pytest.mark.parametrize("make", [make_article, make_event])
@pytest.mark.parametrize("name", ["reject", "suspend"])
@pytest.mark.parametrize("cited", ["", "tidak-ada"])
def test_news_and_events_are_not_refused_without_a_rule_of_the_list(make, name, cited):
    item = make(next(iter(MOVES[name].sources)))
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, name, by=make_officer(), reason=WHY, cited=cited)
    item.refresh_from_db()
    assert item.status in MOVES[name].sources


@pytest.mark.parametrize("kind", ["article", "event"])
def test_the_rule_is_kept_with_the_decision_and_in_its_history(kind):
    item = make_item(kind, Status.SUBMITTED)
    item = moderation.actions.move(item, "reject", by=make_officer(), reason=WHY, cited="untrue")
    item.refresh_from_db()
    assert (item.decision_rule, item.cited_rule) == ("untrue", RULES["untrue"])
    assert Activity.objects.get().details == {"from": "submitted", "to": "rejected", "rule": "untrue"}


def test_a_later_decision_cites_its_own_rule_or_none():
    officer = make_officer()
    item = moderation.actions.move(
        make_article(), "suspend", by=officer, reason=WHY, cited="children", hides_title=True
    )
    assert (item.decision_rule, item.is_title_hidden) == ("children", True)
    item = moderation.actions.move(item, "restore", by=officer)
    item.refresh_from_db()
    assert (item.decision_rule, item.is_title_hidden) == ("", False)


def test_a_community_is_refused_in_words_alone():
    item = moderation.actions.move(
        make_community(Status.SUBMITTED), "reject", by=make_officer(), reason=WHY, cited="untrue"
    )
    assert item.decision_rule == ""


def test_every_rule_has_its_place_on_the_page_of_the_guideline():
    page = Client().get(reverse("home:about", args=["pedoman-media-siber"])).content.decode()
    assert [code for code in RULES if f'id="aturan-{code}"' not in page] == []


def test_the_author_reads_the_rule_with_a_link_and_how_to_appeal(client):
    item = make_article(Status.SUBMITTED)
    moderation.actions.move(item, "reject", by=make_officer(), reason=WHY, cited="privacy")
    client.force_login(item.created_by)
    page = client.get(item.get_absolute_url()).content.decode()
    assert f'href="{RULES["privacy"].get_absolute_url()}"' in page
    mail = letter(Activity.objects.get(), item.created_by)
    assert RULES["privacy"].get_absolute_url() in mail.text


def test_the_form_of_the_desk_asks_for_the_rule_at_the_field(client):
    item = make_article(Status.SUBMITTED)
    client.force_login(make_officer())
    url = reverse("office:decide", args=["article", item.pk])
    answer = client.post(url, {"move": "reject", "reason": WHY})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["rule"]
