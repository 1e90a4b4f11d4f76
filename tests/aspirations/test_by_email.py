"""Writing without an account: confirmed by e-mail, followed by a link, told at each step."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, User
from accounts.staged import owner_of
from activity.models import Activity
from aspirations import actions
from aspirations.by_email import by_email
from aspirations.models import Aspiration, Request
from mailing import sending, unconfirmed
from notifications import fanout, requests
from notifications.links import path_of
from notifications.models import Notification
from tests.factories import TOMAN, make_aspiration, make_officer, make_user

pytestmark = pytest.mark.django_db
WRITE = reverse("aspirations:write")
SITI = "siti@contoh.example"


@pytest.fixture(autouse=True)
def _real_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def typed(**fields) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "region": TOMAN,
        "title": "Perbaiki jembatan dusun dua",
        "text": "Jembatan dusun dua rusak sejak bulan lalu dan anak sekolah memutar jauh.",
        "is_public": "0",
        "email": SITI,
        "agrees": "on",
        **fields,
    }


def link_in_mail() -> str:
    sending.send_due()
    found = re.search(r"/aspirasi/konfirmasi/\S+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def test_it_is_sent_once_the_address_is_confirmed(client):
    assert client.post(WRITE, typed(email="SITI@contoh.example")).status_code == 200
    assert (Aspiration.objects.count(), Request.objects.get().email) == (0, SITI)
    link = link_in_mail()
    assert mail.outbox[-1].to == [SITI]
    assert (client.get(link).status_code, Aspiration.objects.count()) == (200, 0)
    answer = client.post(link)
    sent = Aspiration.objects.get()
    assert (sent.sent_by.email, sent.sent_by.is_staged, sent.is_public) == (SITI, True, False)
    assert set(sent.sent_by.consents.values_list("document", flat=True)) == set(Consent.Document.values)
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(sent.get_absolute_url()).status_code == 404
    assert (client.post(link).status_code, Aspiration.objects.count()) == (302, 1)


def test_an_address_with_an_account_sends_by_that_account(client):
    siti = make_user("Siti", email=SITI)
    client.post(WRITE, typed())
    answer = client.post(link_in_mail())
    sent = Aspiration.objects.get()
    assert sent.sent_by == siti
    led = client.get(answer["Location"])["Location"]
    assert led == f"{reverse('account_login')}?next={sent.get_absolute_url()}"


def test_a_closed_account_sends_nothing(client):
    make_user("Siti", email=SITI, is_active=False)
    client.post(WRITE, typed())
    assert (client.post(link_in_mail()).status_code, Aspiration.objects.count()) == (410, 0)


def test_nobody_hears_whether_an_address_is_known(client):
    make_user("Siti", email=SITI)
    pages = [
        re.sub(
            r'siti@contoh|lain@contoh|value="\w{64}"',
            "",
            client.post(WRITE, typed(email=email)).content.decode(),
        )
        for email in (SITI, "lain@contoh.example")
    ]
    assert pages[0] == pages[1]


def test_beyond_the_limit_of_an_address_the_page_says_the_same(client):
    codes = {client.post(WRITE, typed()).status_code for _ in range(unconfirmed.MOST_OF_ADDRESS + 2)}
    assert (codes, Request.objects.count()) == ({200}, unconfirmed.MOST_OF_ADDRESS)


def test_a_network_that_floods_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(unconfirmed, "MOST_OF_NETWORK", 2)
    at = {"REMOTE_ADDR": "203.0.113.77"}
    codes = [client.post(WRITE, typed(email=f"a{n}@contoh.example"), **at).status_code for n in range(3)]
    assert codes == [200, 200, 429]


def test_of_two_clicks_one_waits(client):
    given = typed()
    assert [client.post(WRITE, given).status_code for _click in range(2)] == [200, 200]
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"), [({"email": "x"}, "email"), ({"email": ""}, "email"), ({"agrees": ""}, "agrees")]
)
def test_without_an_address_or_consent_nothing_waits(client, wrong, field):
    answer = client.post(WRITE, typed(**wrong))
    assert (answer.status_code, Request.objects.count()) == (422, 0)
    assert field in answer.context["form"].errors


def test_who_has_written_much_today_is_told_why_and_the_link_goes_on_working(client, monkeypatch):
    client.post(WRITE, typed())
    link = link_in_mail()
    monkeypatch.setattr(actions, "MOST_A_DAY", 0)
    answer = client.post(link)
    assert (answer.status_code, bool(answer.context["refusal"])) == (422, True)
    assert str(answer.context["refusal"]) in answer.content.decode()
    monkeypatch.setattr(actions, "MOST_A_DAY", 1)
    assert (client.post(link).status_code, Aspiration.objects.count()) == (302, 1)


def test_what_nobody_confirms_in_time_is_forgotten(client):
    client.post(WRITE, typed())
    link = link_in_mail()
    Request.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert client.get(link).status_code == 410
    assert (by_email.forget_old(), Request.objects.count()) == (1, 0)


@pytest.mark.parametrize("name", ["confirm", "own"])
def test_a_link_that_is_not_ours_leads_nowhere(client, name: str):
    for token in ("x", "1:1abc:xyz", by_email.own_token(make_aspiration()) + "x"):
        assert client.get(reverse(f"aspirations:{name}", args=[token])).status_code in (404, 410)


def test_its_author_answers_the_office_by_their_link(client):
    author = owner_of(SITI, language="id")
    aspiration = make_aspiration("answered", author=author, is_public=False)
    link = reverse("aspirations:own", args=[by_email.own_token(aspiration)])
    assert client.post(link, {"step": "reopen", "words": "Masih rusak."}).status_code == 302
    aspiration.refresh_from_db()
    assert (aspiration.status, aspiration.reopened_by) == ("working", author)
    client.post(link, {"step": "answer", "words": "Saya kantor."})
    aspiration.refresh_from_db()
    assert aspiration.status == "working"


def test_who_has_signed_up_since_comes_by_their_account(client):
    author = owner_of(SITI, language="id")
    aspiration = make_aspiration("working", author=author)
    User.objects.filter(pk=author.pk).update(is_staged=False)
    answer = client.get(reverse("aspirations:own", args=[by_email.own_token(aspiration)]))
    assert answer["Location"] == aspiration.get_absolute_url()


def test_mails_lead_each_to_where_they_can_read_it():
    author, officer = owner_of(SITI, language="id"), make_officer()
    aspiration = make_aspiration(author=author, is_public=False)
    actions.take_step(aspiration, "receive", by=officer)
    recorded = Activity.objects.get()
    own = path_of(recorded, author)
    assert by_email.of_own_token(own.split("/")[-2]) == aspiration.pk
    assert path_of(recorded, officer) == aspiration.get_absolute_url()


def test_an_author_without_an_account_who_goes_leaves_what_is_public():
    author = owner_of(SITI, language="id")
    aspiration = make_aspiration("working", author=author)
    requests.forget(author)
    aspiration.refresh_from_db()
    assert (aspiration.sent_by.is_active, aspiration.sent_by.email.startswith("deleted-")) == (False, True)


def test_each_step_is_told_to_the_author_and_the_answer_to_supporters():
    author, officer, supporter = owner_of(SITI, language="id"), make_officer(), make_user()
    aspiration = make_aspiration(author=author)
    actions.take_step(aspiration, "receive", by=officer)
    actions.support(aspiration, by=supporter)
    actions.take_step(aspiration, "work", by=officer, words="Kami survei.")
    actions.take_step(aspiration, "answer", by=officer, words="Selesai.")
    for activity in Activity.objects.order_by("pk"):
        fanout.fan_out(activity.pk)
    told = Notification.objects.order_by("pk").values_list(
        "activity__verb", "recipient", "activity__story__kind"
    )
    assert set(told) == {
        ("aspiration.receive", author.pk, "aspiration"),
        ("aspiration.work", author.pk, "aspiration"),
        ("aspiration.answer", author.pk, "aspiration"),
        ("aspiration.answer", supporter.pk, "aspiration"),
    }


def test_a_new_one_stands_on_the_desk_until_it_is_received():
    officer, head_above = make_officer(), make_officer("16")
    sent = actions.send(Aspiration(region_id=TOMAN, title="Jembatan", text="Rusak."), by=make_user())
    fanout.fan_out(Activity.objects.get().pk)
    notice = Notification.objects.get()
    assert (notice.recipient, notice.activity.story.thread) == (officer, "desk")
    actions.take_step(sent, "receive", by=officer)
    fanout.fan_out(Activity.objects.last().pk)
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert not Notification.objects.filter(recipient=head_above).exists()


@pytest.mark.parametrize("name", ["work", "forward", "answer"])
def test_a_reopened_one_stands_on_the_desk_until_the_office_has_done_something(name: str):
    officer, author = make_officer(), make_user()
    aspiration = make_aspiration("answered", author=author)
    actions.take_step(aspiration, "reopen", by=author, words="Belum selesai.")
    fanout.fan_out_waiting()
    assert Notification.objects.unread().filter(recipient=officer).count() == 1
    actions.take_step(aspiration, name, by=officer, words="Kami ke sana.", forwarded_to="Dinas PUPR")
    fanout.fan_out_waiting()
    assert Notification.objects.unread().filter(recipient=officer).count() == 0


def test_what_nobody_contradicts_is_closed_after_two_weeks():
    long_ago = timezone.now() - timedelta(days=15)
    old = make_aspiration("answered", answered_at=long_ago)
    new = make_aspiration("answered")
    assert (actions.close_lapsed(), actions.close_lapsed()) == (1, 0)
    for aspiration in (old, new):
        aspiration.refresh_from_db()
    assert (old.status, old.closed_by, new.status) == ("closed", None, "answered")
    assert Activity.objects.get().actor is None
