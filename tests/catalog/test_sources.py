import pytest

from kimportal.catalog.sources import find_messages


@pytest.fixture
def project(tmp_path):
    """A small project: one app, its templates, and what must be left alone."""

    def write(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return tmp_path

    write("berita/__init__.py", "")
    return write


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("News")', (None, "News", "")),
        ('gettext_lazy("News")', (None, "News", "")),
        ('_("Two " "parts")', (None, "Two parts", "")),
        ('ngettext("%(n)d day", "%(n)d days", n)', (None, "%(n)d day", "%(n)d days")),
        ('pgettext_lazy("verb", "Follow")', ("verb", "Follow", "")),
        ('npgettext("place", "One", "Many", n)', ("place", "One", "Many")),
    ],
)
def test_calls_of_gettext_are_found_in_modules(project, code, found):
    messages = find_messages(project("berita/models.py", f"class A:\n    label = {code}\n"))
    assert [(m.context, m.msgid, m.plural) for m in messages.values()] == [found]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('{% translate "News" %}', (None, "News", "")),
        ("{% trans 'News' as title %}", (None, "News", "")),
        ('{% translate "Follow" context "verb" %}', ("verb", "Follow", "")),
        ('{% translate "100 %" %}', (None, "100 %%", "")),
        ("{% blocktranslate trimmed %}\n  Written\n  by {{ name }}\n{% endblocktranslate %}",
         (None, "Written by %(name)s", "")),
        ("{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
         (None, "%(n)s day", "%(n)s days")),
        ('{% include "x.html" with label=_("Send") only %}', (None, "Send", "")),
        ('{{ name|default:_("Nobody") }}', (None, "Nobody", "")),
        ('{{ _("News") }}', (None, "News", "")),
    ],
)  # fmt: skip
def test_tags_and_filters_are_found_in_templates(project, code, found):
    text = f"{{% load i18n %}}<p>It's\n      deep\n   </p>\n  {code}\n<b>end</b>"
    messages = find_messages(project("templates/berita/detail.html", text))
    assert [(m.context, m.msgid, m.plural) for m in messages.values()] == [found]


def test_a_string_knows_its_files_and_the_word_to_translators(project):
    project("templates/a.txt", '{# Translators: a button #}\n{% translate "Send" %}')
    root = project("berita/forms.py", '# Translators: a title\n_("Send")\n_("")')
    (message,) = find_messages(root).values()
    assert message.paths == {"berita/forms.py", "templates/a.txt"}
    assert message.comments == {"Translators: a button", "Translators: a title"}


def test_tests_migrations_and_what_is_no_app_are_left_alone(project):
    for path in ("tests/__init__.py", "berita/migrations/0001_x.py", "scripts/x.py", "templates/x.svg"):
        root = project(path, '_("Not this")')
    assert find_messages(root) == {}
