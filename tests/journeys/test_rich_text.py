"""The rich text field: it comes when the page is usable, and makes plain what is pasted."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.factories import make_community, make_user
from tests.journeys.conftest import Portal
from tests.journeys.on_device import kill_tab, wait_until_kept
from tests.journeys.person import PHONE, Device, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
PAPER = "[data-paper] [contenteditable]"
RICH_PHONE = Device(360, "dark", spares_data=False)
RICH_LAPTOP = Device(1280, "light", spares_data=False)
PASTE = """([selector, kinds]) => {
  const data = new DataTransfer();
  for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""
# As Word hands it over: its lists are paragraphs with a sign in front.
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal{margin:0cm}</style><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
</head><body lang=IN style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='margin-top:12.0pt'><span lang=IN style='font-size:16.0pt;color:#2F5496'>Rapat desa</span></h1>
<p class=MsoNormal style='margin-bottom:0cm'><b><span style='font-size:12.0pt;font-family:"Times"'>Kepala
desa</span></b><span style='mso-spacerun:yes'>&nbsp;</span><i style='mso-bidi-font-style:normal'>membuka</i>
rapat.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span>Jalan dusun</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span>Air bersih</p>
<p class=MsoNormal><a href="https://desa.example/rapat" style='color:blue'>Undangan</a></p>
<!--EndFragment--></body></html>"""
CLEAN_WORD = (
    "<h2>Rapat desa</h2><p><strong>Kepala desa</strong> <em>membuka</em> rapat.</p>"
    "<ul><li>Jalan dusun</li><li>Air bersih</li></ul>"
    '<p><a href="https://desa.example/rapat" rel="nofollow ugc noopener">Undangan</a></p>'
)
FROM_GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
    '<span style="font-weight:700">Panen</span> <span style="font-style:italic">raya</span></p></b>'
)
FROM_WHATSAPP = """[21/11 10.12] Pak Udin: *Gotong royong* Minggu pagi
jam 07.00 < jam 10.00
[21/11 10.15] +62 812-3456-7890: Bawa _cangkul_, jangan lupa ~sapu~ karung

Lihat https://desa.example/a_b_c"""
CLEAN_WHATSAPP = (
    "<p><strong>Gotong royong</strong> Minggu pagi<br>jam 07.00 &lt; jam 10.00<br>"
    "Bawa <em>cangkul</em>, jangan lupa sapu karung</p><p>Lihat https://desa.example/a_b_c</p>"
)


def _writer(portal: Portal, device: Device = RICH_PHONE) -> Person:
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar, name="KIM Surya Toman")
    person = portal.person("penulis", device)
    sign_in(person, bahar.email)
    # On a machine with much to do the page would take its line for a slow one.
    person.page.add_init_script("performance.now = () => 1000")
    return person


def _open(person: Person) -> Page:
    person.open("/berita/tulis/")
    expect(person.page.locator(PAPER)).to_be_visible()
    return person.page


def _saved_body(person: Person) -> str:
    person.fill(title="Rapat desa", category="environment")
    person.press("Save as draft")
    return Article.objects.get().body


@pytest.mark.parametrize(
    ("kinds", "clean"),
    [
        ({"text/html": FROM_WORD, "text/plain": "Rapat desa"}, CLEAN_WORD),
        (
            {"text/html": FROM_GOOGLE, "text/plain": "Panen raya"},
            "<p><strong>Panen</strong> <em>raya</em></p>",
        ),
        ({"text/plain": FROM_WHATSAPP}, CLEAN_WHATSAPP),
    ],
    ids=["word", "google", "whatsapp"],
)
def test_what_is_pasted_comes_out_clean(portal: Portal, kinds: dict[str, str], clean: str):
    writer = _writer(portal)
    page = _open(writer)
    page.locator(PAPER).focus()
    page.evaluate(PASTE, [PAPER, kinds])
    assert _saved_body(writer) == clean


def test_the_bar_shapes_the_text_and_nothing_else(portal: Portal):
    writer = _writer(portal, RICH_LAPTOP)
    page = _open(writer)
    page.on("dialog", lambda dialog: dialog.accept("desa.example/hasil"))
    paper = page.locator(PAPER)
    names = page.locator(".rich__bar [data-do]").evaluate_all("all => all.map(each => each.dataset.do)")
    assert names == ["h2", "h3", "bold", "italic", "ul", "ol", "quote", "link"]

    def press(words: str) -> None:
        page.locator(".rich__bar").get_by_role("button", name=gettext(words), exact=True).click()

    paper.focus()
    press("Heading")
    page.keyboard.type("Hasil rapat")
    page.keyboard.press("Enter")
    press("Bold")
    page.keyboard.type("Tiga")
    press("Bold")
    page.keyboard.type(" hal:")
    page.keyboard.press("Enter")
    press("List")
    page.keyboard.type("jalan")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    press("Link")
    page.keyboard.type("Selengkapnya")
    assert _saved_body(writer) == (
        "<h2>Hasil rapat</h2><p><strong>Tiga</strong> hal:</p><ul><li>jalan</li></ul>"
        '<p><a href="https://desa.example/hasil" rel="nofollow ugc noopener">Selengkapnya</a></p>'
    )


def test_the_textarea_stays_the_truth_and_a_killed_tab_comes_back_in_shape(portal: Portal):
    writer = _writer(portal)
    page = _open(writer)
    writer.fill(title="Rapat desa")
    page.locator(PAPER).focus()
    page.keyboard.type("Warga hadir.")
    expect(page.locator("[name=body]")).to_have_value("<p>Warga hadir.</p>")
    wait_until_kept(page, body="<p>Warga hadir.</p>")
    kill_tab(writer)
    _open(writer)
    writer.page.locator("[data-restore]").click()
    expect(writer.page.locator(PAPER)).to_have_text("Warga hadir.")


def test_who_spares_data_has_the_plain_field_and_loads_nothing(portal: Portal):
    writer = _writer(portal, PHONE)
    asked: list[str] = []
    writer.page.on("request", lambda request: asked.append(request.url))
    writer.open("/berita/tulis/")
    writer.page.wait_for_timeout(2500)
    assert [url for url in asked if "rich" in url or "prose" in url] == []
    writer.fill(body="Warga *hadir* semua.")
    assert _saved_body(writer) == "<p>Warga <strong>hadir</strong> semua.</p>"
