"""The audit: what is kept of an act, who may search it, and what each search finds."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import activity.actions
import moderation.actions
from accounts.models import Office, Posting
from accounts.roles import Role
from activity import verbs
from activity.models import Activity
from common.templatetags.ui import status_label
from communities import invitation_actions
from communities.actions import note_document_view
from communities.models import Membership
from moderation.states import Status
from office import audit, audit_asked, audit_things, audit_words, posting_actions
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_decree,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
URL = reverse("office:audit")
ELSEWHERE = "52.02.01.1001"


@pytest.fixture
def head(client):
    user = make_officer(role=Role.HEAD, name="Amrul Kepala")
    client.force_login(user)
    return user


@pytest.fixture
def decided(head):
    officer = make_officer(name="Wati Kusuma")
    return moderation.actions.move(
        make_article(Status.SUBMITTED, title="Panen Padi"), "return", by=officer, reason="Tulis siapa."
    )


def found(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return [(entry.act.verb, entry.thing) for entry in answer.context["entries"]]


def test_a_decision_is_kept_with_its_office_and_with_before_and_after(client, decided):
    Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo Muba")
    act = Activity.objects.get()
    officer = act.actor
    assert act.posting == officer.postings.get()
    (entry,) = client.get(URL).context["entries"]
    assert (entry.office, entry.role) == ("Dinkominfo Muba", Role.OFFICER.label)
    assert (entry.thing, entry.url) == ("Panen Padi", reverse("office:item", args=["article", decided.pk]))
    assert (entry.before, entry.after) == (status_label("submitted"), status_label("returned"))


def test_the_nearest_posting_with_the_duty_is_the_one_acted_from():
    user = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    near = Posting.objects.create(user=user, region_id=MUSI_BANYUASIN, role=Role.MODERATOR)
    with transaction.atomic():
        news = activity.actions.record("article.approve", make_article(), by=user, region=region(TOMAN))
        rest = activity.actions.record("community.rest", make_community(), by=user, region=region(TOMAN))
    assert news.posting == near
    assert rest.posting.region_id == SUMATERA_SELATAN


def test_what_an_author_does_is_done_for_no_office():
    officer = make_officer()
    with transaction.atomic():
        act = activity.actions.record("article.submit", make_article(), by=officer, region=region(TOMAN))
    assert act.posting is None


@pytest.mark.parametrize(
    ("verb", "details"),
    [
        ("posting.appoint", {"after": {"role": "viewer"}}),
        ("posting.end", {"before": {"role": "viewer"}}),
    ],
)
def test_postings_say_what_was_and_what_is(verb, details):
    above = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    person = make_user("Dewi")
    posting = posting_actions.appoint(
        email=person.email, role=Role.VIEWER, region=region(MUSI_BANYUASIN), by=above
    )
    posting_actions.end(posting, by=above)
    act = Activity.objects.get(verb=verb)
    assert (act.actor, act.posting.region_id, act.region_id) == (above, SUMATERA_SELATAN, MUSI_BANYUASIN)
    assert act.details == details


def test_a_look_at_a_document_is_kept_with_the_office(head):
    decree = make_decree(make_community())
    note_document_view(decree, by=head)
    act = Activity.objects.get(verb="document.view")
    assert (act.actor, act.posting, act.target) == (head, head.postings.get(), decree)


def test_an_invitation_of_the_office_and_its_end_are_kept_with_the_office(client, head):
    community = make_community()
    Membership.objects.all().delete()
    client.post(reverse("office:put_in_manager", args=[community.pk]), {"email": "baru@contoh.example"})
    sent = community.invitations.get()
    revoked = client.post(reverse("office:revoke_invitation", args=[community.pk, sent.pk]))
    assert revoked.status_code == 302
    sent.refresh_from_db()
    assert (sent.ended_by, sent.email) == (head, "")
    acts = Activity.objects.filter(verb__startswith="invitation.").order_by("pk")
    assert [(act.verb, act.posting) for act in acts] == [
        ("invitation.send", head.postings.get()),
        ("invitation.revoke", head.postings.get()),
    ]


def test_an_office_does_not_revoke_what_a_manager_has_sent(client, head):
    community = make_community()
    sent = invitation_actions.invite(
        community, by=community.created_by, email="a@contoh.example", role="manager"
    )
    url = reverse("office:revoke_invitation", args=[community.pk, sent.pk])
    assert client.post(url).status_code == 404
    sent.refresh_from_db()
    assert sent.ended_at is None


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.MODERATOR, Role.VIEWER])
def test_only_a_head_searches(client, role):
    client.force_login(make_officer(role=role))
    assert client.get(URL).status_code == 403
    assert client.get(reverse("office:audit_file", args=["csv"])).status_code == 403


@pytest.mark.parametrize("code", [SUMATERA_SELATAN, LOMBOK_TENGAH, "indonesia", "99", "x"])
def test_other_regions_are_not_there(client, head, code):
    assert client.get(URL, {"wilayah": code}).status_code == 404
    assert client.get(reverse("office:audit_file", args=["csv"]), {"wilayah": code}).status_code == 404


@pytest.mark.parametrize(
    ("code", "number"),
    [(None, 2), ("52", 1), (LOMBOK_TENGAH, 1), (SUMATERA_SELATAN, 1), (MUSI_BANYUASIN, 1), ("16.07", 0)],
)
def test_each_head_finds_what_lies_beneath(client, decided, code, number):
    elsewhere = make_article(Status.SUBMITTED, community=make_community(village=ELSEWHERE))
    elsewhere.region_id = ELSEWHERE
    elsewhere.save()
    moderation.actions.move(elsewhere, "approve", by=make_officer(LOMBOK_TENGAH))
    client.force_login(make_officer(code, role=Role.HEAD))
    assert len(found(client)) == number


@pytest.mark.parametrize(
    ("code", "number"), [(MUSI_BANYUASIN, 1), ("16.06.06", 1), (TOMAN, 1), ("16.06.07", 0)]
)
def test_a_region_beneath_can_be_chosen(client, decided, code, number):
    assert len(found(client, wilayah=code)) == number


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"orang": "wati"}, 1),
        ({"orang": "amrul"}, 0),
        ({"orang": "tidak@ada.example"}, 0),
        ({"oleh": "1" * 30}, 1),
        ({"tindakan": "putusan"}, 1),
        ({"tindakan": "impor"}, 0),
        ({"tindakan": "apa saja"}, 1),
        ({"tentang": "panen"}, 1),
        ({"tentang": "jagung"}, 0),
        ({"tentang": "'; -- &|"}, 0),
        ({"dari": "2020-01-01", "sampai": "2020-12-31"}, 0),
        ({"dari": "bukan tanggal", "sampai": "9999-99-99"}, 1),
        ({"sesudah": "rusak"}, 1),
    ],
)
def test_each_part_of_the_search_narrows(client, decided, query, number):
    assert len(found(client, **query)) == number


def test_by_a_name_of_a_kim_all_that_hangs_on_it_is_found(client, head):
    community = make_community(name="KIM Surya Gambo")
    note_document_view(make_decree(community), by=head)
    moderation.actions.move(make_article(Status.SUBMITTED, community=community), "approve", by=make_officer())
    note_document_view(make_decree(make_community(name="KIM Lain")), by=head)
    wanted = ["article.approve", "document.view"]
    assert sorted(verb for verb, _ in found(client, tentang="surya gam")) == wanted
    assert sorted(verb for verb, _ in found(client, tentang=community.registry_number)) == wanted


def test_the_days_are_those_of_the_region(client):
    client.force_login(make_officer("94", role=Role.HEAD))
    village = region("94").children.first().children.first().children.first()
    at = timezone.datetime(2026, 3, 1, 15, 30, tzinfo=timezone.get_fixed_timezone(0))  # 2 March, 00:30 WIT
    with transaction.atomic():
        activity.actions.record("document.view", make_community(), by=None, region=village, happened_at=at)
    assert len(found(client, dari="2026-03-02", sampai="2026-03-02")) == 1
    assert len(found(client, dari="2026-03-01", sampai="2026-03-01")) == 0


def test_pages_go_on_where_the_one_before_ended(client, head):
    community = make_community()
    with transaction.atomic():
        for number in range(70):
            at = timezone.now() - timedelta(minutes=number // 10)
            activity.actions.record(
                "document.view", community, by=head, region=community.region, happened_at=at
            )
    seen, query = [], ""
    for _page in range(3):
        answer = client.get(URL + query)
        seen += [entry.act.pk for entry in answer.context["entries"]]
        query = answer.context["page_obj"].next_query
    assert query == ""
    assert len(set(seen)) == len(seen) == 70
    lines = b"".join(client.get(reverse("office:audit_file", args=["csv"])).streaming_content)
    assert lines.count(b"\r\n") == 1 + 70 + 1  # the head, and the taking along itself


def test_the_number_of_queries_does_not_grow(client, head, django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        for _each in range(3):
            community = make_community()
            note_document_view(make_decree(community), by=head)
            moderation.actions.move(
                make_article(Status.SUBMITTED, community=community), "approve", by=make_officer()
            )
        person = make_user("Dewi")
        posting_actions.appoint(
            email=person.email, role=Role.VIEWER, region=region(MUSI_BANYUASIN),
            by=make_officer(SUMATERA_SELATAN, role=Role.HEAD),
        )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(URL, {"orang": "a", "tentang": "surya", "tindakan": "putusan"})
        counts.append(len(asked))
    assert counts[0] == counts[1]
    with django_assert_max_num_queries(15):
        client.get(URL, {"orang": "a", "tentang": "surya"})


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_taking_it_along_stands_in_the_audit(client, head, decided, ending):
    answer = client.get(reverse("office:audit_file", args=[ending]), {"tindakan": "putusan"})
    assert len(answer.getvalue()) > 100
    act = Activity.objects.get(verb="export.make")
    assert act.details == {"list": "audit", "region": MUSI_BANYUASIN, "as": ending}
    assert act.posting == head.postings.get()


def test_no_cell_is_a_formula(client, head):
    article = make_article(Status.SUBMITTED, title='=HYPERLINK("http://x")')
    moderation.actions.move(article, "return", by=make_officer(), reason="@sum(1)")
    lines = b"".join(client.get(reverse("office:audit_file", args=["csv"])).streaming_content).decode()
    assert "'=HYPERLINK" in lines
    assert "'@sum" in lines


def test_what_is_gone_is_still_told_of(client, head):
    decree = make_decree(make_community())
    note_document_view(decree, by=head)
    decree.delete()
    (entry,) = client.get(URL).context["entries"]
    assert entry.url == ""
    assert entry.thing != ""


def test_a_thing_that_has_moved_away_has_no_link(client, head):
    community = make_community()
    note_document_view(make_decree(community), by=head)
    community.region_id = ELSEWHERE
    community.save()
    (entry,) = client.get(URL).context["entries"]
    assert entry.url == ""


def test_the_links_of_the_page_can_be_followed(client, head):
    community = make_community()
    note_document_view(make_decree(community), by=head)
    moderation.actions.move(make_article(Status.SUBMITTED, community=community), "approve", by=make_officer())
    urls = {entry.url for entry in client.get(URL).context["entries"]}
    assert {client.get(url).status_code for url in urls} == {200}


def test_every_verb_is_in_one_kind_of_act():
    grouped = [verb for name in audit_words.groups() for verb in audit_words.verbs_in(name)]
    assert sorted(grouped) == sorted(verbs.LABELS)
    named = {verb for _label, found in audit_words.GROUPS.values() for verb in found} | audit_words.DECISIONS
    assert named <= set(verbs.LABELS)


def test_every_thing_that_history_is_about_has_a_name():
    regions = {"region_id", "community__region_id", "new_id"}
    assert {look.region for look in audit_things.LOOKS.values()} <= regions
    assert audit.ON_A_PAGE < audit.CHUNK
    assert set(audit_asked.NAMES) == set(audit_asked.AuditForm.base_fields) | {"oleh"}
