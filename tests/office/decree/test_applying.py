"""A decree changes the regions: everything that lies in them goes along, once, and is counted."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import activity.actions
from accounts.models import Posting
from accounts.roles import Role
from activity.models import Activity
from articles.models import Article
from communities.models import Community
from figures.models import Tally
from moderation.states import Status
from notifications.audiences import audience
from notifications.fanout import fan_out_waiting
from notifications.models import Notification, Rhythm, Subscription
from office import audit
from office.decree import applying, rules
from office.decree.telling import tell
from office.names import office_name
from regions.changing.errors import ChangeRefused
from regions.changing.holders import Merged, Rule
from regions.models import Region
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_announcement,
    make_article,
    make_change,
    make_community,
    make_event,
    make_officer,
    make_user,
    region,
)
from tests.office.decree.bringing import run
from tests.regions.decrees import DISTRICT, Decree

pytestmark = pytest.mark.django_db

NEIGHBOUR = f"{DISTRICT}.2043"
NEW, OTHER = f"{DISTRICT}.2090", f"{DISTRICT}.2091"
NEW_REGENCY = f"{SUMATERA_SELATAN}.90"


@pytest.fixture
def decree(tmp_path):
    return Decree(tmp_path, DISTRICT)


@pytest.fixture
def clerk():
    return make_user("Dian", email="dian@contoh.example")


def moved(change):
    return {row.label: row.moved for row in change.counts if row.moved}


def renumbered(decree):
    """Toman under another code."""
    return decree.close(TOMAN).add(NEW, "Toman")


def test_a_dry_run_tells_and_changes_nothing(decree):
    community = make_community()
    make_article(community=community)
    Tally.objects.create(place="", period="2026-10", numbers={}, counted_at=community.created_at)
    before = (list(Region.objects.values_list()), Activity.objects.count())

    change = run(renumbered(decree), apply=False)

    assert change.plan.recoded == {TOMAN: NEW}
    assert change.hanging == {TOMAN: {"communities.Community.region": 1, "articles.Article.region": 1}}
    assert moved(change) == {"communities.Community.region": 1, "articles.Article.region": 1}
    assert (list(Region.objects.values_list()), Activity.objects.count()) == before
    assert Community.objects.get().region_id == TOMAN
    assert Tally.objects.count() == 1


def test_everything_in_a_region_follows_it(decree, clerk):
    reader = make_user(home_region=region(TOMAN))
    community = make_community()
    article, event = make_article(community=community), make_event(community=community)
    wish = make_change(community=community, village=region(TOMAN))
    Subscription.objects.create(user=reader, region=region(TOMAN))
    number = community.registry_number

    change = run(renumbered(decree), clerk)

    assert moved(change) == {
        "accounts.User.home_region": 1,
        "articles.Article.region": 1,
        "communities.ChangeRequest.region": 1,
        "communities.ChangeRequest.village": 1,
        "communities.Community.region": 1,
        "events.Event.region": 1,
        "notifications.Subscription.region": 1,
    }
    for thing in (community, article, event, wish, reader):
        thing.refresh_from_db()
    assert {community.region_id, article.region_id, event.region_id, wish.region_id} == {NEW}
    assert (wish.village_id, reader.home_region_id) == (NEW, NEW)
    assert community.registry_number == number
    assert region(TOMAN).closed_at is not None


def test_the_history_keeps_the_old_code_and_gets_its_rows(decree, clerk):
    community = make_community()
    with transaction.atomic():
        earlier = Activity.objects.create(
            verb="community.edit", actor=clerk, target=community, region=region(TOMAN)
        )
    run(renumbered(decree), clerk)

    earlier.refresh_from_db()
    assert earlier.region_id == TOMAN
    moves = Activity.objects.filter(verb="community.move")
    assert [(each.target, each.region_id, each.actor, each.reason, each.details) for each in moves] == [
        (community, NEW, clerk, "Kepmendagri uji", {"before": {"region": TOMAN}, "after": {"region": NEW}})
    ]
    changed = Activity.objects.get(verb="region.change")
    assert (changed.region_id, changed.details["after"]) == (TOMAN, {"region": NEW})
    assert (changed.target.old_id, changed.target.new_id) == (TOMAN, NEW)


def test_the_audit_of_the_new_code_holds_what_was_noted_under_the_old_one(tmp_path, clerk, client):
    head = make_officer(MUSI_BANYUASIN, role=Role.HEAD)
    community = make_community()
    with transaction.atomic():
        earlier = Activity.objects.create(
            verb="community.edit", actor=clerk, target=community, region=region(TOMAN)
        )
    run(Decree(tmp_path, MUSI_BANYUASIN, NEW_REGENCY).recode(MUSI_BANYUASIN, NEW_REGENCY), clerk)

    everything = Activity.objects.all()
    assert earlier in everything.within(region(NEW_REGENCY))
    assert earlier in everything.within(region(f"{NEW_REGENCY}{TOMAN[5:]}"))
    assert earlier not in everything.within(region(f"{NEW_REGENCY}.01"))
    client.force_login(head)
    page = client.get(reverse("office:audit"))
    assert page.status_code == 200
    assert f"/wilayah/{NEW_REGENCY}" in page.content.decode()


def test_managers_are_told_once_by_the_sweep(decree, clerk):
    community = make_community()
    run(renumbered(decree), clerk)
    fan_out_waiting()
    fan_out_waiting()
    told = Notification.objects.filter(activity__verb="community.move")
    assert [each.recipient for each in told] == [community.created_by]


def test_a_split_goes_to_the_default_and_the_office_looks_at_each(decree, clerk):
    officer = make_officer(MUSI_BANYUASIN)
    community = make_community(name="KIM Surya")
    decree.close(TOMAN).add(NEW, "Toman Timur").add(OTHER, "Toman Barat").becomes(TOMAN, OTHER, NEW)

    change = run(decree, clerk)

    community.refresh_from_db()
    assert community.region_id == OTHER
    assert change.to_check == [f"KIM Surya: {TOMAN} → {OTHER}"]
    noted = Activity.objects.get(verb="community.place")
    assert set(audience(noted)) == {officer, community.created_by}
    assert Activity.objects.filter(verb="community.move").count() == 0


def test_no_officer_is_told_of_a_draft_in_a_split_village(decree, clerk):
    make_officer(MUSI_BANYUASIN)
    draft = make_community(Status.DRAFT, name="KIM Rahasia")
    decree.close(TOMAN).add(NEW, "Toman Timur").add(OTHER, "Toman Barat").becomes(TOMAN, OTHER, NEW)

    change = run(decree, clerk)

    draft.refresh_from_db()
    assert draft.region_id == OTHER
    assert change.to_check == []
    assert set(audience(Activity.objects.get(verb="community.place"))) == {draft.created_by}


def test_an_act_keeps_the_office_of_its_day(tmp_path, clerk):
    officer = make_officer(MUSI_BANYUASIN)
    former = Posting.objects.create(
        user=make_user("Dewi"), region=region(MUSI_BANYUASIN), ended_at=timezone.now(), ended_by=officer
    )
    with transaction.atomic():
        act = activity.actions.record("article.approve", make_article(), by=officer, region=region(TOMAN))
    run(Decree(tmp_path, MUSI_BANYUASIN, NEW_REGENCY).recode(MUSI_BANYUASIN, NEW_REGENCY), clerk)

    former.refresh_from_db()
    act = Activity.objects.get(pk=act.pk)
    assert (former.region_id, act.posting.region_id, act.office_id) == (
        NEW_REGENCY, NEW_REGENCY, MUSI_BANYUASIN,
    )  # fmt: skip
    (entry,) = audit.entries([act], officer)
    assert entry.office == office_name(region(MUSI_BANYUASIN))


def test_followers_of_a_split_village_follow_all_its_parts_and_are_told_once(decree, clerk):
    reader = make_user("Sari")
    Subscription.objects.create(user=reader, region=region(TOMAN), rhythm=Rhythm.WEEKLY, by_email=False)
    decree.close(TOMAN).add(NEW, "Toman Timur").add(OTHER, "Toman Barat").becomes(TOMAN, OTHER, NEW)
    run(decree, clerk)

    assert set(reader.subscriptions.values_list("region", "rhythm", "by_email")) == {
        (NEW, Rhythm.WEEKLY, False),
        (OTHER, Rhythm.WEEKLY, False),
    }
    article = make_article(community=make_community(village=NEW))
    with transaction.atomic():
        Activity.objects.create(verb="article.approve", target=article, region=article.region)
    fan_out_waiting()
    assert reader.notifications.count() == 1


def test_an_announcement_to_a_split_village_goes_to_all_its_parts(decree, clerk):
    announcement = make_announcement(places=[TOMAN, NEIGHBOUR])
    run(
        decree.close(TOMAN).add(NEW, "Toman Timur").add(OTHER, "Toman Barat").becomes(TOMAN, OTHER, NEW),
        clerk,
    )
    announcement.refresh_from_db()
    assert set(announcement.places) == {NEW, OTHER, NEIGHBOUR}


def test_in_a_merger_nobody_follows_twice(decree, clerk):
    both, one = make_user(), make_user()
    Subscription.objects.create(user=both, region=region(TOMAN), by_email=False)
    Subscription.objects.create(user=both, region=region(NEIGHBOUR), rhythm=Rhythm.OFF)
    Subscription.objects.create(user=one, region=region(TOMAN))
    make_community(village=TOMAN)
    make_community(village=NEIGHBOUR)

    change = run(decree.close(TOMAN).becomes(TOMAN, NEIGHBOUR), clerk)

    assert set(Subscription.objects.values_list("user", "region", "rhythm", "by_email")) == {
        (both.pk, NEIGHBOUR, Rhythm.AT_ONCE, True),
        (one.pk, NEIGHBOUR, Rhythm.AT_ONCE, True),
    }
    assert Community.objects.filter(region=NEIGHBOUR).count() == 2
    counted = next(row for row in change.counts if row.label == "notifications.Subscription.region")
    assert (counted.before, counted.moved, counted.gone, counted.after) == (3, 1, 1, 2)
    assert len(change.notes) == 1


def test_what_a_code_that_opens_again_does_not_get_back_is_told(decree, clerk):
    make_community()
    run(renumbered(decree), clerk)
    again = Decree(decree.folder, DISTRICT).add(TOMAN, "Toman")
    change = run(again, apply=False)
    assert len(change.staying) == 1
    assert (TOMAN in change.staying[0], f"in {NEW}" in change.staying[0]) == (True, True)
    assert change.staying[0].endswith("stays: 1 communities.Community.region.")
    assert change.staying[0] in "\n".join(tell(change))


def test_officers_of_an_old_regency_see_its_items_at_their_next_request(tmp_path, clerk, client):
    officer, stranger = make_officer(MUSI_BANYUASIN), make_officer(LOMBOK_TENGAH)
    article = make_article(Status.SUBMITTED)
    address = f"/kantor/article/{article.pk}/"
    client.force_login(officer)
    assert client.get(address).status_code == 200

    run(Decree(tmp_path, MUSI_BANYUASIN, NEW_REGENCY).recode(MUSI_BANYUASIN, NEW_REGENCY), clerk)

    assert Article.objects.get().region_id == f"{NEW_REGENCY}{TOMAN[5:]}"
    assert client.get(address).status_code == 200
    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_a_region_that_just_ends_is_refused_where_something_hangs_on_it(decree, clerk):
    make_community()
    change = run(decree.close(TOMAN), clerk)
    assert change.problems == [
        (
            f"{TOMAN} Desa Toman closes, and nothing follows it, "
            "but these hang on it: 1 communities.Community.region."
        )
    ]
    assert region(TOMAN).closed_at is None


def test_a_region_that_nothing_hangs_on_may_just_end(decree, clerk):
    assert run(decree.close(TOMAN), clerk).problems == []
    assert region(TOMAN).closed_at is not None


def test_a_regency_never_just_ends(tmp_path, clerk):
    change = run(Decree(tmp_path, SUMATERA_SELATAN).close(MUSI_BANYUASIN), clerk)
    assert [problem.split(",")[0] for problem in change.problems] == ["16.06 Kabupaten Musi Banyuasin closes"]


def test_the_same_list_again_changes_nothing(decree, clerk):
    make_community()
    Subscription.objects.create(user=clerk, region=region(TOMAN))
    decree.close(TOMAN).add(NEW, "Toman Timur").add(OTHER, "Toman Barat").becomes(TOMAN, OTHER, NEW)
    run(decree, clerk)
    before = (Activity.objects.count(), set(Subscription.objects.values_list("pk", "region")))

    assert run(decree, clerk).did_nothing
    assert (Activity.objects.count(), set(Subscription.objects.values_list("pk", "region"))) == before


def test_what_came_late_to_an_old_code_goes_along_with_the_next_run(decree, clerk):
    run(renumbered(decree), clerk)
    late = make_community(village=TOMAN)
    assert moved(run(decree, clerk)) == {"communities.Community.region": 1}
    late.refresh_from_db()
    assert late.region_id == NEW


def test_counts_that_do_not_agree_take_everything_back(decree, clerk, monkeypatch):
    make_community()

    def loses(_by):
        Community.objects.all().delete()
        return Merged()

    monkeypatch.setitem(rules.RULES, "communities.Community.region", Rule("", clear_way=loses))
    with pytest.raises(ChangeRefused, match="1 rows before, 0 moved"), transaction.atomic():
        run(renumbered(decree), clerk)
    assert Community.objects.get().region_id == TOMAN
    assert region(TOMAN).closed_at is None


def test_it_is_not_applied_without_somebody_who_answers_for_it(decree):
    with pytest.raises(ChangeRefused, match="--by"):
        run(renumbered(decree))


def test_figures_counted_before_are_thrown_away(decree, clerk):
    Tally.objects.create(place="", period="2026-10", numbers={}, counted_at=clerk.joined_at)
    run(renumbered(decree), clerk)
    assert Tally.objects.count() == 0


def test_a_field_without_a_rule_stops_the_change(decree, clerk, monkeypatch):
    monkeypatch.delitem(applying.RULES, "articles.Article.region")
    with pytest.raises(LookupError, match=r"articles\.Article\.region"):
        run(renumbered(decree), clerk)
