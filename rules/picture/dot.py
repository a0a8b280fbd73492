"""Draws a picture with Graphviz, a program that places the boxes and arrows of a graph."""

import shutil
import subprocess
import textwrap
from functools import lru_cache
from itertools import pairwise

from graphviz import Digraph, escape, nohtml

from rules.counts import count_label
from rules.picture.boxes import Arrow, Box, Look, Picture

MAX_BOXES_AND_ARROWS = 2_500
"""The size above which a picture is not drawn: nobody could read it, and Graphviz would be slow."""
TIMEOUT_SECONDS = 4
"""The time after which Graphviz is stopped."""

_BOX_LINE_CHARACTERS = 26
_MAX_CHOICE_CHARACTERS = 36
"""The number of characters after which the label of a choice is cut off on an arrow.

The nested lists of the picture show it in full.
"""
_MAX_CHOICES_ON_ARROW = 5
"""The number of choices that an arrow shows. Further ones are only counted."""
_QUESTION_ARROW_WEIGHT = "8"
"""The weight of arrows to questions, which is 1 for other arrows.

Graphviz keeps heavy arrows straight, so the next question is below a question, and ends are beside.
"""
_BOXES_IN_COLUMN = 6
"""The number of unreachable boxes in a column. In one row, they would make the picture too wide."""


def dot_source(picture: Picture) -> str:
    """Returns the picture in Graphviz's language. Its boxes and arrows are named by their indexes."""
    graph = Digraph(
        graph_attr={"bgcolor": "transparent", "nodesep": "0.3", "ranksep": "0.45"},
        node_attr={"shape": "box", "fontname": "Arial", "fontsize": "13", "margin": "0.2,0.1"},
        edge_attr={"fontname": "Arial", "fontsize": "12", "arrowsize": "0.8"},
    )
    numbers = {box.name: str(index) for index, box in enumerate(picture.boxes)}
    boxes = {box.name: box for box in picture.boxes}
    for box in picture.boxes:
        lines = textwrap.wrap(printable_text(box_label(box)), _BOX_LINE_CHARACTERS) or [""]
        styles = ["rounded"] * box.is_question + ["dashed"] * box.is_unreachable
        attributes = {
            "style": ",".join(styles),
            "class": f"{box.look.value} wrong" if box.is_faulty else box.look.value,
            "peripheries": "2" if box.is_faulty else "1",
        }
        graph.node(numbers[box.name], _dot_text(lines), **attributes)
    for index, arrow in enumerate(picture.arrows):
        ends = numbers[arrow.source], numbers[arrow.target]
        attributes = _arrow_attributes(arrow, boxes[arrow.target])
        graph.edge(*ends, _dot_text(_arrow_lines(arrow)), id=str(index), **attributes)
    led_to = {arrow.target for arrow in picture.arrows}
    alone = [box.name for box in picture.boxes if box.is_unreachable and box.name not in led_to]
    for upper, lower in pairwise(numbers[name] for name in alone):
        if int(lower) % _BOXES_IN_COLUMN:
            graph.edge(upper, lower, style="invis")
    return str(graph.source)


def draw_with_graphviz(source: str) -> str | None:
    """Returns Graphviz's drawing as SVG, or None if the program is missing, fails or is too slow."""
    try:
        return run_graphviz(source)
    except (OSError, subprocess.SubprocessError):
        return None


@lru_cache(32)
def run_graphviz(source: str) -> str:
    """Returns Graphviz's drawing as SVG. Successful results are cached.

    Raises `OSError` or `SubprocessError` if the program is missing, fails or is too slow.
    """
    program = shutil.which("dot")
    if program is None:
        raise FileNotFoundError
    completed = subprocess.run(  # noqa: S603 (a fixed command; the text goes in by its input)
        [program, "-Tsvg"],
        input=source.encode(),
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
        check=True,
    )
    return completed.stdout.decode()


def box_label(box: Box) -> str:
    """Returns the text of a box, which also says if the box is faulty: colours are not enough."""
    if box.look is Look.STUCK:
        return "⚠ Impasse\u00a0: rien n’est demandé ni conclu"
    if box.look is Look.UNKNOWN:
        return "… Suite non parcourue"
    return f"⚠ Jamais atteint\u00a0: {box.title}" if box.is_unreachable else box.title


def broken_rule_label(arrow: Arrow) -> str:
    """Returns the text of an arrow for a rule that never holds."""
    return f"✗ règle {arrow.rule_number}"


def printable_text(text: str) -> str:
    """Replaces characters that XML forbids, or that change the direction of text, by spaces."""
    allowed = "\u00a0\u202f\u200d"
    return "".join(char if char.isprintable() or char in allowed else " " for char in text)


def _arrow_attributes(arrow: Arrow, target: Box) -> dict[str, str]:
    """Returns the Graphviz attributes of an arrow.

    The arrow of a rule that never holds has no influence on where reachable boxes are placed.
    """
    if arrow.rule_number:
        broken = {"style": "dashed", "class": "wrong"}
        return broken if target.is_unreachable else broken | {"constraint": "false"}
    return {"weight": _QUESTION_ARROW_WEIGHT if target.is_question else "1"}


def _arrow_lines(arrow: Arrow) -> list[str]:
    """Returns the lines of text on an arrow, with spaces around them so that they do not touch it."""
    if arrow.rule_number:
        return [f"\u00a0{broken_rule_label(arrow)}\u00a0"]
    lines = []
    for label in map(printable_text, arrow.labels[:_MAX_CHOICES_ON_ARROW]):
        is_long = len(label) > _MAX_CHOICE_CHARACTERS
        shown = f"{label[: _MAX_CHOICE_CHARACTERS - 1]}…" if is_long else label
        lines.append(f"\u00a0{shown}\u00a0")
    others = len(arrow.labels) - _MAX_CHOICES_ON_ARROW
    return [*lines, f"et {count_label(others, 'autre{s}')}"] if others > 0 else lines


def _dot_text(lines: list[str]) -> str:
    """Returns lines in a form in which Graphviz interprets no HTML, entities or backslashes."""
    text: str = nohtml(r"\n".join(escape(line.replace("&", "&amp;")) for line in lines))
    return text
