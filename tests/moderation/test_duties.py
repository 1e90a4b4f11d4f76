"""Who decides depends on the kind: every role, kind and level; the rule and its twin in SQL agree."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import moderation.actions
import moderation.rules
from accounts.roles import MAY, Duty, Role
from moderation.kinds import kinds
from moderation.states import Side, Status
from notifications.audiences import deciding_officers
from notifications.circles import people
from tests.factories import MUSI_BANYUASIN, SUMATERA_SELATAN, make_item, make_officer

pytestmark = pytest.mark.django_db
KINDS = ("community", "article", "event")
CASES = list(product(Role.values, KINDS))


def decides(user, item) -> bool:
    """By the rule, and by its twin in SQL, which must agree."""
    by_rule = moderation.rules.may_decide(user, item)
    rows = type(item).objects.filter(pk=item.pk).on_desks_of(user).with_turn_of(user)
    assert by_rule == any(row.is_my_turn for row in rows)
    return by_rule


def test_communities_are_the_registry_and_the_rest_is_news():
    assert {kind: model.DUTY for kind, model in kinds().items() if kind in KINDS} == {
        "community": Duty.REGISTRY,
        "article": Duty.NEWS,
        "event": Duty.NEWS,
    }


@pytest.mark.parametrize(("role", "kind"), CASES)
def test_a_role_decides_the_kinds_of_its_duties(role, kind):
    officer, item = make_officer(role=role), make_item(kind, Status.SUBMITTED)
    expected = item.DUTY in MAY[role]
    assert decides(officer, item) == expected
    offered = [move.side for move in moderation.actions.available_moves(item, officer)]
    assert (Side.OFFICE in offered) == expected


@pytest.mark.parametrize(("below", "kind"), CASES)
def test_the_level_above_decides_where_nobody_below_has_the_duty(below, kind):
    here, above = make_officer(MUSI_BANYUASIN, role=below), make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    item = make_item(kind, Status.SUBMITTED)
    has_duty = item.DUTY in MAY[below]
    assert [decides(user, item) for user in (here, above)] == [has_duty, not has_duty]


@pytest.mark.parametrize(("role", "kind"), CASES)
def test_what_is_overdue_is_decided_above_by_who_has_the_duty(role, kind):
    make_officer(MUSI_BANYUASIN, role=Role.HEAD)
    above = make_officer(SUMATERA_SELATAN, role=role)
    item = make_item(kind, Status.SUBMITTED, due_at=timezone.now() - timedelta(hours=1))
    assert decides(above, item) == (item.DUTY in MAY[role])


@pytest.mark.parametrize("kind", KINDS)
def test_who_decides_is_who_is_told(kind):
    team = {role: make_officer(role=role) for role in Role.values}
    item = make_item(kind, Status.SUBMITTED)
    told = set(people(deciding_officers(item)))
    assert told == {user for user in team.values() if decides(user, item)}


def test_a_viewer_sees_the_desk_and_decides_nothing():
    viewer, item = make_officer(role=Role.VIEWER), make_item("article", Status.SUBMITTED)
    assert type(item).objects.on_desks_of(viewer).filter(pk=item.pk).exists()
    with pytest.raises(PermissionDenied):
        moderation.actions.move(item, "approve", by=viewer)
