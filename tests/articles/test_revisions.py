"""Each saved version, the way back, and one writer at a time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles import revisions, turns
from articles.models import Article, Revision, Turn
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.articles.test_conflicts import _edit, _page
from tests.factories import make_article, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(draft):
    return make_member(draft.community, role="manager")


def _versions(article):
    return reverse("articles:revisions", args=[article.pk, article.slug])


def _words(article):
    return [revision.content["title"] for revision in article.revisions.order_by("pk")]


def test_each_save_is_a_version_with_its_author(client, writer, manager, draft):
    client.post(_edit(draft), _page(client, writer, _edit(draft), title="Dari Rina"))
    client.force_login(manager)
    client.post(_edit(draft), _page(client, manager, _edit(draft), title="Dari ketua"))
    kept = [(each.content["title"], each.saved_by) for each in draft.revisions.order_by("pk")]
    assert kept == [("Dari Rina", writer), ("Dari ketua", manager)]


def test_what_a_page_saves_by_itself_is_one_version_until_somebody_saves_it(client, writer, draft):
    page = _page(client, writer, _edit(draft))
    for title, then in (("A", "keep"), ("Ab", "keep"), ("Abc", "draft"), ("Abcd", "keep")):
        client.post(
            _edit(draft), {**page, "title": title, "then": then}, headers={"accept": "application/json"}
        )
    assert _words(draft) == ["Abc", "Abcd"]
    assert [each.is_marked for each in draft.revisions.order_by("pk")] == [True, False]


def test_a_long_stretch_of_writing_is_more_than_one_version(writer, draft):
    page = draft.form_key
    revisions.keep(draft, by=writer, page=page, marked=False)
    early = timezone.now() - revisions.STRETCH * 2
    draft.revisions.update(begun_at=early, saved_at=early)
    draft.title = "Jauh kemudian"
    revisions.keep(draft, by=writer, page=page, marked=False)
    assert _words(draft) == ["Judul lama", "Jauh kemudian"]


def test_saving_the_same_words_is_no_new_version(writer, draft):
    for _ in range(2):
        revisions.keep(draft, by=writer)
    assert draft.revisions.count() == 1


def test_going_back_brings_the_words_and_loses_none(client, writer, draft):
    time = timezone.now() + timedelta(days=2)
    Article.objects.filter(pk=draft.pk).update(publish_at=time)
    draft.refresh_from_db()
    first = revisions.keep(draft, by=writer)
    changes = {"title": "Judul baru", "body": "Isi baru.", "category": "", "publish_at": ""}
    client.post(_edit(draft), _page(client, writer, _edit(draft), **changes))
    restore = reverse("articles:revision_restore", args=[draft.pk, draft.slug, first.pk])
    answer = client.post(restore)
    old = (draft.title, draft.body, draft.category, draft.publish_at)
    draft.refresh_from_db()
    assert (answer.url, old) == (_edit(draft), (draft.title, draft.body, draft.category, draft.publish_at))
    assert _words(draft) == ["Judul lama", "Judul baru", "Judul lama"]
    newest = draft.revisions.latest("pk")
    assert newest.content == first.content


def test_what_was_sent_does_not_go_back(client, writer, draft):
    sent = make_article(Status.SUBMITTED, community=draft.community, author=writer)
    kept = revisions.keep(sent, by=writer)
    Article.objects.filter(pk=sent.pk).update(title="Sesudahnya")
    with pytest.raises(TransitionRefused):
        revisions.restore(kept, by=writer)
    page = client.get(_versions(sent))
    assert b"/pulihkan/" not in page.content


def test_only_authors_see_the_versions(client, writer, draft):
    kept = revisions.keep(draft, by=writer)
    stranger = make_member(draft.community)
    client.force_login(stranger)
    restore = reverse("articles:revision_restore", args=[draft.pk, draft.slug, kept.pk])
    assert [client.get(_versions(draft)).status_code, client.post(restore).status_code] == [404, 404]


def test_a_version_of_another_article_is_not_restored_here(client, writer, draft):
    other = make_article(Status.DRAFT, community=draft.community, author=writer, title="Lain")
    kept = revisions.keep(other, by=writer)
    answer = client.post(reverse("articles:revision_restore", args=[draft.pk, draft.slug, kept.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("asked", ["", "?dari=1", "?dari=x&ke=y", "?dari=9999999999999999999999&ke=2"])
def test_the_last_two_are_compared_unless_two_are_asked_for(client, writer, draft, asked):
    for title in ("Satu", "Dua", "Tiga"):
        draft.title = title
        revisions.keep(draft, by=writer)
    page = client.get(f"{_versions(draft)}{asked}").context
    assert (page["older"].content["title"], page["newer"].content["title"]) == ("Dua", "Tiga")
    first, third = draft.revisions.earliest("pk"), draft.revisions.latest("pk")
    page = client.get(f"{_versions(draft)}?dari={third.pk}&ke={first.pk}").context
    pieces = [(piece.kind, piece.text) for piece in page["changes"][0].pieces]
    assert pieces == [("gone", "Satu"), ("new", "Tiga")]


def test_old_versions_that_nobody_marked_go_once_the_article_was_sent(writer, draft):
    sent = make_article(Status.APPROVED, community=draft.community, author=writer)
    for article in (draft, sent):
        for marked in (False, True):
            article.title = f"{marked}"
            revisions.keep(article, by=writer, marked=marked)
    long_ago = timezone.now() - revisions.KEPT - timedelta(hours=1)
    Revision.objects.update(begun_at=long_ago, saved_at=long_ago)
    assert revisions.forget_old() == 1
    assert (draft.revisions.count(), _words(sent)) == (2, ["True"])


def test_who_comes_second_reads_who_writes_and_changes_nothing(client, writer, manager, draft):
    client.get(_edit(draft))
    client.force_login(manager)
    page = client.get(_edit(draft))
    assert page.context["turn"].writer == writer
    typed = {**_page(client, manager, _edit(draft)), "title": "Dari ketua"}
    answer = client.post(_edit(draft), typed)
    draft.refresh_from_db()
    assert (answer.status_code, draft.title) == (409, "Judul lama")
    assert answer.context["form"]["title"].value() == "Dari ketua"
    answer = client.post(_edit(draft), {**typed, "ambil-alih": "ya"})
    draft.refresh_from_db()
    assert (answer.status_code, draft.title) == (302, "Dari ketua")


def test_whose_turn_was_taken_over_is_told_while_the_page_saves(client, writer, manager, draft):
    page = _page(client, writer, _edit(draft), then="keep")
    turns.take(draft, by=manager, over=True)
    answer = client.post(_edit(draft), page, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (409, {"said": turns.words(draft.turn, draft)})


def test_a_turn_lapses_and_saving_gives_it_back(client, writer, manager, draft):
    turns.take(draft, by=manager)
    past = timezone.now() - timedelta(hours=1)
    Turn.objects.update(since=past, lapses_at=past + turns.IDLE)
    client.post(_edit(draft), _page(client, writer, _edit(draft), title="Lagi"))
    draft.refresh_from_db()
    assert (draft.title, turns.current(draft)) == ("Lagi", None)


def test_the_versions_say_who_else_is_writing(client, writer, manager, draft):
    turns.take(draft, by=writer)
    mine = client.get(_versions(draft)).context["turn"]
    client.force_login(manager)
    assert (mine, client.get(_versions(draft)).context["turn"].writer) == (None, writer)


def test_nobody_goes_back_while_somebody_else_writes(writer, manager, draft):
    kept = revisions.keep(draft, by=writer)
    turns.take(draft, by=manager)
    with pytest.raises(turns.Taken):
        revisions.restore(kept, by=writer)


def test_members_write_along_where_the_writer_lets_them(client, writer, draft):
    member = make_member(draft.community)
    client.force_login(member)
    assert client.get(_edit(draft)).status_code == 404
    with pytest.raises(PermissionDenied):
        turns.take(draft, by=member)
    Article.objects.filter(pk=draft.pk).update(is_open_to_members=True)
    client.post(_edit(draft), _page(client, member, _edit(draft), title="Bersama", is_open_to_members="on"))
    draft.refresh_from_db()
    assert (draft.title, draft.is_open_to_members) == ("Bersama", True)
    assert list(Article.objects.authored_by(member)) == [draft]


def test_who_left_the_community_writes_along_no_more(client, writer, draft):
    Article.objects.filter(pk=draft.pk).update(is_open_to_members=True)
    member = make_member(draft.community)
    member.memberships.update(ended_at=timezone.now(), ended_by=member)
    client.force_login(member)
    assert client.get(_edit(draft)).status_code == 404
    assert list(Article.objects.authored_by(member)) == []
