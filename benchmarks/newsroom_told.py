"""People, what happened, whom it was told, and what goes between people and offices."""

from __future__ import annotations

from benchmarks.newsroom_base import OFFICER, Rows, ago, key_of, type_of

# Of a hundred activities so many tell somebody, the first ones.
TOLD = 94
# The password of whom nobody can be.
NOBODY = "'!'"


def people(rows: Rows) -> None:
    """Readers who live all over the nation; one of five is a member of a community, most follow one."""
    from accounts.models import User
    from communities.models import Membership
    from notifications.models import Subscription

    first = rows.start_of(User)
    source = f"generate_series(0, {rows.sizes.people} - 1) AS n JOIN bench_place ON i = n % {rows.places}"
    rows.put(
        User, source,
        id=f"{first} + n", password=NOBODY, email="'warga' || n || '@contoh.example'",
        name="'Warga ' || n", joined_at="now() - interval '900 days'", home_region_id="region",
        last_login="now() - interval '3 days'",
    )  # fmt: skip
    rows.put(
        Membership, f"{source} WHERE n % 5 = 0",
        community_id="community", user_id=f"{first} + n", role="'member'",
        asked_at="now() - interval '700 days'", accepted_at="now() - interval '700 days'",
        accepted_by_id="manager",
    )  # fmt: skip
    rows.put(
        Subscription, source,
        user_id=f"{first} + n", community_id="CASE WHEN n % 2 = 0 THEN community END",
        region_id="CASE WHEN n % 2 = 1 THEN left(region, 5) END", category="''",
        rhythm="(n / 2) % 4", created_at="now() - interval '300 days'",
    )  # fmt: skip


def activities(rows: Rows) -> None:
    """That the news were decided; some were withdrawn, corrected, or changed by an office."""
    from activity.models import Activity
    from articles.models import Article

    number, first = rows.sizes.activities, rows.start_of(Activity)
    at = ago(number)
    verb = """CASE WHEN n % 100 < 60 THEN 'article.approve' WHEN n % 100 < 90 THEN 'article.submit'
        WHEN n % 100 < 93 THEN 'article.return' WHEN n % 100 < 95 THEN 'article.slip'
        WHEN n % 100 < 96 THEN 'article.suspend' WHEN n % 500 = 96 THEN 'article.restore'
        WHEN n % 100 < 99 THEN 'article.correct' ELSE 'article.submit' END"""
    rows.put(
        Activity,
        f"generate_series(1, {number}::bigint) AS n"
        f" JOIN bench_place ON i = n * {rows.spread} % {rows.places}",
        id=f"{first} + n - 1", verb=verb, actor_id="manager", target_type_id=type_of(Article),
        target_id=f"{rows.of(Article)} + n % {rows.sizes.articles}",
        region_id="region", reason="''", details="'{\"rule\": \"lies\"}'", happened_at=at,
        fanned_out_at=f"CASE WHEN n < {number} THEN {at} END", fanout_cursor="0",
    )  # fmt: skip


def announcements(rows: Rows) -> None:
    """Of all offices; one of the ministry to everybody, which two of three confirmed."""
    from accounts.models import User
    from announcements.models import Announcement, Receipt

    number, first = rows.sizes.announcements, rows.start_of(Announcement)
    people = rows.of(User)
    at = ago(number)
    offices = (
        "(SELECT region_id, row_number() OVER (ORDER BY id) - 1 AS o, count(*) OVER () AS all"
        " FROM accounts_office) AS office"
    )
    rows.put(
        Announcement, f"generate_series(1, {number}::bigint) AS n JOIN {offices} ON o = n % office.all",
        id=f"{first} + n - 1", source="'Diskominfo'", title="'Pengumuman ' || n", text="'Harap dibaca'",
        valid_until=f"({at} + interval '60 days')::date",
        audience="CASE WHEN n % 3 = 0 THEN 'readers' ELSE 'communities' END", kinds="'{}'",
        places="ARRAY[coalesce(region_id, '')]", form_key=key_of("n"), created_at=at, sent_at=at,
        sent_by_id=OFFICER, created_by_id=OFFICER, region_id="region_id", people="1000",
        communities="10",
    )  # fmt: skip
    rows.put(
        Receipt,
        f"generate_series(1, {number} * 10::bigint) AS n",
        announcement_id=f"{first} + n / 10 % {number}",
        user_id=f"{people} + n * 7 % {max(rows.sizes.people, 1)}",
        read_at="now() - interval '1 day'",
    )
    one = f"{first + number}"
    rows.put(
        Announcement, "(SELECT 1) AS one", id=one, source="'Kementerian'", title="'Siaran nasional'",
        text="'Untuk semua'", valid_until="current_date + 60", audience="'communities'", kinds="'{}'",
        places="ARRAY['']", form_key=key_of(str(number + 1)), created_at="now() - interval '2 days'",
        sent_at="now() - interval '2 days'", sent_by_id=OFFICER, created_by_id=OFFICER,
        region_id="NULL", people=str(rows.sizes.people), communities=str(rows.places),
    )  # fmt: skip
    rows.put(
        Receipt, f"generate_series(0, {rows.sizes.people}::bigint - 1) AS n WHERE n % 3 > 0",
        announcement_id=one, user_id=f"{people} + n", read_at="now() - interval '1 day'",
    )  # fmt: skip


def notifications(rows: Rows) -> None:
    """A year of them, two of three read; the newest wait to be sent, the others are."""
    from accounts.models import User
    from activity.models import Activity
    from notifications.models import Delivery, Notification, Story

    number, first = rows.sizes.notifications, rows.start_of(Notification)
    people = rows.of(User)
    each = 50
    activities = max(min(number // each, rows.sizes.activities), 1)
    begin = max((rows.sizes.activities - activities * 100 // TOLD - 200) // 100 * 100, 0) + rows.of(Activity)
    rows.put(
        Story, f"generate_series(0, {activities}::bigint - 1) AS n",
        activity_id=_told(begin, "n"), kind="CASE WHEN n % 5 = 0 THEN 'decision' ELSE 'news' END",
        thread="'news:community:' || n % 50000",
    )  # fmt: skip
    at = f"now() - interval '400 days' + n * (interval '400 days' / {number})"
    rows.put(
        Notification, f"generate_series(0, {number}::bigint - 1) AS n",
        id=f"{first} + n", activity_id=_told(begin, f"least(n / {each}, {activities - 1})"),
        recipient_id=f"{people} + n * 7919 % {max(rows.sizes.people, 1)}", created_at=at,
        read_at=f"CASE WHEN n % 3 > 0 THEN {at} END",
    )  # fmt: skip
    waits = f"n > {number} - {number // 100}"
    rows.put(
        Delivery, f"generate_series(0, {number}::bigint - 1, 3) AS n",
        notification_id=f"{first} + n", recipient_id=f"{people} + n * 7919 % {max(rows.sizes.people, 1)}",
        channel="'email'", bundle="CASE WHEN n % 2 = 0 THEN 'day' ELSE '' END",
        state=f"CASE WHEN {waits} THEN 'waiting' ELSE 'sent' END",
        due_at=f"CASE WHEN {waits} THEN now() + (6 - n % 10) * interval '1 hour' ELSE {at} END",
        attempts="0", ended_at=f"CASE WHEN NOT {waits} THEN {at} END", error="''",
    )  # fmt: skip


def aspirations(rows: Rows) -> None:
    from accounts.models import User
    from aspirations.models import Aspiration, Support

    number, first, people = (
        rows.sizes.aspirations,
        rows.start_of(Aspiration),
        rows.of(User),
    )
    at = ago(number)
    source = f"""{rows.spread_source(number)},
        LATERAL (SELECT CASE WHEN n % 101 < 70 THEN 'closed' WHEN n % 101 < 85 THEN 'answered'
            WHEN n % 101 < 92 THEN 'received' ELSE 'sent' END AS status) AS stands"""
    answered = "status IN ('closed', 'answered')"
    rows.put(
        Aspiration, source,
        id=f"{first} + n - 1", title="title", text="lead", is_public="n % 3 > 0", form_key=key_of("n"),
        status="status", sent_at=at, receive_due_at=f"{at} + interval '3 days'",
        answer_due_at=f"{at} + interval '10 days'",
        due_at=f"CASE WHEN NOT {answered} THEN {at} + interval '10 days' END",
        received_at=f"CASE WHEN status <> 'sent' THEN {at} END",
        received_by_id=f"CASE WHEN status <> 'sent' THEN {OFFICER} END",
        shown_at=f"CASE WHEN status <> 'sent' AND n % 3 > 0 THEN {at} END",
        answer=f"CASE WHEN {answered} THEN 'Sudah ditangani' ELSE '' END",
        answered_at=f"CASE WHEN {answered} THEN {at} END",
        answered_by_id=f"CASE WHEN {answered} THEN {OFFICER} END",
        closed_at=f"CASE WHEN status = 'closed' THEN {at} END", support_count="n % 40",
        desk_id="left(region, 5)", region_id="region", sent_by_id="manager",
    )  # fmt: skip
    rows.put(
        Support, f"generate_series(0, {number * 3}::bigint - 1) AS n",
        aspiration_id=f"{first} + n / 3", user_id=f"{people} + n % {max(rows.sizes.people, 1)}",
        supported_at="now()",
    )  # fmt: skip


def _told(first: int, number: str) -> str:
    """The key of an activity by its number among those that tell somebody."""
    return f"{first} + {number} / {TOLD} * 100 + {number} % {TOLD}"
