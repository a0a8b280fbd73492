"""The rules and the examples that use a part, as the pages that refuse to delete it list them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.admin.links import change_url
from rules.drafts.references import References
from rules.engine.content import GuideContent
from rules.list_pages import LazyRows
from rules.models import Example, Rule
from rules.sentences import rule_sentence


@dataclass(frozen=True, slots=True)
class PresentedUse:
    kind: str
    """The kind of part, in French, such as « Règle »."""
    url: str
    text: str


def present_uses(references: References, draft: GuideContent) -> Sequence[PresentedUse]:
    # Someone may have deleted a rule just before the draft was read.
    rules = [row for row in references.rules if row.key in draft.rule]

    def present_use(row: Rule | Example) -> PresentedUse:
        if isinstance(row, Example):
            return PresentedUse("Cas type", change_url(row), row.name)
        return PresentedUse("Règle", change_url(row), rule_sentence(draft, draft.rule[row.key]))

    rows: list[Rule | Example] = [*rules, *references.examples]
    return LazyRows(rows, present_use)
