"""The right of reply: sent with or without an account, decided by the office, standing at the article."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

import mailing.sending
import moderation.actions
from accounts.actions import erase
from accounts.models import Consent, User
from accounts.staged import owner_of
from articles.models import Article
from communities.models import Community
from mailing import unconfirmed
from moderation.errors import TransitionRefused
from moderation.models import Version
from moderation.states import Status
from notifications import fanout
from notifications.links import path_of
from notifications.models import Notification
from replies import actions
from replies.by_email import by_email
from replies.models import Reply, Request
from tests.factories import (
    LOMBOK_TENGAH,
    make_article,
    make_community,
    make_member,
    make_officer,
    make_reply,
    make_user,
)

pytestmark = pytest.mark.django_db
SITI = "siti@contoh.example"
TEXT = "Saya tidak pernah mengatakan itu; rapat memutuskan lain."


@pytest.fixture(autouse=True)
def _real_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.OFFICE_REQUIRES_MFA = False


def write_url(article: Article) -> str:
    return reverse("replies:write", args=[article.pk])


def typed(**fields) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "name": "Siti  Rahma",
        "relation": "Bendahara yang disebut",
        "passage": "Bendahara membawa uang kas.",
        "text": TEXT,
        "email": SITI,
        "agrees": "on",
        **fields,
    }


def link_in_mail() -> str:
    mailing.sending.send_due()
    found = re.search(r"/berita/hak-jawab/konfirmasi/\S+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def told(verb: str) -> set[int]:
    for activity in Notification._meta.get_field("activity").related_model.objects.waiting():
        fanout.fan_out(activity.pk)
    return set(Notification.objects.filter(activity__verb=verb).values_list("recipient", flat=True))


def test_it_reaches_the_office_once_the_address_is_confirmed(client):
    article, officer = make_article(), make_officer()
    assert client.post(write_url(article), typed(email="SITI@contoh.example")).status_code == 200
    assert (Reply.objects.count(), Request.objects.get().email) == (0, SITI)
    link = link_in_mail()
    assert mail.outbox[-1].to == [SITI]
    assert (client.get(link).status_code, Reply.objects.count()) == (200, 0)
    answer = client.post(link)
    sent = Reply.objects.get()
    assert (sent.status, sent.article, sent.region, sent.name) == (
        Status.SUBMITTED, article, article.region, "Siti Rahma",
    )  # fmt: skip
    assert (sent.created_by.email, sent.created_by.is_staged) == (SITI, True)
    assert set(sent.created_by.consents.values_list("document", flat=True)) == set(Consent.Document.values)
    assert client.get(answer["Location"]).status_code == 200
    assert told("reply.submit") == {officer.pk}
    assert timedelta(0) < sent.due_at - timezone.now() < timedelta(days=7)


def test_a_link_that_was_used_leads_to_what_was_sent(client):
    client.post(write_url(make_article()), typed())
    link = link_in_mail()
    first = client.post(link)["Location"]
    for again in (client.post(link), client.get(link)):
        assert again.status_code == 302
        assert by_email.of_own_token(again["Location"].split("/")[-2]) == Reply.objects.get().pk
    assert client.get(first).status_code == 200


def test_a_link_that_is_too_old_or_not_ours_sends_nothing(client):
    client.post(write_url(make_article()), typed())
    link = link_in_mail()
    Request.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert (client.get(link).status_code, client.post(link).status_code) == (410, 410)
    assert client.get(link[:-3] + "x/").status_code == 410
    assert (by_email.forget_old(), Request.objects.count(), Reply.objects.count()) == (1, 0, 0)


def test_an_address_with_an_account_sends_by_that_account(client):
    siti = make_user("Siti", email=SITI)
    client.post(write_url(make_article()), typed())
    answer = client.post(link_in_mail())
    sent = Reply.objects.get()
    page = reverse("replies:mine", args=[sent.pk])
    assert sent.created_by == siti
    assert client.get(answer["Location"])["Location"] == f"{reverse('account_login')}?next={page}"
    client.force_login(siti)
    assert client.get(page).status_code == 200


def test_nobody_hears_whether_an_address_is_known(client):
    make_user("Siti", email=SITI)
    article = make_article()
    pages = [
        re.sub(
            r'siti@contoh|lain@contoh|value="\w{64}"',
            "",
            client.post(write_url(article), typed(email=email)).content.decode(),
        )
        for email in (SITI, "lain@contoh.example")
    ]
    assert pages[0] == pages[1]


def test_floods_are_held_back_by_address_by_network_and_by_person(client, monkeypatch):
    article = make_article()
    codes = {
        client.post(write_url(article), typed()).status_code for _ in range(unconfirmed.MOST_OF_ADDRESS + 2)
    }
    assert (codes, Request.objects.count()) == ({200}, unconfirmed.MOST_OF_ADDRESS)
    monkeypatch.setattr(unconfirmed, "MOST_OF_NETWORK", 1)
    at = {"REMOTE_ADDR": "203.0.113.79"}
    assert [
        client.post(write_url(article), typed(email=f"a{n}@contoh.example"), **at).status_code
        for n in range(2)
    ] == [200, 429]
    person = make_user()
    for _ in range(actions.MOST_A_DAY):
        make_reply(Status.REJECTED, author=person)
    with pytest.raises(TransitionRefused):
        actions.send(a_reply(make_article()), by=person)


def a_reply(article: Article, **fields) -> Reply:
    return Reply(article=article, name="Siti", relation="Bendahara", text=TEXT, **fields)


def test_one_waits_at_a_time_from_a_person_to_an_article(client):
    article, person = make_article(), make_user()
    client.force_login(person)
    given = typed()
    assert [client.post(write_url(article), given).status_code for _click in range(2)] == [302, 302]
    assert Reply.objects.count() == 1
    assert client.post(write_url(article), typed()).status_code == 422
    assert client.post(write_url(make_article()), typed()).status_code == 302


def test_the_first_click_of_somebody_else_is_not_given_away():
    article, key = make_article(), uuid4()
    actions.send(a_reply(article, form_key=key), by=make_user())
    with pytest.raises(PermissionDenied):
        actions.send(a_reply(article, form_key=key), by=make_user())


def test_where_the_article_was_withdrawn_meanwhile_nothing_is_sent(client):
    article = make_article()
    client.post(write_url(article), typed())
    link = link_in_mail()
    moderation.actions.move(article, "suspend", by=make_officer(), reason="Salah.", cited="untrue")
    assert client.get(link).status_code == 200
    assert (client.post(link).status_code, Reply.objects.count(), Request.objects.count()) == (422, 0, 1)
    assert client.get(write_url(article)).status_code == 410
    assert not User.objects.filter(email=SITI).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"email": "x"}, "email"), ({"agrees": ""}, "agrees"), ({"name": " "}, "name"), ({"text": "x"}, "text")],
)
def test_what_is_missing_is_said(client, wrong, field):
    answer = client.post(write_url(make_article()), typed(**wrong))
    assert (answer.status_code, Request.objects.count()) == (422, 0)
    assert field in answer.context["form"].errors


def test_published_it_stands_at_the_article_and_both_sides_are_told(client):
    kim = make_community()
    writer = make_member(kim)
    article = make_article(community=kim, author=writer)
    sender = owner_of(SITI, language="id")
    reply = actions.send(a_reply(article), by=sender)
    assert reply.get_absolute_url() not in client.get(article.get_absolute_url()).content.decode()
    moderation.actions.move(reply, "approve", by=make_officer())
    page = client.get(article.get_absolute_url()).content.decode()
    assert reply.get_absolute_url() in page
    assert TEXT in client.get(reply.get_absolute_url()).content.decode()
    assert told("reply.approve") == {sender.pk, writer.pk, kim.created_by_id}
    activity = Notification.objects.get(recipient=sender).activity
    assert path_of(activity, sender).startswith("/berita/hak-jawab/milik/")
    assert path_of(activity, writer) == reply.get_absolute_url()


def test_the_sender_repairs_what_came_back_by_the_link_of_the_mail(client):
    reply = make_reply(Status.RETURNED, author=owner_of(SITI, language="id"))
    link = reverse("replies:own", args=[by_email.own_token(reply)])
    assert client.post(link, {**typed(), "text": ""}).status_code == 422
    assert client.post(link, typed()).status_code == 302
    reply.refresh_from_db()
    assert (reply.status, reply.text) == (Status.SUBMITTED, TEXT)
    assert client.post(link, {"do": "withdraw"}).status_code == 302
    assert client.post(link, {"do": "withdraw"}).status_code == 302
    reply.refresh_from_db()
    assert reply.status == Status.DRAFT
    assert client.post(link, typed(text=TEXT + " Lagi.")).status_code == 302
    reply.refresh_from_db()
    assert (reply.status, reply.text) == (Status.SUBMITTED, TEXT + " Lagi.")
    assert client.post(link, typed(text="Kata lain lagi, terlambat.")).status_code == 422


def test_what_was_decided_is_not_changed_by_its_sender(client):
    reply = make_reply(author=owner_of(SITI, language="id"))
    link = reverse("replies:own", args=[by_email.own_token(reply)])
    assert client.get(link).context["form"] is None
    assert client.post(link, typed(text="Kata lain yang cukup panjang.")).status_code == 422
    client.post(link, {"do": "withdraw"})
    reply.refresh_from_db()
    assert (reply.status, reply.text) == (Status.APPROVED, "Saya hadir pada hari itu.")


def test_a_repaired_one_does_not_pass_by_one_that_waits():
    person, article = make_user(), make_article()
    taken_back = make_reply(Status.DRAFT, article=article, author=person)
    make_reply(Status.SUBMITTED, article=article, author=person)
    with pytest.raises(TransitionRefused):
        actions.send_again(taken_back, dict.fromkeys(actions.WORDS, "Kata yang lain"), by=person)


def test_with_the_article_the_reply_goes_and_comes_back(client):
    reply, officer = make_reply(), make_officer()
    article = moderation.actions.move(reply.article, "suspend", by=officer, reason="Salah.", cited="untrue")
    answer = client.get(reply.get_absolute_url())
    assert (answer.status_code, article.title in answer.content.decode()) == (410, True)
    assert list(Reply.objects.public()) == []
    client.force_login(reply.created_by)
    assert client.get(reply.get_absolute_url()).status_code == 200
    moderation.actions.move(article, "restore", by=officer)
    client.logout()
    assert client.get(reply.get_absolute_url()).status_code == 200


def test_where_the_article_was_changed_since_the_reply_says_so(client):
    reply = make_reply()
    changes = reverse("articles:changes", args=[reply.article.pk, reply.article.slug])
    assert changes not in client.get(reply.get_absolute_url()).content.decode()
    Article.objects.update(amended_at=timezone.now())
    assert changes in client.get(reply.get_absolute_url()).content.decode()


def test_a_reply_of_a_suspended_community_is_not_public(client):
    reply = make_reply()
    Community.objects.update(status=Status.SUSPENDED, decided_at=timezone.now(), decided_by=reply.created_by)
    assert client.get(reply.get_absolute_url()).status_code == 410


def test_a_withdrawn_reply_says_so_and_stands_in_the_log(client):
    reply = make_reply()
    moderation.actions.move(reply, "suspend", by=make_officer(), reason="Menuduh.", cited="slander")
    assert client.get(reply.get_absolute_url()).status_code == 410
    page = client.get(reverse("complaints:log")).content.decode()
    assert "Menuduh." in page
    assert reply.get_absolute_url() in page


def test_refusing_needs_words_but_no_rule():
    reply = make_reply(Status.SUBMITTED)
    officer = make_officer()
    with pytest.raises(TransitionRefused):
        moderation.actions.move(reply, "reject", by=officer)
    refused = moderation.actions.move(reply, "reject", by=officer, reason="Anda tidak disebut di berita itu.")
    assert (refused.status, refused.decision_rule) == (Status.REJECTED, "")


def test_who_wrote_the_article_does_not_decide_what_answers_it():
    officer, other = make_officer(), make_officer(name="Amrul")
    kim = make_community()
    make_member(kim, user=officer)
    reply = make_reply(Status.SUBMITTED, article=make_article(community=kim, author=officer))
    with pytest.raises(PermissionDenied):
        moderation.actions.move(reply, "approve", by=officer)
    assert moderation.actions.available_moves(reply, officer) == []
    assert moderation.actions.move(reply, "approve", by=other).status == Status.APPROVED


def test_another_region_neither_sees_nor_decides_it(client):
    reply = make_reply(Status.SUBMITTED)
    make_officer()
    stranger = make_officer(LOMBOK_TENGAH)
    client.force_login(stranger)
    assert client.get(reverse("office:item", args=["reply", reply.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        moderation.actions.move(reply, "approve", by=stranger)


def test_the_officer_reads_it_beside_the_article(client):
    reply = make_reply(Status.SUBMITTED)
    client.force_login(make_officer())
    page = client.get(reverse("office:item", args=["reply", reply.pk])).content.decode()
    assert reply.text in page
    assert reply.article.lead in page
    assert reply.article.title in client.get(reverse("office:desk")).content.decode()


def test_the_list_is_by_region_and_says_what_to_do_where_there_is_none(client):
    reply = make_reply()
    url = reverse("replies:list")
    assert reply.get_absolute_url() in client.get(url).content.decode()
    assert list(client.get(f"{url}?wilayah={LOMBOK_TENGAH}").context["page_obj"]) == []
    assert client.get(f"{url}?wilayah=x").status_code == 200


def test_erasing_takes_the_name_of_what_is_public_and_the_words_of_what_is_not():
    person = make_user("Siti", email=SITI)
    published = make_reply(author=person)
    waiting = actions.send(a_reply(make_article()), by=person)
    Request.objects.create(article=published.article, email=SITI, name="Siti", relation="x", text=TEXT)
    erase(person)
    published.refresh_from_db()
    waiting.refresh_from_db()
    assert (published.name, published.relation, published.status) == ("", "", Status.APPROVED)
    assert published.text == "Saya hadir pada hari itu."
    assert (waiting.name, waiting.status, TEXT in waiting.text) == ("", Status.DRAFT, False)
    assert (Request.objects.count(), Version.objects.count()) == (0, 0)


def test_a_person_takes_their_replies_along(client):
    person = make_user()
    make_reply(author=person)
    client.force_login(person)
    data = client.get(reverse("accounts:export")).json()
    assert [each["name"] for each in data["replies"]] == ["Ahmad Fauzi"]


def test_what_was_typed_stays_text(client):
    reply = make_reply(text="<script>alert(1)</script> bukan saya", name="<b>Ali</b>", passage="<i>x</i>")
    for url in (reply.get_absolute_url(), reply.article.get_absolute_url(), reverse("replies:list")):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<b>Ali" not in page


def test_who_mends_a_mistyped_address_gets_a_mail_and_the_first_link_is_dead(client):
    url = write_url(make_article())
    wrong = typed(email="sitti@contoh.example")
    client.post(url, wrong)
    client.post(url, wrong)
    first = link_in_mail()
    client.post(url, {**wrong, "email": SITI})
    assert dict(Request.objects.values_list("email", "is_replaced")) == {
        "sitti@contoh.example": True,
        SITI: False,
    }
    link = link_in_mail()
    assert mail.outbox[-1].to == [SITI]
    assert (client.get(first).status_code, client.post(first).status_code) == (410, 410)
    assert (client.post(link).status_code, Reply.objects.get().created_by.email) == (302, SITI)
    assert (client.get(first).status_code, client.get(link).status_code) == (410, 302)


def test_the_form_sent_again_after_the_confirmation_is_the_same_reply(client):
    url, words = write_url(make_article()), typed()
    client.post(url, words)
    client.post(link_in_mail())
    client.post(url, words)
    assert (client.post(link_in_mail()).status_code, Reply.objects.count()) == (302, 1)
