"""Graphviz's drawing made one for a page: boxes and broken rules are links, colours are the page's own."""

from xml.etree import ElementTree

from rules.picture.boxes import Picture
from rules.picture.dot import (
    MAX_BOXES_AND_ARROWS,
    box_label,
    dot_source,
    draw_with_graphviz,
    printable,
    rule_words,
)

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_STYLED = {"fill", "stroke", "font-family", "id"}
"""What `picture.css` says, or what a page has already."""
_WIDE = 1200
"""Points: beyond, a picture made to fit a screen could not be read, and is scrolled."""


def draw_svg(drawn: Picture, title: str) -> str:
    """An SVG element to stand in a page, once. Empty where there is none: the tree is always there."""
    if len(drawn.boxes) + len(drawn.arrows) > MAX_BOXES_AND_ARROWS:
        return ""
    made = draw_with_graphviz(dot_source(drawn))
    return _dressed(made, drawn, title) if made else ""


def _dressed(made: str, drawn: Picture, title: str) -> str:
    root = ElementTree.fromstring(made)  # noqa: S314 (written by Graphviz, no text declares entities)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_NAMESPACE)
    graph = root[0]
    for group in graph.findall("g"):
        name, number = group.findtext("title", ""), group.get("id", "")
        _bare(group)
        if group.get("class", "").startswith("node"):
            box = drawn.boxes[int(name)]
            _link(group, box.url, box_label(box))
        elif (arrow := drawn.arrows[int(number)]).rule:
            _link(group, arrow.url, f"{rule_words(arrow)}\u00a0: ne s’applique jamais")
        else:
            group.set("aria-hidden", "true")
    _bare(graph)
    _name(root, title)
    return ElementTree.tostring(root, encoding="unicode")


def _bare(group: ElementTree.Element) -> None:
    """Without Graphviz's own titles, identifiers, fonts and colours."""
    for title in group.findall("title"):
        group.remove(title)
    for element in (group, *group):
        for name in _STYLED.intersection(element.keys()):
            del element.attrib[name]


def _link(group: ElementTree.Element, url: str, name: str) -> None:
    if not url:
        return
    link = ElementTree.Element("a", {"href": url, "aria-label": printable(name)})
    link.extend(list(group))
    for child in list(group):
        group.remove(child)
    group.append(link)


def _name(root: ElementTree.Element, title: str) -> None:
    large = float(root.get("width", "0").removesuffix("pt")) > _WIDE
    root.attrib |= {
        "class": "picture large" if large else "picture",
        "role": "group",
        "aria-labelledby": "picture-title picture-help",
    }
    title_element = ElementTree.Element("title", {"id": "picture-title"})
    title_element.text = printable(title)
    help_element = ElementTree.Element("desc", {"id": "picture-help"})
    help_element.text = "Les mêmes parcours sont écrits sur cette page, en listes."
    root.insert(0, help_element)
    root.insert(0, title_element)
