"""Who opens the pages of the newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.visits import Visitors, browser

if TYPE_CHECKING:
    from benchmarks.filling import Filled


def member() -> int:
    """A manager who has a draft, and something published of which a version was saved."""
    from django.db.models import Exists, OuterRef

    from articles.models import Article, Revision

    saved = Exists(Revision.objects.filter(article=OuterRef("pk")))
    published = Article.objects.filter(saved, status="approved", created_by=OuterRef("created_by"))
    drafts = Article.objects.filter(Exists(published), status="draft").order_by("pk")
    return int(drafts.values_list("created_by", flat=True)[0])


def reader() -> int:
    """Somebody who follows a community, and was told a lot."""
    from accounts.models import User

    return int(User.objects.filter(email="warga0@contoh.example").values_list("pk", flat=True)[0])


def hand_in_to(manager: int) -> None:
    """One item waits for the manager, so that their page is never empty."""
    from django.utils import timezone

    from communities.models import Membership
    from moderation.states import Status
    from tests.factories import make_article, make_member

    community = Membership.objects.filter(user=manager)[0].community
    writer = make_member(community)
    make_article(
        Status.DRAFT, community=community, author=writer, handed_in_at=timezone.now(), handed_in_by=writer
    )


def visitors(filled: Filled) -> Visitors:
    """Signed in, each in a browser of their own."""
    from accounts.consent import agree_to_all
    from accounts.models import User

    filled.member = member()
    agree_to_all(User.objects.get(pk=filled.member))
    hand_in_to(filled.member)
    found = Visitors.of(filled)
    found.clients["reader"] = browser()
    found.clients["reader"].force_login(User.objects.get(pk=reader()))
    return found
