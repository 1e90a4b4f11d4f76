import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from common.language import LanguageMiddleware


@pytest.fixture(autouse=True)
def _language_afterwards():
    with translation.override("id"):
        yield


def answer(cookie=None, header="en-US,en;q=0.9"):
    request = RequestFactory().get("/", headers={"accept-language": header})
    if cookie is not None:
        request.COOKIES["django_language"] = cookie
    return LanguageMiddleware(lambda _request: HttpResponse(translation.get_language()))(request)


def test_a_phone_set_to_english_still_gets_indonesian():
    response = answer()
    assert response.content == b"id"
    assert (response["Content-Language"], response["Vary"]) == ("id", "Cookie")


def test_who_chose_english_gets_english():
    response = answer(cookie="en", header="id")
    assert (response.content, response["Content-Language"]) == (b"en", "en")


@pytest.mark.parametrize("cookie", ["", "fr", "../../etc", "x" * 5000])
def test_a_language_that_we_do_not_speak_is_indonesian(cookie):
    assert answer(cookie=cookie).content == b"id"
