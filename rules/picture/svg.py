"""Turns the drawing of Graphviz into an SVG element for a page.

Boxes and arrows that have an address become links, and the style sheet of the page gives the colours.
"""

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from rules.picture.boxes import Arrow, Box, Picture
from rules.picture.displayed_names import printable_text
from rules.picture.dot import (
    MAX_BOXES_AND_ARROWS,
    arrow_lines,
    box_label,
    broken_rule_label,
    dot_source,
    draw_with_graphviz,
    heading_lines,
    is_cut,
)

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_REMOVED_ATTRIBUTES = {"fill", "stroke", "font-family", "id"}
"""Attributes that `picture.css` sets, and ids, which must not repeat those of the page."""
_WIDE_POINTS = 1200
"""The width above which the page scrolls a picture instead of reducing it to an unreadable size."""
_SHEET_WIDTH, _SHEET_HEIGHT = 2900, 1500
"""The size in points above which a picture that is reduced to a sheet of A3 cannot be read.

Its letters are then less than 5 points high.
"""
_PART_WIDTH, _PART_HEIGHT = 1650, 1270
"""The same for the part of a sheet that the poster has for a picture if texts are beside it."""


class Drawing(NamedTuple):
    """A picture for a page."""

    picture: Picture
    svg: str = ""
    """An SVG element, and one that marks where to begin to read it.

    It is empty if the picture is too large or cannot be drawn. Because of its ids, a page may contain
    only one.
    """
    is_readable: bool = False
    """True if it can be followed on paper without the nested lists: no word is cut or too small."""
    is_small: bool = False
    """True if its words are not too small on a part of a sheet either."""


def draw_svg(picture: Picture, title: str) -> Drawing:
    """Returns the drawing of a picture, with its accessible name."""
    if len(picture.boxes) + len(picture.arrows) > MAX_BOXES_AND_ARROWS:
        return Drawing(picture)
    svg = draw_with_graphviz(dot_source(picture))
    return _drawing_for_page(svg, picture, title) if svg else Drawing(picture)


def _drawing_for_page(svg: str, picture: Picture, title: str) -> Drawing:
    root = ElementTree.fromstring(svg)  # noqa: S314 (written by Graphviz, no text declares entities)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_NAMESPACE)
    graph, boxes = root[0], {box.name: box for box in picture.boxes}
    for group in graph.findall("g"):
        box_number, arrow_number = group.findtext("title", ""), group.get("id", "")
        _strip_group(group)
        if group.get("class", "").startswith("node"):
            _label_box(group, picture.boxes[int(box_number)])
        elif (arrow := picture.arrows[int(arrow_number)]).url:
            _widen_arrow(group)
            _link_group(group, arrow.url, _arrow_name(arrow, boxes))
        else:
            group.set("aria-hidden", "true")
    _strip_group(graph)
    width, height = (float(root.get(side, "0").removesuffix("pt")) for side in ("width", "height"))
    _name_picture(root, title, is_large=width > _WIDE_POINTS)
    is_cut_off = any(map(is_cut, picture.arrows, arrow_lines(picture)))
    return Drawing(
        picture,
        "".join(
            ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)
            for element in (root, _start_mark(root))
        ),
        width <= _SHEET_WIDTH and height <= _SHEET_HEIGHT and not is_cut_off,
        width <= _PART_WIDTH and height <= _PART_HEIGHT,
    )


def _start_mark(root: ElementTree.Element) -> ElementTree.Element:
    """Returns an element whose last child is above the middle of the first box.

    The page scrolls to it if the picture is wider than the page. The first child is as wide as what is
    on the left of it.
    """
    _, _, width, _ = map(float, root.get("viewBox", "0 0 1 1").split())
    text = root.find("g/g[@class]//text")
    middle = float(text.get("x", "0")) if text is not None else 0
    mark = ElementTree.Element("span", {"class": "picture-start", "aria-hidden": "true"})
    ElementTree.SubElement(mark, "svg", {"width": f"{100 * middle / width:.1f}%", "height": "1"})
    ElementTree.SubElement(mark, "span").text = ""
    return mark


def _strip_group(group: ElementTree.Element) -> None:
    """Removes Graphviz's titles, ids, fonts and colours from a group and its elements."""
    for title in group.findall("title"):
        group.remove(title)
    for element in (group, *group):
        for name in _REMOVED_ATTRIBUTES.intersection(element.keys()):
            del element.attrib[name]


def _label_box(group: ElementTree.Element, box: Box) -> None:
    """Marks the lines of the heading of a box, and makes the box a link if it has an address."""
    for line in group.findall("text")[: len(heading_lines(box))]:
        line.set("class", "kind")
    _link_group(group, box.url, "\u00a0: ".join(filter(None, (box.heading, box_label(box)))))


def _arrow_name(arrow: Arrow, boxes: Mapping[str, Box]) -> str:
    """Returns the accessible name of an arrow, from the boxes by their names."""
    if arrow.rule_number:
        return f"{broken_rule_label(arrow)}\u00a0: ne s’applique jamais"
    source, target = boxes[arrow.source], boxes[arrow.target]
    words = arrow.words or ("Quelle que soit la réponse" if source.is_question else "Ensuite")
    return f"{words}\u00a0: {box_label(source)} → {box_label(target)}"


def _widen_arrow(group: ElementTree.Element) -> None:
    """Adds an invisible line to an arrow, wide enough to be clicked."""
    path = group.find("path")
    if path is not None:
        group.append(ElementTree.Element("path", {"class": "hit", "d": path.get("d", "")}))


def _link_group(group: ElementTree.Element, url: str, name: str) -> None:
    """Wraps the content of a group in a link, unless the address is empty."""
    if not url:
        return
    link = ElementTree.Element("a", {"href": url, "aria-label": printable_text(name)})
    link.extend(list(group))
    for child in list(group):
        group.remove(child)
    group.append(link)


def _name_picture(root: ElementTree.Element, title: str, *, is_large: bool) -> None:
    """Gives the picture its class, its accessible name and its description."""
    root.attrib |= {
        "class": "picture large" if is_large else "picture",
        "role": "group",
        "aria-labelledby": "picture-title picture-help",
    }
    title_element = ElementTree.Element("title", {"id": "picture-title"})
    title_element.text = printable_text(title)
    help_element = ElementTree.Element("desc", {"id": "picture-help"})
    help_element.text = "Les mêmes parcours sont écrits sur cette page, en listes."
    root.insert(0, help_element)
    root.insert(0, title_element)
