"""An editor sees the draft as a picture, prints the poster, and moves documents out and in."""

import re
import zlib
from dataclasses import replace
from functools import partial
from math import ceil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import action_url, change_url, place_url
from rules.document.files import dump_json
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.models import Guide
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.browser.axe import axe_violations
from tests.browser.conftest import LogIn, NewPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("graphviz"),
]

POSTER = "/corriger-comptes-pix/affiche/"
PIXELS_PER_MM = 96 / 25.4


@pytest.fixture
def page(log_in: LogIn) -> Page:
    return log_in()


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def test_a_box_is_opened_with_the_keyboard(page: Page, guide: Guide) -> None:
    page.goto(change_url(guide))
    page.get_by_role("link", name="Voir en image").click()
    box = page.get_by_role(
        "link", name="Question sur l’élève\u00a0: 5. Identifiants connus", exact=True
    )
    box.focus()
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Question", exact=False).first).to_be_visible()
    assert page.url.endswith(change_url(guide.questions.get(key="identifiants-connus")))


def test_an_arrow_is_opened_with_the_keyboard(page: Page, guide: Guide) -> None:
    page.goto(action_url(guide, "graph"))
    arrow = page.get_by_role("link", name=re.compile("^– \\(aucune\\)"))
    arrow.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{place_url(guide, 'reponse-methode-pix-orga.aucune')}")
    expect(page.locator(":target")).to_have_text("– (aucune)")
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_picture_stands_beside_the_guide_on_a_wide_window(log_in: LogIn, guide: Guide) -> None:
    """It is not even loaded as long as the window is narrow: there, a link leads to it."""
    page = log_in(viewport={"width": 1599, "height": 900})
    page.goto(change_url(guide))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name="Voir en image")).to_be_visible()
    assert page.locator(".picture").count() == 0
    page.set_viewport_size({"width": 1600, "height": 500})  # lower than the picture
    expect(page.locator(".picture")).to_be_visible()
    assert axe_violations(page) == []
    assert page.locator(".picture-frame").evaluate("frame => frame.scrollTop") == 0
    page.evaluate("window.isSamePage = true")
    page.locator(".picture").get_by_text("Non, si").first.click()
    expect(page.locator("[id='reponse-identifiants-connus.non']:target")).to_be_in_viewport()
    assert page.evaluate("window.isSamePage")


def test_with_the_keyboard_the_parcours_comes_before_its_picture(
    log_in: LogIn, guide: Guide
) -> None:
    page = log_in(viewport={"width": 1920, "height": 1080})
    page.goto(change_url(guide))
    expect(page.locator(".picture")).to_be_visible()
    assert page.evaluate(
        """document.querySelector(".stops").compareDocumentPosition(
            document.querySelector(".picture")) === Node.DOCUMENT_POSITION_FOLLOWING"""
    )


@pytest.mark.parametrize("address", ["admin", POSTER])
def test_words_stay_in_their_boxes(page: Page, guide: Guide, address: str) -> None:
    page.goto(action_url(guide, "graph") if address == "admin" else address)
    assert page.locator(".picture .node").count() == 15
    assert page.evaluate(
        """() => [...document.querySelectorAll(".picture .node")].every(node => {
            const box = node.querySelector("path, polygon").getBBox()
            return [...node.querySelectorAll("text")].every(text => {
                const words = text.getBBox()
                return words.x >= box.x && words.x + words.width <= box.x + box.width
                    && words.y >= box.y && words.y + words.height <= box.y + box.height
            })
        })"""
    )


def test_a_document_goes_out_is_changed_and_comes_back(
    page: Page, guide: Guide, tmp_path: Path
) -> None:
    page.goto(change_url(guide))
    page.get_by_text("Plus", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="YAML").click()
    assert download.value.suggested_filename == "corriger-comptes-pix-brouillon.yaml"
    file = tmp_path / "guide.yaml"
    file.write_text(download.value.path().read_text().replace("Tout va bien", "Tout roule"))
    page.goto("/admin/rules/guide/")
    page.get_by_role("link", name="Importer").click()
    page.get_by_label("Fichier").set_input_files(file)
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_text("s’appelle maintenant")).to_be_visible()
    page.get_by_role("button", name="Remplacer le brouillon").click()
    expect(page.get_by_text("Le document est importé dans le brouillon.")).to_be_visible()
    expect(page.get_by_role("link", name="Tout roule !", exact=True)).to_be_visible()


def admin_pages(guide: Guide) -> list[str]:
    return [action_url(guide, "graph"), action_url(guide, "read"), "/admin/rules/guide/import/"]


def test_the_pages_are_accessible(page: Page, guide: Guide) -> None:
    guide.rules.get(asks__key="identifiants-connus").delete()
    for url in admin_pages(guide):
        page.goto(url)
        for details in page.locator("details").all():
            details.evaluate("element => { element.open = true }")
        assert axe_violations(page) == [], url


def test_what_an_import_says_is_accessible(page: Page, guide: Guide) -> None:
    draft = draft_read(guide)
    texts = {
        "Rien n’est importé": "format: 2",
        "Nouveau guide": dump_json(replace(draft, slug="nouveau")),
        "Voici ce qui changera": dump_json(replace(draft, introduction="Autre introduction")),
    }
    for answer, text in texts.items():
        page.goto("/admin/rules/guide/import/")
        page.get_by_label("Ou texte collé").fill(text)
        page.get_by_role("button", name="Comparer").click()
        expect(page.get_by_text(answer).first).to_be_visible()
        assert axe_violations(page) == [], answer


def test_on_a_phone_the_picture_scrolls_and_the_page_does_not(
    new_page: NewPage, guide: Guide
) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(POSTER)
    widths = page.locator(".picture-frame").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert widths[0] > widths[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["admin", POSTER])
def test_on_a_phone_the_lists_come_first_and_the_picture_opens_on_its_first_question(
    log_in: LogIn, guide: Guide, address: str
) -> None:
    page = log_in(viewport={"width": 375, "height": 760})
    page.goto(action_url(guide, "graph") if address == "admin" else address)
    expect(page.locator(".tree a").first).to_be_visible()
    boxes = [page.locator(place).first.bounding_box() for place in (
        ".tree", ".picture-frame", ".picture .node",
    )]  # fmt: skip
    tree, frame, first = [box for box in boxes if box]
    assert tree["y"] + tree["height"] <= frame["y"]
    assert frame["x"] < first["x"]
    assert first["x"] + first["width"] < frame["x"] + frame["width"]


def test_on_a_desk_the_picture_comes_first_and_the_lists_are_closed(
    page: Page, guide: Guide
) -> None:
    page.goto(POSTER)
    expect(page.locator(".picture")).to_be_visible()
    expect(page.locator(".tree")).to_be_hidden()
    page.get_by_text("Les mêmes parcours en texte").click()
    expect(page.locator(".tree")).to_be_visible()


def test_the_poster_is_one_sheet_in_firefox(new_firefox_page: NewPage, guide: Guide) -> None:
    page = new_firefox_page()
    page.goto(POSTER)
    assert count_sheets(page.pdf(prefer_css_page_size=True)) == 1


def test_the_poster_is_one_sheet_of_a3(new_page: NewPage, guide: Guide) -> None:
    page = new_page()
    page.goto(POSTER)
    pdf = page.pdf(prefer_css_page_size=True)
    assert count_sheets(pdf) == 1
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert found
    millimetres = [round(float(points) / 72 * 25.4) for points in found.groups()]
    assert millimetres == [420, 297]


def count_sheets(pdf: bytes) -> int:
    """Returns the number of pages, which Firefox lists in a compressed part of the file."""
    packed = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    parts = [zlib.decompressobj().decompress(part) for part in packed if part.startswith(b"x")]
    return len(re.findall(rb"/Type /Page\b", b" ".join([pdf, *parts])))


def lengthen_text(text: str, share: float) -> str:
    """Returns the text with this share of its own words added at its end."""
    words = text.split()
    return " ".join([text, *words[: ceil(len(words) * share)]])


@pytest.fixture
def grown(guide: Guide, request: pytest.FixtureRequest) -> Guide:
    """The shipped guide, published again with longer texts."""
    draft = draft_read(guide)
    longer_by = partial(lengthen_text, share=request.param)
    outcomes = [replace(o, body=longer_by(o.body or o.title)) for o in draft.outcomes]
    questions = [replace(q, help=longer_by(q.help or q.title)) for q in draft.questions]
    changed = replace(draft, outcomes=tuple(outcomes), questions=tuple(questions))
    guide_import(content=changed, replace_draft=True)
    guide_publish(review=PublicationReview(guide))
    return guide


def open_on_a3(page: Page) -> tuple[float, float]:
    """Opens the poster as wide as its sheet; returns the heights of it and of its picture in mm."""
    page.set_viewport_size({"width": round(400 * PIXELS_PER_MM), "height": 1000})
    page.goto(POSTER)
    page.emulate_media(media="print")
    boxes = [page.locator(place).bounding_box() for place in ("main", ".picture-frame")]
    whole, picture = [box["height"] / PIXELS_PER_MM for box in boxes if box]
    return whole, picture


@pytest.mark.parametrize("grown", [0.15], indirect=True)
def test_somewhat_more_text_stays_on_the_sheet(new_page: NewPage, grown: Guide) -> None:
    page = new_page()
    whole, picture = open_on_a3(page)
    assert whole <= 277  # or chromium would print it smaller
    assert picture >= 100
    assert count_sheets(page.pdf(prefer_css_page_size=True)) == 1


@pytest.mark.parametrize("grown", [1], indirect=True)
def test_much_more_text_has_sheets_of_its_own(new_page: NewPage, grown: Guide) -> None:
    page = new_page()
    whole, picture = open_on_a3(page)
    assert whole > 277
    assert picture >= 150
    assert count_sheets(page.pdf(prefer_css_page_size=True)) == 3


def test_the_sheet_is_filled(new_page: NewPage, guide: Guide) -> None:
    """The advice is under the picture, down to the foot; the columns beside it are as long as
    each other, but for a text that is not cut.
    """
    page = new_page()
    open_on_a3(page)
    picture, advice, main = (
        page.locator(place).evaluate("e => e.getBoundingClientRect().toJSON()")
        for place in (".drawn", ".conseils", "main")
    )
    assert advice["top"] >= picture["bottom"]
    assert advice["bottom"] > main["bottom"] - 10 * PIXELS_PER_MM
    ends: dict[float, float] = {}
    for text in page.locator(".answered .text").all():
        box = text.bounding_box()
        assert box
        ends[box["x"]] = max(ends.get(box["x"], 0), box["y"] + box["height"])
    assert len(ends) == 2
    assert max(ends.values()) - min(ends.values()) < 20 * PIXELS_PER_MM


def test_what_is_printed_of_the_poster_is_the_picture_and_the_texts(
    new_page: NewPage, guide: Guide
) -> None:
    page = new_page()
    page.goto(POSTER)
    page.emulate_media(media="print")
    for shown in (".picture", "figure svg", "#questions-liste-a-jour", "#outcomes-tout-va-bien"):
        expect(page.locator(shown)).to_be_visible()
    expect(page.locator("#outcomes-liste-a-jour-ok")).to_be_visible()
    for left_out in (".banner", "details", "footer"):
        expect(page.locator(left_out)).to_be_hidden()
