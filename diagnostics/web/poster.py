"""The poster to print: a live guide as a picture, with all its texts and a QR code of its form."""

from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from diagnostics.addresses import absolute_url, qr_code
from diagnostics.web.public_view import live_version_or_404, public_view
from rules.engine.content import GuideContent
from rules.picture.boxes import build_picture
from rules.publication.stored_proofs import version_graph
from rules.publication.versions import compiled_version

MAX_LINES_OF_ONE_SHEET = 130
"""Lines of text that fit on the sheet of the picture; a longer text has sheets of its own."""
LINE_CHARACTERS = 48
"""The characters that fit on one line of a column."""


@public_view("GET", "HEAD")
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    version = live_version_or_404(slug)
    form = absolute_url(request, reverse("web:start", args=[slug]))
    code = qr_code(form, "Code QR du formulaire")
    guide, graph = compiled_version(version).guide, version_graph(version)
    drawn = build_picture(guide, graph, text_anchor) if graph else None
    page = {
        "version": version,
        "form": form,
        "qr_code": code,
        "guide": guide,
        "drawn": drawn,
        "conclusions": [outcome for outcome in guide.outcomes if outcome.final],
        "advice": [outcome for outcome in guide.outcomes if not outcome.final],
        "is_long": drawn is None or _estimate_lines(guide) > MAX_LINES_OF_ONE_SHEET,
    }
    return render(request, "diagnostics/poster.html", page)


def _estimate_lines(guide: GuideContent) -> int:
    """Estimates how many lines all texts of the guide take in print; each text begins a new line."""
    choices = [choice for question in guide.questions for choice in question.choices]
    texts = [
        *(text for question in guide.questions for text in (question.title, question.help)),
        *(text for choice in choices for text in (choice.label, choice.help)),
        *(text for outcome in guide.outcomes for text in (outcome.title, outcome.body)),
    ]
    lines = [line for text in texts for line in text.splitlines()]
    return sum(ceil(len(line) / LINE_CHARACTERS) for line in lines)


def text_anchor(kind: str, key: str) -> str:
    """Returns the anchor of the text of a box of the picture; empty for a dead end, without text."""
    return "" if kind == "stuck" else f"#{kind}-{key}"
