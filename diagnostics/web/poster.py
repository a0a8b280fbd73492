"""The poster to print: a live guide as a picture, with all its texts and a QR code of its form."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from diagnostics.addresses import absolute_url, qr_code
from diagnostics.web.public_view import live_version_or_404, public_view
from rules.engine.content import GuideContent, OutcomeContent, QuestionContent
from rules.list_pages import START_SUFFIX, ListPage, find_list_page
from rules.picture.boxes import build_picture
from rules.picture.displayed_names import name_for_visitors
from rules.picture.svg import draw_svg
from rules.publication.stored_proofs import version_parcours
from rules.publication.versions import compiled_version

MAX_LINES_OF_ONE_SHEET = 175
"""Lines of text that fit on the sheet of the picture; a longer text has sheets of its own."""
LINE_CHARACTERS = 48
"""The characters that fit on one line of a column."""

Text = QuestionContent | OutcomeContent
"""A part of a guide whose text is on the poster."""


@public_view("GET", "HEAD")
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    version = live_version_or_404(slug)
    form = absolute_url(request, reverse("web:start", args=[slug]))
    code = qr_code(form, "Code QR du formulaire")
    guide, parcours = compiled_version(version).guide.without_short_names, version_parcours(version)
    if parcours:
        guide = name_for_visitors(guide, parcours)
    lists = text_lists(guide)
    pages = {name: find_list_page(request, name, texts) for name, texts in lists.items()}
    drawing = None
    if parcours:
        picture = build_picture(guide, parcours, _text_linker(lists, pages))
        drawing = draw_svg(picture, guide.title)
    is_beside_texts = drawing is not None and drawing.is_readable and drawing.is_small
    page = {
        "version": version,
        "form": form,
        "qr_code": code,
        "guide": guide,
        "drawing": drawing,
        "pages": pages,
        "has_more_texts": not all(shown.is_whole for shown in pages.values()),
        "is_long": not is_beside_texts or _estimate_lines(guide) > MAX_LINES_OF_ONE_SHEET,
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


def text_lists(guide: GuideContent) -> dict[str, Sequence[Text]]:
    """Returns the texts of the poster as three lists, by their names."""
    return {
        "questions": guide.questions,
        "conclusions": [outcome for outcome in guide.outcomes if outcome.final],
        "advice": [outcome for outcome in guide.outcomes if not outcome.final],
    }


def _text_linker(
    lists: Mapping[str, Sequence[Text]], pages: Mapping[str, ListPage[Text]]
) -> Callable[[str, str], str]:
    """Returns a function that returns the address of the text of a box, on any page of its list."""
    queries: dict[str, str] = {}
    for name, texts in lists.items():
        kind, shown = "questions" if name == "questions" else "outcomes", pages[name]
        for number, text in enumerate(texts, 1):
            if not shown.first <= number <= shown.last:
                queries[text_anchor(kind, text.key)] = f"?{name}{START_SUFFIX}={number}"

    def text_url(kind: str, key: str) -> str:
        anchor = text_anchor(kind, key)
        return f"{queries.get(anchor, '')}{anchor}"

    return text_url


def text_anchor(kind: str, key: str) -> str:
    """Returns the anchor of the text of a box of the picture; empty for a dead end and for arrows."""
    return f"#{kind}-{key}" if kind in {"questions", "outcomes"} else ""
