"""What is written, and what is decided about it."""

from __future__ import annotations

from typing import Any

from benchmarks.newsroom_base import (
    BANDS,
    BUSY,
    OFFICER,
    POOL,
    READER,
    SIGNED,
    Rows,
    ago,
    choice,
    do,
    key_of,
    type_of,
    waits,
)


def articles(rows: Rows) -> None:
    """Of two years, the newest last; nothing waits but what trusted communities published first."""
    from articles.models import Article, Category

    number, first = rows.sizes.articles, rows.start_of(Article)
    at = ago(number)
    source = f"""{rows.spread_source(number)},
        LATERAL (SELECT CASE
            WHEN n % 1009 < 950 THEN 'approved' WHEN n % 1009 < 965 THEN 'returned'
            WHEN n % 1009 < 975 THEN 'rejected' WHEN n % 1009 < 1000 THEN 'draft'
            ELSE 'suspended' END AS status) AS stands,
        LATERAL (SELECT status = 'approved' AND n % 5 = 0 AND n > {number} - 5000 AS is_first) AS first"""
    decided = "status <> 'draft' AND NOT is_first"
    rows.put(
        Article, source,
        id=f"{first} + n - 1", status="status", form_key=key_of("n"), created_at=at, changed_at=at,
        submitted_at=f"CASE WHEN status <> 'draft' THEN {at} END",
        submitted_by_id="CASE WHEN status <> 'draft' THEN manager END",
        due_at=f"CASE WHEN status <> 'draft' THEN {at} + interval '3 days' END",
        decided_at=f"CASE WHEN {decided} THEN {at} END",
        decided_by_id=f"CASE WHEN {decided} THEN {OFFICER} END",
        decision_reason="''", title="title", slug="slug",
        published_at=f"CASE WHEN status IN ('approved', 'suspended') THEN {at} END",
        lead="lead", body="body", category=choice(Category.values, "n"), dateline="'SEKAYU'",
        search="search", community_id="community", created_by_id="manager", region_id="region",
        handed_in_at=f"CASE WHEN status = 'draft' AND n % 3 = 0 THEN {at} END",
        handed_in_by_id="CASE WHEN status = 'draft' AND n % 3 = 0 THEN manager END",
        is_unreviewed="is_first", is_open_to_members="status = 'draft' AND n % 4 = 0",
    )  # fmt: skip
    do("ANALYZE articles_article")


def beside_articles(rows: Rows) -> None:
    from articles.models import Article, Fingerprint, Photo, ReadCount, Revision

    number, first = rows.sizes.articles, rows.of(Article)
    rows.put(
        Photo, f"generate_series(1, {number}::bigint, 2) AS n",
        key=key_of("n"), fingerprint="md5(n::text) || md5(n::text)", width="1600", height="1200",
        **dict.fromkeys(("small", "medium", "large", "fallback"), "'photos/ab/abcdef.webp'"),
        uploaded_at=ago(number), caption="'Warga bergotong royong'", credit="'Yogi'", number="1",
        article_id=f"{first} + n - 1", uploaded_by_id=OFFICER, has_all_formats="true",
    )  # fmt: skip
    rows.put(
        ReadCount, f"generate_series(1, {number}::bigint) AS n WHERE n % 5 > 0",
        article_id=f"{first} + n - 1", settled="n % 400", window="82000", in_window="n % 7",
    )  # fmt: skip
    # One of fifty says what another says: a press release. Half of all are too short to be compared.
    alike = "CASE WHEN n % 50 < 2 THEN n / 50 * 50 ELSE n END"
    bands = ", ".join(f"hashint8extended({alike} * 16 + {at}, 1) & {(1 << 61) - 1}" for at in range(BANDS))
    rows.put(
        Fingerprint, f"generate_series(1, {number}::bigint) AS n WHERE n % 1009 < 950",
        article_id=f"{first} + n - 1",
        signature=f"CASE WHEN n % 4 < 2 THEN array_fill(n, ARRAY[{SIGNED}]) ELSE '{{}}' END",
        bands=f"CASE WHEN n % 4 < 2 THEN ARRAY[{bands}] ELSE '{{}}' END",
    )  # fmt: skip
    rows.put(
        Fingerprint,
        "articles_article WHERE status = 'submitted'",
        article_id="id",
        signature="'{}'",
        bands="'{}'",
    )
    rows.put(
        Revision,
        f"generate_series(1, {rows.sizes.revisions}::bigint) AS n JOIN bench_text ON k = n * 31 % {POOL}",
        content="jsonb_build_object('title', title, 'lead', lead, 'body', body)",
        begun_at=ago(rows.sizes.revisions), saved_at=ago(rows.sizes.revisions),
        is_marked="n % 3 = 0", article_id=f"{first} + n / 2 * {rows.spread} % {number}",
        saved_by_id=OFFICER, saved_by_page="NULL",
    )  # fmt: skip


def amendments(rows: Rows) -> None:
    """Decided ones with the change that they made, and those that wait at each kabupaten."""
    from articles.models import Amendment, PublicChange

    number, first = rows.sizes.amendments, rows.start_of(Amendment)
    at = ago(number)
    about = rows.about_articles(number)
    words = {name: f"item.{name}" for name in ("title", "lead", "body", "category", "dateline", "source")}
    common = {
        "nature": "'correction'", "was_wrong": "'Salah angka'", "is_right": "'Angka benar'", **words,
        "article_id": "item.id", "community_id": "item.community_id", "region_id": "item.region_id",
        "created_by_id": "item.created_by_id", "submitted_by_id": "item.created_by_id",
    }  # fmt: skip
    rows.put(
        Amendment, about, id=f"{first} + n - 1", **common, status="'approved'", form_key=key_of("n"),
        created_at=at, changed_at=at, submitted_at=at, due_at=at, decided_at=at, decided_by_id=OFFICER,
        decision_reason="''",
    )  # fmt: skip
    rows.put(
        PublicChange, about, nature="'correction'", was_wrong="'Salah angka'", is_right="'Angka benar'",
        before="'{}'", after="'{}'", changed_at=at, amendment_id=f"{first} + n - 1",
        article_id="item.id", changed_by_id=OFFICER,
    )  # fmt: skip
    waiting = rows.of_each_busy()
    rows.put(
        Amendment, waiting, **common, status="'submitted'", form_key=key_of(f"{number + 1} + i"),
        **waits("rank"), decision_reason="''",
    )  # fmt: skip


def cases(rows: Rows) -> None:
    from articles.models import Article
    from complaints.models import Case, Report

    number, first, kind = rows.sizes.cases, rows.start_of(Case), type_of(Article)
    at = ago(number)
    about = rows.about_articles(number)
    rows.put(
        Case, about, id=f"{first} + n - 1", target_type_id=kind, target_id="item.id",
        region_id="item.region_id", opened_at=at, due_at=f"{at} + interval '2 days'",
        outcome="CASE WHEN n % 4 = 0 THEN 'withdrawn' ELSE 'kept' END", decided_at=at,
        decided_by_id=OFFICER, words="''",
    )  # fmt: skip
    rows.put(
        Case, rows.of_each_busy(), id=f"{first + number} + i", target_type_id=kind, target_id="item.id",
        region_id="item.region_id", opened_at="now() - rank * interval '1 day'",
        due_at="now() - rank * interval '1 day' + interval '2 days'", outcome="''", words="''",
    )  # fmt: skip
    rows.put(
        Report, f"complaints_case, generate_series(1, 2) AS m WHERE id >= {first}",
        case_id="id", rule="'lies'", words="'Ini tidak benar'", email="''", reported_at="opened_at",
        told_at="decided_at", reporter_id="NULL",
    )  # fmt: skip


def replies(rows: Rows) -> None:
    from replies.models import Reply

    number = rows.sizes.replies
    at = ago(number)
    said = {
        "name": "'Rina'", "relation": "'Ketua panitia'", "passage": "''", "text": "'Yang benar ...'",
        "article_id": "item.id", "community_id": "item.community_id", "region_id": "item.region_id",
        "created_by_id": READER, "submitted_by_id": READER, "decision_reason": "''",
    }  # fmt: skip
    about = rows.about_articles(number)
    rows.put(
        Reply, about, **said, form_key=key_of("n"), status="'approved'", created_at=at, changed_at=at,
        submitted_at=at, due_at=at, decided_at=at, decided_by_id=OFFICER, published_at=at,
    )  # fmt: skip
    waiting = rows.of_each_busy()
    rows.put(
        Reply, waiting, **said, form_key=key_of(f"{number + 1} + i"), status="'submitted'", **waits("rank")
    )


def fact_checks(rows: Rows) -> None:
    from articles.models import Article
    from factchecks.models import FactCheck

    number, first = rows.sizes.fact_checks, rows.start_of(FactCheck)
    at = ago(number)
    said = {
        "title": "title", "slug": "slug", "claim_text": "lead", "claimant": "'Pesan berantai'",
        "finding": "CASE WHEN k % 3 = 0 THEN 'hoax' ELSE 'misinformation' END", "summary": "lead",
        "body": "body", "sources": "'https://contoh.example'", "checker": "'Wati'", "search": "search",
        "region_id": "region", "community_id": "community", "created_by_id": "manager",
        "submitted_by_id": "manager", "decision_reason": "''",
    }  # fmt: skip
    rows.put(
        FactCheck, rows.spread_source(number), id=f"{first} + n - 1", **said, form_key=key_of("n"),
        status="'approved'", created_at=at, changed_at=at, submitted_at=at, due_at=at, decided_at=at,
        decided_by_id=OFFICER, published_at=at,
    )  # fmt: skip
    rows.put(
        FactCheck, f"bench_place JOIN bench_text ON k = i % {POOL} WHERE rank < {BUSY}",
        id=f"{first + number} + i", **said, form_key=key_of(f"{number + 1} + i"), status="'submitted'",
        **waits("rank"),
    )  # fmt: skip
    link: Any = FactCheck.articles.through
    rows.put(
        link, f"generate_series(1, {number}::bigint) AS n, generate_series(0, 1) AS m",
        factcheck_id=f"{first} + n - 1",
        article_id=f"{rows.of(Article)} + (n * 97 + m) % {rows.sizes.articles}",
    )  # fmt: skip


def uploads(rows: Rows) -> None:
    from articles.models import Upload

    rows.put(
        Upload, f"generate_series(1, {max(rows.sizes.articles // 250, 10)}::bigint) AS n",
        key=key_of("n"), size="100", received="0", begun_at="now() - interval '1 hour'",
        uploaded_by_id=OFFICER,
    )  # fmt: skip
