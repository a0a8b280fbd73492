"""Draws a picture with Graphviz, a program that places the boxes and arrows of a graph."""

import re
import shutil
import subprocess
import textwrap
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from graphviz import Digraph, escape, nohtml

from rules.counts import count_label
from rules.picture.arrow_labels import ArrowLabel
from rules.picture.boxes import Arrow, Box, Look, Picture
from rules.picture.displayed_names import printable_text

MAX_BOXES_AND_ARROWS = 2_500
"""The size above which a picture is not drawn: nobody could read it, and Graphviz would be slow."""
TIMEOUT_SECONDS = 4
"""The time after which Graphviz is stopped."""

_BOX_LINE_CHARACTERS, _HEADING_LINE_CHARACTERS = 30, 32
_ARROW_LINE_CHARACTERS = 32
"""The number of characters after which a text on an arrow is cut off, or its line broken.

The nested lists of the picture show the text in full.
"""
_MAX_LINES_WITH_CONDITION = 6
_MAX_CHOICES_OF_LABEL, _MAX_LABELS_ON_ARROW = 5, 4
"""The numbers of choices and labels that an arrow shows. Further ones are only counted."""
_QUESTION_ARROW_WEIGHT = "8"
"""The weight of arrows to questions, which is 1 for other arrows.

Graphviz keeps heavy arrows straight, so the next question is below a question, and ends are beside.
"""
_BOXES_IN_COLUMN = 6
"""The number of unreachable boxes in a column. In one row, they would make the picture too wide."""


def dot_source(picture: Picture) -> str:
    """Returns the picture in Graphviz's language. Its boxes and arrows are named by their indexes."""
    graph = Digraph(
        graph_attr={"bgcolor": "transparent", "nodesep": "0.2", "ranksep": "0.3"},
        node_attr={"shape": "box", "fontname": "Arial", "fontsize": "13", "margin": "0.15,0.08"},
        edge_attr={"fontname": "Arial", "fontsize": "12", "arrowsize": "0.8"},
    )
    numbers = {box.name: str(index) for index, box in enumerate(picture.boxes)}
    boxes = {box.name: box for box in picture.boxes}
    for box in picture.boxes:
        lines = [*heading_lines(box), *textwrap.wrap(box_label(box), _BOX_LINE_CHARACTERS)]
        styles = ["rounded"] * box.is_question + ["dashed"] * box.is_unreachable
        attributes = {
            "shape": "note" if box.look is Look.ADVICE else "box",
            "style": ",".join(styles),
            "class": f"{box.look.value} wrong" if box.is_faulty else box.look.value,
            "peripheries": "2" if box.is_faulty else "1",
        }
        graph.node(numbers[box.name], _dot_text(lines or [""]), **attributes)
    for index, (arrow, lines) in enumerate(zip(picture.arrows, arrow_lines(picture), strict=True)):
        ends = numbers[arrow.source], numbers[arrow.target]
        attributes = _arrow_attributes(arrow, boxes[arrow.target])
        graph.edge(*ends, _dot_text(lines), id=str(index), **attributes)
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


def heading_lines(box: Box) -> list[str]:
    """Returns the lines above the title of a box."""
    return textwrap.wrap(box.heading, _HEADING_LINE_CHARACTERS)


def box_label(box: Box) -> str:
    """Returns the text of a box, which also says if the box is faulty: colours are not enough."""
    if box.look is Look.STUCK:
        return "⚠ Impasse\u00a0: rien n’est demandé ni conclu"
    if box.look is Look.UNKNOWN:
        return "… Suite non parcourue"
    if box.is_unreachable:
        return f"⚠ Jamais atteint\u00a0: {box.title}"
    return f"⚠ {box.title}" if box.has_dead_end else box.title


def broken_rule_label(arrow: Arrow) -> str:
    """Returns the text of an arrow for a rule that never holds."""
    return f"✗ règle {arrow.rule_number}"


def arrow_lines(picture: Picture) -> list[list[str]]:
    """Returns the lines of text on each arrow, which differ from those of all others from its box.

    Long texts are shortened, unless two arrows from one box then had the same lines.
    """
    short = [(arrow.source, _arrow_lines(arrow)) for arrow in picture.arrows]
    uses = Counter((source, *lines) for source, lines in short)
    return [
        lines if uses[source, *lines] == 1 else _arrow_lines(arrow, is_whole=True)
        for arrow, (source, lines) in zip(picture.arrows, short, strict=True)
    ]


def is_cut(arrow: Arrow, lines: list[str]) -> bool:
    """True if these lines do not have all words of an arrow."""
    drawn, whole = (re.sub(r"\W", "", text) for text in ("".join(lines), arrow.words))
    return not arrow.rule_number and drawn != whole


def _arrow_attributes(arrow: Arrow, target: Box) -> dict[str, str]:
    """Returns the Graphviz attributes of an arrow.

    The arrow of a rule that never holds has no influence on where reachable boxes are placed.
    """
    if arrow.rule_number:
        broken = {"style": "dashed", "class": "wrong"}
        return broken if target.is_unreachable else broken | {"constraint": "false"}
    return {"weight": _QUESTION_ARROW_WEIGHT if target.is_question else "1"}


def _arrow_lines(arrow: Arrow, *, is_whole: bool = False) -> list[str]:
    """Returns the lines of text on an arrow, with spaces around them so that they do not touch it."""
    if arrow.rule_number:
        return [f"\u00a0{broken_rule_label(arrow)}\u00a0"]
    if is_whole:
        lines = textwrap.wrap(arrow.words, _ARROW_LINE_CHARACTERS)
    else:
        shown = arrow.labels[:_MAX_LABELS_ON_ARROW]
        lines = [line for label in shown for line in _label_lines(label)]
        if others := len(arrow.labels) - len(shown):
            lines.append(f"et {count_label(others, 'autre{s} cas')}")
    return [f"\u00a0{line}\u00a0" for line in lines]


def _label_lines(label: ArrowLabel) -> list[str]:
    """Returns the lines of a label, shortened: one for each choice, unless there is a condition."""
    choices = [_cut_text(choice) for choice in label.choices[:_MAX_CHOICES_OF_LABEL]]
    if others := len(label.choices) - len(choices):
        choices.append(f"et {count_label(others, 'autre{s}')}")
    if not label.condition:
        return choices
    text = str(ArrowLabel(tuple(choices), label.condition))
    return textwrap.wrap(
        text, _ARROW_LINE_CHARACTERS, max_lines=_MAX_LINES_WITH_CONDITION, placeholder="…"
    )


def _cut_text(text: str) -> str:
    is_long = len(text) > _ARROW_LINE_CHARACTERS
    return f"{text[: _ARROW_LINE_CHARACTERS - 1]}…" if is_long else text


def _dot_text(lines: list[str]) -> str:
    """Returns lines in a form in which Graphviz interprets no HTML, entities or backslashes."""
    printable = (printable_text(line).replace("&", "&amp;") for line in lines)
    text: str = nohtml(r"\n".join(map(escape, printable)))
    return text
