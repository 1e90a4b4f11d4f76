"""Signing in and out, and who is kept out: limits count accounts before addresses."""

import pytest
from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import PASSWORD, make_community, make_member, make_officer, make_user

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    request = RequestFactory().get("/")
    request.session = client.session
    return get_user(request).is_authenticated


def test_the_address_counts_in_any_case(client):
    user = make_user()
    response = sign_in(client, user.email.upper())
    assert response.url == reverse("home:front")
    assert is_signed_in(client)


def test_a_wrong_password_says_what_to_do(client):
    response = sign_in(client, make_user().email, "salah-sama-sekali")
    assert response.status_code == 200
    assert "new password" in str(response.context["form"].errors) or "kata sandi baru" in str(
        response.context["form"].errors
    )
    assert not is_signed_in(client)


def test_a_person_comes_back_to_where_they_were_going(client):
    user = make_user()
    goal = reverse("accounts:profile")
    to_sign_in = client.get(goal).url
    response = client.post(to_sign_in, {"login": user.email, "password": PASSWORD, "next": goal})
    assert response.url == goal


def test_an_officer_begins_at_the_desk_also_one_who_writes_for_a_kim(client):
    officer = make_officer()
    make_member(make_community(), user=officer)
    assert sign_in(client, officer.email).url == reverse("office:desk")


def test_an_officer_who_was_going_somewhere_comes_there(client):
    officer = make_officer()
    goal = reverse("articles:list")
    data = {"login": officer.email, "password": PASSWORD, "next": goal}
    assert client.post(reverse("account_login"), data).url == goal


def test_whose_posting_has_ended_begins_where_everybody_does(client):
    officer = make_officer()
    officer.postings.update(ended_at=timezone.now(), ended_by=officer)
    assert sign_in(client, officer.email).url == reverse("home:front")


def test_nobody_is_sent_to_another_site(client):
    user = make_user()
    data = {"login": user.email, "password": PASSWORD, "next": "https://jahat.example/"}
    assert client.post(reverse("account_login"), data).url == reverse("home:front")


def test_an_inactive_person_is_told_and_stays_out(client):
    user = make_user(is_active=False)
    response = sign_in(client, user.email)
    assert response.url == reverse("account_inactive")
    assert client.get(response.url).status_code == 200
    assert not is_signed_in(client)


def test_a_session_ends_when_the_person_becomes_inactive(client):
    user = make_user()
    sign_in(client, user.email)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_an_unconfirmed_address_gets_its_link_again(client, mailoutbox):
    user = User.objects.create_user("baru@contoh.example", PASSWORD, name="Baru")
    response = sign_in(client, user.email)
    assert response.url == reverse("account_email_verification_sent")
    assert [message.to for message in mailoutbox] == [[user.email]]


def test_signing_out_is_a_post(client):
    user = make_user()
    client.force_login(user)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_changing_the_password_ends_the_other_sessions(client, mailoutbox):
    user = make_user()
    other = Client()
    sign_in(client, user.email)
    sign_in(other, user.email)
    new = "perahu-bidar-1945"
    response = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new})
    assert response.url == reverse("accounts:profile")
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    assert len(mailoutbox) == 1


def test_a_forgotten_password_is_replaced_by_the_link_of_the_mail(client, mailoutbox):
    user = make_user()
    thief = Client()
    sign_in(thief, user.email)
    assert client.post(reverse("account_reset_password"), {"email": user.email}).status_code == 302
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link.split("testserver", 1)[1], follow=True)
    new = "perahu-bidar-1945"
    client.post(form.context["action_url"], {"password1": new})
    assert not is_signed_in(thief)
    assert sign_in(client, user.email, new).status_code == 302
    again = Client().get(link.split("testserver", 1)[1])
    assert again.context["token_fail"], "the link works once"


def test_an_unknown_address_gets_the_same_answer(client, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": "tidak.ada@contoh.example"})
    assert response.url == reverse("account_reset_password_done")
    assert [message.to for message in mailoutbox] == [["tidak.ada@contoh.example"]]


def test_a_hundred_people_of_one_training_room_sign_in_within_a_minute():
    people = [make_user() for _ in range(100)]
    answers = {sign_in(Client(REMOTE_ADDR="203.0.113.9"), person.email).status_code for person in people}
    assert answers == {302}


def test_sixty_wrong_passwords_of_the_room_keep_nobody_out():
    people = [make_user() for _ in range(20)]
    room = Client(REMOTE_ADDR="203.0.113.9")
    for person in people * 3:
        room.post(reverse("account_login"), {"login": person.email, "password": "salah-ketik"})
    assert sign_in(room, people[0].email).status_code == 302


def guess(times: int, email: str, **extra: str) -> None:
    for number in range(times):
        client = Client(REMOTE_ADDR=f"198.51.100.{number + 1}")
        sign_in(client, email, f"tebakan-{number}", **extra)


def test_who_guesses_one_password_is_locked_out_from_wherever_they_try(client):
    user = make_user()
    guess(10, user.email)
    response = sign_in(client, user.email)
    assert response.status_code == 200
    assert not is_signed_in(client)


def test_nine_wrong_passwords_are_forgiven(client):
    user = make_user()
    guess(9, user.email)
    assert sign_in(client, user.email).status_code == 302


def test_another_case_or_port_does_not_start_a_new_count(client):
    user = make_user()
    guess(4, user.email)
    guess(3, user.email.upper())
    guess(3, user.email, HTTP_HOST="testserver:8443")
    assert sign_in(client, user.email).status_code == 200


def test_the_lock_holds_one_account_and_not_the_room(client):
    victim, neighbour = make_user(), make_user()
    for number in range(15):
        sign_in(client, victim.email, f"tebakan-{number}")
    assert sign_in(client, neighbour.email).status_code == 302


def test_a_new_password_lifts_the_lock(client, mailoutbox):
    user = make_user()
    guess(12, user.email)
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link.split("testserver", 1)[1], follow=True)
    client.post(form.context["action_url"], {"password1": "perahu-bidar-1945"})
    assert sign_in(client, user.email, "perahu-bidar-1945").status_code == 302


def test_the_administrators_door_is_the_portals_own(client):
    assert client.get("/admin/login/").url.startswith(reverse("account_login"))
    client.force_login(make_user())
    assert client.get("/admin/login/").status_code == 403


def test_a_superuser_made_on_the_server_enters(client, settings):
    settings.OFFICE_REQUIRES_MFA = False
    admin = User.objects.create_superuser("Admin@contoh.example", PASSWORD, name="Admin")
    assert sign_in(client, admin.email).status_code == 302
    assert client.get("/admin/").status_code == 200
    for name in ("user", "posting", "office", "consent"):
        assert client.get(f"/admin/accounts/{name}/").status_code == 200
    assert client.get(f"/admin/accounts/user/{admin.pk}/change/").status_code == 200
    made = client.post(
        "/admin/accounts/user/add/",
        {
            "email": "Baru@contoh.example",
            "name": "Baru",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert made.status_code == 302
    assert User.objects.filter(email="baru@contoh.example").exists()


def test_an_administrator_without_a_second_step_is_led_to_one(client, settings):
    settings.OFFICE_REQUIRES_MFA = True
    client.force_login(User.objects.create_superuser("admin@contoh.example", PASSWORD, name="Admin"))
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("accounts:second_factor"))
    assert response.status_code == 200
