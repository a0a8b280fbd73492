"""The SVG element of a picture, and what happens if Graphviz cannot draw it."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings

from rules.picture import dot
from rules.picture.arrow_labels import ArrowLabel
from rules.picture.boxes import Arrow, Box, Look, Picture
from rules.picture.dot import MAX_BOXES_AND_ARROWS, draw_with_graphviz, run_graphviz
from rules.picture.svg import draw_svg
from tests.rules.documents import TITLES
from tests.rules.pictures import HOSTILE_TEXTS, PARCOURS, draw_picture, make_guide


@pytest.fixture
def page(graphviz: None) -> BeautifulSoup:
    """The drawing of a guide with a stuck path and an unreachable outcome."""
    parcours = replace(PARCOURS, unreached_outcomes=("conseil",))
    svg = draw_svg(draw_picture(make_guide(), parcours), "Petit guide").svg
    return BeautifulSoup(svg, "html.parser")


def node_texts(page: BeautifulSoup, selector: str) -> list[str]:
    """Returns the text of each selected node or edge, whose lines are elements of their own.

    The heading of a node is not part of it.
    """
    return [
        " ".join(line.get_text().strip("\u00a0") for line in node.select("text:not(.kind)"))
        for node in page.select(selector)
    ]


def test_each_box_is_a_link_with_a_name(page: BeautifulSoup) -> None:
    links = {str(link["href"]): str(link["aria-label"]) for link in page.select(".node a")}
    assert links["/questions/q1"] == "Question sur l’établissement\u00a0: 1. Un\u00a0?"
    assert links["/outcomes/suite"] == "Conclusion (action à faire)\u00a0: Suite"
    assert len(page.select(".node a")) == len(page.select(".node")) == 7


def test_boxes_have_the_class_of_their_look(page: BeautifulSoup) -> None:
    assert node_texts(page, ".node.school") == ["1. Un\u00a0?"]
    assert node_texts(page, ".node.pupil") == ["⚠ 2. Deux\u00a0?"]
    assert node_texts(page, ".node.success") == ["Fin"]
    assert node_texts(page, ".node.action") == ["Suite", "Suite"]


def test_faulty_boxes_are_marked_by_a_text_and_a_double_line(page: BeautifulSoup) -> None:
    labels = [
        "⚠ 2. Deux\u00a0?",
        "⚠ Impasse\u00a0: rien n’est demandé ni conclu",
        "⚠ Jamais atteint\u00a0: Conseil",
    ]
    assert sorted(node_texts(page, ".node.wrong")) == labels
    right, wrong = page.select_one(".node.success"), page.select_one(".node.stuck")
    assert right
    assert wrong
    assert len(right.select("polygon")) == 1
    assert len(wrong.select("polygon")) == 2  # a double line


def test_a_mark_is_above_the_middle_of_the_first_box(page: BeautifulSoup) -> None:
    picture, space_before = page.select("svg")
    text = page.select_one(".node text")
    assert text
    middle = float(str(text["x"])) / float(str(picture["viewbox"]).split()[2])
    assert str(space_before["width"]) == f"{100 * middle:.1f}%"


def test_a_drawing_has_an_accessible_name_and_mentions_the_lists(page: BeautifulSoup) -> None:
    svg = page.select_one("svg")
    assert svg
    assert svg["role"] == "group"
    named = [page.find(id=name) for name in str(svg["aria-labelledby"]).split()]
    assert [element.get_text() for element in named if element] == [
        "Petit guide",
        "Les mêmes parcours sont écrits sur cette page, en listes.",
    ]


def test_an_arrow_is_a_link_whose_name_says_what_leads_where(page: BeautifulSoup) -> None:
    links = {str(link["href"]): str(link["aria-label"]) for link in page.select(".edge a")}
    assert links == {
        "/arrows/etape-q1": "Oui / Bof\u00a0: 1. Un\u00a0? → ⚠ 2. Deux\u00a0?",
        "/arrows/reponse-q1.non": "Non\u00a0: 1. Un\u00a0? → Suite",
        "/arrows/reponse-q2.oui": "Oui\u00a0: ⚠ 2. Deux\u00a0? → Suite",
        "/arrows/reponse-q2.non": "Non\u00a0: ⚠ 2. Deux\u00a0? → ⚠ Impasse\u00a0: rien n’est demandé ni conclu",
    }


def test_an_arrow_without_address_is_hidden_from_screen_readers(page: BeautifulSoup) -> None:
    hidden = page.select('.edge[aria-hidden="true"]')
    assert [edge.get_text(strip=True) for edge in hidden] == ["et aussi"]


def test_the_arrow_of_a_rule_that_never_holds_is_dashed_and_links_to_its_page(
    graphviz: None,
) -> None:
    boxes = (Box("a", Look.PUPIL, "A"), Box("b", Look.INFO, "B"))
    arrows = (
        Arrow("a", "b", (ArrowLabel(("Oui",)),)),
        Arrow("a", "b", rule_number=7, url="/rules/r7"),
    )
    page = BeautifulSoup(draw_svg(Picture(boxes, arrows), "").svg, "html.parser")
    (link,) = page.select("a")
    assert link["href"] == "/rules/r7"
    assert link["aria-label"] == "✗ règle 7\u00a0: ne s’applique jamais"
    assert node_texts(page, ".edge.wrong") == ["✗ règle 7"]
    assert [bool(path.get("stroke-dasharray")) for path in page.select(".edge path:not(.hit)")] == [
        False,
        True,
    ]
    assert [edge.get("aria-hidden") for edge in page.select(".edge")] == ["true", None]


def test_a_drawing_has_no_colours_fonts_or_ids_of_graphviz(page: BeautifulSoup) -> None:
    svg = str(page)
    for foreign in ("<?xml", "<!DOCTYPE", "style=", "fill=", "font-family=", "xlink"):
        assert foreign not in svg
    assert len(page.select("[id]")) == 2


@pytest.mark.usefixtures("graphviz")
@pytest.mark.parametrize("title", HOSTILE_TEXTS)
def test_a_hostile_text_is_drawn_letter_by_letter(title: str) -> None:
    guide = make_guide(title, end=title, label=title)
    svg = BeautifulSoup(draw_svg(draw_picture(guide), title).svg, "html.parser")
    assert {element.name for element in svg.find_all(True)} == {
        "svg", "title", "desc", "g", "a", "path", "polygon", "text", "span",
    }  # fmt: skip
    letters = "".join(char for char in title if char.isprintable() or char == "\u200d")
    drawn = "".join(node_texts(svg, ".node.school")).replace(" ", "")
    assert drawn == "1." + letters.replace(" ", "")


@pytest.mark.usefixtures("graphviz")
@given(TITLES, TITLES)
@settings(max_examples=40)
def test_a_random_title_is_drawn(title: str, label: str) -> None:
    boxes = (Box("a", Look.PUPIL, title, "/a"), Box("b", Look.INFO, title))
    svg = draw_svg(
        Picture(boxes, (Arrow("a", "b", (ArrowLabel((label, label), label),)),)), title
    ).svg
    assert svg.count('class="node') == 2


@pytest.mark.usefixtures("graphviz")
def test_a_hostile_address_is_escaped_in_its_link() -> None:
    svg = draw_svg(Picture((Box("a", Look.PUPIL, "A", '/x?y=<"&'),), ()), "").svg
    link = BeautifulSoup(svg, "html.parser").select_one("a")
    assert link
    assert link["href"] == '/x?y=<"&'


def test_the_sixth_and_further_choices_on_an_arrow_are_only_counted(graphviz: None) -> None:
    arrow = Arrow("a", "b", (ArrowLabel(tuple(f"Réponse {index}" for index in range(9))),))
    boxes = (Box("a", Look.PUPIL, "A"), Box("b", Look.PUPIL, "B"))
    page = BeautifulSoup(draw_svg(Picture(boxes, (arrow,)), "").svg, "html.parser")
    assert "Réponse 4" in node_texts(page, ".edge")[0]
    assert node_texts(page, ".edge")[0].endswith("et 4 autres")


def test_a_picture_too_large_to_be_read_is_not_drawn() -> None:
    boxes = tuple(Box(str(index), Look.PUPIL, "A") for index in range(MAX_BOXES_AND_ARROWS + 1))
    assert draw_svg(Picture(boxes, ()), "").svg == ""


def test_without_graphviz_there_is_no_drawing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    run_graphviz.cache_clear()
    assert draw_svg(draw_picture(make_guide()), "").svg == ""


@pytest.mark.parametrize("script", ["exit 1", "sleep 5"])
def test_there_is_no_drawing_if_graphviz_fails_or_is_slow(
    script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(program))
    monkeypatch.setattr(dot, "TIMEOUT_SECONDS", 0.2)
    run_graphviz.cache_clear()
    assert draw_with_graphviz("digraph {}") is None


def test_a_failed_drawing_is_not_cached(graphviz: None, monkeypatch: pytest.MonkeyPatch) -> None:
    run_graphviz.cache_clear()
    with monkeypatch.context() as busy:
        busy.setattr(dot, "TIMEOUT_SECONDS", 0)
        assert draw_with_graphviz("digraph {}") is None
    assert draw_with_graphviz("digraph {}")


@pytest.mark.usefixtures("graphviz")
def test_a_guide_of_two_hundred_questions_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dot, "TIMEOUT_SECONDS", 120)  # a busy machine is no failure
    names = [f"q{index}" for index in range(200)]
    boxes = tuple(Box(name, Look.PUPIL, "mot " * 15) for name in names)
    arrows = tuple(
        Arrow(
            names[index], names[min(199, index + step)], (ArrowLabel(("Une réponse", "Une autre")),)
        )
        for index in range(199)
        for step in (1, 2, 5)
    )
    svg = BeautifulSoup(draw_svg(Picture(boxes, arrows), "").svg, "html.parser").select_one("svg")
    assert svg
    assert len(svg.select(".node")) == 200


@pytest.mark.usefixtures("graphviz")
@pytest.mark.parametrize(
    ("width", "classes", "is_readable"),
    [(3, ["picture"], True), (12, ["picture", "large"], True), (30, ["picture", "large"], False)],
)
def test_a_picture_says_if_it_is_too_wide_for_a_page_or_a_sheet(
    width: int, classes: list[str], is_readable: bool
) -> None:
    boxes = tuple(Box(f"q{index}", Look.PUPIL, "Une question") for index in range(width))
    drawing = draw_svg(Picture(boxes, ()), "")
    svg = BeautifulSoup(drawing.svg, "html.parser").select_one("svg")
    assert svg
    assert svg["class"] == classes
    assert drawing.is_readable is is_readable


@pytest.mark.usefixtures("graphviz")
@pytest.mark.parametrize(
    ("labels", "is_readable"),
    [(["Oui"] * 5, True), (["Oui"] * 6, False), (["Une longue réponse " * 3], False)],
)
def test_a_picture_whose_words_are_cut_is_not_readable_alone(
    labels: list[str], is_readable: bool
) -> None:
    boxes = (Box("a", Look.PUPIL, "A"), Box("b", Look.PUPIL, "B"))
    arrow = Arrow("a", "b", (ArrowLabel(tuple(labels)),))
    assert draw_svg(Picture(boxes, (arrow,)), "").is_readable is is_readable


def test_the_heading_of_a_box_is_above_its_title(graphviz: None) -> None:
    box = Box("a", Look.ADVICE, "Importer", kind="À faire d’abord", condition="si Un est Non")
    page = BeautifulSoup(draw_svg(Picture((box,), ()), "").svg, "html.parser")
    lines = [(line.get_text(), line.get("class")) for line in page.select(".node.first text")]
    assert lines == [("À faire d’abord, si Un est Non", ["kind"]), ("Importer", None)]
