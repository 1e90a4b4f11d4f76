"""Words of the table of moves for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from moderation.models import Moderated
from moderation.states import Move

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


@register.simple_tag
def move_words(item: Moderated, move: Move) -> StrOrPromise:
    """The words on the button of a move, as the item's kind says them."""
    return item.move_label(move)
