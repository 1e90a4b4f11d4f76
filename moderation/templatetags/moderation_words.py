"""Words of the table of moves for templates."""

from django import template
from django.utils.functional import Promise

from moderation.models import Moderated
from moderation.states import Move

register = template.Library()


@register.simple_tag
def move_words(item: Moderated, move: Move) -> "str | Promise":
    """The words on the button of a move, as the item's kind says them."""
    return item.move_label(move)
