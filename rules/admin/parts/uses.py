"""The rules and the examples that use a part: on its page, and on the one that refuses to delete it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.admin.presented_problems import PartLinks
from rules.engine.content import GuideContent
from rules.list_pages import LazyRows
from rules.lookup.part_uses import Uses
from rules.models import Guide
from rules.sentences import rule_sentence


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
