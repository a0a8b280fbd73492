"""*Chercher*: the parts of a draft whose texts have the words that an editor has typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import place_url
from rules.admin.permissions import VIEW_PERMISSION
from rules.admin.presented_problems import PartLinks
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.list_pages import LazyRows
from rules.lookup.folded_text import (
    MAX_QUERY_LENGTH,
    MarkedText,
    cut_excerpt,
    mark_words,
    search_words,
)
from rules.lookup.part_search import FoundKind, SearchedPart, search_guide
from rules.lookup.part_uses import find_uses, uses_label
from rules.models import Guide
from rules.parcours.anchors import line_anchor, outcome_anchor, stop_anchor

MAX_EXCERPT_LENGTH = 300
"""The number of characters of a text that are shown around the words found in it."""

_TITLES = {
    FoundKind.QUESTION: "Questions",
    FoundKind.CHOICE: "Réponses",
    FoundKind.CONCLUSION: "Conclusions",
    FoundKind.ADVICE: "Conseils",
    FoundKind.RULE: "Règles",
    FoundKind.EXAMPLE: "Cas types",
}


@dataclass(frozen=True, slots=True)
class PresentedPart:
    """A part that was found, as the page lists it."""

    url: str
    """The page that edits the part."""
    place_url: str
    """The place of the part on the page of the guide; empty for rules and examples."""
    name: MarkedText
    context: str
    """The name of the question of a choice; empty for other parts."""
    uses: str
    """A clause that says how many rules and examples use the part; empty for rules and examples."""
    excerpts: list[tuple[str, MarkedText]]
    """The other texts of the part that have some of the words, each with what it is in French."""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """All parts of one kind that were found."""

    title: str
    name: str
    """The name of the list, in addresses and ids."""
    parts: Sequence[PresentedPart]


@guide_page(VIEW_PERMISSION, template="admin/rules/guide/search.html", title="Chercher")
def search_page(request: HttpRequest, guide: Guide) -> Context:
    query = request.GET.get("q", "")[:MAX_QUERY_LENGTH]
    words = search_words(query)
    draft = draft_read(guide)
    presenter = FoundPartPresenter(guide, draft, words)
    return {
        "query": query,
        "has_words": bool(words),
        "groups": [
            FoundGroup(_TITLES[kind], kind.value, LazyRows(parts, presenter.present_part))
            for kind, parts in search_guide(draft, query).items()
        ],
    }


class FoundPartPresenter:
    """Presents the parts of a draft that a search has found, with the words marked."""

    def __init__(self, guide: Guide, draft: GuideContent, words: tuple[str, ...]) -> None:
        self._draft, self._words = draft, words
        self._links, self._uses = PartLinks(guide), find_uses(draft)
        self._guide = guide

    def present_part(self, part: SearchedPart) -> PresentedPart:
        url = self._links.find_url(part.place)
        anchor, uses = self._anchor_and_uses(part)
        return PresentedPart(
            url=f"{url}#choices-{part.choice_position}" if part.kind is FoundKind.CHOICE else url,
            place_url=place_url(self._guide, anchor) if anchor else "",
            name=mark_words(part.name, self._words),
            context=part.context,
            uses=uses,
            excerpts=[
                (label, cut_excerpt(text, self._words, MAX_EXCERPT_LENGTH))
                for label, text in part.texts.items()
                if not label or part.is_found_in(text, self._words)
            ],
        )

    def _anchor_and_uses(self, part: SearchedPart) -> tuple[str, str]:
        """Returns the id of a part on the guide's page, and how many rules and examples use it.

        Both are empty for a rule and for an example.
        """
        match part.kind:
            case FoundKind.QUESTION:
                return stop_anchor(part.key), uses_label(self._uses.questions[part.key])
            case FoundKind.CHOICE:
                question = self._draft.questions[part.place[1]].key
                uses = self._uses.choices[question, part.key]
                return line_anchor(question, part.key), uses_label(uses)
            case FoundKind.CONCLUSION | FoundKind.ADVICE:
                is_advice = part.kind is FoundKind.ADVICE
                uses = self._uses.outcomes[part.key]
                return outcome_anchor(part.key), uses_label(uses, masculine=is_advice)
        return "", ""
