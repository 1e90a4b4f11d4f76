from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

import moderation.actions
from activity.models import Activity
from communities import actions
from communities.models import Community, Membership
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.factories import make_community, make_member, make_user, region

pytestmark = pytest.mark.django_db


def _application(name: str = "KIM Surya Gambo", village: str = "16.06.06.2008") -> Community:
    return Community(name=name, region=region(village))


def test_the_address_of_a_community_is_its_name():
    community = actions.save_application(_application(), by=make_user())
    assert community.slug == "kim-surya-gambo"


def test_namesakes_get_addresses_of_their_own():
    slugs = [actions.save_application(_application(), by=make_user()).slug for _ in range(4)]
    assert slugs[:3] == ["kim-surya-gambo", "kim-surya-gambo-toman", "kim-surya-gambo-1606062008"]
    assert len(set(slugs)) == 4


@pytest.mark.parametrize("name", ["Daftar", "Saya", "RSS", "!!!"])
def test_a_name_that_is_a_page_of_its_own_does_not_hide_the_page(name):
    slug = actions.save_application(_application(name), by=make_user()).slug
    assert slug not in actions.RESERVED_SLUGS


def test_the_same_form_twice_is_one_application_with_one_document():
    user, key = make_user(), _application().form_key
    for _ in range(2):
        community = _application()
        community.form_key = key
        scan = SimpleUploadedFile("sk.pdf", b"%PDF-1.4")
        actions.save_application(community, by=user, decree=scan)
    assert Community.objects.get().documents.count() == 1


def test_a_form_key_of_somebody_else_opens_nothing():
    mine = actions.save_application(_application(), by=make_user())
    theirs = _application("KIM Lain")
    theirs.form_key = mine.form_key
    with pytest.raises(PermissionDenied):
        actions.save_application(theirs, by=make_user())


def test_what_was_sent_takes_no_other_scan_and_the_same_click_again_is_no_fault():
    community = make_community(Status.DRAFT)
    for content, is_refused in ((b"%PDF-1.4", False), (b"%PDF-1.4", False), (b"%PDF-1.7", True)):
        scan = SimpleUploadedFile("sk.pdf", content)
        with pytest.raises(TransitionRefused) if is_refused else nullcontext():
            community = actions.save_application(community, by=community.created_by, decree=scan)
        if community.is_editable:
            moderation.actions.move(community, "submit", by=community.created_by)
    assert community.documents.count() == 1


def test_an_application_that_was_sent_cannot_be_changed():
    community = make_community(Status.SUBMITTED)
    community.name = "KIM Nama Lain"
    with pytest.raises(TransitionRefused):
        actions.save_application(community, by=community.created_by)
    community.refresh_from_db()
    assert community.name != "KIM Nama Lain"


def test_whoever_asks_is_a_member_only_once_a_manager_accepts():
    community, person = make_community(), make_user("Citra")
    membership = actions.ask_to_join(community, by=person)
    assert not community.has_member(person)
    actions.accept_member(membership, by=community.created_by)
    assert community.has_member(person)
    assert [row.verb for row in Activity.objects.order_by("pk")] == ["membership.ask", "membership.accept"]


def test_asking_twice_is_one_request():
    community, person = make_community(), make_user()
    assert actions.ask_to_join(community, by=person) == actions.ask_to_join(community, by=person)
    assert Activity.objects.count() == 1


def test_only_managers_accept():
    community, person = make_community(), make_user()
    membership = actions.ask_to_join(community, by=person)
    for stranger in (person, make_member(community), make_user()):
        with pytest.raises(PermissionDenied):
            actions.accept_member(membership, by=stranger)


def test_a_member_leaves_and_the_rights_end_at_once():
    community = make_community()
    person = make_member(community)
    actions.end_membership(Membership.objects.get(user=person), by=person)
    assert not community.has_member(person)


def test_the_last_manager_cannot_leave_without_a_successor():
    community = make_community()
    manager = community.created_by
    own = Membership.objects.get(user=manager)
    with pytest.raises(TransitionRefused):
        actions.end_membership(own, by=manager)
    successor = make_member(community)
    actions.make_manager(Membership.objects.get(user=successor), by=manager)
    actions.end_membership(own, by=manager)
    assert community.has_manager(successor)
    assert not community.has_manager(manager)


def test_an_answered_request_is_not_answered_again():
    community, person = make_community(), make_user()
    membership = actions.ask_to_join(community, by=person)
    actions.end_membership(membership, by=community.created_by)
    with pytest.raises(TransitionRefused):
        actions.accept_member(membership, by=community.created_by)


def test_only_a_verified_community_takes_members():
    with pytest.raises(TransitionRefused):
        actions.ask_to_join(make_community(Status.SUBMITTED), by=make_user())


def test_activities_are_of_the_communitys_region():
    community = make_community()
    actions.ask_to_join(community, by=make_user())
    assert Activity.objects.get().region_id == community.region_id
