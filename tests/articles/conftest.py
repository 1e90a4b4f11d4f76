"""What several tests of news need."""

import pytest

from accounts.models import User
from articles.models import Article
from moderation.states import Status
from regions.models import Region
from tests.factories import MUSI_BANYUASIN, TOMAN, make_article, make_community, make_member


@pytest.fixture
def writer(db, client) -> User:
    """A member of a KIM, signed in."""
    user = make_member(make_community())
    client.force_login(user)
    return user


@pytest.fixture
def draft(writer: User) -> Article:
    """What the writer has begun."""
    community = writer.memberships.get().community
    return make_article(
        Status.DRAFT, community=community, author=writer, title="Judul lama", lead="Teras lama"
    )


@pytest.fixture
def elsewhere(db) -> Region:
    """Another village of the same regency, in another district."""
    here = Region.objects.get(code=TOMAN)
    found = Region.objects.filter(level=4, code__startswith=f"{MUSI_BANYUASIN}.").exclude(parent=here.parent)
    return found.exclude(name=here.name).order_by("code")[0]
