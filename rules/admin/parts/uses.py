"""The rules and the examples that use a part: on its page, and on the one that refuses to delete it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from rules.admin.presented_problems import PartLinks
from rules.engine.content import GuideContent
from rules.list_pages import LazyRows
from rules.lookup.part_uses import Uses
from rules.models import Choice, Guide
from rules.sentences import quote_text, rule_sentence

MAX_USES_LISTED = 20
"""The most rules and examples that use a choice and are listed to whoever wants to delete it."""


@dataclass(frozen=True, slots=True)
class PresentedUse:
    kind: str
    """The kind of part, in French: « Cas type », or « Règle » with its number."""
    url: str
    text: str


def present_uses(guide: Guide, draft: GuideContent, uses: Uses) -> Sequence[PresentedUse]:
    links = PartLinks(guide)

    def present_use(place: tuple[str, int]) -> PresentedUse:
        kind, position = place
        url = links.find_url(place)
        if kind == "examples":
            return PresentedUse("Cas type", url, draft.examples[position].name)
        sentence = rule_sentence(draft, draft.rules[position])
        return PresentedUse(f"Règle {position + 1}", url, sentence)

    rules = [("rules", position) for position in uses.rules]
    examples = [("examples", position) for position in uses.examples]
    return LazyRows(rules + examples, present_use)


def deletion_refusal(choice: Choice, uses: Sequence[PresentedUse], removal_url: str) -> str:
    """Returns why a choice in use stays, with the page that removes it, and the first of its uses."""
    links = format_html_join(
        "",
        '<li>{}\u00a0: <a href="{}">{}</a></li>',
        ((use.kind, use.url, use.text) for use in uses[:MAX_USES_LISTED]),
    )
    others = len(uses) - MAX_USES_LISTED
    return format_html(
        "La réponse {} reste, car d’autres pages s’en servent\u00a0: <ul>{}{}</ul>"
        '<a href="{}">La supprimer avec ce qui en dépend, ou la remplacer</a>',
        quote_text(choice.label),
        links,
        format_html("<li>et {} en plus</li>", others) if others > 0 else "",
        removal_url,
    )
