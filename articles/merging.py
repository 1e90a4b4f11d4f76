"""An amendment over an article that was changed meanwhile: part by part, whoever changed a part has it.

What both changed is nobody's to guess: the authors look at it again before the office can approve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.parts import WORDS, words_of

if TYPE_CHECKING:
    from articles.amendment import Amendment


def changed(amendment: Amendment) -> list[str]:
    """The parts whose words the amendment changes."""
    return [name for name in WORDS if getattr(amendment, name) != amendment.base.get(name)]


def clashing(amendment: Amendment) -> list[str]:
    """The parts that it changes, and that became something else in the published article since."""
    now = words_of(amendment.article)
    return [
        name
        for name in changed(amendment)
        if now[name] not in (amendment.base.get(name), getattr(amendment, name))
    ]


def proposed(amendment: Amendment) -> dict[str, str]:
    """What the article would say: its own words, and the amendment's where it changes them."""
    return {
        **words_of(amendment.article),
        **{name: getattr(amendment, name) for name in changed(amendment)},
        "photos": amendment.content()["photos"],
    }


def is_behind(amendment: Amendment) -> bool:
    """Whether the published words became others since its authors last looked."""
    now = words_of(amendment.article)
    return any(now[name] != amendment.base.get(name) for name in WORDS)


def catch_up(amendment: Amendment) -> None:
    """Take over what was published meanwhile where the amendment changes nothing; not stored."""
    now, own = words_of(amendment.article), set(changed(amendment))
    for name in WORDS:
        if name not in own:
            setattr(amendment, name, now[name])
    amendment.base = {**amendment.base, **{name: now[name] for name in WORDS if name not in own}}
