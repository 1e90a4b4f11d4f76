import json

import pytest

import accounts.actions
import accounts.personal_data
from articles.models import Article
from communities import forum_actions, personal_data
from communities.models import Community
from moderation.states import Status
from tests.factories import make_article, make_community, make_forum, make_member

pytestmark = pytest.mark.django_db


def test_a_person_takes_memberships_and_texts_along():
    community = make_community()
    writer = make_member(community)
    article = make_article(community=community, author=writer)
    data = json.loads(json.dumps(accounts.personal_data.export(writer), default=str))
    assert [row["community__name"] for row in data["memberships"]] == [community.name]
    assert [row["title"] for row in data["written"]["article"]] == [article.title]


def test_what_a_person_did_between_a_forum_and_a_kim_is_taken_along_and_no_step_of_others():
    forum, kim, declined = make_forum(), make_community(), make_community()
    forum_actions.accept(forum_actions.ask(kim, forum, by=kim.created_by), by=forum.created_by)
    forum_actions.end(forum_actions.invite(forum, declined, by=forum.created_by), by=declined.created_by)
    taken = [
        [(row["community"], sorted(row)) for row in personal_data.export(user)["forum_memberships"]]
        for user in (kim.created_by, forum.created_by, declined.created_by)
    ]
    both = ["community", "forum"]
    assert taken == [
        [(kim.name, sorted([*both, "asked_at"]))],
        [(kim.name, sorted([*both, "accepted_at"])), (declined.name, sorted([*both, "asked_at"]))],
        [(declined.name, sorted([*both, "ended_at"]))],
    ]


def test_a_person_who_goes_leaves_the_published_and_takes_the_rights_and_the_drafts():
    community = make_community()
    writer = make_member(community)
    published = make_article(community=community, author=writer)
    make_article(Status.DRAFT, community=community, author=writer)
    make_community(Status.DRAFT, applicant=writer)
    accounts.actions.erase(writer)
    assert list(Article.objects.all()) == [published]
    assert list(Community.objects.all()) == [community]
    assert not community.has_member(writer)


def test_the_page_of_the_article_names_nobody_any_more(client):
    community = make_community()
    writer = make_member(community)
    writer.name = "Rina Oktavia"
    writer.save()
    article = make_article(community=community, author=writer)
    accounts.actions.erase(writer)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Rina Oktavia" not in page
    assert "penulis yang dihapus" in page
