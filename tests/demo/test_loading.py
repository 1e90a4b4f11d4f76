"""The demo loads once, through the portal's own doors, and shows every state."""

from collections import Counter
from io import BytesIO, StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from accounts.models import Consent, Posting, User
from activity.models import Activity
from articles.models import Article, Photo
from aspirations.models import Aspiration
from communities.doubles import seen_by_officer
from communities.models import Community, Document, Membership
from communities.registration_steps import Progress
from events.models import Event
from figures.counting import count
from figures.models import Snapshot
from figures.periods import Period
from kimportal.demo import loading, pictures
from kimportal.demo.accounts import DEMO_ACCOUNTS
from kimportal.demo.pictures import decree
from kimportal.demo.steps import Step
from moderation.kinds import kinds
from moderation.states import Status
from notifications.models import Delivery, Notification, Subscription
from regions.models import Level, Region

EVERYTHING = [Activity, Article, Community, Document, Event, Membership, Notification, Photo, Posting, User]


def _a_small_picture(motif: str, seed: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 20), (seed * 9 % 256, len(motif) * 7 % 256, sum(motif.encode()) % 256)).save(
        out, "PNG"
    )
    return out.getvalue()


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """Where the files of this module go."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("demo")):
        yield


def draw_quickly(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pictures, "render", _a_small_picture)
    patch.setattr(pictures, "render_emblem", lambda name: _a_small_picture(name, 2))
    patch.setattr(decree, "as_jpeg", lambda _paper: _a_small_picture("sk", 1))
    patch.setattr(decree, "as_pdf", lambda _paper: b"%PDF-1.4 small")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, media):
    """The demo, loaded once for this module, with pictures that cost nothing: they have their own tests."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        draw_quickly(patch)
        assert loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """What a test changes in it is undone."""


def _counts() -> list[int]:
    return [model._default_manager.count() for model in EVERYTHING]


def test_the_demo_is_loaded_once_and_the_second_time_changes_nothing(demo, django_assert_max_num_queries):
    before = _counts()
    with django_assert_max_num_queries(1):
        call_command("load_demo", stdout=StringIO())
    assert _counts() == before


def test_all_of_it_or_nothing(demo, monkeypatch):
    before = _counts()
    monkeypatch.setattr(loading, "is_loaded", lambda: False)
    monkeypatch.setattr(
        loading, "story", lambda now: [Step(now, lambda: User.objects.create(email="a@b.example"))]
    )
    monkeypatch.setattr(loading, "_settle_inboxes", lambda _now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loading.load()
    assert _counts() == before
    assert timezone.now().year >= 2026


def test_every_state_of_each_kind_is_there(demo):
    for model in kinds().values():
        reachable = {Status.DRAFT} | {move.target for move in model.moves()}
        assert set(model._default_manager.values_list("status", flat=True)) == reachable


def test_all_is_dated_in_the_past_and_the_history_runs_forward(demo):
    now = timezone.now()
    times = list(Activity.objects.order_by("pk").values_list("happened_at", flat=True))
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[-1] < now
    for model in kinds().values():
        for item in model._default_manager.exclude(status=Status.DRAFT):
            history = [activity.happened_at for activity in Activity.objects.of(item)]
            assert item.created_at <= history[0]
            assert (item.decided_at or item.submitted_at) in history
    assert not Membership.objects.filter(asked_at__gt=now).exists()
    assert (now - Article.objects.public().latest("published_at").published_at).days == 0


def test_verified_communities_are_in_the_register_with_their_paper(demo):
    for community in Community.objects.public():
        assert community.registry_number.startswith(community.region_id.replace(".", ""))
        assert community.needs_renewal == (community.name == "KIM Bina Tani")
        assert community.decree_scan.file.size == community.decree_scan.size
        assert community.has_manager(community.created_by)
    in_one_village = Community.objects.filter(registry_number__startswith="1606011011")
    assert sorted(in_one_village.values_list("registry_number", flat=True)) == [
        "160601101101",
        "160601101102",
    ]


def test_the_desk_has_what_waits_and_what_is_late(demo):
    for model in kinds().values():
        assert model._default_manager.waiting().exists()
    assert [item.name for item in Community.objects.waiting() if item.is_overdue] == ["KIM Bayung Bersatu"]
    assert len([item for item in Article.objects.waiting() if item.is_overdue]) == 1


def test_a_forum_has_members_one_that_asks_and_one_that_is_invited(demo):
    forum = Community.objects.public().get(kind="forum")
    assert forum.registry_number == "160600000001"
    assert [kim.name for kim in Community.objects.in_forum(forum).order_by("name")] == [
        "KIM Lais Siaga",
        "KIM Senjang Sekayu",
        "KIM Surya Gambo",
    ]
    assert sorted(forum.forum_members.open().values_list("is_invitation", flat=True)) == [False, True]


def test_what_waited_when_last_month_ended_is_known(demo):
    period = Period.current(None)
    assert Snapshot.objects.count() == 1 + Region.objects.open().filter(level__lt=Level.VILLAGE).count()
    waited = Snapshot.objects.get(place="", period=period.before.slug).numbers
    total = count(None, period).total
    assert {name: total[name][1] for name in waited} == waited


def test_everybody_has_heard_and_nobody_is_mailed(demo):
    assert not Activity.objects.waiting().exists()
    assert not Delivery.objects.exists()
    unread = Counter(Notification.objects.unread().values_list("recipient__email", flat=True))
    assert {name: count for name, count in unread.items() if count > 20} == {}
    for name in ("rina", "wati", "citra", "sahdan", "lale"):
        assert unread[f"{name}@kim.example"] > 0
        assert Notification.objects.filter(
            recipient__email=f"{name}@kim.example", read_at__isnull=False
        ).exists()
    assert Subscription.objects.count() > 10
    assert not Notification.objects.filter(created_at__gt=timezone.now()).exists()


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_every_demo_account_is_listed_with_what_it_is(account):
    assert account.role
    assert account.email.endswith(".example")


def test_every_demo_account_can_sign_in_and_write(demo, client, settings):
    settings.OFFICE_REQUIRES_MFA = False
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert user.has_confirmed_address
        assert Consent.objects.filter(user=user).count() == 2
    assert client.login(username=DEMO_ACCOUNTS[0].email, password=DEMO_ACCOUNTS[0].password)
    assert len(set(User.objects.filter(is_staged=False).values_list("password", flat=True))) == 1


def test_the_province_decides_where_nobody_is_posted(demo):
    from moderation.rules import deciding_region

    waiting = Community.objects.get(name="Sanggar Rudat Sukadana")
    assert deciding_region(waiting.region, waiting.DUTY).pk == "52"


def test_aspirations_stand_in_every_status(demo):
    found = set(Aspiration.objects.values_list("status", flat=True))
    assert found == {"sent", "received", "working", "forwarded", "answered", "closed"}
    assert Aspiration.objects.overdue().exists()
    assert Aspiration.objects.filter(lapor_number__gt="", community=None).exists()
    assert Aspiration.objects.filter(community__name="KIM Surya Gambo").exists()


def test_it_does_not_load_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")


def test_a_likely_double_waits_and_a_registration_is_half_finished(demo):
    officer = User.objects.get(email="wati@kim.example")
    double = Community.objects.waiting().get(name="KIM Suria Gambo")
    found = seen_by_officer(double, officer).doubles
    assert [each.community.name for each in found] == ["KIM Surya Gambo"]
    half = Community.objects.get(name="Sanggar Senjang Serasan")
    assert (half.status, Progress(half).first_open.step.slug) == (Status.DRAFT, "sk")
