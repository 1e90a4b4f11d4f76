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
# How tall one repeat is, in pixels: a strip shows one row of it, a badge about one and a half.
HEIGHTS = {"cover": 56, "strip": 24, "badge": 36}


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
    """Four palm seeds around a point, each with its two slits, and a dot where the repeats meet."""
    seeds = "".join(f'<use href="#{{id}}k" transform="rotate({a} 24 24)"/>' for a in (90, 180, 270))
    return (
        '<g id="{id}k"><path class="b1" d="M23 23C9 23 3 13 3 3c10 0 20 6 20 20z"/>'
        '<path class="b6" d="M9 9l3 3M15 15l3 3"/></g>'
        f'{seeds}<path class="b4" d="M24 24h.1M0 0h.1M48 0h.1M0 48h.1M48 48h.1"/>'
    )


def _parang() -> str:
    """The slanting knife: one long wave, a dot in its bend, and a plain stripe between."""
    return (
        '<path class="b1" d="M0 6c16 0 8 18 22 18S28 6 44 6v8c-16 0-8 18-22 18S16 14 0 14z"/>'
        '<path class="b2" d="M0 40h44"/><path class="b4" d="M22 9h.1"/>'
    )


def _mega_mendung() -> str:
    """Rain clouds of Cirebon: one cloud inside another inside another, row beside row."""
    cloud = "M11 36C0 35 0 21 11 21c0-14 17-17 23-7 6-9 21-6 20 6 11-2 14 14 3 16z"
    behind = "".join(
        f'<use href="#{{id}}m" x="{x}" y="{y}"/>' for x, y in ((34, -22), (-34, 22), (34, 22), (0, 0))
    )
    return (
        f'<g transform="translate(-34 -22)"><g id="{{id}}m"><path class="b7" d="{cloud}"/>'
        f'<path class="b3" d="{cloud}" transform="translate(8 7) scale(.76)"/>'
        f'<path class="b2" d="{cloud}" transform="translate(16 14) scale(.5)"/></g></g>{behind}'
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
        '<path class="b4" d="M12 12h.1M36 36h.1"/><path class="b5" d="M36 12h.1M12 36h.1"/>'
    )


def _sekar_jagad() -> str:
    """A map of the world in flowers: islands with a border, each with its own filling."""
    return (
        '<path class="b2" d="M0 20c16-14 24 16 38 8s18-1 26-8M0 50c10 10 20-12 34-6s20-4 30 6'
        'M22 0c10 12-8 20-2 34s-8 18 2 30M48 0c-8 10 10 18 4 30s4 24-4 34"/>'
        '<path class="b3" d="M4 31l10 5M5 41l9-5M32 12l4-8 4 8M30 52l6 8 6-8"/>'
        '<path class="b4" d="M36 37h.1M58 6h.1M10 6h.1"/>'
        '<path class="b5" d="M29 37h.1M43 37h.1M36 31h.1M36 43h.1"/>'
        '<path class="b5" d="M58 32h.1M60 42h.1M6 60h.1M14 58h.1M57 58h.1"/>'
    )


MOTIFS = (
    Motif("kawung", 48, 48, 0, _kawung),
    Motif("parang", 44, 48, -45, _parang),
    Motif("mega-mendung", 68, 44, 0, _mega_mendung),
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
    """One cloth in one size of repeat; it fills its frame. `mark` begins every id inside."""
    motif = chosen.motif
    return (
        f'<svg class="batik batik--{chosen.dye} batik--{chosen.ground}" aria-hidden="true" focusable="false">'
        f'<defs><pattern id="{mark}" width="{motif.width}" height="{motif.height}" '
        f'patternUnits="userSpaceOnUse" patternTransform="{_transform(motif, variant)}">'
        f"{motif.draw().replace('{id}', mark)}</pattern></defs>"
        f'<rect class="b0" width="100%" height="100%"/>'
        f'<rect width="100%" height="100%" fill="url(#{mark})"/></svg>'
    )


def _transform(motif: Motif, variant: str) -> str:
    scale = f"scale({HEIGHTS[variant] / motif.height:.3g})"
    return f"{scale} rotate({motif.turn})" if motif.turn else scale
