"""The portal's one ornament: six cloths in five dyes, drawn as small SVG patterns.

A KIM has the cloth that its registry number chooses, so it is known by it everywhere, at no cost in
bytes. Colours are classes (static/css/parts/batik.css), because light and dark need different ones.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

DYES = ("nila", "soga", "kunyit", "daun", "bata")
GROUNDS = ("deep", "pale")
# Width and height of the piece of cloth that each variant shows.
SIZES = {"cover": (320, 200), "strip": (320, 40), "badge": (64, 64)}


class Motif(NamedTuple):
    """A repeat: how large it is, how it is turned, and its marks."""

    name: str
    width: int
    height: int
    turn: int
    draw: Callable[[], str]


class Cloth(NamedTuple):
    """What a seed chooses."""

    motif: Motif
    dye: str
    ground: str


def _kawung() -> str:
    """Four palm seeds around a point, and a dot where the repeats meet."""
    seeds = "".join(f'<use href="#{{id}}k" transform="rotate({a} 24 24)"/>' for a in (90, 180, 270))
    corners = "".join(f"M{x} {y}h.1" for x in (0, 48) for y in (0, 48))
    return (
        f'<g class="b2" id="{{id}}k"><path class="b1" d="M23 23C9 23 3 13 3 3c10 0 20 6 20 20z"/></g>{seeds}'
        f'<path class="b4" d="M24 24h.1{corners}"/>'
    )


def _parang() -> str:
    """The slanting knife: one long wave, a dot in its bend, and a plain stripe between."""
    return (
        '<path class="b1" d="M0 6c16 0 8 18 22 18S28 6 44 6v8c-16 0-8 18-22 18S16 14 0 14z"/>'
        '<path class="b2" d="M0 40h44"/><path class="b4" d="M22 9h.1"/>'
    )


def _mega_mendung() -> str:
    """Rain clouds of Cirebon: the same bank of cloud three times, each closer."""
    bank = "M-4 {y}c4-15 20-17 25-5 4-14 23-14 27 1 5-10 18-9 22 3"
    return "".join(
        f'<path class="{name}" d="{bank.format(y=y)}"/>' for name, y in (("b2", 22), ("b3", 31), ("b2", 40), ("b3", 49))
    )


def _ceplok() -> str:
    """A rosette in a square that stands on its corner."""
    petals = "".join(f'<use href="#{{id}}c" transform="rotate({a} 28 28)"/>' for a in range(60, 360, 60))
    return (
        '<path class="b2" d="M28 3 53 28 28 53 3 28z"/>'
        f'<path class="b1" id="{{id}}c" d="M28 27c-5-5-4-11 0-15 4 4 5 10 0 15z"/>{petals}'
        '<path class="b4" d="M28 28h.1M0 0h.1M56 0h.1M0 56h.1M56 56h.1"/>'
    )


def _truntum() -> str:
    """Small stars scattered as on a night sky: every other one stands between its neighbours."""
    star = "v-8m0 16v-8h-8m16 0h-8l-4-4m8 8-4-4 4-4m-8 8 4-4"
    return (
        f'<path class="b2" d="M12 12{star}"/><path class="b3" d="M36 36{star}"/>'
        '<path class="b4" d="M12 12h.1M36 36h.1"/><path class="b4 small" d="M36 12h.1M12 36h.1"/>'
    )


def _sekar_jagad() -> str:
    """A map of the world in flowers: islands with a border, each with its own filling."""
    return (
        '<path class="b2" d="M0 26c14-4 10-22 24-26M24 0c8 14 26 8 40 22M0 26c18 2 22 14 20 38M20 40c18-6 26 4 44-18"/>'
        '<path class="b3" d="M30 52c4-4 4-8 0-12m0 12c-4-4-8-4-12 0m12 0c4 4 8 4 12 0"/>'
        '<path class="b4" d="M8 8h.1M40 18h.1M28 26h.1M52 36h.1M8 44h.1M52 54h.1"/>'
        '<path class="b4 small" d="M16 12h.1M34 10h.1M48 24h.1M38 28h.1M10 36h.1M10 54h.1M46 46h.1"/>'
    )


MOTIFS = (
    Motif("kawung", 48, 48, 0, _kawung),
    Motif("parang", 44, 48, -45, _parang),
    Motif("mega-mendung", 70, 36, 0, _mega_mendung),
    Motif("ceplok", 56, 56, 0, _ceplok),
    Motif("truntum", 48, 48, 0, _truntum),
    Motif("sekar-jagad", 64, 64, 0, _sekar_jagad),
)


def cloth(seed: str) -> Cloth:
    """The cloth of a seed: always the same one for the same registry number."""
    first, second, third = blake2b(seed.encode(), digest_size=3).digest()
    return Cloth(MOTIFS[first % len(MOTIFS)], DYES[second % len(DYES)], GROUNDS[third % len(GROUNDS)])


def svg(seed: str, variant: str = "cover", *, number: int = 0) -> str:
    """The drawing. `number` keeps the ids of one page apart."""
    chosen = cloth(seed)
    return draw(chosen, variant, mark=f"b{blake2b(seed.encode(), digest_size=3).hexdigest()}{number}")


def draw(chosen: Cloth, variant: str, *, mark: str) -> str:
    """One cloth in one shape; `mark` begins every id inside."""
    width, height = SIZES[variant]
    motif = chosen.motif
    turn = f' patternTransform="rotate({motif.turn})"' if motif.turn else ""
    return (
        f'<svg class="batik batik--{chosen.dye} batik--{chosen.ground}" viewBox="0 0 {width} {height}" '
        f'preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false"><defs>'
        f'<pattern id="{mark}" width="{motif.width}" height="{motif.height}" patternUnits="userSpaceOnUse"{turn}>'
        f"{motif.draw().replace('{id}', mark)}</pattern></defs>"
        f'<rect class="b0" width="100%" height="100%"/><rect width="100%" height="100%" fill="url(#{mark})"/></svg>'
    )
