"""Photos that a change of a published article adds: out of reach until it is approved, and no file behind."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

import moderation.actions
from articles import actions, amendment_actions, tasks, uploads
from articles.amendment import Nature, PublicChange
from articles.models import Amendment, Article, Photo, Upload
from communities import developing
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.common.pictures import as_file, camera_jpeg, halves
from tests.factories import make_amendment, make_article, make_member, make_officer, make_user

pytestmark = pytest.mark.django_db
WORDS = {"caption": "Warga di sungai.", "credit": "Siti"}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.OFFICE_REQUIRES_MFA = False


def picture(size: int = 60) -> SimpleUploadedFile:
    """A small photo; of another size it is another one."""
    return SimpleUploadedFile("foto.jpg", as_file(halves(size, 40), "JPEG").read(), "image/jpeg")


def add(amendment: Amendment, upload: SimpleUploadedFile | None = None, *, ready: bool = True) -> Photo:
    """By its writer; made ready by the worker."""
    photo = actions.add_photo(amendment, upload or picture(), by=amendment.created_by, **WORDS)
    if ready:
        developing.make_ready(Photo, photo.pk, render=developing.render_here)
        photo.refresh_from_db()
    return photo


def sent(amendment: Amendment) -> Amendment:
    """With the office."""
    return moderation.actions.move(Amendment.objects.get(pk=amendment.pk), "submit", by=amendment.created_by)


def decided(amendment: Amendment, name: str, by=None) -> Amendment:
    """By the office."""
    found = Amendment.objects.get(pk=amendment.pk)
    said = {} if name == "approve" else {"reason": "Keliru.", "cited": "untrue"}
    return moderation.actions.move(found, name, by=by or make_officer(), **said)


def files_of(photo: Photo) -> list[str]:
    """Those that are stored."""
    return [name for name in photo.file_names() if default_storage.exists(name)]


@pytest.fixture
def draft() -> Amendment:
    return make_amendment(Status.DRAFT, body="<p>Mulai pukul enam.</p><p>[foto 1]</p><p>Lalu pulang.</p>")


def seen_by(client, photo: Photo, user=None) -> tuple[int, str | None]:
    """What somebody gets of it."""
    client.logout()
    if user:
        client.force_login(user)
    answer = client.get(photo.src)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code, answer.get("Cache-Control") if answer.status_code == 200 else None


def test_it_is_its_authors_and_the_offices_until_it_is_approved(client, draft):
    photo, fellow, officer = add(draft), make_member(draft.community), make_officer()
    assert seen_by(client, photo, draft.created_by) == (200, "private, no-store")
    assert [seen_by(client, photo, user)[0] for user in (None, make_user(), fellow, officer)] == [404] * 4
    sent(draft)
    assert seen_by(client, photo, officer) == (200, "private, no-store")
    assert [seen_by(client, photo, user)[0] for user in (None, make_user(), fellow)] == [404] * 3
    article = Article.objects.prefetch_related("photos").get()
    assert (article.first_photo, list(article.photos.all())) == (None, [])


def test_approved_it_stands_where_the_text_names_it(client, draft):
    photo = add(draft)
    decided(sent(draft), "approve")
    photo.refresh_from_db()
    assert (photo.article, photo.amendment, photo.number) == (draft.article, None, 1)
    assert seen_by(client, photo) == (200, "public, max-age=86400")
    page = client.get(Article.objects.get().get_absolute_url()).content.decode()
    places = [page.rindex(part) for part in ("Mulai pukul enam.", photo.src, "Lalu pulang.")]
    assert places == sorted(places)


def test_the_trace_and_the_saved_version_name_it(client, draft):
    photo = add(draft)
    decided(sent(draft), "approve")
    change, article = PublicChange.objects.get(), Article.objects.get()
    assert (change.photos_added, change.before["photos"], change.after["photos"]) == (1, "", photo.words)
    assert article.revisions.latest("pk").content["photos"] == photo.words
    page = client.get(reverse("articles:changes", args=[article.pk, article.slug])).content.decode()
    assert WORDS["caption"] in page


def test_the_office_sees_what_would_be_added(client, draft):
    photo = add(draft)
    sent(draft)
    client.force_login(make_officer())
    page = client.get(reverse("office:item", args=["amendment", draft.pk])).content.decode()
    # Among what is new, and in its place in the text.
    assert page.count(photo.src) == 2
    client.force_login(draft.created_by)
    assert photo.src in client.get(draft.get_absolute_url()).content.decode()


def filled(client, url, **changes):
    """The form as the browser would send it, without JavaScript."""
    context = client.get(url, follow=True).context
    form = context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    fields.pop("is_before_hidden", None)
    for part in context["photos"].added.all():
        fields |= {
            part.add_prefix(name): part[name].value() or ""
            for name in part.fields
            if name not in ("remove", "file")
        }
    return {**fields, "then": "draft", **changes}


def new_photo(**changes):
    """What is typed for the first new photo."""
    words = {"caption": "Warga", "credit": "Siti", "alternative": "Orang di air", "place": "Toman"}
    return {f"foto-baru-0-{name}": value for name, value in {**words, **changes}.items()}


def test_the_plain_form_adds_it_with_its_words_and_without_what_the_camera_wrote(client):
    article = make_article()
    client.force_login(article.created_by)
    url = reverse("articles:amend", args=[article.pk, article.slug])
    file = SimpleUploadedFile("foto.jpg", camera_jpeg(600, 400).read(), "image/jpeg")
    told = {"nature": "update", "lead": "Baru.", "then": "submit"}
    client.post(url, filled(client, url, **told, **new_photo(file=file)))
    amendment, photo = Amendment.objects.get(), Photo.objects.get()
    assert (amendment.status, photo.amendment, photo.article) == (Status.SUBMITTED, amendment, None)
    assert (photo.caption, photo.credit, photo.alternative, photo.place, photo.number) == (
        "Warga",
        "Siti",
        "Orang di air",
        "Toman",
        1,
    )
    tasks.make_photo_ready(photo.pk)
    photo.refresh_from_db()
    with default_storage.open(photo.fallback.name) as shown:
        content = shown.read()
    assert (b"RAHASIA" in content, dict(Image.open(io.BytesIO(content)).getexif())) == (False, {})


def test_what_came_piece_by_piece_is_taken(client, draft):
    user, content = draft.created_by, camera_jpeg(600, 400).getvalue()
    upload = Upload(size=len(content), uploaded_by=user)
    uploads.receive(upload.key, content, at=0, size=len(content), by=user)
    client.force_login(user)
    url = reverse("articles:edit_amendment", args=[draft.pk])
    client.post(url, filled(client, url, **new_photo(upload=str(upload.key))))
    assert (Photo.objects.get().key, Photo.objects.get().amendment) == (upload.key, draft)
    assert Upload.objects.count() == 0


def test_what_is_no_photo_is_refused_in_words_and_the_text_is_kept(client, draft):
    client.force_login(draft.created_by)
    url = reverse("articles:edit_amendment", args=[draft.pk])
    file = SimpleUploadedFile("foto.jpg", b"bukan foto", "image/jpeg")
    answer = client.post(url, filled(client, url, lead="Teras lain.", **new_photo(file=file)))
    assert (answer.status_code, Photo.objects.count()) == (422, 0)
    assert list(answer.context["photos"].added.new[0].errors) == ["file"]
    assert answer.context["form"]["lead"].value() == "Teras lain."


def test_a_photo_that_nobody_took_is_asked_who_did_before_it_is_sent(client, draft):
    client.force_login(draft.created_by)
    url = reverse("articles:edit_amendment", args=[draft.pk])
    answer = client.post(url, filled(client, url, then="submit", **new_photo(file=picture(), credit="")))
    assert (answer.status_code, Photo.objects.count()) == (422, 0)


def test_its_words_are_changed_and_it_is_taken_off_again(client, draft, django_capture_on_commit_callbacks):
    photo = add(draft)
    client.force_login(draft.created_by)
    url = reverse("articles:edit_amendment", args=[draft.pk])
    client.post(url, filled(client, url, **{f"foto-{photo.pk}-caption": "Warga desa"}))
    photo.refresh_from_db()
    assert photo.caption == "Warga desa"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, filled(client, url, **{f"foto-{photo.pk}-remove": "on"}))
    assert (Photo.objects.count(), files_of(photo)) == (0, [])


def test_thrown_away_it_leaves_no_file(draft, django_capture_on_commit_callbacks):
    photo = add(draft)
    assert files_of(photo) == photo.file_names()
    with django_capture_on_commit_callbacks(execute=True):
        amendment_actions.discard(draft, by=draft.created_by)
    assert (Photo.objects.count(), files_of(photo)) == (0, [])


def test_rejected_it_is_kept_for_the_appeal_and_leaves_no_file_after(
    draft, django_capture_on_commit_callbacks
):
    photo = add(draft)
    decided(sent(draft), "reject")
    tasks.forget_uploads()
    assert files_of(photo) == photo.file_names()
    Amendment.objects.update(decided_at=timezone.now() - timedelta(days=15))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_uploads()
    assert (Photo.objects.count(), files_of(photo)) == (0, [])


def test_rejected_on_appeal_it_leaves_no_file(draft, django_capture_on_commit_callbacks):
    photo = add(draft)
    rejected = decided(sent(draft), "reject")
    moderation.actions.move(rejected, "appeal", by=draft.created_by, reason="Perlu.")
    with django_capture_on_commit_callbacks(execute=True):
        decided(draft, "reject")
    assert (Photo.objects.count(), files_of(photo)) == (0, [])


def test_on_appeal_it_is_published_with_its_photo(draft):
    photo = add(draft)
    moderation.actions.move(decided(sent(draft), "reject"), "appeal", by=draft.created_by, reason="Perlu.")
    decided(draft, "approve")
    assert list(Photo.objects.filter(article=draft.article)) == [photo]


def test_a_later_change_takes_no_number_of_one_that_may_come_back(draft):
    first = add(draft)
    decided(sent(draft), "reject")
    second = make_amendment(Status.DRAFT, article=draft.article)
    assert (first.number, add(second).number) == (1, 2)


def test_what_another_change_has_added_meanwhile_is_added_once(draft):
    add(draft)
    rejected = decided(sent(draft), "reject")
    other = make_amendment(Status.DRAFT, article=draft.article, nature=Nature.UPDATE, body=draft.base["body"])
    add(other)
    decided(sent(other), "approve")
    moderation.actions.move(rejected, "appeal", by=draft.created_by, reason="Perlu.")
    decided(draft, "approve")
    assert [photo.number for photo in Photo.objects.filter(article=draft.article)] == [2]
    assert PublicChange.objects.latest("pk").photos_added == 0


def test_nobody_approves_what_nobody_saw(draft):
    photo = add(draft, ready=False)
    sent(draft)
    with pytest.raises(TransitionRefused):
        decided(draft, "approve")
    developing.make_ready(Photo, photo.pk, render=developing.render_here)
    decided(draft, "approve")
    assert Photo.objects.filter(article=draft.article).count() == 1


def test_what_cannot_be_shown_is_taken_off_before_it_is_sent(draft):
    photo = add(draft, ready=False)
    Photo.objects.update(state=Photo.State.REFUSED, refusal="damaged")
    with pytest.raises(TransitionRefused) as refusal:
        sent(draft)
    assert len(refusal.value.problems) == 1
    actions.remove_photo(Photo.objects.get(pk=photo.pk), by=draft.created_by)
    assert sent(draft).status == Status.SUBMITTED


def test_the_same_picture_is_no_second_photo(draft):
    first = add(draft)
    assert add(draft) == first
    decided(sent(draft), "approve")
    later = make_amendment(Status.DRAFT, article=Article.objects.get())
    with pytest.raises(TransitionRefused):
        add(later)


def test_there_is_no_room_for_more_than_an_article_holds_with_those_that_stay(draft, monkeypatch):
    monkeypatch.setattr("articles.photographs.MAX_PHOTOS", 1)
    monkeypatch.setattr("articles.amendment_actions.MAX_PHOTOS", 1)
    add(draft)
    decided(sent(draft), "approve")
    old = Photo.objects.get()
    later = make_amendment(Status.DRAFT, article=Article.objects.get(), nature=Nature.UPDATE)
    add(later, picture(80))
    with pytest.raises(TransitionRefused):
        sent(later)
    Amendment.objects.filter(pk=later.pk).update(photo_words={str(old.pk): {"remove": True}})
    decided(sent(later), "approve")
    assert [photo.number for photo in Photo.objects.filter(article=later.article)] == [2]


def test_a_photo_is_no_slip(draft):
    add(draft)
    Amendment.objects.update(nature=Nature.SLIP, body=draft.base["body"])
    with pytest.raises(TransitionRefused):
        amendment_actions.send(Amendment.objects.get(), by=draft.created_by)
    assert Photo.objects.filter(article=draft.article).count() == 0


def test_a_photo_alone_is_a_change(draft):
    add(draft)
    Amendment.objects.update(nature=Nature.UPDATE, body=draft.base["body"])
    assert sent(draft).status == Status.SUBMITTED


def test_of_a_dissolved_kim_errors_are_corrected_but_no_photo_is_added(draft):
    photo = add(draft)
    now = timezone.now()
    gone = {"dissolved_at": now, "dissolved_on": now.date(), "dissolved_by": make_user()}
    type(draft.community).objects.update(**gone)
    with pytest.raises(TransitionRefused):
        sent(draft)
    actions.remove_photo(photo, by=draft.created_by)
    assert sent(draft).status == Status.SUBMITTED


def test_once_sent_its_photos_stay_as_they_are(draft):
    photo = add(draft)
    sent(draft)
    with pytest.raises(TransitionRefused):
        add(Amendment.objects.get(), picture(80))
    with pytest.raises(TransitionRefused):
        actions.remove_photo(photo, by=draft.created_by)


def test_of_an_article_withdrawn_meanwhile_it_is_nobody_elses_until_that_is_restored(client, draft):
    photo = add(draft)
    moderation.actions.move(draft.article, "suspend", by=make_officer(), reason="Keliru.", cited="untrue")
    decided(sent(draft), "approve")
    assert seen_by(client, photo) == (404, None)
    moderation.actions.move(Article.objects.get(), "restore", by=make_officer())
    assert seen_by(client, photo)[0] == 200


def test_a_manager_who_reads_it_first_reads_its_photos_too(draft):
    type(draft.community).objects.update(is_read_first=True)
    writer = make_member(draft.community)
    Article.objects.update(created_by=writer)
    Amendment.objects.update(created_by=writer)
    waiting = amendment_actions.send(Amendment.objects.get(), by=writer)
    actions.add_photo(waiting, picture(), by=writer, **WORDS)
    with pytest.raises(TransitionRefused):
        amendment_actions.send(waiting, by=draft.community.created_by, seen=waiting.changed_at)
    assert Amendment.objects.get().status == Status.DRAFT


def test_who_saves_over_another_loses_no_photo(client, draft):
    client.force_login(draft.created_by)
    url = reverse("articles:edit_amendment", args=[draft.pk])
    typed = filled(client, url, lead="Teras dari sini.", **new_photo(file=picture()))
    Amendment.objects.update(lead="Teras dari sana.", changed_at=timezone.now())
    answer = client.post(url, typed)
    assert (answer.status_code, Photo.objects.get().amendment) == (409, draft)
    assert [form.instance for form in answer.context["photos"].added.stored] == [Photo.objects.get()]
    again = {**typed, "version": answer.context["form"].data["version"]}
    del again["foto-baru-0-file"]
    client.post(url, again)
    draft.refresh_from_db()
    assert (draft.lead, Photo.objects.count()) == ("Teras dari sini.", 1)


@pytest.mark.usefixtures("committed_db")
def test_two_who_add_at_once_get_a_number_each():
    draft = make_amendment(Status.DRAFT)
    other = make_member(draft.community, role="manager")
    barrier = threading.Barrier(2)

    def add_one(size, user):
        try:
            barrier.wait(10)
            actions.add_photo(Amendment.objects.get(), picture(size), by=user, **WORDS)
        finally:
            connection.close()

    people = [(60, draft.created_by), (80, other)]
    threads = [threading.Thread(target=add_one, args=each) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(draft.photos.values_list("number", flat=True)) == [1, 2]
