"""Mails in words. What is the same for all readers of one thing is written once; the rest is filled in.

A stencil is a letter with marks in it: for the greeting, and for the link that ends such mails. Ten thousand
followers of one article have one stencil a language, and rendering costs once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from notifications import wording
from notifications.letter_style import STYLE
from notifications.links import address_of, path_of

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Activity

LONGEST_SUBJECT = 150
# Characters for private use. Who writes one into a title finds each reader greeted there: no more than that.
GREETING, STOP_URL, SETTINGS_URL = "\ue000", "\ue001", "\ue002"
# Their twins in HTML, where what is filled in has its own escapes.
HTML_MARKS = {GREETING: "\ue003", STOP_URL: "\ue004", SETTINGS_URL: "\ue005"}
MARKS = (GREETING, STOP_URL, *HTML_MARKS.values())


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str
    html: str


def letter(activity: Activity, reader: User, *, stop_url: str = "") -> Letter:
    """The mail about one thing, in the reader's own language."""
    return filled(stencil(activity, reader), marks_of(reader, stop_url))


def stencil(activity: Activity, reader: User) -> Letter:
    """The same with marks, for every reader with the same key()."""
    with translation.override(language_of(reader)):
        line = wording.line(activity, reader)
        context = {
            "line": line,
            "paragraphs": wording.paragraphs(activity, reader),
            "over_reason": wording.over_reason(activity),
            "reason": activity.reason,
            "url": address_of(path_of(activity, reader)),
        }
        return rendered("letter", line, reader, context)


def key(activity: Activity, reader: User) -> tuple[Any, ...]:
    """What the words of a letter depend on, beside the marks."""
    is_author = getattr(activity.target, "created_by_id", None) == reader.pk
    return activity.pk, language_of(reader), is_author


def rendered(name: str, subject: str, reader: User, context: dict[str, Any]) -> Letter:
    """Both parts of a mail by the templates of that name, in the language of now."""
    context |= {"subject": subject, "language": translation.get_language(), "css": STYLE}
    plain = {"greeting": GREETING, "stop_url": STOP_URL, "settings_url": SETTINGS_URL}
    marked = {name: HTML_MARKS[mark] for name, mark in plain.items()}
    text = wording.render_plain(f"notifications/{name}.txt", context | plain)
    html = render_to_string(f"notifications/{name}.html", context | marked)
    return Letter(_shortened(subject), text, html)


def marks_of(reader: User, stop_url: str) -> dict[str, str]:
    """What stands for each mark in the mail to this reader."""
    with_name, without = _greetings(language_of(reader))
    greeting = with_name % {"name": reader.get_short_name()} if reader.name else without
    plain = {GREETING: greeting, STOP_URL: stop_url, SETTINGS_URL: _settings_url(reader)}
    return plain | {HTML_MARKS[mark]: str(escape(value)) for mark, value in plain.items()}


def filled(letter: Letter, marks: dict[str, str]) -> Letter:
    """The letter with what stands for the marks."""
    text, html = letter.text, letter.html
    for mark, value in marks.items():
        text, html = text.replace(mark, value), html.replace(mark, value)
    return replace(letter, text=text, html=html)


@cache
def _greetings(language: str) -> tuple[str, str]:
    with translation.override(language):
        return _("Hello %(name)s,"), _("Hello,")


def _settings_url(reader: User) -> str:
    """Where the reader chooses what comes; who has no account does so by a link of their own."""
    if reader.is_staged:
        from notifications import manage_link

        return manage_link.address_for(reader)
    return f"{settings.PORTAL_URL}{_settings_path()}"


@cache
def _settings_path() -> str:
    return reverse("notifications:settings")


def language_of(reader: User) -> str:
    """In which language the reader wants mails."""
    return reader.language or settings.LANGUAGE_CODE


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1].rstrip() + "…"
