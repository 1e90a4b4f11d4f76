"""Registering step by step, as the browser sends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office
from activity.models import Activity
from communities.models import Community
from communities.registration_steps import STEPS
from moderation.states import Status
from tests.communities.applying import (
    APPLY,
    BEGIN,
    address,
    begun,
    fill,
    fill_all,
    place,
    scan,
)
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    TOMAN,
    make_community,
    make_decree,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
MIDDLE = [step.slug for step in STEPS[1:-1]]
LAST_LOOK = STEPS[-1].slug


@pytest.fixture
def applicant(client):
    user = make_user("Bahar Udin")
    client.force_login(user)
    return user


def _edit(community: Community) -> str:
    return reverse("communities:edit", args=[community.slug])


def _send(client: Client, community: Community) -> HttpResponse:
    return client.post(reverse("communities:move", args=[community.slug]), {"move": "submit"})


def test_a_visitor_reads_what_is_needed_before_signing_up(client):
    answer = client.get(APPLY)
    assert answer.status_code == 200
    assert BEGIN in answer.content.decode()
    assert client.get(BEGIN).url.startswith(reverse("account_login"))


def test_the_start_names_the_office_that_decides_at_home(client):
    make_officer()
    Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo Musi Banyuasin")
    client.force_login(make_user(home_region_id=TOMAN))
    assert client.get(APPLY).context["decider"].name == "Dinkominfo Musi Banyuasin"


def test_the_start_leads_back_to_what_one_has_begun_and_not_to_what_others_have(client, applicant):
    mine = make_community(Status.DRAFT, applicant=applicant)
    make_community(Status.DRAFT)
    make_community(Status.SUBMITTED, applicant=applicant)
    assert list(client.get(APPLY).context["begun"]) == [mine]


def test_the_first_step_stores_a_draft_and_leads_to_the_second(client, applicant):
    answer = client.post(BEGIN, place(client, address=""))
    community = Community.objects.get()
    assert answer.url == address(community, MIDDLE[0])
    assert (community.status, community.created_by, community.region_id) == (Status.DRAFT, applicant, TOMAN)


def test_all_steps_and_the_last_look_make_an_application(client, applicant):
    community = begun(client)
    fill_all(client, community)
    assert client.get(address(community, LAST_LOOK)).context["progress"].gaps == []
    assert _send(client, community).url == community.get_absolute_url()
    community.refresh_from_db()
    assert (community.status, community.decree_scan.content_type) == (Status.SUBMITTED, "application/pdf")


@pytest.mark.parametrize("step", MIDDLE)
def test_a_step_is_kept_though_it_is_empty(client, applicant, step):
    community = begun(client)
    answer = client.post(address(community, step), {})
    assert answer.url == address(community, STEPS[MIDDLE.index(step) + 2].slug)


def test_one_goes_on_where_something_is_missing_on_any_device(client, applicant):
    community = begun(client)
    fill(client, community, "kelompok")
    other_device = Client()
    other_device.force_login(applicant)
    assert other_device.get(_edit(community)).url == address(community, "sk")
    for step in ("sk", "pengurus", "kontak"):
        fill(other_device, community, step)
    assert other_device.get(_edit(community)).url == address(community, LAST_LOOK)


def test_progress_says_which_steps_are_complete(client, applicant):
    community = begun(client)
    fill(client, community, "pengurus")
    stages = client.get(address(community, "kelompok")).context["progress"].stages
    assert [stage.step.slug for stage in stages if stage.is_done] == ["tempat", "pengurus"]


def test_a_step_that_is_opened_again_shows_what_was_saved(client, applicant):
    community = begun(client)
    fill(client, community, "sk", decree_number="7/KPTS")
    page = client.get(address(community, "sk")).content.decode()
    assert "7/KPTS" in page
    assert community.decree_scan.get_absolute_url() in page


def test_saving_and_stopping_leads_to_the_own_page(client, applicant):
    community = begun(client)
    assert fill(client, community, "kelompok", then="later").url == community.get_absolute_url()


def test_a_double_click_on_the_first_step_is_one_application(client, applicant):
    sent = place(client)
    answers = [client.post(BEGIN, sent) for _ in range(2)]
    assert Community.objects.count() == 1
    assert answers[0].url == answers[1].url


def test_the_first_form_sent_again_from_the_browsers_memory_leaves_later_steps_alone(client, applicant):
    sent = place(client)
    client.post(BEGIN, sent)
    community = Community.objects.get()
    fill(client, community, "kelompok")
    client.post(BEGIN, {**sent, "name": "KIM Nama Lain"})
    community.refresh_from_db()
    assert (community.name, community.member_count) == ("KIM Nama Lain", 12)


def test_the_first_form_sent_again_after_sending_changes_nothing(client, applicant):
    sent = place(client)
    client.post(BEGIN, sent)
    Community.objects.update(
        status=Status.SUBMITTED, submitted_at=timezone.now(), submitted_by=applicant, due_at=timezone.now()
    )
    assert client.post(BEGIN, {**sent, "name": "Lain"}).status_code == 302
    assert Community.objects.get().name == "KIM Surya Gambo"


def test_somebody_elses_form_gives_nothing_of_theirs(client, applicant):
    sent = place(client)
    client.post(BEGIN, sent)
    stranger = Client(raise_request_exception=False)
    stranger.force_login(make_user("Orang Lain"))
    assert stranger.post(BEGIN, sent).status_code == 403
    assert Community.objects.count() == 1


@pytest.mark.parametrize("step", [each.slug for each in STEPS])
def test_the_steps_of_another_person_do_not_exist(client, applicant, step):
    community = make_community(Status.DRAFT)
    assert client.get(address(community, step)).status_code == 404
    assert client.post(address(community, step), {"name": "Milik saya"}).status_code == 404


def test_a_word_that_is_no_step_is_not_found(client, applicant):
    assert client.get(address(begun(client), "entah")).status_code == 404


@pytest.mark.parametrize("step", [each.slug for each in STEPS])
def test_an_application_under_review_is_not_edited(client, applicant, step):
    community = make_community(Status.SUBMITTED, applicant=applicant)
    for answer in (
        client.get(address(community, step)),
        client.post(address(community, step), {"chair_name": "Lain"}),
    ):
        assert answer.url == community.get_absolute_url()
    community.refresh_from_db()
    assert community.chair_name == "Bahar Udin"


def test_a_double_click_on_send_is_sent_once(client, applicant):
    community = begun(client)
    fill_all(client, community)
    answers = [_send(client, community).url for _ in range(2)]
    assert answers == [community.get_absolute_url()] * 2
    assert Activity.objects.filter(verb="community.submit").count() == 1


def test_two_steps_in_two_tabs_leave_each_others_fields_alone(client, applicant):
    community = begun(client)
    late = Community.objects.get()
    fill(client, community, "pengurus")
    late.phone = "0812"
    from communities import actions

    actions.save_application(late, by=applicant, only=["phone"])
    community.refresh_from_db()
    assert (community.chair_name, community.phone) == ("Bahar Udin", "0812")


def test_what_is_missing_is_said_at_the_last_look_with_the_way_to_it(client, applicant):
    community = begun(client)
    fill_all(client, community)
    fill(client, community, "sk", decree_number="")
    answer = _send(client, community)
    assert answer.url == address(community, LAST_LOOK)
    community.refresh_from_db()
    assert community.status == Status.DRAFT
    progress = client.get(answer.url).context["progress"]
    assert [gap.field for gap in progress.gaps] == ["decree_number"]
    assert progress.first_open.url == address(community, "sk")


def test_an_sk_that_has_run_out_is_kept_but_not_sent(client, applicant):
    community = begun(client)
    fill_all(client, community)
    ended = {"decree_date": "2019-01-05", "decree_valid_until": str(date(2024, 1, 5))}
    assert fill(client, community, "sk", **ended).status_code == 302
    assert [gap.field for gap in client.get(address(community, LAST_LOOK)).context["progress"].gaps] == [
        "decree_valid_until"
    ]


def test_an_office_that_needs_more_members_says_so_before_and_refuses_fewer(client, applicant):
    Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo", minimum_members=15)
    community = begun(client)
    form = client.get(address(community, "kelompok")).context["form"]
    assert "15" in str(form.fields["member_count"].help_text)
    fill_all(client, community)
    _send(client, community)
    community.refresh_from_db()
    assert community.status == Status.DRAFT
    Office.objects.update(minimum_members=12)
    _send(client, community)
    community.refresh_from_db()
    assert community.status == Status.SUBMITTED


def test_an_unknown_village_is_refused_in_words(client, applicant):
    answer = client.post(BEGIN, place(client, region="99.99.99.9999"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["region"]


def test_the_next_list_of_the_picker_keeps_what_was_typed_and_stores_nothing(client, applicant):
    sent = place(client, region="", region_1="16", region_step="next-region-step")
    answer = client.post(BEGIN, sent)
    assert (answer.status_code, Community.objects.count()) == (200, 0)
    assert "KIM Surya Gambo" in answer.content.decode()


@pytest.mark.parametrize(
    ("step", "changes", "wrong"),
    [
        ("tempat", {"name": "x" * 500}, "name"),
        ("tempat", {"name": " "}, "name"),
        ("tempat", {"kind": "partai"}, "kind"),
        ("tempat", {"region": MUSI_BANYUASIN}, "region"),
        ("kelompok", {"founded_on": str(timezone.localdate() + timedelta(days=1))}, "founded_on"),
        ("kelompok", {"member_count": "-3"}, "member_count"),
        ("sk", {"decree_date": str(timezone.localdate() + timedelta(days=1))}, "decree_date"),
        ("sk", {"decree_date": "2026-01-05", "decree_valid_until": "2025-01-05"}, "decree_valid_until"),
        ("sk", {"decree": scan(content=b"bukan pindaian")}, "decree"),
        ("pengurus", {"chair_name": "x" * 121}, "chair_name"),
        ("kontak", {"website": "bukan alamat"}, "website"),
        ("kontak", {"email": "bukan-surel"}, "email"),
    ],
)
def test_nonsense_is_refused_at_its_field_and_what_was_typed_stays(client, applicant, step, changes, wrong):
    community = begun(client)
    before = Community.objects.values().get()
    answer = fill(client, community, step, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert Community.objects.values().get() == before


def test_a_returned_application_is_repaired_in_the_same_steps_and_sent_again(client, applicant):
    community = make_community(Status.RETURNED, applicant=applicant)
    make_decree(community)
    assert client.get(_edit(community)).url == address(community, LAST_LOOK)
    assert "Mohon dilengkapi." in client.get(address(community, "tempat")).content.decode()
    fill(client, community, "tempat", name="KIM Nama Baru")
    _send(client, community)
    community.refresh_from_db()
    assert (community.status, community.name) == (Status.SUBMITTED, "KIM Nama Baru")


def test_who_has_not_agreed_to_the_terms_is_led_to_them(client):
    client.force_login(make_user(agreed=False))
    assert client.get(BEGIN).url.startswith(reverse("accounts:terms"))


# What follows the kind


@pytest.mark.parametrize(
    ("kind", "sections"),
    [("kim", True), ("traditional_media", False), ("content_creators", False), ("strategic_group", False)],
)
def test_heads_of_sections_are_asked_where_the_kind_has_sections(client, applicant, kind, sections):
    community = begun(client, kind=kind)
    fields = client.get(address(community, "pengurus")).context["form"].fields
    assert ("collecting_head_name" in fields) == sections


def test_makers_of_content_need_a_channel_to_be_seen(client, applicant):
    community = begun(client, kind="content_creators")
    fill_all(client, community)
    assert [gap.field for gap in client.get(address(community, LAST_LOOK)).context["progress"].gaps] == [
        "website"
    ]
    fill(client, community, "kontak", youtube="https://youtube.com/@toman")
    assert client.get(address(community, LAST_LOOK)).context["progress"].gaps == []


def test_makers_of_content_need_no_secretary(client, applicant):
    community = begun(client, kind="content_creators")
    form = client.get(address(community, "pengurus")).context["form"]
    assert {name for name, field in form.fields.items() if field.needed_to_send} == {"chair_name"}


def test_a_link_opens_the_form_of_a_kind_and_its_regions(client, applicant):
    form = client.get(f"{BEGIN}?jenis=forum").context["form"]
    assert (form["kind"].value(), form.fields["region"].scope.level) == ("forum", 2)
    assert client.get(f"{BEGIN}?jenis=partai").context["form"]["kind"].value() == "kim"


def test_a_forum_has_a_region_of_its_own_level_and_no_village(client, applicant):
    refused = client.post(BEGIN, place(client, kind="forum", name="Forum KIM Muba"))
    assert list(refused.context["form"].errors) == ["region"]
    community = begun(client, kind="forum", name="Forum KIM Muba", region=MUSI_BANYUASIN)
    assert community.region_id == MUSI_BANYUASIN
    assert "member_count" not in client.get(address(community, "kelompok")).context["form"].fields


def test_an_application_elsewhere_is_none_of_this_offices_business(client, applicant):
    Office.objects.create(region_id=LOMBOK_TENGAH, name="Diskominfo Lombok Tengah", minimum_members=90)
    community = begun(client)
    fill_all(client, community)
    assert _send(client, community).url == community.get_absolute_url()
