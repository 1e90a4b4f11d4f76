"""What a fact check says to machines: ClaimReview."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.utils import translation

from factchecks.findings import MEANINGS, Finding
from factchecks.structured import claim_review
from moderation.states import Status
from tests.factories import make_fact_check

pytestmark = pytest.mark.django_db


def data_in(page: str) -> list[dict]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return [json.loads(block) for block in blocks]


def test_claim_review_says_what_search_engines_ask_for(client, settings):
    check = make_fact_check(
        claimant="Akun Info Bansos", seen_on=date(2026, 11, 20), links="https://contoh.example/a"
    )
    (said,) = data_in(client.get(check.get_absolute_url()).content.decode())
    assert said == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{settings.PORTAL_URL}{check.get_absolute_url()}",
        "inLanguage": "id",
        "datePublished": check.published_at.isoformat(),
        "author": {
            "@type": "Organization",
            "name": check.community.name,
            "url": f"{settings.PORTAL_URL}{check.community.get_absolute_url()}",
        },
        "claimReviewed": check.claim_text,
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Akun Info Bansos"},
            "datePublished": "2026-11-20",
            "appearance": [{"@type": "CreativeWork", "url": "https://contoh.example/a"}],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": said["reviewRating"]["alternateName"],
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
    }


@pytest.mark.parametrize(
    ("finding", "value"),
    [("true", 5), ("hoax", 1), ("disinformation", 1), ("misinformation", 2), ("unproven", None)],
)
def test_each_finding_has_its_words_and_its_number(finding, value):
    with translation.override("en"):
        rating = claim_review(make_fact_check(finding=finding))["reviewRating"]
    assert rating.get("ratingValue") == value
    assert ("bestRating" in rating) == (value is not None)
    with translation.override("id"):
        assert rating["alternateName"] == str(Finding(finding).label)
    assert set(MEANINGS) == set(Finding.values)


def test_what_was_typed_neither_ends_the_block_of_data_nor_runs(client):
    evil = '</script><script>alert(1)</script><!--"\\ \u2028 &'
    check = make_fact_check(
        title=evil, claim_text=evil, claimant=evil, summary=evil, spread=evil, sources=evil
    )
    answer = client.get(check.get_absolute_url())
    page = answer.content.decode()
    assert "<script>alert" not in page
    (said,) = data_in(page)
    assert said["claimReviewed"] == evil
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.REJECTED])
def test_what_is_not_public_says_nothing_to_machines(client, status):
    check = make_fact_check(status)
    client.force_login(check.created_by)
    page = client.get(check.get_absolute_url()).content.decode()
    assert (data_in(page), "noindex" in page) == ([], True)
