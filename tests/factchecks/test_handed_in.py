"""Where managers read first: a member's fact check waits for them; what an office writes does not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from accounts.models import Office
from communities import handing
from factchecks.models import FactCheck
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.factories import MUSI_BANYUASIN, make_community, make_fact_check, make_member, make_user

pytestmark = pytest.mark.django_db
WORDS = "Mohon sebut sumbernya."


@pytest.fixture
def check() -> FactCheck:
    kim = make_community(is_read_first=True)
    return make_fact_check(Status.DRAFT, community=kim, author=make_member(kim, user=make_user("Penulis")))


def move_url(check: FactCheck) -> str:
    """Where its authors send it."""
    return reverse("factchecks:move", args=[check.pk, check.slug])


def test_of_an_office_there_are_no_managers(client):
    check = make_fact_check(Status.DRAFT, of_office=MUSI_BANYUASIN)
    client.force_login(check.created_by)
    for step in (handing.HAND_BACK, handing.TAKE_BACK):
        client.post(move_url(check), {"move": step, "reason": WORDS})
    with pytest.raises(PermissionDenied):
        handing.hand_back(check, by=check.created_by, words=WORDS)
    assert 'id="pengurus"' not in client.get(check.get_absolute_url()).content.decode()
    client.post(move_url(check), {"move": "submit"})
    check.refresh_from_db()
    assert (check.status, check.kept_from) == (Status.SUBMITTED, check.created_by)


def test_the_pages_of_writer_and_manager(client, check):
    writer, manager = check.created_by, check.community.created_by
    client.force_login(writer)
    answer = client.post(move_url(check), {"move": "submit"}, follow=True)
    assert 'value="take_back"' in answer.content.decode()
    waiting = 'class="pill pill--wait"'
    assert waiting in client.get(reverse("factchecks:mine")).content.decode()
    client.force_login(manager)
    assert client.get(reverse("communities:to_read")).context["items"] == [check]
    client.post(move_url(check), {"move": "hand_back", "reason": WORDS})
    client.force_login(writer)
    assert WORDS in client.get(check.get_absolute_url()).content.decode()
    client.post(move_url(check), {"move": "send"})
    check.refresh_from_db()
    assert (check.status, check.handed_in_by) == (Status.DRAFT, writer)
    client.force_login(manager)
    client.post(move_url(check), {"move": "send", "seen": check.changed_at.isoformat()})
    check.refresh_from_db()
    assert (check.status, check.is_handed_in, check.kept_from) == (Status.SUBMITTED, False, None)


def test_where_the_manager_has_gone_the_writer_sends_what_waits(check):
    waiting = handing.send(check, by=check.created_by)
    assert waiting.is_handed_in
    waiting.community.memberships.filter(user=check.community.created_by).update(
        ended_at=timezone.now(), ended_by=check.created_by
    )
    assert handing.send(waiting, by=check.created_by).status == Status.SUBMITTED


def test_an_office_that_checks_facts_itself_meanwhile_gets_nothing_that_waited(check):
    waiting = handing.send(check, by=check.created_by)
    Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo", kim_check_facts=False)
    with pytest.raises(TransitionRefused):
        handing.send(waiting, by=check.community.created_by)
    assert FactCheck.objects.get().is_handed_in


def test_the_door_lets_no_member_past_the_managers(check):
    with pytest.raises(TransitionRefused):
        moderation.actions.move(check, "submit", by=check.created_by)
