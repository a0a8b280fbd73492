"""A picture drawn by Graphviz: its program `dot` places the boxes and bends the arrows."""

import shutil
import subprocess
import textwrap
from functools import lru_cache
from itertools import pairwise

from graphviz import Digraph, escape, nohtml

from rules.picture.boxes import Arrow, Box, Look, Picture

MAX_BOXES_AND_ARROWS = 2_500
"""Boxes and arrows together; a larger picture is neither drawn in time nor read."""
TIMEOUT_SECONDS = 4
"""After which a drawing is given up."""

_WIDTH = 26
"""Characters of a line in a box."""
_LABEL = 36
"""Characters of a choice on an arrow: the tree says it whole."""
_LABELS = 5
"""Choices that an arrow names before it counts the others."""
_STRAIGHT = "8"
"""How much an arrow to a question is kept straight: what follows stands below, ends beside."""
_COLUMN = 6
"""Boxes that nothing leads to, one under the other: beside each other they would be too wide."""


def dot_source(drawn: Picture) -> str:
    graph = Digraph(
        graph_attr={"bgcolor": "transparent", "nodesep": "0.3", "ranksep": "0.45"},
        node_attr={"shape": "box", "fontname": "Arial", "fontsize": "13", "margin": "0.2,0.1"},
        edge_attr={"fontname": "Arial", "fontsize": "12", "arrowsize": "0.8"},
    )
    numbers = {box.name: str(number) for number, box in enumerate(drawn.boxes)}
    for box in drawn.boxes:
        graph.node(numbers[box.name], _safe(_lines(box)), **_shape(box))
    boxes = {box.name: box for box in drawn.boxes}
    for number, arrow in enumerate(drawn.arrows):
        ends = numbers[arrow.source], numbers[arrow.target]
        bent = _bent(arrow, boxes[arrow.target])
        graph.edge(*ends, _safe(_label(arrow)), id=str(number), **bent)
    led_to = {arrow.target for arrow in drawn.arrows}
    alone = [box.name for box in drawn.boxes if box.is_unreachable and box.name not in led_to]
    for upper, lower in pairwise(numbers[name] for name in alone):
        if int(lower) % _COLUMN:
            graph.edge(upper, lower, style="invis")
    return str(graph.source)


def draw_with_graphviz(source: str) -> str | None:
    """Graphviz's own SVG; None where the program is missing, fails or takes too long."""
    try:
        return run_graphviz(source)
    except (OSError, subprocess.SubprocessError):
        return None


@lru_cache(32)
def run_graphviz(source: str) -> str:
    """Raises what is wrong, as a failure that was returned would be remembered."""
    program = shutil.which("dot")
    if program is None:
        raise FileNotFoundError
    told = subprocess.run(  # noqa: S603 (a fixed command; the text goes in by its input)
        [program, "-Tsvg"],
        input=source.encode(),
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
        check=True,
    )
    return told.stdout.decode()


def box_label(box: Box) -> str:
    """What a box says, its fault first: colours alone tell nothing."""
    if box.look is Look.STUCK:
        return "⚠ Impasse\u00a0: rien n’est demandé ni conclu"
    if box.look is Look.UNKNOWN:
        return "… Suite non parcourue"
    return f"⚠ Jamais atteint\u00a0: {box.title}" if box.is_unreachable else box.title


def _shape(box: Box) -> dict[str, str]:
    styles = [
        *(["rounded"] if box.is_question else []),
        *(["dashed"] if box.is_unreachable else []),
    ]
    classes = f"{box.look.value}{' wrong' if box.is_faulty else ''}"
    return {
        "style": ",".join(styles),
        "class": classes,
        "peripheries": "2" if box.is_faulty else "1",
    }


def rule_words(arrow: Arrow) -> str:
    """Of a rule that never holds."""
    return f"✗ règle {arrow.rule}"


def _bent(arrow: Arrow, target: Box) -> dict[str, str]:
    """A rule that never holds moves no box that visitors come to."""
    if arrow.rule:
        never = {"style": "dashed", "class": "wrong"}
        return never if target.is_unreachable else never | {"constraint": "false"}
    return {"weight": _STRAIGHT if target.is_question else "1"}


def _lines(box: Box) -> list[str]:
    return textwrap.wrap(printable(box_label(box)), _WIDTH) or [""]


def _label(arrow: Arrow) -> list[str]:
    """With a blank at each end, to stand off the arrow."""
    if arrow.rule:
        return [f"\u00a0{rule_words(arrow)}\u00a0"]
    named = [f"\u00a0{_short(printable(label))}\u00a0" for label in arrow.labels[:_LABELS]]
    others = len(arrow.labels) - _LABELS
    return [*named, f"et {others} autre{'s' if others > 1 else ''}"] if others > 0 else named


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"


def printable(text: str) -> str:
    """Without what XML cannot hold and what turns lines around."""
    kept = "\u00a0\u202f\u200d"
    return "".join(char if char.isprintable() or char in kept else " " for char in text)


def _safe(lines: list[str]) -> str:
    """Lines that Graphviz takes as they are: neither its own codes, nor HTML, nor entities."""
    safe: str = nohtml(r"\n".join(escape(line.replace("&", "&amp;")) for line in lines))
    return safe
