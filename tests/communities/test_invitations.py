from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities import actions, invitation_actions, life, membership_actions
from communities.models import Invitation, Membership
from mailing import sending
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.communities.life import at_once
from tests.factories import LOMBOK_TENGAH, make_community, make_member, make_officer, make_user

db = pytest.mark.django_db


def expire(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    invitation.refresh_from_db()


@pytest.fixture
def without_a_manager():
    """A community that has lost all of its managers."""
    community = make_community()
    Membership.objects.update(ended_at=timezone.now(), ended_by=community.created_by)
    return community


@db
def test_whoever_is_invited_by_e_mail_joins_with_one_button(client):
    community, person = make_community(), make_user()
    invitation = invitation_actions.invite(community, by=community.created_by, email=person.email.upper())
    client.force_login(person)
    assert client.get(invitation.get_absolute_url()).status_code == 200
    client.post(invitation.get_absolute_url())
    assert (community.has_member(person), community.has_manager(person)) == (True, False)


@db
def test_the_address_is_not_kept_once_it_has_served():
    community, person = make_community(), make_user()
    invitation = invitation_actions.invite(community, by=community.created_by, email=person.email)
    invitation_actions.accept(invitation, by=person)
    invitation.refresh_from_db()
    assert (invitation.email, invitation.is_open) == ("", False)


@db
def test_an_invitation_to_another_address_opens_nothing():
    community = make_community()
    invitation = invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
    with pytest.raises(PermissionDenied):
        invitation_actions.accept(invitation, by=make_user())


@db
def test_a_link_takes_in_everybody_who_has_it_as_members():
    community = make_community()
    link = invitation_actions.invite(community, by=community.created_by, role="manager")
    people = [make_user(), make_user()]
    for person in people:
        invitation_actions.accept(link, by=person)
    assert [community.has_member(person) for person in people] == [True, True]
    assert [community.has_manager(person) for person in people] == [False, False]


@db
@pytest.mark.parametrize("end", ["expire", "revoke"])
def test_a_link_that_expired_or_was_revoked_opens_nothing(client, end):
    community, person = make_community(), make_user()
    link = invitation_actions.invite(community, by=community.created_by)
    if end == "expire":
        expire(link)
    else:
        invitation_actions.revoke(link, by=community.created_by)
    with pytest.raises(TransitionRefused):
        invitation_actions.accept(link, by=person)
    client.force_login(person)
    assert client.get(link.get_absolute_url()).context["holds"] is False


@db
def test_a_token_that_was_tampered_with_is_no_invitation(client):
    community = make_community()
    link = invitation_actions.invite(community, by=community.created_by)
    assert client.get(reverse("communities:invitation", args=[f"x{link.token}"])).status_code == 404


@db
def test_a_visitor_reads_it_and_is_led_to_sign_in_to_join(client):
    link = invitation_actions.invite(community := make_community(), by=community.created_by)
    assert client.get(link.get_absolute_url()).status_code == 200
    assert client.post(link.get_absolute_url())["Location"].startswith(reverse("account_login"))


@db
def test_an_invitation_answers_a_request_to_join_that_waits():
    community, person = make_community(), make_user()
    actions.ask_to_join(community, by=person)
    link = invitation_actions.invite(community, by=community.created_by)
    invitation_actions.accept(link, by=person)
    assert Membership.objects.filter(user=person).count() == 1
    assert community.has_member(person)


@db
def test_the_same_address_is_invited_once():
    community = make_community()
    first, second = (
        invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
        for _ in range(2)
    )
    assert first == second


@db
def test_an_address_is_invited_anew_once_the_first_has_expired():
    community = make_community()
    first = invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
    expire(first)
    second = invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
    assert second.is_open
    assert second != first


@db
def test_the_address_of_who_did_not_come_is_forgotten():
    community = make_community()
    invitation = invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
    expire(invitation)
    life.look_after()
    invitation.refresh_from_db()
    assert (invitation.email, invitation.is_open) == ("", False)


@db
def test_only_managers_of_a_living_community_invite():
    community = make_community()
    for stranger in (make_member(community), make_user(), make_officer()):
        with pytest.raises(PermissionDenied):
            invitation_actions.invite(community, by=stranger)
    suspended = make_community(Status.SUSPENDED)
    with pytest.raises(TransitionRefused):
        invitation_actions.invite(suspended, by=suspended.created_by)


@db
def test_people_without_an_account_get_a_mail_and_only_one():
    community = make_community(name="KIM Surya")
    invitation = invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
    invitation_actions.invite(community, by=community.created_by, email=make_user().email)
    for _ in range(2):
        sending.send_due()
    assert [message.to for message in mail.outbox] == [["sari@contoh.example"]]
    assert invitation.get_absolute_url() in mail.outbox[0].body


@db
def test_a_mail_that_fails_waits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    community = make_community()
    invitation = invitation_actions.invite(community, by=community.created_by, email="sari@contoh.example")
    assert sending.send_due() == 0
    invitation.refresh_from_db()
    assert invitation.mailed_at is None


@db
def test_my_page_shows_where_i_am_invited(client):
    community, person = make_community(), make_user()
    invitation_actions.invite(community, by=community.created_by, email=person.email)
    client.force_login(person)
    assert len(client.get(reverse("communities:mine")).context["invitations"]) == 1


@db
def test_managers_invite_and_revoke_on_their_page(client):
    community = make_community()
    client.force_login(community.created_by)
    page = reverse("communities:invite", args=[community.slug])
    assert client.post(page, {"email": "tidak"}).status_code == 422
    client.post(page, {"email": "sari@contoh.example", "role": "manager"})
    client.post(page, {"by": "link"})
    assert [row.role for row in Invitation.objects.order_by("pk")] == ["manager", "member"]
    for invitation in client.get(page).context["invitations"]:
        client.post(reverse("communities:revoke_invitation", args=[community.slug, invitation.pk]))
    assert Invitation.objects.open().count() == 0


@db
def test_the_office_puts_a_manager_in_where_there_is_none(client, settings, without_a_manager):
    settings.OFFICE_REQUIRES_MFA = False
    person = make_user()
    client.force_login(make_officer())
    client.post(reverse("office:put_in_manager", args=[without_a_manager.pk]), {"email": person.email})
    invitation_actions.accept(Invitation.objects.get(), by=person)
    assert without_a_manager.has_manager(person)


@db
def test_the_office_puts_nobody_in_where_there_is_a_manager():
    with pytest.raises(TransitionRefused):
        invitation_actions.put_in_manager(make_community(), email="sari@contoh.example", by=make_officer())


@db
def test_the_office_of_another_region_puts_nobody_in(client, settings, without_a_manager):
    settings.OFFICE_REQUIRES_MFA = False
    elsewhere = make_officer(LOMBOK_TENGAH)
    with pytest.raises(PermissionDenied):
        invitation_actions.put_in_manager(without_a_manager, email="sari@contoh.example", by=elsewhere)
    client.force_login(elsewhere)
    page = reverse("office:put_in_manager", args=[without_a_manager.pk])
    assert client.post(page, {"email": "sari@contoh.example"}).status_code == 404


@db
def test_a_manager_becomes_a_member_and_the_last_one_stays():
    community = make_community()
    other = make_member(community, role="manager")
    membership_actions.make_member(Membership.objects.get(user=other), by=community.created_by)
    assert (community.has_manager(other), community.has_member(other)) == (False, True)
    with pytest.raises(TransitionRefused):
        membership_actions.make_member(
            Membership.objects.get(user=community.created_by), by=community.created_by
        )


@pytest.mark.usefixtures("committed_db")
def test_an_invitation_used_twice_at_once_is_one_membership():
    community, person = make_community(), make_user()
    invitation = invitation_actions.invite(community, by=community.created_by, email=person.email)
    at_once(
        lambda: invitation_actions.accept(invitation, by=person),
        lambda: invitation_actions.accept(invitation, by=person),
    )
    assert Membership.objects.filter(user=person).count() == 1
