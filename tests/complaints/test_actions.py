"""Many reports of one item are one case; the office ends it, and those who reported are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

import moderation.actions
from accounts.signals import erasing, exporting
from activity.models import Activity
from complaints import actions
from complaints.models import Case, Report
from mailing import sending
from moderation.errors import TransitionRefused
from notifications.audiences import audience
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_item,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
WORDS = "Kami periksa: sumbernya ada."


def late(case: Case) -> Case:
    """The same, past its deadline."""
    then = timezone.now() - timedelta(hours=50)
    Case.objects.filter(pk=case.pk).update(opened_at=then, due_at=then + timedelta(hours=48))
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("kind", ["article", "event", "community"])
def test_many_reports_of_one_item_are_one_case_due_in_48_hours_of_the_clock(kind):
    item = make_item(kind, "approved")
    for _ in range(3):
        actions.report(item, rule="untrue")
    case = Case.objects.get()
    assert case.target == item
    assert case.due_at - case.opened_at == timedelta(hours=48)
    assert case.reports.count() == 3
    assert [row.verb for row in Activity.objects.of(case)] == ["report.open"]


def test_a_person_says_it_once_a_case_and_the_newest_words_count():
    item, reader = make_article(), make_user()
    actions.report(item, rule="untrue", by=reader)
    actions.report(item, rule="children", words="Nama sekolahnya disebut.", by=reader)
    assert list(Report.objects.values_list("rule", "words")) == [("children", "Nama sekolahnya disebut.")]


def test_after_a_decision_the_next_report_opens_another_case():
    item = make_article()
    actions.report(item, rule="untrue")
    actions.decide(Case.objects.get(), "kept", by=make_officer(), words=WORDS)
    actions.report(item, rule="untrue")
    assert list(Case.objects.order_by("pk").values_list("outcome", flat=True)) == ["kept", ""]


@pytest.mark.parametrize("outcome", ["kept", "repaired"])
def test_the_office_ends_a_case_with_words(outcome):
    actions.report(make_article(), rule="untrue")
    officer = make_officer()
    with pytest.raises(TransitionRefused):
        actions.decide(Case.objects.get(), outcome, by=officer, words="  ")
    case = actions.decide(Case.objects.get(), outcome, by=officer, words=WORDS)
    case.refresh_from_db()
    assert (case.outcome, case.decided_by, case.words) == (outcome, officer, WORDS)
    with pytest.raises(TransitionRefused):
        actions.decide(case, outcome, by=officer, words=WORDS)


def test_withdrawing_the_item_ends_its_case_in_the_same_transaction():
    item, officer = make_article(), make_officer()
    actions.report(item, rule="children")
    moderation.actions.move(item, "suspend", by=officer, reason="Anak dapat dikenali.", cited="children")
    case = Case.objects.get()
    assert (case.outcome, case.decided_by, case.words) == ("withdrawn", officer, "Anak dapat dikenali.")


def test_who_decides_is_the_lowest_office_and_the_level_above_once_it_is_overdue():
    item = make_article()
    here, above, elsewhere = make_officer(), make_officer(SUMATERA_SELATAN), make_officer(LOMBOK_TENGAH)
    actions.report(item, rule="untrue")
    case = Case.objects.get()
    assert [actions.may_decide(each, case) for each in (here, above, elsewhere)] == [True, False, False]
    assert moderation.actions.available_moves(item, above) == []
    late(case)
    assert [actions.may_decide(each, case) for each in (here, above, elsewhere)] == [True, True, False]
    moderation.actions.move(item, "suspend", by=above, reason="Terlambat.", cited="untrue")
    case.refresh_from_db()
    assert (case.outcome, case.decided_by) == ("withdrawn", above)


def test_nobody_decides_about_what_they_wrote():
    officer = make_officer()
    item = make_article(community=make_community(applicant=officer), author=officer)
    actions.report(item, rule="untrue")
    with pytest.raises(PermissionDenied):
        actions.decide(Case.objects.get(), "kept", by=officer, words=WORDS)


def test_deciding_officers_are_told_at_once_and_reporters_of_the_outcome():
    item, reader, officer = make_article(), make_user(), make_officer()
    make_officer(LOMBOK_TENGAH)
    actions.report(item, rule="untrue", by=reader)
    opened = Activity.objects.get(verb="report.open")
    assert (set(audience(opened)), opened.actor) == ({officer}, None)
    actions.decide(Case.objects.get(), "kept", by=officer, words=WORDS)
    assert set(audience(Activity.objects.get(verb="report.decide"))) == {reader}
    assert set(audience(Activity.objects.get(verb="report.open"))) == set()


def test_who_left_an_address_is_answered_once_and_the_address_goes():
    item = make_article()
    for _ in range(2):
        actions.report(item, rule="untrue", email="warga@contoh.example")
    actions.report(item, rule="untrue")
    assert sending.send_due() == 0
    actions.decide(Case.objects.get(), "kept", by=make_officer(), words=WORDS)
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    assert [(sent.to, WORDS in sent.body) for sent in mail.outbox] == [(["warga@contoh.example"], True)]
    assert Report.objects.exclude(email="").count() == 0


def test_a_mail_that_fails_waits(settings):
    actions.report(make_article(), rule="untrue", email="warga@contoh.example")
    actions.decide(Case.objects.get(), "kept", by=make_officer(), words=WORDS)
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert sending.send_due() == 0
    settings.EMAIL_BACKEND = usual
    assert sending.send_due() == 1


def test_whoever_goes_takes_the_name_along_and_leaves_the_report():
    reader = make_user()
    actions.report(make_article(), rule="untrue", words="Tidak benar.", by=reader)
    [export] = [found for _, found in exporting.send(None, user=reader) if found and "reports" in found]
    assert [row["words"] for row in export["reports"]] == ["Tidak benar."]
    erasing.send(None, user=reader)
    assert Report.objects.get().reporter is None


def test_readers_who_report_at_once_open_one_case(committed_db):
    item = make_article()

    def tell(_: int) -> None:
        try:
            actions.report(item, rule="untrue")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(tell, range(8)))
    assert Case.objects.get().reports.count() == 8
