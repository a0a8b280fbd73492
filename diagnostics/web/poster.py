"""The poster to print: a live guide as a picture, all its texts, and a QR code to its form."""

from collections.abc import Iterator
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from diagnostics.addresses import absolute_url, qr_code
from diagnostics.web.public_view import known_version, public_view
from rules.engine.content import GuideContent
from rules.models import Version
from rules.picture.boxes import Picture, build_picture
from rules.publication.stored_proofs import version_graph
from rules.publication.versions import compiled_version

ONE_SHEET = 130
"""Lines of text that one sheet holds beside and under the picture; more have sheets of their own."""
LINE = 48
"""Characters of a line in a column."""


@public_view("GET", "HEAD")
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    version = known_version(slug)
    form = absolute_url(request, reverse("web:start", args=[slug]))
    code = qr_code(form, "Code QR du formulaire")
    page = {"version": version, "form": form, "qr_code": code, **_content(version)}
    return render(request, "diagnostics/poster.html", page)


def _content(version: Version) -> dict[str, Any]:
    guide = compiled_version(version).guide
    drawn = _drawn(guide, version)
    return {
        "guide": guide,
        "drawn": drawn,
        "conclusions": [outcome for outcome in guide.outcomes if outcome.final],
        "advice": [outcome for outcome in guide.outcomes if not outcome.final],
        "is_long": drawn is None or _lines(guide) > ONE_SHEET,
    }


def _drawn(guide: GuideContent, version: Version) -> Picture | None:
    """Each box leads to its text on the same page. None where the walk was not finished."""
    graph = version_graph(version)
    return build_picture(guide, graph, text_anchor) if graph else None


def _lines(guide: GuideContent) -> int:
    """About: a text begins a line of its own, and goes on in the lines it needs."""
    lines = [line for text in _texts(guide) for line in text.splitlines()]
    return sum(ceil(len(line) / LINE) for line in lines)


def _texts(guide: GuideContent) -> Iterator[str]:
    for question in guide.questions:
        yield from (question.title, question.help)
        for choice in question.choices:
            yield from (choice.label, choice.help)
    for outcome in guide.outcomes:
        yield from (outcome.title, outcome.body)


def text_anchor(kind: str, key: str) -> str:
    """A way that ends nowhere has no text."""
    return "" if kind == "stuck" else f"#{kind}-{key}"
