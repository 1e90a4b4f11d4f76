"""The command as an administrator uses it: told first, done with --apply, refused in words."""

import io

import pytest
from django.core.management import CommandError, call_command

from communities.models import Community
from regions.models import RegionSuccession
from tests.factories import TOMAN, make_community, make_user, region
from tests.regions.decrees import DISTRICT, Decree

pytestmark = pytest.mark.django_db

NEW, OTHER = f"{DISTRICT}.2090", f"{DISTRICT}.2091"


@pytest.fixture
def decree(tmp_path):
    return Decree(tmp_path, DISTRICT)


def run(said, **options):
    out = io.StringIO()
    call_command("change_regions", said.list, mapping=said.mapping, only=said.only, stdout=out, **options)
    return out.getvalue()


def test_it_tells_first_and_does_it_when_asked(decree):
    make_user(email="dian@contoh.example")
    make_community(name="KIM Surya")
    decree.close(TOMAN).add(NEW, "Toman Timur").add(OTHER, "Toman Barat").becomes(TOMAN, OTHER, NEW)
    decree.rename(f"{DISTRICT}.2043", "Nama Baru")

    told = run(decree)
    assert "Nothing was changed: this was a dry run" in told
    assert f"{TOMAN} Desa Toman → {OTHER} (default), {NEW}" in told
    assert f"KIM Surya: {TOMAN} → {OTHER}" in told
    assert Community.objects.get().region_id == TOMAN

    done = run(decree, apply=True, by="Dian@contoh.example", decree="Kepmendagri 1")
    assert done.splitlines()[:-1] == told.splitlines()[:-1]
    assert Community.objects.get().region_id == OTHER
    assert set(RegionSuccession.objects.values_list("decree", flat=True)) == {"Kepmendagri 1"}
    assert "nothing to do" in run(decree, apply=True, by="dian@contoh.example")


def test_long_sorts_are_cut_unless_all_is_asked_for(tmp_path):
    decree = Decree(tmp_path, "16.06", "16.90").recode("16.06", "16.90")
    assert "more (--all lists them)" in run(decree)
    assert "more (--all lists them)" not in run(decree, all=True)


def test_a_missing_successor_is_named_and_nothing_is_done(decree):
    make_community()
    with pytest.raises(CommandError) as refused:
        run(decree.close(TOMAN), apply=True, by=make_user().email)
    assert str(refused.value).splitlines() == [
        "Nothing was changed.",
        (
            f"{TOMAN} Desa Toman closes, and nothing follows it, "
            "but these hang on it: 1 communities.Community.region."
        ),
    ]
    assert region(TOMAN).closed_at is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"apply": True}, "--by"),
        ({"apply": True, "by": "tiada@contoh.example"}, "There is no account with the address"),
    ],
)
def test_somebody_with_an_account_answers_for_it(decree, options, said):
    with pytest.raises(CommandError, match=said):
        run(decree.add(NEW, "Toman Timur"), **options)
    assert region(TOMAN).closed_at is None


def test_a_broken_list_is_refused_with_its_lines(decree):
    decree.add(f"{DISTRICT}.29", "Terlalu pendek").add(f"{DISTRICT}.2095", "", "village")
    with pytest.raises(CommandError) as refused:
        run(decree)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "Nothing was changed.",
        f"daftar.csv, line {len(decree.rows)}",
        f"daftar.csv, line {len(decree.rows) + 1}",
    ]
