import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from common import batik

ALL = [
    (batik.Cloth(motif, dye, ground), variant)
    for motif in batik.MOTIFS
    for dye in batik.DYES
    for ground in batik.GROUNDS
    for variant in batik.HEIGHTS
]


class Community:
    def __init__(self, registry_number: str | None, slug: str) -> None:
        self.registry_number = registry_number
        self.slug = slug


def draw(source: str, **context: object) -> str:
    return Template("{% load batik %}" + source).render(Context(context))


def test_a_registry_number_always_has_the_same_cloth() -> None:
    assert batik.cloth("160607200101") == batik.cloth("160607200101")


def test_a_hundred_villages_wear_all_motifs_and_dyes() -> None:
    worn = [batik.cloth(f"1606072{n:03}01") for n in range(100)]
    assert {cloth.motif.name for cloth in worn} == {motif.name for motif in batik.MOTIFS}
    assert {cloth.dye for cloth in worn} == set(batik.DYES)


@pytest.mark.parametrize(("cloth", "variant"), ALL[::7])
def test_a_cloth_is_small_and_hidden_from_screen_readers(cloth: batik.Cloth, variant: str) -> None:
    drawn = batik.draw(cloth, variant, mark="b1234567890")
    svg = ElementTree.fromstring(drawn)  # noqa: S314
    assert len(drawn) < 1500
    assert svg.get("aria-hidden") == "true"
    assert "style=" not in drawn


@pytest.mark.parametrize("motif", batik.MOTIFS, ids=lambda motif: motif.name)
def test_every_reference_inside_a_cloth_has_its_target(motif: batik.Motif) -> None:
    drawn = batik.draw(batik.Cloth(motif, "nila", "deep"), "cover", mark="b1")
    targets = set(re.findall(r' id="([^"]+)"', drawn))
    assert set(re.findall(r"#([\w-]+)", drawn)) <= targets


def test_every_class_of_a_cloth_is_styled() -> None:
    sheet = (settings.BASE_DIR / "static/css/parts/batik.css").read_text()
    drawn = "".join(batik.draw(cloth, variant, mark="b1") for cloth, variant in ALL)
    used = {name for names in re.findall(r'class="([^"]+)"', drawn) for name in names.split()}
    assert {name for name in used if f".{name}" not in sheet} == set(batik_without_rules())


def batik_without_rules() -> tuple[str, ...]:
    """The deep ground is what a dye means by itself."""
    return ("batik--deep",)


def test_the_tag_takes_the_registry_number_and_the_slug_while_there_is_none() -> None:
    numbered = draw("{% batik who 'badge' %}", who=Community("160607200101", "kim-surya"))
    fresh = draw("{% batik who 'badge' %}", who=Community(None, "kim-surya"))
    assert without_ids(numbered) == without_ids(draw("{% batik '160607200101' 'badge' %}"))
    assert without_ids(fresh) == without_ids(draw("{% batik 'kim-surya' 'badge' %}"))


def test_the_same_cloth_twice_on_a_page_has_ids_of_its_own() -> None:
    context = RequestContext(RequestFactory().get("/"), {})
    page = Template("{% load batik %}{% batik 'a' %}{% batik 'a' %}").render(context)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def without_ids(drawn: str) -> str:
    return re.sub(r'(id="|#)[\w-]+', "", drawn)
