"""Two who change what is published at once, second clicks, and slips before anybody could read it."""

import contextlib
import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

import moderation.actions
from articles import amendment_actions
from articles.amendment import Nature
from articles.models import Amendment, Article
from moderation.errors import TransitionRefused
from moderation.models import Version
from moderation.states import Status
from tests.factories import make_amendment, make_article, make_officer

pytestmark = pytest.mark.django_db
BEGUN_SINCE = re.escape(gettext("Another change of this article has been begun since: send that one."))


def rejected():
    """A change that the office has rejected."""
    return moderation.actions.move(
        make_amendment(), "reject", by=make_officer(), reason="Tidak perlu.", cited="untrue"
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_devices_that_save_at_once_one_is_shown_the_other(monkeypatch):
    stored = make_amendment(Status.DRAFT)
    seen, author = stored.changed_at.isoformat(), stored.created_by
    barrier, outcomes = threading.Barrier(2), []
    save_changes = moderation.actions.save_changes

    def slowly(*args, **kwargs):
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(2)
        return save_changes(*args, **kwargs)

    monkeypatch.setattr(moderation.actions, "save_changes", slowly)

    def save(number):
        try:
            typed = Amendment.objects.get(pk=stored.pk)
            typed.lead = f"Teras {number}."
            amendment_actions.save(typed, by=author, seen=seen)
            outcomes.append("stored")
        except amendment_actions.Overtaken:
            outcomes.append("shown the other")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["shown the other", "stored"]


def test_why_it_cannot_be_appealed_against_is_said_rightly():
    amendment = rejected()
    make_amendment(Status.DRAFT, article=amendment.article)
    with pytest.raises(TransitionRefused, match=BEGUN_SINCE):
        moderation.actions.move(amendment, "appeal", by=amendment.created_by, reason="Perlu.")


def test_an_appeal_that_meets_a_change_begun_at_that_moment_is_refused_in_words(monkeypatch):
    amendment = rejected()
    monkeypatch.setattr(Amendment, "_is_gone_past", False)
    make_amendment(Status.DRAFT, article=amendment.article)
    with pytest.raises(TransitionRefused, match=BEGUN_SINCE):
        moderation.actions.move(amendment, "appeal", by=amendment.created_by, reason="Perlu.")


def test_of_a_double_click_the_second_hears_that_it_is_sent(client):
    amendment = make_amendment(Status.DRAFT)
    client.force_login(amendment.created_by)
    for _click in range(2):
        answer = client.post(
            reverse("articles:move_amendment", args=[amendment.pk]), {"move": "submit"}, follow=True
        )
        assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_slips_before_its_time_count_together_though_they_leave_no_public_trace():
    article = make_article(
        published_at=timezone.now() + timedelta(days=1), lead="panitia menerima bantuan warga"
    )
    Version.objects.create(target=article, content=article.content(), sent_by=article.created_by)
    for lead in ("panitia menerima bantuan wargaxx", "panitia menerima bantuan waryyxx"):
        draft = amendment_actions.begin(Article.objects.get(pk=article.pk))
        draft.lead, draft.nature = lead, Nature.SLIP
        saved = amendment_actions.save(draft, by=article.created_by)
        try:
            amendment_actions.send(saved, by=article.created_by)
        except TransitionRefused:
            break
    article.refresh_from_db()
    assert article.lead == "panitia menerima bantuan wargaxx"


def test_a_slip_before_its_time_is_mended_and_said_so(client):
    article = make_article(published_at=timezone.now() + timedelta(days=1), lead="panitia menerima bantuann")
    draft = amendment_actions.begin(article)
    draft.lead, draft.nature = "panitia menerima bantuan", Nature.SLIP
    saved = amendment_actions.save(draft, by=article.created_by)
    client.force_login(article.created_by)
    answer = client.post(reverse("articles:move_amendment", args=[saved.pk]), {"move": "submit"}, follow=True)
    assert (answer.status_code, [message.level_tag for message in answer.context["messages"]]) == (
        200,
        ["success"],
    )
    article.refresh_from_db()
    assert article.lead == "panitia menerima bantuan"


def test_what_another_has_thrown_away_meanwhile_is_refused_in_words():
    draft = make_amendment(Status.DRAFT)
    stale = Amendment.objects.get()
    amendment_actions.discard(draft, by=draft.created_by)
    with pytest.raises(TransitionRefused):
        amendment_actions.save(stale, by=draft.created_by, seen=stale.changed_at.isoformat())
    assert Amendment.objects.count() == 0
