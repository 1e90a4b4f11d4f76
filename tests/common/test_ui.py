from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from common.templatetags import ui


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def fill(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(RequestContext(request, context))


class Draft(forms.Form):
    title = forms.CharField(help_text="Short.", max_length=9)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    agreed = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        ("approved", "article", "Published"),
        ("approved", "event", "Published"),
        ("approved", "community", "Verified"),
        ("suspended", "article", "Withdrawn"),
        ("suspended", "community", "Suspended"),
        ("returned", "community", "Needs repair"),
    ],
)
def test_the_words_of_a_status_differ_by_kind(status: str, kind: str, words: str) -> None:
    assert str(ui.status_label(status, kind)) == words


def test_every_status_has_words_and_a_tone() -> None:
    from moderation.states import Status

    assert set(ui.WORDS) == set(ui.TONES) == set(Status.values)


def test_a_pill_says_its_status_and_needs_no_kind() -> None:
    pill = render_to_string("components/pill.html", {"status": "returned"})
    assert 'class="pill pill--wait"' in pill
    assert "Needs repair" in pill


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(hours=-3, minutes=-1), "overdue by 3 hours", "late"),
        (timedelta(minutes=40, seconds=30), "40 minutes left", "soon"),
        (timedelta(hours=5, minutes=1), "5 hours left", "soon"),
        (timedelta(hours=33, minutes=1), "33 hours left", ""),
        (timedelta(days=3, minutes=1), "3 days left", ""),
    ],
)
def test_a_deadline_has_a_number_and_a_tone(left: timedelta, words: str, tone: str) -> None:
    assert ui.due(timezone.now() + left) == {"tone": tone, "words": words}


def test_what_has_no_deadline_shows_none() -> None:
    assert ui.due(None) == {}
    assert render_to_string("components/due.html", {}).strip() == ""


def test_the_calendar_leaf_shows_the_day_of_the_region() -> None:
    east = SimpleNamespace(zone=ZoneInfo("Asia/Jayapura"))
    leaf = ui.day_and_month(datetime(2026, 11, 30, 16, 30, tzinfo=UTC), east)
    assert (leaf["day"], leaf["month"]) == ("01", "Dec")


def test_the_address_of_another_page_keeps_the_rest_of_the_query() -> None:
    assert fill("{% page_url 2 %}", "/berita/?q=padi+sawah&page=5") == "?q=padi+sawah&amp;page=2"


def test_a_component_knows_the_query_and_the_token_even_with_only() -> None:
    page = Paginator(range(30), 10).page(1)
    source = '{% include "components/pagination.html" with page_obj=page only %}'
    assert "?q=a&amp;page=2" in fill(source, "/?q=a", page=page)
    posted = fill('{% include "components/post.html" with action="/x/" label="Follow" only %}')
    assert 'name="csrfmiddlewaretoken"' in posted


def test_where_the_reader_is_comes_from_nav_else_from_the_url() -> None:
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(namespace="articles", view_name="articles:list")
    link = Template('{% load ui %}<a{% here "articles" %}>')
    assert link.render(RequestContext(request, {})) == '<a aria-current="page">'
    assert link.render(RequestContext(request, {"nav": "events"})) == "<a>"
    assert link.render(Context()) == "<a>"


def test_a_field_joins_label_help_and_errors() -> None:
    form = Draft({"title": "far too long"})
    field = render_to_string("components/field.html", {"field": form["title"]})
    assert '<label for="id_title">' in field
    assert 'aria-describedby="id_title_helptext id_title_error"' in field
    assert 'id="id_title_helptext"' in field
    assert 'id="id_title_error"' in field
    assert 'aria-invalid="true"' in field


def test_what_is_required_and_what_not_stands_in_words() -> None:
    form = Draft()
    shown = {name: render_to_string("components/field.html", {"field": form[name]}) for name in form.fields}
    assert "required</span>" in shown["title"]
    assert "optional</span>" in shown["kind"]
    assert "required</span>" in shown["agreed"]


def test_choices_are_a_fieldset_with_a_legend() -> None:
    field = render_to_string("components/field.html", {"field": Draft()["kind"]})
    assert "<fieldset" in field
    assert "<legend>Kind" in field


def test_a_hidden_field_is_only_its_control() -> None:
    field = render_to_string("components/field.html", {"field": Draft()["secret"]})
    assert "label" not in field
    assert 'type="hidden"' in field


def test_the_summary_links_to_each_field_in_error() -> None:
    summary = render_to_string("components/form_errors.html", {"form": Draft({})})
    assert 'role="alert"' in summary
    assert 'href="#id_title"' in summary
    assert 'href="#id_agreed"' in summary
    assert render_to_string("components/form_errors.html", {"form": Draft()}).strip() == ""


def test_a_form_by_itself_renders_with_the_same_fields() -> None:
    form = Draft({})
    for shown in (str(form), form.as_p()):
        assert shown.count("field--wrong") == 2
        assert 'role="alert"' in shown


def test_what_a_writer_typed_is_escaped_in_every_component() -> None:
    bad = "<script>alert(1)</script>"
    thing = SimpleNamespace(title=bad, get_absolute_url="#", community=SimpleNamespace(name=bad, slug=bad))
    card = fill('{% include "components/card.html" with item=thing only %}', thing=thing)
    alert = fill('{% include "components/alert.html" with text=bad kind="error" only %}', bad=bad)
    assert "<script>" not in card + alert
