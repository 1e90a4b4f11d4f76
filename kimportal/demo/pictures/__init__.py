"""Pictures made by code, in the five dyes.

`render("river", 7)` always gives the same picture; another seed gives another hour, other people.
"""

from collections.abc import Callable

from kimportal.demo.pictures import (
    scenes_land,
    scenes_people,
    scenes_portrait,
    scenes_stage,
    scenes_things,
    scenes_water,
)
from kimportal.demo.pictures.canvas import Canvas
from kimportal.demo.pictures.dyes import PAPER

Scene = Callable[[Canvas], None]

MOTIFS: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        scenes_water.river,
        scenes_water.lake,
        scenes_water.flood,
        scenes_water.beach,
        scenes_water.pond,
        scenes_water.planting,
        scenes_land.rubber,
        scenes_land.rice,
        scenes_land.mountain,
        scenes_land.mosque_dusk,
        scenes_land.road,
        scenes_land.field,
        scenes_land.coffee,
        scenes_people.hall,
        scenes_people.posyandu,
        scenes_people.market,
        scenes_stage.stage,
        scenes_stage.drums,
        scenes_people.training,
        scenes_stage.badminton,
        scenes_things.loom,
        scenes_things.cloths,
        scenes_things.library,
        scenes_things.phone,
        scenes_stage.puppets,
        scenes_people.tap,
        scenes_people.service,
        scenes_portrait.group,
    )
}


EMBLEMS: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        scenes_portrait.leaf,
        scenes_portrait.wave,
        scenes_portrait.summit,
        scenes_portrait.bubble,
        scenes_portrait.lozenge,
    )
}


def render(motif: str, seed: int) -> bytes:
    """A JPEG of 1600 × 1000 pixels."""
    canvas = Canvas(f"{motif} {seed}", PAPER)
    MOTIFS[motif](canvas)
    return canvas.as_jpeg()


def render_emblem(name: str) -> bytes:
    """A square JPEG of 1000 × 1000 pixels: the logo that a community chose."""
    canvas = Canvas(name, PAPER)
    EMBLEMS[name](canvas)
    return canvas.as_jpeg(square=True)
