"""The reader of pages sees what it must see."""

import pytest
from django.http import HttpResponse

from tests.bad_input.pages import Page


@pytest.mark.parametrize(
    "html",
    [
        "<script>a()</script>",
        "<script src='https://jahat.example/a.js'></script>",
        "<img src=x onerror=a()>",
        "<a href=' JavaScript:a()'>x</a>",
        "<iframe></iframe>",
        "<form action='data:text/html,x'>",
    ],
)
def test_what_would_run_is_seen(html: str):
    assert len(Page(HttpResponse(html)).dangers) == 1


def test_what_is_text_is_not():
    page = Page(
        HttpResponse("&lt;script&gt;a()&lt;/script&gt;<script type=module src=/static/js/once.js></script>")
    )
    assert (page.dangers, page.text) == ([], "<script>a()</script>")


def test_fields_and_errors_are_read():
    page = Page(
        HttpResponse(
            '<input name="a" value="1&quot;" aria-invalid="true"><textarea name="b">\n2</textarea>'
            '<select name="c"><option value="x"><option value="y" selected></select>'
            '<ul id="id_a_error"><li>Salah</li></ul>'
        )
    )
    assert page.fields == {"a": '1"', "b": "2", "c": "y"}
    assert (page.wrong, page.errors) == ({"a"}, {"a": "Salah"})
