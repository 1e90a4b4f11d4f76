"""Mail of development: a file for each, and a line on the terminal."""

import email
import email.policy

from django.core.mail import EmailMessage

from kimportal.stack.mail import EmailBackend

LINK = "http://127.0.0.1:8000/akun/confirm-email/MQ:1w-x/"


def mail(**fields) -> EmailMessage:
    return EmailMessage(
        **{
            "subject": "Konfirmasi",
            "body": f"Buka ({LINK}).\nLain: http://b",
            "to": ["rina@kim.example"],
            **fields,
        }
    )


def test_each_mail_is_a_file_named_by_time_and_recipient(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert EmailBackend().send_messages([mail(), mail(to=["../budi@kim.example"])]) == 2
    first, second = sorted(settings.EMAIL_FILE_PATH.iterdir())
    assert first.name.endswith("-rina@kim.example.eml")
    assert second.name.endswith("-.._budi@kim.example.eml")
    read = email.message_from_bytes(first.read_bytes(), policy=email.policy.default)
    assert (read["To"], read["Subject"]) == ("rina@kim.example", "Konfirmasi")
    assert LINK in read.get_content()


def test_the_terminal_tells_recipient_subject_and_first_link(settings, tmp_path, capsys):
    settings.EMAIL_FILE_PATH = tmp_path
    EmailBackend().send_messages([mail()])
    assert capsys.readouterr().err == f"Mail to rina@kim.example: Konfirmasi {LINK}\n"


def test_a_mail_to_nobody_is_not_sent(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    assert EmailBackend().send_messages([mail(to=[])]) == 0
    assert list(tmp_path.iterdir()) == []
