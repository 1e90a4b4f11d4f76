"""The address of each page for the tests of who gets what: what it names, made in the world of the test."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from articles import revisions
from articles.models import Article
from articles.reading import pixel_path
from imports.claims import code_of
from imports.models import PageClaim
from notifications.addresses import token_to_resume
from notifications.models import Delivery
from notifications.unsubscribe import token
from tests.architecture.world import World
from tests.factories import TOMAN


def address(world: World, name: str, variant: str) -> str:
    """Where the page of this name is, for the thing of the variant: a state, a word, or nothing."""
    if name not in ARGUMENTS:
        return reverse(name, args=[variant] if variant else [])
    arguments = ARGUMENTS[name](world, variant)
    if isinstance(arguments, dict):
        return reverse(name, kwargs=arguments)
    return reverse(name, args=arguments)


def _claim_arguments(claim: PageClaim) -> list[Any]:
    return [claim.pk, code_of(claim)]


def _of_item(kind: str) -> Any:
    def arguments(world: World, status: str) -> list[Any]:
        item = world.item(kind, status)
        return [item.slug] if kind == "community" else [item.pk, item.slug]  # type: ignore[attr-defined]

    return arguments


def _of_step(world: World, variant: str) -> list[Any]:
    status, step = variant.split(".")
    return [world.community(status).slug, step]


def _of_change(world: World, status: str) -> list[Any]:
    return [world.kim.slug, world.change(status).pk]


def _on_desk(world: World, variant: str) -> list[Any]:
    kind, status = variant.split(".")
    return [kind, world.item(kind, status).pk]


def _thing(world: World, variant: str) -> dict[str, str]:
    if variant == "category":
        return {"region": TOMAN, "category": "health"}
    return {variant: world.kim.slug if variant == "community" else TOMAN}


def _pixel_of(article: Article) -> list[Any]:
    return [article.pk, pixel_path(article).rpartition("/")[2].removesuffix(".gif")]


def _of_revision(world: Any, status: str) -> list[Any]:
    article = world.article(status)
    return [article.pk, article.slug, revisions.keep(article, by=article.created_by).pk]


ARGUMENTS: dict[str, Any] = {
    **{
        f"communities:{page}": _of_item("community") for page in ("detail", "edit", "move", "join", "members")
    },
    **{
        f"{app}:{page}": _of_item(app[:-1])
        for app in ("articles", "events")
        for page in ("detail", "edit", "move")
    },
    **{f"articles:{page}": _of_item("article") for page in ("amend", "changes")},
    **{
        f"articles:{page}": lambda world, status: [world.amendment(status).pk]
        for page in ("amendment", "edit_amendment", "move_amendment")
    },
    "events:ical": _of_item("event"),
    **{f"events:{page}": _of_item("event") for page in ("reschedule", "cancel", "resume", "reword")},
    **{
        f"events:{page}": lambda world, status: [world.eventchange(status).pk]
        for page in ("change", "edit_change", "move_change")
    },
    "complaints:report": _on_desk,
    **{f"office:{page}": lambda world, _: [world.case().pk] for page in ("case", "decide_case")},
    "communities:step": _of_step,
    "communities:invite": _of_item("community"),
    "communities:profile": _of_item("community"),
    "communities:begin_change": _of_item("community"),
    "communities:invitation": lambda world, _: [world.invitation().token],
    "communities:forum_members": lambda world, which: [getattr(world, which).slug],
    "communities:federation": lambda world, which: [getattr(world, which).slug],
    "communities:change_federation": lambda world, _: [world.kim.slug, world.forum_membership().pk],
    "communities:revoke_invitation": lambda world, _: [world.kim.slug, world.invitation().pk],
    **{f"communities:{page}": _of_change for page in ("change", "edit_change", "move_change")},
    **{
        f"office:{page}": lambda world, _: [world.kim.pk]
        for page in ("community", "dissolve", "put_in_manager", "trust")
    },
    "office:revoke_invitation": lambda world, _: [world.kim.pk, world.invitation().pk],
    "communities:document": lambda world, _: [world.document().pk],
    "communities:change_member": lambda world, _: [world.kim.slug, world.membership().pk],
    "communities:picture": lambda world, status: [world.picture(status).key, "small"],
    "articles:photo": lambda world, status: [world.photo(status).key, "small"],
    "articles:upload": lambda *_: ["5b0f6a2e-6f0b-4f5a-9a5a-0a8d3b9a6c11"],
    "articles:read": lambda world, _: _pixel_of(world.article("approved")),
    "articles:revisions": _of_item("article"),
    "articles:revision_restore": _of_revision,
    "office:item": _on_desk,
    "office:remark": _on_desk,
    **{f"office:{page}_remark": lambda world, _: [world.remark().pk] for page in ("settle", "take_back")},
    **{f"office:{page}": _on_desk for page in ("decide", "take", "release", "note")},
    "office:figure": lambda _, code: [code, "menunggu"],
    "office:export": lambda _, code: [code, "komunitas", "csv"],
    "office:report": lambda world, _: [world.report().pk],
    "office:report_file": lambda world, _: [world.report().pk, "pdf"],
    **{
        f"office:{page}": lambda world, _: [world.checked_import().pk]
        for page in (
            "import",
            "match_import",
            "import_errors",
            "import_letters",
            "apply_import",
            "undo_import",
            "invite_imported",
        )
    },
    "office:write_announcement": lambda _, code: [code],
    "office:announcement_file": lambda world, variant: [world.announcement(variant).pk, "csv"],
    **{
        f"{app}:{page}": lambda world, variant: [world.announcement(variant).pk]
        for app, pages in {
            "announcements": ("detail", "attachment", "confirm", "pass_on"),
            "office": (
                "announcement",
                "edit_announcement",
                "send_announcement",
                "discard_announcement",
                "withdraw_announcement",
                "announcement_communities",
            ),
        }.items()
        for page in pages
    },
    **{
        name: lambda world, variant: [world.aspiration(variant).pk]
        for name in (
            "aspirations:detail",
            "aspirations:support",
            "aspirations:step",
            "office:aspiration",
            "office:step_aspiration",
        )
    },
    "aspirations:confirm": lambda world, variant: [variant or world.aspiration_by_email()],
    "aspirations:own": lambda world, variant: [variant or world.own_aspiration()],
    **{f"factchecks:{page}": _of_item("factcheck") for page in ("detail", "edit", "move")},
    "replies:write": lambda world, status: [world.article(status).pk],
    **{f"replies:{page}": lambda world, status: [world.reply(status).pk] for page in ("detail", "mine")},
    "replies:confirm": lambda world, variant: [variant or world.reply_by_email()],
    "replies:own": lambda world, variant: [variant or world.own_reply()],
    "imports:claim": lambda world, _: _claim_arguments(world.page_claim()),
    "office:end_posting": lambda world, _: [world.posting().pk],
    "office:substitute": lambda world, _: [world.posting().pk],
    **{f"office:{name}": lambda *_: ["16.06", 1] for name in ("remove_holiday", "reply", "remove_reply")},
    "notifications:follow": _thing,
    "notifications:unfollow": _thing,
    "notifications:unsubscribe": lambda world, _: [token(world.reader.pk, [Delivery(bundle="daily")])],
    "notifications:try_device": lambda world, _: [world.device().pk],
    "notifications:remove_device": lambda world, _: [world.device().pk],
    "notifications:resume": lambda world, _: [token_to_resume(world.reader.pk, world.reader.email)],
    "notifications:kind_again": lambda *_: ["news"],
    "notifications:mail_reports": lambda *_: ["postmark"],
    "notifications:open": lambda world, _: [world.notification().pk],
    "notifications:group": lambda world, _: [world.notification().pk],
    "notifications:rhythm": lambda world, _: [world.subscription().pk],
    "notifications:by_email": lambda world, _: [world.subscription().pk],
    "notifications:confirm": lambda world, variant: [variant or world.request_to_follow()],
    "notifications:manage": lambda world, variant: [variant or world.follower_by_email()],
    "notifications:mute": lambda world, _: [world.kim.slug],
    "notifications:unmute": lambda world, _: [world.kim.slug],
}
