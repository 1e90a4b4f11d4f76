"""What mails look like: headers that mail programs act on, both parts, digests by community."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

import activity.actions
from accounts.models import User
from accounts.staged import owner_of
from articles.models import Article
from moderation.states import Status
from notifications import bounces, claims, delivery, digests, fanout
from notifications.channels.mail import Composer
from notifications.links import address_of
from notifications.models import Delivery, Rhythm, Subscription
from tests.factories import make_article, make_aspiration, make_community, make_officer, make_user
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db


def follow(article: Article, rhythm: Rhythm = Rhythm.AT_ONCE, user: User | None = None) -> User:
    user = user or make_user("Siti Aminah", language="en")
    Subscription.objects.create(user=user, community=article.community, rhythm=rhythm)
    return user


def tell(*articles: Article) -> None:
    for article in articles:
        fanout.fan_out(publish(article).pk)
    Delivery.objects.update(due_at=timezone.now())


def mail_to(user: User) -> EmailMultiAlternatives:
    [bundle] = [one for one in claims.due("email", 100) if one.person == user]
    return Composer().compose(bundle.person, bundle.deliveries)


def test_a_mail_carries_what_mail_programs_act_on(settings):
    settings.PORTAL_URL = "https://kim.contoh.example"
    settings.REPLY_TO_EMAIL, settings.BOUNCE_EMAIL = "tanya@kim.example", "pantul@kim.example"
    settings.UNSUBSCRIBE_EMAIL = "berhenti@kim.example"
    article = make_article()
    reader = follow(article)
    tell(article)
    mail = mail_to(reader)
    page, by_mail = mail.extra_headers["List-Unsubscribe"].split(", ")
    assert page.startswith("<https://kim.contoh.example/pemberitahuan/surel/berhenti/")
    assert by_mail.startswith("<mailto:berhenti@kim.example?subject=")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail.reply_to == ["tanya@kim.example"]
    assert bounces.person_of(mail.from_email) == reader
    assert page[1:-1] in mail.body


def test_the_bytes_that_are_filled_in_are_the_mail_that_is_composed(settings):
    settings.BOUNCE_EMAIL = "pantul@kim.example"
    article = make_article(title="Air <naik> & surut", lead="Kalimat “pertama”.")
    readers = [follow(article), follow(article, user=make_user("Ñandu <b>"))]
    tell(article)
    composer = Composer()
    for bundle in claims.due("email", 100):
        if bundle.person in readers:
            composed = _read(composer.compose(bundle.person, bundle.deliveries).message().as_bytes())
            filled = _read(composer.content(bundle.person, bundle.deliveries))
            for name in ("From", "To", "Reply-To", "Subject", "Message-ID", "List-Unsubscribe"):
                assert str(filled[name]).strip() == str(composed[name]).strip()
            for kind in ("plain", "html"):
                parts = [mail.get_body((kind,)).get_content().splitlines() for mail in (filled, composed)]
                assert parts[0] == parts[1]


def _read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def test_a_digest_groups_by_community_with_titles_leads_and_links(settings):
    settings.PORTAL_URL = "https://kim.contoh.example"
    gambo, toman = make_community(name="KIM Gambo"), make_community(name="KIM Toman")
    articles = [make_article(community=gambo, title=f"Kabar {n}", lead=f"Teras {n}") for n in range(7)]
    articles.append(make_article(community=toman, title="Pasar", lead="Pasar buka."))
    reader = follow(articles[0], Rhythm.DAILY)
    follow(articles[-1], Rhythm.DAILY, reader)
    tell(*articles)
    mail = mail_to(reader)
    html = mail.alternatives[0][0]
    assert mail.subject == "Today: 8 news"
    for part in (mail.body, html):
        assert [part.count(name) for name in ("KIM Gambo", "KIM Toman")] == [1, 1]
        assert ["Kabar 4" in part, "Kabar 5" in part, "2 more" in part] == [True, False, True]
        assert "Teras 0" in part
        assert f"https://kim.contoh.example{articles[0].get_absolute_url()}" in part
        assert part.index("KIM Gambo") < part.index("KIM Toman")


def test_the_desk_is_counted_by_kind_with_a_link(settings):
    settings.PORTAL_URL = "https://kim.contoh.example"
    officer = make_officer()
    User.objects.filter(pk=officer.pk).update(language="en")
    for _ in range(3):
        item = make_article(Status.SUBMITTED)
        with transaction.atomic():
            recorded = activity.actions.record("article.submit", item, by=item.created_by, region=item.region)
        fanout.fan_out(recorded.pk)
    Delivery.objects.update(due_at=timezone.now(), bundle="desk")
    mail = mail_to(officer)
    assert mail.subject == "3 items wait for your office"
    assert "https://kim.contoh.example/kantor/?jenis=article" in mail.body
    assert mail.body.count("kantor") == mail.alternatives[0][0].count("/kantor/")


def test_what_people_tell_the_office_is_counted_on_the_desk_too(settings):
    settings.PORTAL_URL = "https://kim.contoh.example"
    officer = make_officer()
    User.objects.filter(pk=officer.pk).update(language="en")
    for _ in range(2):
        told = make_aspiration()
        with transaction.atomic():
            recorded = activity.actions.record("aspiration.send", told, by=told.sent_by, region=told.region)
        fanout.fan_out(recorded.pk)
    Delivery.objects.update(due_at=timezone.now(), bundle="desk")
    mail = mail_to(officer)
    assert mail.subject == "2 items wait for your office"
    assert "Aspirations: 2" in mail.body
    assert mail.body.count("https://kim.contoh.example/kantor/aspirasi/") == 2


def test_the_link_of_an_author_without_an_account_is_in_no_other_mail():
    author = owner_of("siti@contoh.example", language="id")
    told = make_aspiration("answered", author=author, is_public=True)
    supporter = make_user()
    told.supports.create(user=supporter)
    with transaction.atomic():
        recorded = activity.actions.record("aspiration.answer", told, by=make_officer(), region=told.region)
    fanout.fan_out(recorded.pk)
    composer = Composer()
    bundles = sorted(claims.due("email", 100), key=lambda bundle: bundle.person != author)
    bodies = {bundle.person: composer.compose(bundle.person, bundle.deliveries).body for bundle in bundles}
    assert set(bodies) == {author, supporter}
    links = {person: link_in(body) for person, body in bodies.items()}
    assert links[supporter] == address_of(told.get_absolute_url())
    assert links[author].startswith(address_of("/aspirasi/"))
    assert links[author] != links[supporter]


@pytest.mark.parametrize(
    ("verb", "over"),
    [
        ("aspiration.answer", "The answer:"),
        ("aspiration.work", "The office writes:"),
        ("aspiration.keep_back", "The reason:"),
    ],
)
def test_what_an_office_writes_is_called_a_reason_only_where_it_is_one(verb: str, over: str):
    author = make_user(language="en")
    told = make_aspiration("answered", author=author)
    with transaction.atomic():
        recorded = activity.actions.record(
            verb, told, by=make_officer(), region=told.region, reason="Sudah kami perbaiki."
        )
    fanout.fan_out(recorded.pk)
    mail = mail_to(author)
    lines = [line for line in mail.body.splitlines() if line]
    assert lines[lines.index("Sudah kami perbaiki.") - 1] == over
    assert f"{over}</p>" in mail.alternatives[0][0]


def test_a_digest_leads_nobody_to_an_inbox_that_they_have_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(digests, "MOST_GROUPS", 1)
    siti = owner_of("siti@contoh.example", language="en")
    articles = [make_article(community=make_community(name=name)) for name in ("KIM Gambo", "KIM Toman")]
    for article in articles:
        follow(article, Rhythm.DAILY, siti)
    tell(*articles)
    body = mail_to(siti).body
    assert "inbox" not in body
    assert f"What I follow: {address_of('/pemberitahuan/surel/kelola/')}" in body


def link_in(body: str) -> str:
    """The first link of a mail: where the thing itself is read."""
    return next(line for line in body.splitlines() if line.startswith("http"))


def test_news_that_were_set_for_a_time_stand_with_their_community():
    article = make_article(title="Panen raya", community=make_community(name="KIM Gambo"))
    reader = follow(article, Rhythm.DAILY)
    with transaction.atomic():
        recorded = activity.actions.record("article.publish", article, by=None, region=article.region)
    fanout.fan_out(recorded.pk)
    tell(make_article(community=article.community))
    body = mail_to(reader).body
    assert body.count("KIM Gambo") == 1
    assert body.index("KIM Gambo") < body.index("Panen raya")


def test_a_bundle_has_the_id_of_its_lowest_delivery():
    articles = [make_article(community=make_community()) for _ in range(2)]
    reader = follow(articles[0], Rhythm.WEEKLY)
    follow(articles[1], Rhythm.WEEKLY, reader)
    tell(*articles)
    lowest = Delivery.objects.filter(recipient=reader).order_by("pk").first()
    assert f"-{lowest.pk}@" in mail_to(reader).extra_headers["Message-ID"]


def test_asking_and_loading_cost_the_same_for_few_and_for_many(django_assert_max_num_queries):
    article = make_article()
    for _ in range(30):
        follow(article)
    tell(article)
    with django_assert_max_num_queries(30 * 3 + 29):  # savepoint, statement, savepoint each; the rest once
        delivery.send_due("email")
    assert Delivery.objects.exclude(state=Delivery.State.SENT).count() == 0
