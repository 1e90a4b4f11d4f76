"""What stood in a spreadsheet goes after 30 days; what became of it stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Community
from imports import actions, forgetting, tasks
from imports.errors import ImportRefused
from imports.models import Import, State
from tests.imports.flow import apply, rows, upload
from tests.imports.sheets import a_row, as_csv

pytestmark = pytest.mark.django_db


def three() -> list[list[object]]:
    return [a_row(), a_row("KIM Mekar"), a_row("KIM Melati")]


def age(made: Import, days: int) -> Import:
    then = timezone.now() - timedelta(days=days)
    applied = {"applied_at": then} if made.applied_at else {}
    Import.objects.filter(pk=made.pk).update(made_at=then, **applied)
    made.refresh_from_db()
    return made


def test_after_thirty_days_cells_and_file_are_gone_and_the_register_stays(
    checked, officer, django_capture_on_commit_callbacks
):
    made = age(apply(checked(as_csv(three())), by=officer), 31)
    storage, path = made.file.storage, made.file.name
    kept = [(row.number, row.outcome, row.values["name"], row.community_id) for row in rows(made)]
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget()
    made.refresh_from_db()
    assert (made.samples, made.file.name, storage.exists(path)) == ([], "", False)
    assert [(row.number, row.outcome, row.values["name"], row.community_id) for row in rows(made)] == kept
    assert {(len(row.cells), len(row.values), len(row.errors)) for row in rows(made)} == {(0, 1, 0)}
    assert Community.objects.filter(status="approved").count() == 3
    assert forgetting.forget_old() == 0


@pytest.mark.parametrize("days", [0, 29])
def test_before_that_all_is_kept(checked, officer, days):
    made = age(apply(checked(as_csv(three())), by=officer), days)
    assert forgetting.forget_old() == 0
    assert rows(made)[0].cells != []


def test_what_was_applied_late_is_kept_until_its_own_month_is_over(checked, officer):
    made = apply(age(checked(as_csv(three())), 31), by=officer)
    assert forgetting.forget_old() == 0
    assert rows(made)[0].cells != []


def test_what_was_never_applied_cannot_be_afterwards(checked, officer, client):
    made = age(checked(as_csv(three())), 31)
    forgetting.forget_old()
    for step in (lambda: actions.apply(made, by=officer), lambda: actions.check(made, {}, by=officer)):
        with pytest.raises(ImportRefused) as refused:
            step()
        assert refused.value.code == "forgotten"
    client.force_login(officer)
    assert client.get(reverse("office:import", args=[made.pk])).status_code == 200
    assert client.get(reverse("office:import_errors", args=[made.pk])).status_code == 404
    assert client.get(reverse("office:match_import", args=[made.pk])).status_code == 302


def test_what_was_only_uploaded_has_a_page_too(officer, client):
    made = age(upload(as_csv(three()), by=officer), 31)
    assert made.state == State.UPLOADED
    assert forgetting.forget_old() == 1
    client.force_login(officer)
    assert client.get(reverse("office:import", args=[made.pk])).status_code == 200
