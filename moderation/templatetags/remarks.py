"""Remarks for templates: at their place in a text, beside the fields of a composer, and all of an item.

A page that shows them sets `marks` once ({% remarks_of item as marks %}, or its view does). Where there are
no `marks`, as for readers, the tags that stand in a text show nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from common import blocks as cutting
from moderation import remarks, slips
from moderation.models import Moderated
from moderation.remarks import Margin, Place
from moderation.states import EDITABLE, Status

if TYPE_CHECKING:
    from django.template import Context

    from moderation.reviewing import Remark

register = template.Library()


@register.filter(name="blocks")
def blocks_of(clean: str) -> list[SafeString]:
    """The blocks of clean HTML, for a page that puts something between them."""
    return [mark_safe(block) for block in cutting.blocks(clean)]  # noqa: S308  (cleaned on the way in)


@register.filter
def paragraphs_of(item: Moderated, part: str) -> list[str]:
    """The paragraphs of a plain part, as remarks count them."""
    return item.passages(part)


@register.simple_tag
def remarks_of(item: Moderated) -> Margin:
    """What its author sees; for a page that only author and office open. Before it is sent there is nothing.

    In what is public they stand beside the text, not in it.
    """
    if not item.PLACES or not (item.submitted_at and item.pk):
        return Margin(item)
    found = remarks.margin(item, remarks.told(item))
    return Margin(item, lost=found.all) if item.status in (Status.APPROVED, Status.SUSPENDED) else found


@register.inclusion_tag("moderation/_remarks_at.html", takes_context=True)
def remarks_at(context: Context, part: str, number: int) -> dict[str, Any]:
    """The remarks at a paragraph; on the desk also the way to leave one."""
    marks: Margin | None = context.get("marks")
    if marks is None:
        return {}
    here = marks.here.get(Place(part, number), [])
    if not here and not marks.may_write:
        return {}
    return {
        "marks": marks,
        "here": here,
        "item": marks.item,
        "part": part,
        "number": number,
        "can_correct": marks.may_write and slips.can_be_corrected(marks.item, part),
        **_of_desk(context),
    }


@register.inclusion_tag("moderation/_remarks_list.html", takes_context=True)
def remarks_elsewhere(context: Context) -> dict[str, Any]:
    """The remarks whose paragraph is gone."""
    marks: Margin | None = context.get("marks")
    found = marks.lost if marks else []
    return {"marks": marks, "found": found, "item": marks.item if marks else None, **_of_desk(context)}


@register.inclusion_tag("moderation/_answers.html", takes_context=True)
def answers_to(context: Context, part: str) -> dict[str, Any]:
    """Beside a field of the composer: the notes about it, each with the author's answer."""
    marks: Margin | None = context.get("marks")
    found = [remark for remark in marks.all if remark.part == part] if marks else []
    open_now = marks is not None and marks.item.status in EDITABLE
    return {"found": [_typed(remark, context) for remark in found if not remark.settled_at], "open": open_now}


def _typed(remark: Remark, context: Context) -> Remark:
    """What was typed and came back with a fault of the form."""
    request = context.get("request")
    if request is not None and request.method == "POST":
        remark.answer = request.POST.get(f"jawab-{remark.pk}", remark.answer)
        remark.is_repaired = f"beres-{remark.pk}" in request.POST
    return remark


def _of_desk(context: Context) -> dict[str, Any]:
    """What a template of its own does not know of the page around it."""
    return {name: context.get(name) for name in ("csrf_token", "query", "user")}
