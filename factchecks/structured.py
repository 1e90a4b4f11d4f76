"""A fact check as machines read it: schema.org ClaimReview, as search engines ask for it.

One review on a page, of one claim. The finding in words is what is required; the number goes along where the
finding says how true the claim is, and is left out where nothing is proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override

from factchecks.findings import BEST, WORST, Finding

if TYPE_CHECKING:
    from factchecks.models import FactCheck

LANGUAGE = "id"


def claim_review(check: FactCheck) -> dict[str, Any]:
    """Of a published fact check; in Indonesian, as its text is, whoever asks."""
    with override(LANGUAGE):
        return {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": _address(check.get_absolute_url()),
            "inLanguage": LANGUAGE,
            "datePublished": check.published_at.isoformat() if check.published_at else None,
            "author": _organization(check),
            "claimReviewed": check.claim_text,
            "itemReviewed": _claim(check),
            "reviewRating": _rating(check),
        }


def _organization(check: FactCheck) -> dict[str, Any]:
    path = check.community.get_absolute_url() if check.community else check.office_url
    return {"@type": "Organization", "name": check.publisher, "url": _address(path)}


def _claim(check: FactCheck) -> dict[str, Any]:
    claim: dict[str, Any] = {"@type": "Claim"}
    if check.claimant:
        claim["author"] = {"@type": "Person", "name": check.claimant}
    if check.seen_on:
        claim["datePublished"] = check.seen_on.isoformat()
    if check.link_list:
        claim["appearance"] = [{"@type": "CreativeWork", "url": link} for link in check.link_list]
    return claim


def _rating(check: FactCheck) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": str(Finding(check.finding).label)}
    if check.meaning.rating is not None:
        rating |= {"ratingValue": check.meaning.rating, "bestRating": BEST, "worstRating": WORST}
    return rating


def _address(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}"
