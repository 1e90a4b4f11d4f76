import json

import pytest

import accounts.actions
import accounts.personal_data
from articles.models import Article
from communities.models import Community
from moderation.states import Status
from tests.factories import make_article, make_community, make_member

pytestmark = pytest.mark.django_db


def test_a_person_takes_memberships_and_texts_along():
    community = make_community()
    writer = make_member(community)
    article = make_article(community=community, author=writer)
    data = json.loads(json.dumps(accounts.personal_data.export(writer), default=str))
    assert [row["community__name"] for row in data["memberships"]] == [community.name]
    assert [row["title"] for row in data["written"]["article"]] == [article.title]


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
