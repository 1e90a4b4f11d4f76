"""What people open of the newsroom and of its notifications."""

from __future__ import annotations

from django.urls import reverse

from benchmarks.filling import HOME
from benchmarks.visits import Page

PROVINCE = HOME[:2]


def pages() -> list[Page]:
    """All that is measured; the promise about the ratio is about what is guarded."""
    return [*_public(), *_members(), *_desk()]


def _public() -> list[Page]:
    find, here = reverse("home:search"), f"wilayah={HOME}"
    news, log, heard = reverse("articles:list"), reverse("complaints:log"), reverse("aspirations:list")
    return [
        _page("front page", "home:front"),
        Page("page of a kabupaten", "visitor", lambda: reverse("home:region", args=[HOME]), is_guarded=True),
        Page("page of a province", "visitor", lambda: reverse("home:region", args=[PROVINCE])),
        Page("news", "visitor", lambda: news, is_guarded=True),
        Page("news, a kabupaten", "visitor", lambda: f"{news}?wilayah={HOME}", is_guarded=True),
        Page("news, a province", "visitor", lambda: f"{news}?wilayah={PROVINCE}"),
        Page("news, a category", "visitor", lambda: f"{news}?kategori=health", is_guarded=True),
        Page("news, a category in a kabupaten", "visitor", lambda: f"{news}?kategori=health&wilayah={HOME}"),
        Page("feed of the news", "visitor", lambda: f"{reverse('articles:feed')}?wilayah={HOME}"),
        Page("search, a common word", "visitor", lambda: f"{find}?q=sungai"),
        Page("search, two words", "visitor", lambda: f"{find}?q=kata+sungai+posyandu"),
        Page("search, in a kabupaten", "visitor", lambda: f"{find}?q=sungai&{here}"),
        Page("article with all beside it", "visitor", _article_with_all, is_guarded=True),
        Page("changes of an article", "visitor", _changes, is_guarded=True),
        Page("withdrawn article", "visitor", _withdrawn, answers=410),
        Page("public log", "visitor", lambda: log),
        Page("public log, a kabupaten", "visitor", lambda: f"{log}?wilayah={HOME}"),
        Page("public log, a province", "visitor", lambda: f"{log}?wilayah={PROVINCE}"),
        Page("public log, a kabupaten, corrections", "visitor", lambda: f"{log}?jenis=ralat&{here}"),
        Page("feed of the log", "visitor", lambda: f"{reverse('complaints:feed')}?wilayah={HOME}"),
        _page("replies", "replies:list"),
        Page("replies, a kabupaten", "visitor", lambda: f"{reverse('replies:list')}?wilayah={HOME}"),
        _page("fact checks", "factchecks:list"),
        Page("fact checks, a kabupaten", "visitor", lambda: f"{reverse('factchecks:list')}?wilayah={HOME}"),
        Page("a fact check", "visitor", _fact_check, is_guarded=True),
        _page("announcements", "announcements:list"),
        Page("aspirations", "visitor", lambda: heard, is_guarded=True),
        Page("aspirations, a kabupaten", "visitor", lambda: f"{heard}?wilayah={HOME}"),
        Page("aspirations, most supported", "visitor", lambda: f"{heard}?urut=dukungan"),
        Page("aspirations, a province, most supported", "visitor", _most_supported),
        Page("aspirations, answered", "visitor", lambda: f"{heard}?status=answered&wilayah={HOME}"),
        *map(_sitemap, ("berita", "siaran", "aspirasi", "cek-fakta", "hak-jawab")),
    ]  # fmt: skip


def _members() -> list[Page]:
    return [
        _page("front page, signed in", "home:front", "member"),
        _page("my news", "articles:mine", "member"),
        _page("to read before the office", "communities:to_read", "member"),
        _page("my fact checks", "factchecks:mine", "member"),
        _page("my aspirations", "aspirations:mine", "member"),
        Page("saved versions", "member", _revisions, is_guarded=True),
        Page("composer of a draft", "member", _draft),
        Page("own article, published", "member", _own_article, is_guarded=True),
        Page("amendment of an article", "member", _amend),
        Page("announcements, signed in", "member", lambda: reverse("announcements:list")),
        _page("inbox", "notifications:inbox", "reader"),
        Page("inbox, one kind", "reader", lambda: f"{reverse('notifications:inbox')}?jenis=decision"),
        _page("what I follow", "notifications:settings", "reader"),
    ]


def _desk() -> list[Page]:
    desk, cases = reverse("office:desk"), reverse("office:cases")
    announced, heard = reverse("office:announcements"), reverse("office:aspirations")
    return [
        Page("desk of a kabupaten", "regency", lambda: desk, is_guarded=True),
        Page("desk, news", "regency", lambda: f"{desk}?jenis=article", is_guarded=True),
        Page("desk, an article", "regency", _item, is_guarded=True),
        Page("desk, an amendment", "regency", _amendment_item, is_guarded=True),
        Page("desk, published", "regency", lambda: f"{desk}?status=approved"),
        Page("desk of a province", "province", lambda: desk),
        Page("desk of the ministry", "ministry", lambda: desk),
        Page("desk of the ministry, overdue", "ministry", lambda: f"{desk}?terlambat=1"),
        Page("desk of the ministry, published", "ministry", lambda: f"{desk}?status=approved"),
        Page("desk of the ministry, returned", "ministry", lambda: f"{desk}?status=returned"),
        *(
            page
            for who, name in (("regency", "kabupaten"), ("province", "province"), ("ministry", "nation"))
            for page in (
                Page(f"reports, {name}", who, lambda: cases, is_guarded=who == "regency"),
                Page(f"reports, decided, {name}", who, lambda: f"{cases}?selesai=1"),
                Page(f"announcements of the office, {name}", who, lambda: announced),
                Page(f"aspirations on the desk, {name}", who, lambda: heard),
                Page(f"aspirations overdue, {name}", who, lambda: f"{heard}?terlambat=1"),
                Page(f"aspirations answered, {name}", who, lambda: f"{heard}?status=answered"),
            )
        ),
        Page("how far an announcement came", "ministry", _announcement),
        Page("… in a province", "ministry", lambda: f"{_announcement()}?wilayah={PROVINCE}"),
        Page("… KIM by KIM", "ministry", _announcement_communities),
        Page("… who has not read it", "ministry", lambda: f"{_announcement_communities()}?belum=1"),
        Page("page of a community on the desk", "regency", _community),
    ]  # fmt: skip


def _page(title: str, name: str, who: str = "visitor") -> Page:
    return Page(title, who, lambda: reverse(name))


def _most_supported() -> str:
    return f"{reverse('aspirations:list')}?urut=dukungan&wilayah={PROVINCE}"


def _sitemap(name: str) -> Page:
    return Page(f"sitemap, {name}", "visitor", lambda: reverse("home:sitemap_section", args=[name]))


def _article_with_all() -> str:
    from replies.models import Reply

    return str(Reply.objects.public().select_related("article").latest("pk").article.get_absolute_url())


def _changes() -> str:
    from articles.models import Article, PublicChange

    changed = PublicChange.objects.filter(article__in=Article.objects.public()).select_related("article")
    article = changed.order_by("-pk")[0].article
    return reverse("articles:changes", args=[article.pk, article.slug])


def _withdrawn() -> str:
    from articles.models import Article

    return str(Article.objects.filter(status="suspended").latest("pk").get_absolute_url())


def _fact_check() -> str:
    from factchecks.models import FactCheck

    return str(FactCheck.objects.public().order_by("-published_at")[0].get_absolute_url())


def _own(**wanted: object) -> tuple[int, str]:
    from articles.models import Article
    from benchmarks.newsroom_people import member

    return Article.objects.filter(created_by=member(), **wanted).order_by("-pk").values_list("pk", "slug")[0]


def _revisions() -> str:
    from articles.models import Revision
    from benchmarks.newsroom_people import member

    revision = Revision.objects.filter(article__created_by=member()).select_related("article").latest("pk")
    return reverse("articles:revisions", args=[revision.article_id, revision.article.slug])


def _draft() -> str:
    return reverse("articles:edit", args=_own(status="draft"))


def _own_article() -> str:
    return reverse("articles:detail", args=_own(status="approved"))


def _amend() -> str:
    return reverse("articles:amend", args=_own(status="approved"))


def _item() -> str:
    from articles.models import Article

    waiting = Article.objects.filter(status="submitted").within(HOME).order_by("due_at", "pk")
    return reverse("office:item", args=["article", waiting.values_list("pk", flat=True)[0]])


def _amendment_item() -> str:
    from articles.models import Amendment

    waiting = Amendment.objects.waiting().within(HOME).order_by("due_at", "pk")
    return reverse("office:item", args=["amendment", waiting.values_list("pk", flat=True)[0]])


def _announcement() -> str:
    return reverse("office:announcement", args=[_national()])


def _announcement_communities() -> str:
    return reverse("office:announcement_communities", args=[_national()])


def _national() -> int:
    from announcements.models import Announcement

    return int(Announcement.objects.filter(region=None).latest("pk").pk)


def _community() -> str:
    from communities.models import Community

    found = Community.objects.filter(status="approved").within(HOME).order_by("pk")
    return reverse("office:community", args=[found.values_list("pk", flat=True)[0]])
