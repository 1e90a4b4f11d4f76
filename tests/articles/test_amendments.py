"""Changes of what is published: the public version stands until the office agrees; each leaves a trace."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from articles import amendment_actions, copies, merging, personal_data
from articles.amendment import Nature, PublicChange
from articles.models import Amendment, Article
from articles.parts import words_of
from moderation.errors import TransitionRefused
from moderation.states import Status
from notifications.audiences import audience
from notifications.models import Subscription
from tests.factories import (
    LOMBOK_TENGAH,
    make_amendment,
    make_article,
    make_community,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
RIGHT = "<p>Kegiatan dimulai pukul enam.</p>"


def approve(amendment, by=None):
    """By the office."""
    return moderation.actions.move(amendment, "approve", by=by or make_officer())


def fresh(item):
    """As it is stored."""
    return type(item).objects.get(pk=item.pk)


def begun(article, **words):
    """What an author has typed, not stored."""
    amendment = amendment_actions.begin(article)
    for name, value in words.items():
        setattr(amendment, name, value)
    return amendment


def test_the_published_words_stand_until_the_office_agrees():
    article = make_article()
    amendment = amendment_actions.save(begun(article, lead="Lain."), by=article.created_by)
    amendment.was_wrong, amendment.is_right = "Salah.", "Benar."
    amendment_actions.save(amendment, by=article.created_by, seen=amendment.changed_at.isoformat())
    amendment_actions.send(amendment, by=article.created_by)
    assert (fresh(article).lead, fresh(article).status) == (article.lead, Status.APPROVED)
    approve(amendment)
    stored = fresh(article)
    assert (stored.lead, stored.status, stored.published_at) == (
        "Lain.",
        Status.APPROVED,
        article.published_at,
    )
    assert stored.amended_at == fresh(amendment).decided_at


def test_a_correction_says_what_was_wrong_and_what_is_right_with_its_time():
    amendment = make_amendment()
    approve(amendment)
    change = PublicChange.objects.get()
    told = (change.nature, change.was_wrong, change.is_right, change.changed_at, change.changed_by)
    assert told == (
        Nature.CORRECTION,
        "Kegiatan dimulai pukul tujuh.",
        "Kegiatan dimulai pukul enam.",
        fresh(amendment).decided_at,
        amendment.created_by,
    )
    assert (change.before["body"], change.after["body"]) == ("<p>Kegiatan dimulai pukul tujuh.</p>", RIGHT)
    verbs = list(Activity.objects.of(amendment.article).values_list("verb", flat=True))
    assert verbs == ["article.correct"]


def test_the_address_the_search_and_the_fingerprint_follow_the_words():
    words = " ".join(f"kata{number}" for number in range(40))
    amendment = make_amendment(title="Sungai Batanghari dibersihkan", body=f"<p>{words}</p>")
    approve(amendment)
    article = fresh(amendment.article)
    assert article.slug == "sungai-batanghari-dibersihkan"
    assert [found.pk for found in Article.objects.public().search("Batanghari")] == [article.pk]
    assert article.fingerprint.signature == copies.signature(article)


def test_a_rejected_or_returned_one_changes_nothing():
    for name in ("return", "reject"):
        amendment = make_amendment()
        moderation.actions.move(amendment, name, by=make_officer(), reason="Belum jelas.", cited="untrue")
        assert fresh(amendment.article).body == "<p>Kegiatan dimulai pukul tujuh.</p>"
    assert PublicChange.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"was_wrong": ""}, 1),
        ({"is_right": ""}, 1),
        ({"lead": ""}, 1),
        ({"body": "<p>Kegiatan dimulai pukul tujuh.</p>"}, 1),
        ({"nature": Nature.SLIP}, 1),
        ({"nature": Nature.UPDATE, "was_wrong": ""}, 0),
        ({}, 0),
    ],
)
def test_what_is_missing_is_said_before_it_is_sent(fields, count):
    amendment = make_amendment(Status.DRAFT, **fields)
    assert len(amendment_actions.problems(amendment)) == count


def test_one_is_open_at_a_time_and_the_second_manager_is_shown_the_first():
    article = make_article()
    second = make_member(article.community, role="manager")
    first = amendment_actions.save(begun(article, lead="Satu."), by=article.created_by)
    with pytest.raises(amendment_actions.Overtaken) as overtaken:
        amendment_actions.save(begun(article, lead="Dua."), by=second)
    assert overtaken.value.stored.pk == first.pk
    assert [each.lead for each in Amendment.objects.all()] == ["Satu."]


def test_a_page_whose_answer_was_lost_sends_again_and_there_is_one():
    article = make_article()
    page = begun(article, lead="Satu.")
    amendment_actions.save(page, by=article.created_by)
    again = begun(article, lead="Satu, lalu dua.", form_key=page.form_key)
    amendment_actions.save(again, by=article.created_by)
    assert [each.lead for each in Amendment.objects.all()] == ["Satu, lalu dua."]


def test_what_another_device_saved_is_not_overwritten_in_silence():
    amendment = make_amendment(Status.DRAFT)
    seen = amendment.changed_at.isoformat()
    one, other = fresh(amendment), fresh(amendment)
    one.lead, other.lead = "Satu.", "Dua."
    amendment_actions.save(one, by=amendment.created_by, seen=seen)
    with pytest.raises(amendment_actions.Overtaken):
        amendment_actions.save(other, by=amendment.created_by, seen=seen)
    assert fresh(amendment).lead == "Satu."


def test_who_may_not_change_the_article_changes_nothing():
    article = make_article()
    for person in (make_user(), make_member(article.community), make_officer()):
        with pytest.raises(PermissionDenied):
            amendment_actions.save(begun(article, lead="Lain."), by=person)
    assert Amendment.objects.count() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.REJECTED])
def test_what_was_never_published_is_edited_or_left_not_amended(status):
    article = make_article(status)
    with pytest.raises(TransitionRefused):
        amendment_actions.save(begun(article, lead="Lain."), by=article.created_by)


def test_an_officer_of_another_region_does_not_find_it_and_its_author_does_not_decide():
    amendment = make_amendment()
    elsewhere = make_officer(LOMBOK_TENGAH)
    assert Amendment.objects.on_desks_of(elsewhere).count() == 0
    for person in (elsewhere, amendment.created_by):
        with pytest.raises(PermissionDenied):
            approve(amendment, by=person)


def test_a_withdrawn_article_stays_withdrawn_with_its_new_words():
    amendment = make_amendment()
    officer = make_officer()
    moderation.actions.move(amendment.article, "suspend", by=officer, reason="Keliru.", cited="untrue")
    approve(amendment, by=officer)
    article = fresh(amendment.article)
    assert (article.status, article.body) == (Status.SUSPENDED, RIGHT)
    restored = moderation.actions.move(article, "restore", by=officer)
    assert (restored.status, restored.body) == (Status.APPROVED, RIGHT)


def test_a_dissolved_community_still_corrects_but_adds_nothing():
    now = timezone.now()
    gone = {"dissolved_at": now, "dissolved_on": now.date()}
    community = make_community(**gone, dissolved_by=make_user())
    correction = make_amendment(community=community)
    update = make_amendment(community=community, nature=Nature.UPDATE)
    approve(correction)
    assert fresh(correction.article).body == RIGHT
    with pytest.raises(TransitionRefused):
        approve(update)
    assert fresh(update).status == Status.SUBMITTED


def test_nothing_of_a_suspended_community_changes():
    amendment = make_amendment(community=make_community(Status.SUSPENDED))
    with pytest.raises(TransitionRefused):
        approve(amendment)
    assert (fresh(amendment).status, PublicChange.objects.count()) == (Status.SUBMITTED, 0)


def test_what_changed_meanwhile_elsewhere_in_the_article_stays():
    amendment = make_amendment()
    Article.objects.filter(pk=amendment.article_id).update(lead="Teras baru.", byline="S. Aminah")
    approve(amendment)
    article = fresh(amendment.article)
    assert (article.lead, article.byline, article.body) == ("Teras baru.", "S. Aminah", RIGHT)


def test_what_changed_meanwhile_in_the_same_part_is_looked_at_again():
    amendment = make_amendment()
    Article.objects.filter(pk=amendment.article_id).update(body="<p>Mulai pukul lima.</p>")
    with pytest.raises(TransitionRefused):
        approve(amendment)
    assert fresh(amendment.article).body == "<p>Mulai pukul lima.</p>"
    assert merging.clashing(fresh(amendment)) == ["body"]
    again = moderation.actions.move(amendment, "return", by=make_officer(), reason="Lihat lagi.")
    merging.catch_up(again)
    again.base = words_of(again.article)
    amendment_actions.save(again, by=again.created_by, seen=fresh(again).changed_at.isoformat())
    approve(moderation.actions.move(again, "submit", by=again.created_by))
    assert fresh(amendment.article).body == RIGHT


def test_a_slip_passes_at_once_with_its_trace_and_ends_its_draft():
    article = make_article(lead="Puluhan wrga bergotong royong.")
    draft = begun(article, lead="Puluhan warga bergotong royong.", nature=Nature.SLIP)
    saved = amendment_actions.save(draft, by=article.created_by)
    assert amendment_actions.send(saved, by=article.created_by) is None
    change = PublicChange.objects.get()
    assert fresh(article).lead == "Puluhan warga bergotong royong."
    assert (change.nature, change.amendment_id, change.before["lead"]) == ("slip", None, article.lead)
    assert Amendment.objects.count() == 0
    assert [row.verb for row in Activity.objects.of(article)] == ["article.fix_slip"]


def test_many_slips_one_after_another_change_no_meaning():
    article = make_article(lead="panitia menerima bantuan warga desa hari ini juga sore tadi.")
    words = article.lead.split()
    passed = 0
    for number in range(len(words)):
        words[number] = words[number] + "h"
        draft = begun(fresh(article), lead=" ".join(words), nature=Nature.SLIP)
        try:
            saved = amendment_actions.save(draft, by=article.created_by)
            amendment_actions.send(saved, by=article.created_by)
            passed += 1
        except (TransitionRefused, amendment_actions.Overtaken):
            break
    assert passed <= 5
    assert fresh(article).lead.split()[passed:] == article.lead.split()[passed:]


def test_the_words_of_an_amendment_are_a_saved_version_of_its_article():
    amendment = make_amendment()
    approve(amendment)
    version = amendment.article.revisions.get()
    assert (version.content["body"], version.saved_by) == (RIGHT, amendment.created_by)


def test_a_correction_of_a_correction_names_it():
    first = make_amendment()
    approve(first)
    earlier = PublicChange.objects.get()
    second = make_amendment(
        article=fresh(first.article),
        body="<p>Kegiatan dimulai pukul setengah enam.</p>",
        was_wrong="Ralat kami menyebut pukul enam.",
        is_right="Pukul setengah enam.",
        corrects=earlier,
    )
    approve(second)
    newest = PublicChange.objects.order_by("-pk").first()
    assert (newest.corrects, list(earlier.corrected_by.all())) == (earlier, [newest])
    assert PublicChange.objects.count() == 2


def test_before_its_time_nothing_was_public_so_nothing_is_corrected():
    article = make_article(published_at=timezone.now() + timedelta(days=2))
    approve(make_amendment(article=article))
    assert (fresh(article).body, fresh(article).amended_at, PublicChange.objects.count()) == (RIGHT, None, 0)


def test_with_the_account_the_byline_goes_from_every_version():
    article = make_article(byline="S. Aminah")
    approve(make_amendment(article=article))
    personal_data.erase(article.created_by)
    change = PublicChange.objects.get()
    assert (fresh(article).byline, Amendment.objects.get().byline) == ("", "")
    assert (change.before["byline"], change.after["byline"]) == ("", "")


def test_photos_get_other_words_or_go():
    from tests.architecture.world import World

    photo = World().photo(Status.APPROVED)
    change = make_amendment(article=photo.article, photo_words={str(photo.pk): {"caption": "Pengurus"}})
    approve(change)
    photo.refresh_from_db()
    assert (photo.caption, photo.credit) == ("Pengurus", "Siti")
    approve(make_amendment(article=fresh(photo.article), photo_words={str(photo.pk): {"remove": True}}))
    assert photo.article.photos.count() == 0


def test_followers_are_not_told_again_but_authors_and_managers_are():
    community = make_community()
    writer, manager = make_member(community), make_member(community, role="manager")
    Subscription.objects.create(user=make_user("Pengikut"), community=community)
    amendment = make_amendment(article=make_article(community=community, author=writer), author=manager)
    approve(amendment)
    told = {
        row.verb: set(audience(row).values_list("pk", flat=True)) for row in Activity.objects.order_by("pk")
    }
    assert told == {
        "amendment.approve": {writer.pk, manager.pk, community.created_by_id},
        "article.correct": set(),
    }


def test_a_rejected_one_can_be_appealed_against_unless_another_was_begun():
    amendment = make_amendment()
    rejected = moderation.actions.move(
        amendment, "reject", by=make_officer(), reason="Tidak perlu.", cited="untrue"
    )
    names = [move.name for move in moderation.actions.available_moves(rejected, amendment.created_by)]
    assert names == ["appeal"]
    make_amendment(Status.DRAFT, article=amendment.article)
    assert moderation.actions.available_moves(rejected, amendment.created_by) == []


def test_what_is_thrown_away_leaves_the_article_as_it_is():
    amendment = make_amendment(Status.RETURNED)
    amendment_actions.discard(amendment, by=amendment.created_by)
    assert Amendment.objects.count() == 0
    waiting = make_amendment(Status.SUBMITTED, article=amendment.article)
    with pytest.raises(TransitionRefused):
        amendment_actions.discard(waiting, by=waiting.created_by)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_begin_at_once_make_one():
    article = make_article()
    people = [article.created_by, make_member(article.community, role="manager")]
    barrier, outcomes = threading.Barrier(2), []

    def begin_one(number):
        try:
            amendment = begun(fresh(article), lead=f"Teras {number}.")
            barrier.wait(10)
            amendment_actions.save(amendment, by=people[number])
            outcomes.append("stored")
        except amendment_actions.Overtaken:
            outcomes.append("shown the other")
        finally:
            connection.close()

    threads = [threading.Thread(target=begin_one, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["shown the other", "stored"]
    assert Amendment.objects.count() == 1
