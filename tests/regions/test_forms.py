from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from regions.forms import STEP, RegionField, is_region_step, unvalidated
from regions.models import Level, Region

pytestmark = pytest.mark.django_db

TOMAN, BABAT_TOMAN, MUSI_BANYUASIN, SUMATERA_SELATAN = "16.06.06.2008", "16.06.06", "16.06", "16"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


class Application(forms.Form):
    name = forms.CharField()
    region = RegionField()


class Posting(forms.Form):
    region = RegionField(Level.REGENCY, shallowest=Level.PROVINCE, required=False)


def steps(*codes):
    return {f"region_{level}": code for level, code in enumerate(codes, start=1)}


def clean(data, form_class=Application):
    form = form_class({"name": "KIM Surya", **data})
    form.is_valid()
    return form.cleaned_data.get("region"), form.errors.get("region", [])


def chosen(data):
    region, errors = clean(data)
    assert errors == []
    return region.code


def test_a_code_is_taken():
    assert chosen({"region": TOMAN}) == TOMAN


def test_steps_down_to_a_village_are_taken():
    assert chosen(steps(SUMATERA_SELATAN, MUSI_BANYUASIN, BABAT_TOMAN, TOMAN)) == TOMAN


def test_a_step_left_from_another_province_does_not_count():
    region, errors = clean(steps("32", MUSI_BANYUASIN, BABAT_TOMAN, TOMAN))
    assert region is None
    assert errors == ["Choose the regency or city."]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tomagipura", "95.04.45.2005"),
        ("Toman, Babat Toman", TOMAN),
        ("desa toman, kec. babat toman", TOMAN),
        ("Desa Toman, Babat Toman, Musi Banyuasin, Sumatera Selatan", TOMAN),
        (TOMAN, TOMAN),
    ],
)
def test_a_typed_name_that_can_only_mean_one_village_is_taken(text, code):
    assert chosen({"region_text": text}) == code


def test_a_name_of_several_villages_is_answered_with_the_choice():
    form = Application({"name": "KIM Surya", "region_text": "Toman"})
    assert not form.is_valid()
    assert form.errors["region"] == ["“Toman” may mean one of these regions. Choose yours from the list."]
    html = str(form["region"])
    assert f'type="radio" name="region_pick" value="{TOMAN}"' in html
    assert "Babat Toman, Musi Banyuasin, Sumatera Selatan" in html
    assert 'name="region_text" value="Toman"' in html


def test_the_choice_among_namesakes_is_taken():
    assert chosen({"region_text": "Toman", "region_asked": "Toman", "region_pick": TOMAN}) == TOMAN


def test_a_choice_that_answered_another_text_is_forgotten():
    data = {"region_text": "Tomagipura", "region_asked": "Toman", "region_pick": TOMAN}
    assert chosen(data) == "95.04.45.2005"


def test_a_typed_name_counts_before_the_steps():
    data = {"region_text": "Tomagipura", **steps(SUMATERA_SELATAN, MUSI_BANYUASIN, BABAT_TOMAN, TOMAN)}
    assert chosen(data) == "95.04.45.2005"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "Choose the village."),
        ({"region": SUMATERA_SELATAN}, "Choose the regency or city."),
        (steps(SUMATERA_SELATAN, MUSI_BANYUASIN), "Choose the district."),
        (steps(SUMATERA_SELATAN, MUSI_BANYUASIN, BABAT_TOMAN), "Choose the village."),
    ],
)
def test_an_error_says_what_to_do(data, error):
    assert clean(data) == (None, [error])


@pytest.mark.parametrize("name", ["region", "region_text", "region_1"])
@pytest.mark.parametrize("text", ["99.99", "16.06.06.9999", "Xyzzy", "' OR 1=1 --", "<script>", "\x00x"])
def test_what_is_no_region_is_said_with_the_cure(name, text):
    region, errors = clean({name: text})
    assert region is None
    assert errors == [f"We know no region “{text}”. Check the spelling, or choose it step by step."]


def test_a_closed_region_is_refused():
    Region.objects.filter(pk=TOMAN).update(closed_at=timezone.now())
    assert clean({"region": TOMAN})[1] == [
        "Desa Toman no longer exists: it was split or merged. Choose the region that followed it."
    ]
    assert clean({"region_text": "Toman, Babat Toman"})[0] is None


def test_a_name_that_only_begins_so_is_offered_and_never_taken_unasked():
    form = Application({"name": "KIM Surya", "region_text": "Toman Bar, Babat Toman"})
    assert not form.is_valid()
    assert 'name="region_pick" value="16.06.06.2043"' in str(form["region"])


def test_an_optional_field_may_stay_empty_and_takes_each_of_its_levels():
    assert clean({}, Posting) == (None, [])
    assert clean({"region": SUMATERA_SELATAN}, Posting)[0].level == Level.PROVINCE
    assert clean(steps(SUMATERA_SELATAN, MUSI_BANYUASIN), Posting)[0].code == MUSI_BANYUASIN
    assert clean({"region": TOMAN}, Posting)[1] == ["Choose the regency or city."]


def bound_to(code, data):
    form = Application({"name": "KIM Surya", **data})
    form.fields["region"].within = Region.objects.get(pk=code)
    return form


def test_a_field_may_be_bound_to_a_region():
    form = bound_to(MUSI_BANYUASIN, {"region": "16.07.01.2001"})
    assert form.errors["region"][0].endswith(
        "lies outside Kabupaten Musi Banyuasin. Choose a region inside it."
    )
    assert bound_to(MUSI_BANYUASIN, steps("", "", BABAT_TOMAN, TOMAN)).is_valid()
    assert bound_to(MUSI_BANYUASIN, {"region_text": "Toman"}).is_valid()
    assert Application().fields["region"].within is None


def test_a_bound_picker_starts_below_its_region():
    html = str(bound_to(MUSI_BANYUASIN, {})["region"])
    assert 'name="region_1"' not in html
    assert 'name="region_2"' not in html
    assert f'<option value="{BABAT_TOMAN}">Kecamatan Babat Toman</option>' in html
    assert "16.07" not in html


def test_an_empty_picker_offers_the_provinces_only():
    html = str(Application()["region"])
    assert html.count("<option") == 38 + 4
    assert "Show regencies and cities" in html
    assert " required" not in html
    assert 'id="id_region"' in html


def test_a_chosen_village_shows_with_its_whole_cascade():
    html = str(Application(initial={"region": Region.objects.get(pk=TOMAN)})["region"])
    for code in (SUMATERA_SELATAN, MUSI_BANYUASIN, BABAT_TOMAN, TOMAN):
        assert f'value="{code}" selected' in html
    assert "Chosen: <b>Desa Toman</b>, Babat Toman, Musi Banyuasin, Sumatera Selatan" in html
    assert str(Application(initial={"region": TOMAN})["region"]) == html


def test_the_picker_asks_few_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        str(Application(initial={"region": TOMAN})["region"])
    with django_assert_max_num_queries(3):
        str(Application({"region_text": "Toman"})["region"].as_widget())


def test_a_step_shows_the_next_list_and_keeps_what_was_typed():
    data = {"name": "", "region_step": STEP, **steps(SUMATERA_SELATAN, "", "", "")}
    request = RequestFactory().post("/", data)
    form = unvalidated(Application(request.POST))
    assert is_region_step(request)
    assert form.errors == {}
    html = form.as_p()
    assert f'<option value="{MUSI_BANYUASIN}">Kabupaten Musi Banyuasin</option>' in html
    assert "Chosen so far: <b>Provinsi Sumatera Selatan</b>" in html
    assert "Show districts" in html


def test_a_step_with_a_typed_name_answers_the_name():
    form = unvalidated(Application({"name": "", "region_text": "Xyzzy", "region_step": STEP}))
    assert list(form.errors) == ["region"]
    found = unvalidated(Application({"name": "", "region_text": "Toman, Babat Toman", "region_step": STEP}))
    assert found.errors == {}
    assert "Chosen: <b>Desa Toman</b>" in str(found["region"])


def test_an_ordinary_submit_is_no_step():
    assert not is_region_step(RequestFactory().post("/", {"region_step": "other", "name": "x"}))
    assert not is_region_step(RequestFactory().get("/", {"region_step": STEP}))


def test_what_was_typed_is_escaped_and_kept():
    html = str(Application({"region_text": '"><script>alert(1)</script>'})["region"])
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_only_another_region_is_a_change():
    initial = {"name": "KIM", "region": TOMAN}
    assert Application({"name": "KIM", "region": TOMAN}, initial=initial).changed_data == []
    assert Application({"name": "KIM", "region": BABAT_TOMAN}, initial=initial).changed_data == ["region"]


def test_two_pickers_in_one_form_do_not_meet():
    class Move(forms.Form):
        old = RegionField()
        new = RegionField()

    form = Move({"old": TOMAN, "new_text": "Tomagipura"})
    assert form.is_valid()
    assert (form.cleaned_data["old"].code, form.cleaned_data["new"].code) == (TOMAN, "95.04.45.2005")


def test_the_script_of_the_picker_stays_small():
    assert (Path(settings.BASE_DIR) / "static/js/region-picker.js").stat().st_size < 5 * 1024


class Federation(forms.Form):
    kind = forms.CharField()
    region = RegionField(by="kind", levels={"forum": (Level.PROVINCE, Level.REGENCY)})


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("forum", {"region_text": "Musi Banyuasin"}, MUSI_BANYUASIN),
        ("forum", {"region_text": "Sumatera Selatan"}, SUMATERA_SELATAN),
        ("forum", steps(SUMATERA_SELATAN, MUSI_BANYUASIN), MUSI_BANYUASIN),
        ("forum", steps(SUMATERA_SELATAN), SUMATERA_SELATAN),
        ("forum", {"region": MUSI_BANYUASIN}, MUSI_BANYUASIN),
        ("forum", {"region": TOMAN}, None),
        ("forum", {"region": BABAT_TOMAN}, None),
        ("kim", {"region": TOMAN}, TOMAN),
        ("kim", {"region_text": "Toman, Babat Toman"}, TOMAN),
        ("kim", {"region": MUSI_BANYUASIN}, None),
        ("kim", steps(SUMATERA_SELATAN, MUSI_BANYUASIN), None),
        ("unheard-of", {"region": TOMAN}, TOMAN),
    ],
)
def test_which_levels_are_taken_follows_another_field(kind, data, code):
    region, errors = clean({"kind": kind, **data}, Federation)
    assert (region.code if region else None) == code
    assert bool(errors) == (code is None)


def test_a_form_that_is_not_bound_says_the_value_itself():
    form = Federation(initial={"kind": "forum"})
    form.fields["region"].follow("forum")
    assert (form.fields["region"].scope.shallowest, form.fields["region"].scope.level) == (1, 2)
    assert Federation().fields["region"].scope.level == Level.VILLAGE


def test_the_picker_tells_the_script_which_levels_follow_which_value():
    page = str(Federation()["region"])
    assert 'data-by="kind"' in page
    assert "{&quot;&quot;: [4, 4], &quot;forum&quot;: [1, 2]}" in page
    assert page.count("<select") == 4
    form = Federation()
    form.fields["region"].follow("forum")
    assert str(form["region"]).count("<select") == 4
