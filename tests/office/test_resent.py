"""What comes back to the desk after a repair asks no more questions than the limit of a page."""

import pytest
from django.urls import reverse

import moderation.actions
from moderation.states import Status
from tests.factories import make_community, make_decree, make_item, make_officer

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.mark.parametrize("kind", ["community", "article", "event"])
def test_a_resent_item_asks_no_more_than_any_page(client, kind, django_assert_max_num_queries):
    officer = make_officer()
    community = make_community(Status.DRAFT) if kind == "community" else None
    item = community or make_item(kind, Status.DRAFT)
    if community:
        make_decree(community)
    for name, by in (("submit", item.created_by), ("return", officer), ("submit", item.created_by)):
        item = moderation.actions.move(item, name, by=by, reason="Mohon dilengkapi.")
    client.force_login(officer)
    address = reverse("office:item", args=[kind, item.pk])
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address).context["comparison"] is not None
