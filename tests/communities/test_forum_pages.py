"""The pages of a Forum KIM: what everybody reads, and what the managers of either side do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from communities import forum_actions, life
from communities.models import Community, ForumMembership, Membership
from communities.registration_steps import LAST
from tests.communities.applying import address, begun, fill_all
from tests.factories import (
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_forum,
    make_forum_member,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
A_VILLAGE_OF_LOMBOK = "52.02.01.1001"


def page(name: str, community: Community, **query: str) -> str:
    address = reverse(f"communities:{name}", args=[community.slug])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def pressed(client, community: Community, membership: ForumMembership, step: str) -> int:
    client.force_login(community.created_by)
    url = reverse("communities:change_federation", args=[community.slug, membership.pk])
    return client.post(url, {"step": step}).status_code


def test_the_page_of_a_forum_names_its_coordinator_and_its_members(client):
    forum, kim = make_forum(chair_name="Andi Wijaya"), make_community()
    make_forum_member(forum, kim)
    answer = client.get(forum.get_absolute_url())
    assert (list(answer.context["member_communities"]), answer.context["member_number"]) == ([kim], 1)
    text = answer.content.decode()
    assert "Andi Wijaya" in text
    assert kim.get_absolute_url() in text
    assert 'action="' + reverse("communities:join", args=[forum.slug]) + '"' in text


def test_the_page_of_a_community_names_the_forums_it_belongs_to(client):
    kim, forum, above, other = make_community(), make_forum(), make_forum(SUMATERA_SELATAN), make_forum()
    make_forum_member(above, kim)
    make_forum_member(forum, kim)
    forum_actions.ask(kim, other, by=kim.created_by)
    assert client.get(kim.get_absolute_url()).context["forums"] == [above, forum]


def test_news_of_the_members_stand_on_the_page_of_the_forum(client):
    forum, kim, stranger = make_forum(), make_community(), make_community()
    own = make_article(community=forum, published_at=timezone.now() - timedelta(hours=3))
    of_member = make_article(community=kim)
    make_article(community=stranger)
    membership = make_forum_member(forum, kim)
    assert client.get(forum.get_absolute_url()).context["articles"] == [of_member, own]
    forum_actions.end(membership, by=kim.created_by)
    assert client.get(forum.get_absolute_url()).context["articles"] == [own]
    assert client.get(kim.get_absolute_url()).context["articles"] == [of_member]


def test_all_members_are_listed_page_by_page(client):
    forum = make_forum()
    for number in range(23):
        make_forum_member(forum, make_community(name=f"KIM {number:02}"))
    first = client.get(page("forum_members", forum))
    assert (len(first.context["page_obj"]), first.context["number"]) == (20, 23)
    second = client.get(page("forum_members", forum) + first.context["page_obj"].next_query)
    assert [member.name for member in second.context["page_obj"]] == ["KIM 20", "KIM 21", "KIM 22"]


def test_what_is_no_forum_has_no_such_list(client):
    assert client.get(page("forum_members", make_community())).status_code == 404


def test_managers_of_a_community_are_offered_the_forums_above_it(client):
    kim, forum, above = make_community(), make_forum(name="A"), make_forum(SUMATERA_SELATAN, name="B")
    make_forum("52.02")
    joined = make_forum(name="C")
    make_forum_member(joined, kim)
    client.force_login(kim.created_by)
    answer = client.get(page("federation", kim))
    assert list(answer.context["offered"]) == [forum, above]
    assert [each.forum for each in answer.context["page_obj"]] == [joined]


def test_managers_of_a_forum_find_communities_by_name(client):
    forum, kim = make_forum(), make_community(name="KIM Surya Gambo")
    make_forum_member(forum, make_community(name="KIM Surya Lama"))
    make_community(name="KIM Surya Jauh", village=A_VILLAGE_OF_LOMBOK)
    make_forum(name="Forum Surya")
    client.force_login(forum.created_by)
    assert list(client.get(page("federation", forum)).context["offered"]) == []
    assert list(client.get(page("federation", forum, nama="surya")).context["offered"]) == [kim]


def test_a_community_asks_with_a_button_and_the_forum_accepts_with_another(client):
    forum, kim = make_forum(), make_community()
    client.force_login(kim.created_by)
    assert client.post(page("federation", kim), {"with": forum.pk}).status_code == 302
    wish = ForumMembership.objects.get()
    assert client.get(page("federation", kim)).context["waiting"] == [(wish, False)]
    assert pressed(client, forum, wish, "accept") == 302
    assert list(Community.objects.in_forum(forum)) == [kim]
    assert pressed(client, kim, wish, "end") == 302
    assert list(Community.objects.in_forum(forum)) == []


def test_a_forum_invites_with_a_button_and_the_community_declines(client):
    forum, kim = make_forum(), make_community()
    client.force_login(forum.created_by)
    client.post(page("federation", forum), {"with": kim.pk})
    wish = ForumMembership.objects.get()
    client.force_login(kim.created_by)
    assert client.get(page("federation", kim)).context["waiting"] == [(wish, True)]
    assert pressed(client, kim, wish, "end") == 302
    assert list(ForumMembership.objects.open()) == []


@pytest.mark.parametrize("other", ["", "x", "0", "99999999999999999999", "\0", "²"])
def test_whom_nobody_knows_cannot_be_asked(client, other):
    kim = make_community()
    client.force_login(kim.created_by)
    assert client.post(page("federation", kim), {"with": other}).status_code == 404


def test_a_button_that_is_not_known_changes_nothing(client):
    forum, kim = make_forum(), make_community()
    wish = forum_actions.ask(kim, forum, by=kim.created_by)
    assert pressed(client, forum, wish, "approve") == 302
    assert list(ForumMembership.objects.open()) == [wish]


def test_the_membership_of_others_is_not_there(client):
    forum, kim, stranger = make_forum(), make_community(), make_community()
    wish = forum_actions.ask(kim, forum, by=kim.created_by)
    assert pressed(client, stranger, wish, "end") == 404


def test_who_does_not_manage_sees_and_does_nothing(client):
    forum, kim = make_forum(), make_community()
    wish = forum_actions.ask(kim, forum, by=kim.created_by)
    url = reverse("communities:change_federation", args=[forum.slug, wish.pk])
    for user in (make_member(forum), make_member(kim), make_officer(), make_user()):
        client.force_login(user)
        assert client.get(page("federation", forum)).status_code == 404
        assert client.post(page("federation", forum), {"with": kim.pk}).status_code == 404
        assert client.post(url, {"step": "accept"}).status_code == 404
    assert list(ForumMembership.objects.open()) == [wish]


def test_rights_end_with_the_next_request(client):
    forum = make_forum()
    client.force_login(forum.created_by)
    assert client.get(page("federation", forum)).status_code == 200
    Membership.objects.update(ended_at=timezone.now(), ended_by=forum.created_by)
    assert client.get(page("federation", forum)).status_code == 404


def test_the_directory_narrows_to_forums(client):
    forum, _kim = make_forum(), make_community()
    make_forum("52.02")
    answer = client.get(reverse("communities:directory"), {"jenis": "forum", "wilayah": MUSI_BANYUASIN})
    assert answer.context["page_obj"].object_list == [forum]


@pytest.mark.parametrize("code", [MUSI_BANYUASIN, SUMATERA_SELATAN])
def test_a_forum_of_either_level_is_shown_on_every_page_that_may_show_it(client, code):
    """What takes the parent of a region for granted would fail for a province."""
    officer = make_officer(code)
    forum = make_forum(code)
    article = make_article(community=forum, title="Forum berkumpul")
    waiting = make_forum(code, "submitted", applicant=make_user())
    change = {"untuk": "change"}
    for name in ("detail", "forum_members"):
        assert client.get(page(name, forum)).status_code == 200
    for url in (
        article.get_absolute_url(),
        reverse("home:front"),
        reverse("home:region", args=[code]),
        f"{reverse('home:search')}?q=berkumpul",
        reverse("communities:directory"),
        reverse("communities:feed"),
        reverse("articles:list"),
    ):
        assert client.get(url).status_code == 200
    client.force_login(forum.created_by)
    for name in ("detail", "members", "profile", "federation", "begin_change", "invite"):
        assert client.get(page(name, forum)).status_code == 200
    for purpose in ("change", "renewal", "handover", "dissolution"):
        assert client.get(page("begin_change", forum, **{**change, "untuk": purpose})).status_code == 200
    client.force_login(officer)
    for url in (
        reverse("office:desk"),
        reverse("office:item", args=["community", waiting.pk]),
        reverse("office:community", args=[forum.pk]),
        reverse("office:overview", args=[code]),
        reverse("office:figure", args=[code, "jenis-forum"]),
    ):
        assert client.get(url).status_code == 200
    assert mail.outbox == []


def test_a_forum_asks_to_move_to_the_province_by_typing_its_name(client):
    forum = make_forum()
    client.force_login(forum.created_by)
    form = client.get(page("begin_change", forum, untuk="change")).context["form"]
    assert "kind" not in form.fields
    sent = {
        "form_key": form["form_key"].value(),
        "village_text": "Sumatera Selatan",
        "reason": "Musyawarah.",
        "then": "submit",
    }
    assert client.post(page("begin_change", forum, untuk="change"), sent).status_code == 302
    change = forum.changes.get()
    assert (change.status, change.village_id) == ("submitted", SUMATERA_SELATAN)


def test_a_forum_applies_step_by_step_and_its_office_verifies_it(client):
    applicant, officer = make_user(), make_officer(SUMATERA_SELATAN)
    client.force_login(applicant)
    named = {"kind": "forum", "name": "Forum KIM Sumsel", "region": "", "region_text": "Sumatera Selatan"}
    forum = begun(client, **named)
    fill_all(client, forum)
    assert client.get(address(forum, LAST.slug)).context["progress"].gaps == []
    client.post(page("move", forum), {"move": "submit"})
    assert client.get(forum.get_absolute_url()).status_code == 200
    client.force_login(officer)
    url = reverse("office:decide", args=["community", forum.pk])
    assert client.get(reverse("office:item", args=["community", forum.pk])).status_code == 200
    assert client.post(url, {"move": "approve"}).status_code == 302
    forum.refresh_from_db()
    assert (forum.status, forum.registry_number) == ("approved", "160000000001")
    assert forum.has_manager(applicant)


def test_the_profile_asks_a_forum_for_nothing_of_a_village(client):
    forum = make_forum(member_count=None, collecting_head_name="")
    client.force_login(forum.created_by)
    form = client.get(page("profile", forum)).context["form"]
    left_out = {"member_count", "potential", "collecting_head_name"}
    assert left_out & set(form.fields) == set()
    sent = {"description": "Forum kami.", "phone": "0812 0000 0000", "member_count": "5"}
    assert client.post(page("profile", forum), sent).status_code == 302
    forum.refresh_from_db()
    assert (forum.description, forum.member_count) == ("Forum kami.", None)


def test_a_silent_forum_is_warned_and_proposed_and_its_sk_runs_out_as_with_others():
    now = timezone.now()
    silent = make_forum(active_at=now - timedelta(days=400))
    old = make_forum(decree_valid_until=(now + timedelta(days=20)).date(), active_at=now)
    done = life.look_after(now=now)
    assert (done["reminded"], done["warned"]) == (1, 1)
    assert life.look_after(now=now + timedelta(days=31))["proposed"] == 1
    assert list(Community.objects.proposed_as_dormant()) == [silent]
    assert old.renewal_is_near


def test_the_audit_of_the_office_names_both_sides(client):
    forum, kim, head = make_forum(), make_community(name="KIM Surya"), make_officer(role=Role.HEAD)
    forum_actions.ask(kim, forum, by=kim.created_by)
    client.force_login(head)
    answer = client.get(reverse("office:audit"), {"jenis": "anggota"})
    assert f"KIM Surya · {forum.name}" in answer.content.decode()
