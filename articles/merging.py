"""An amendment over an article that was changed meanwhile: part by part, whoever changed a part has it.

What both changed is nobody's to guess: the authors look at it again before the office can approve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.parts import WHERE, WORDS, words_of

if TYPE_CHECKING:
    from articles.amendment import Amendment


def changed(amendment: Amendment) -> list[str]:
    """The parts that the amendment changes: words, and the region."""
    words = [name for name in WORDS if getattr(amendment, name) != amendment.base.get(name)]
    moves = amendment.happened_in_id not in (None, amendment.base.get("region"))
    return [*words, WHERE] if moves else words


def clashing(amendment: Amendment) -> list[str]:
    """The parts that it changes, and that became something else in the published article since."""
    now, own = words_of(amendment.article), set(changed(amendment))
    words = [
        name
        for name in WORDS
        if name in own and now[name] not in (amendment.base.get(name), getattr(amendment, name))
    ]
    known = (amendment.base.get("region"), amendment.happened_in_id)
    return [*words, WHERE] if WHERE in own and amendment.article.region_id not in known else words


def proposed(amendment: Amendment) -> dict[str, str]:
    """What the article would say: its own words, and the amendment's where it changes them."""
    own = set(changed(amendment))
    found = {
        **words_of(amendment.article),
        **{name: getattr(amendment, name) for name in WORDS if name in own},
        "photos": amendment.content()["photos"],
    }
    if WHERE in own and amendment.happened_in:
        found[WHERE] = amendment.happened_in.label
    return found


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
    if WHERE not in own:
        amendment.happened_in = None
        amendment.base |= {WHERE: now[WHERE], "region": amendment.article.region_id}
