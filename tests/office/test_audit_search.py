"""What a search of the audit finds, in which order, and what it says it has left out."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

import activity.actions
import activity.models
import moderation.actions
from accounts.roles import Role
from activity.models import Activity
from common.pagination import first_of
from communities.models import Community
from moderation.states import Status
from office import audit, audit_asked, audit_search, audit_things
from regions.models import Region, RegionSuccession
from tests.factories import (
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_change,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
URL = reverse("office:audit")


@pytest.fixture
def head(client):
    user = make_officer(role=Role.HEAD, name="Amrul Kepala")
    client.force_login(user)
    return user


def found(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return [(entry.act.verb, entry.thing) for entry in answer.context["entries"]]


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN])
def test_people_of_the_offices_above_are_found_by_name(client, head, code):
    above = make_officer(code, name="Zulkarnain Pusat")
    with transaction.atomic():
        activity.actions.record("article.suspend", make_article(), by=above, region=region(TOMAN))
    assert len(found(client, orang="zulkarnain")) == 1


def test_people_without_a_posting_are_found_by_what_they_did_here(client, head):
    author = make_user("Zainab Penulis")
    with transaction.atomic():
        activity.actions.record("article.submit", make_article(), by=author, region=region(TOMAN))
    assert len(found(client, orang="zainab")) == 1
    assert len(found(client, orang="zainab", wilayah="16.06.07")) == 0


def test_what_a_search_left_out_is_said_on_the_page_and_in_the_file(client, head, monkeypatch):
    monkeypatch.setattr(audit_search, "MANY", 1)
    monkeypatch.setattr(audit_things, "FEW", 1)
    monkeypatch.setattr(audit_things, "MOST", 1)
    for name in ("KIM Surya Ba", "KIM Surya Aa"):
        community = make_community(name=name)
        for title in ("Panen A", "Panen B"):
            item = make_article(Status.SUBMITTED, community=community, title=title)
            moderation.actions.move(item, "approve", by=make_officer(name="Wati"))
    query = {"orang": "wati", "tentang": "surya"}
    answer = client.get(URL, query)
    assert len(answer.context["cuts"]) == 3
    assert all(cut in answer.content.decode() for cut in answer.context["cuts"])
    lines = b"".join(client.get(reverse("office:audit_file", args=["csv"]), query).streaming_content)
    assert all(cut in lines.decode() for cut in answer.context["cuts"])
    assert {thing for _verb, thing in found(client, tentang="surya")} == {"Panen B"}
    first = Community.objects.get(name="KIM Surya Aa")
    about = audit_things.keys_about("surya", region(MUSI_BANYUASIN))
    assert about.keys[ContentType.objects.get_for_model(Community).pk] == {first.pk}


def test_of_a_draft_the_audit_says_only_what_kind_it_is(client, head):
    draft = make_community(Status.DRAFT, name="KIM Rahasia")
    news = make_article(Status.DRAFT, title="Rahasia Panen")
    wish = make_change(Status.DRAFT, community=make_community(name="KIM Surya"))
    guest = make_member(draft)
    with transaction.atomic():
        for verb, thing in (
            ("community.move", draft), ("article.withdraw", news), ("change.withdraw", wish),
            ("membership.join", guest),
        ):  # fmt: skip
            activity.actions.record(verb, thing, by=None, region=region(TOMAN))
    shown = client.get(URL).context["entries"]
    assert {entry.thing for entry in shown} == {
        str(type(thing)._meta.verbose_name) for thing in (draft, news, wish, guest)
    }
    assert {entry.url for entry in shown} == {""}
    lines = b"".join(client.get(reverse("office:audit_file", args=["csv"])).streaming_content).decode()
    assert ("Rahasia" in lines, "KIM Surya" in lines) == (False, False)
    assert (found(client, tentang="rahasia"), found(client, tentang="surya")) == ([], [])


def test_a_workbook_of_too_many_acts_is_refused_in_words(client, head, monkeypatch):
    moderation.actions.move(make_article(Status.SUBMITTED), "approve", by=make_officer())
    monkeypatch.setattr(audit, "MOST_IN_A_BOOK", 0)
    answer = client.get(reverse("office:audit_file", args=["xlsx"]), {"tindakan": "putusan"})
    assert (answer.status_code, answer["Location"]) == (
        302, f"{URL}?wilayah={MUSI_BANYUASIN}&tindakan=putusan",
    )  # fmt: skip
    assert len(list(client.get(answer["Location"]).context["messages"])) == 1
    assert Activity.objects.filter(verb="export.make").count() == 0
    assert client.get(reverse("office:audit_file", args=["csv"])).status_code == 200


def test_pages_go_on_across_the_codes_of_the_past(client, head):
    former = ["16.10", "16.10.01", "16.12.02"]
    for code in former:
        Region.objects.filter(pk=code).update(closed_at=timezone.now())
        RegionSuccession.objects.create(old_id=code, new_id=MUSI_BANYUASIN, decree="uji")
    community, wanted = make_community(), []
    with transaction.atomic():
        for number in range(70):
            place = [TOMAN, *former, "16.12.03"][number % 5]
            act = activity.actions.record(
                "document.view", community, by=None, region=region(place),
                happened_at=timezone.now() - timedelta(minutes=number // 10),
            )  # fmt: skip
            wanted += [act] if place != "16.12.03" else []
    wanted.sort(key=lambda act: (act.happened_at, act.pk), reverse=True)
    seen, query = [], ""
    for _page in range(2):
        answer = client.get(URL + query)
        seen += [entry.act for entry in answer.context["entries"]]
        query = answer.context["page_obj"].next_query
    assert (seen, query) == (wanted, "")
    back = client.get(URL + answer.context["page_obj"].previous_query)
    assert [entry.act for entry in back.context["entries"]] == wanted[:30]


def test_each_part_of_the_past_is_read_in_the_order_of_time(head):
    for code in ("16.10", "16.12.02"):
        Region.objects.filter(pk=code).update(closed_at=timezone.now())
        RegionSuccession.objects.create(old_id=code, new_id=MUSI_BANYUASIN, decree="uji")
    asked = audit_asked.Asked(region(MUSI_BANYUASIN))
    ordered = audit_search.find(asked).acts.order_by(*audit_search.ORDER)
    with connection.cursor() as cursor:
        # Even where hardly anything is stored: what the planner can do, not what is cheap for ten rows.
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = first_of(ordered, 31, activity.models.parts_of(asked.region)).explain()
    assert "Sort" not in plan
