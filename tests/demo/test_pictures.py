"""The pictures made by code."""

from io import BytesIO

import pytest
from PIL import Image

from kimportal.demo.pictures import EMBLEMS, MOTIFS, render, render_emblem
from kimportal.demo.pictures.decree import Decree, as_jpeg, as_pdf

DECREE = Decree(
    ["Kabupaten", "Kecamatan", "Desa"], "Kepala Desa", "1/2026", "Hal", "Desa", "1 Mei 2026", [("Ketua", "A")]
)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_draws_a_full_picture(motif):
    picture = Image.open(BytesIO(render(motif, 1)))
    assert (picture.format, picture.size) == ("JPEG", (1600, 1000))
    assert len(picture.getcolors(1_000_000)) > 100


@pytest.mark.parametrize("name", EMBLEMS)
def test_every_emblem_is_square(name):
    assert Image.open(BytesIO(render_emblem(name))).size == (1000, 1000)


def test_the_same_seed_gives_the_same_picture_and_another_seed_another():
    assert render("river", 7) == render("river", 7)
    assert render("river", 7) != render("river", 8)


def test_a_decree_is_a_jpeg_or_a_pdf_of_less_than_the_upload_limit(settings):
    photo, paper = as_jpeg(DECREE), as_pdf(DECREE)
    assert photo[:3] == b"\xff\xd8\xff"
    assert paper[:5] == b"%PDF-"
    assert max(len(photo), len(paper)) < settings.UPLOAD_LIMIT_BYTES
