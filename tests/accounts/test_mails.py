"""Every mail of the account can be written, in both languages."""

from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
MAILS = sorted(
    str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
    for app in ("account", "mfa")
    for path in (TEMPLATES / app / "email").glob("*_subject.txt")
)
CONTEXT = {
    "activate_url": "https://portal.example.id/a",
    "password_reset_url": "https://portal.example.id/p",
    "signup_url": "https://portal.example.id/s",
    "from_email": "lama@contoh.example",
    "to_email": "baru@contoh.example",
    "deleted_email": "lama@contoh.example",
    "ip": "203.0.113.9",
    "timestamp": timezone.now(),
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("mail", MAILS)
def test_each_mail_has_a_subject_a_greeting_and_the_portals_address(mail, language, rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    with translation.override(language), request_context(request):
        message = get_adapter().render_mail(mail, "siti@contoh.example", CONTEXT)
    assert message.subject
    assert "\n" not in message.subject
    assert "{" not in message.body
    assert message.body.count("Portal KIM") >= 1
    assert message.body.rstrip().endswith(settings.PORTAL_URL)


def test_there_are_fifteen_mails():
    assert len(MAILS) == 15
