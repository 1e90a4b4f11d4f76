"""What can be followed: a community, a region and all beneath it, one category of news in a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Category
from communities.models import Community
from notifications.models import Subscription
from regions.codes import is_code
from regions.models import Level, Region
from regions.succession import find_of_today

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Followed


@dataclass(frozen=True)
class Thing:
    """One of them, with its words and its addresses."""

    community: Community | None = None
    region: Region | None = None
    category: str = ""

    @classmethod
    def of(cls, row: Followed) -> Self:
        """What a subscription, or a request for one, is about."""
        return cls(row.community, row.region, row.category)

    @classmethod
    def public(cls, community: str = "", region: str = "", category: str = "") -> Self:
        """What can be followed now: a community that the public sees, a region of today. Http404 else.

        A former code of a region stands for that of today.
        """
        today = find_of_today(region) if region else None
        code = today.code if today else ""
        return cls._found(Community.objects.public(), Region.objects.open(), community, code, category)

    @classmethod
    def known_to(cls, user: User, community: str = "", region: str = "", category: str = "") -> Self:
        """The same with what has been withdrawn or closed, for who follows it or may see it.

        Nobody learns by this of a community that they do not know.
        """
        followed = Subscription.objects.filter(user=user).values("community")
        seen = Community.objects.visible_to(user).values("pk")
        known = Community.objects.filter(Q(pk__in=followed) | Q(pk__in=seen))
        return cls._found(known, Region.objects.all(), community, region, category)

    @classmethod
    def _found(cls, communities: QuerySet, regions: QuerySet, slug: str, code: str, category: str) -> Self:
        if category and category not in Category.values:
            raise Http404
        if slug_re.match(slug):
            return cls(community=get_object_or_404(communities.select_related("region"), slug=slug))
        if is_code(code):
            return cls(region=get_object_or_404(regions, pk=code), category=category)
        raise Http404

    @property
    def keys(self) -> dict[str, Any]:
        """The columns that name it, for actions and queries."""
        return {"community": self.community, "region": self.region, "category": self.category}

    @property
    def title(self) -> str:
        """In words: "KIM Surya Gambo", "Kesehatan · Kabupaten Musi Banyuasin"."""
        place = str(self.community or self.region)
        return f"{Category(self.category).label} · {place}" if self.category else place

    @property
    def about(self) -> Promise:
        """What one is told of."""
        if self.category:
            return _("You are told of the news of this category from there, and from all places beneath it.")
        if self.region:
            return _("You are told of what every community there, and in all places beneath it, publishes.")
        return _("You are told of each article and event that this community publishes.")

    @property
    def is_wide(self) -> bool:
        """Whether much is said there: anything larger than a village."""
        return self.region is not None and self.region.level != Level.VILLAGE

    def path(self, name: str) -> str:
        """The address of what one can do with it: "follow", "unfollow"."""
        if self.community:
            return reverse(f"notifications:{name}", kwargs={"community": self.community.slug})
        kwargs = {"region": self.region.pk, "category": self.category}  # type: ignore[union-attr]
        return reverse(f"notifications:{name}", kwargs={key: value for key, value in kwargs.items() if value})

    @property
    def query(self) -> str:
        """Itself in the address of a page, to be read by from_query."""
        named = {
            "komunitas": self.community.slug if self.community else "",
            "wilayah": self.region.pk if self.region else "",
            "kategori": self.category,
        }
        return urlencode({key: value for key, value in named.items() if value})

    @classmethod
    def from_query(cls, params: Any) -> Self | None:
        """What the address of a page names; None where it is nothing that can be followed."""
        try:
            return cls.public(*(params.get(name, "") for name in ("komunitas", "wilayah", "kategori")))
        except Http404:
            return None

    def get_absolute_url(self) -> str:
        """Where it is read."""
        if self.category:
            return f"{reverse('articles:list')}?{self.query}"
        return (self.community or self.region).get_absolute_url()  # type: ignore[union-attr]
