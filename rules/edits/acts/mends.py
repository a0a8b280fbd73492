"""The acts that mend what a proof has found, each with the label of its button.

- A rule that never fires or never asks its question, and one that repeats another, is removed.
- A question that a rule would ask if another one did not ask first: the rule is placed before that one.
- A question or an outcome that no rule leads to is removed, and so is an example with the same answers
  as another one.
- Conclusions that are given together without an example get one.

Nothing mends the other findings in one step: editors finish what is unfinished, lead dead ends on,
rename what has the same name, and decide whether a rule may always hold. Choices that are never told
apart are no fault.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from rules.edits.acts.example_acts import create_example
from rules.edits.acts.order import Side, place_rule
from rules.edits.acts.part_removals import remove_example, remove_outcome, remove_rule
from rules.edits.acts.question_removal import remove_question
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import RemovesFault
from rules.engine.content import Effect, GuideContent
from rules.proof.findings import Finding, FindingKind
from rules.proof.root_causes import place_key, rules_leading_to
from rules.sentences import quote_text, quoted_outcome, quoted_question

NEEDLESS_RULE_KINDS = (
    FindingKind.UNSATISFIABLE,
    FindingKind.PREEMPTED,
    FindingKind.SAME_RULE,
)
"""The kinds of findings that removing their rule mends."""


class Mend(NamedTuple):
    """What one click does about a finding: the French label of its button, and the act."""

    label: str
    act: Act
    about: str = ""
    """The name of the part, if the label does not say which one it is."""


def find_mend(guide: GuideContent, finding: Finding) -> Mend | None:
    """Returns what one click can do about a finding of the proof of a guide; None if nothing.

    It takes no time: whether the act can be done is only known once it is prepared.
    """
    mend = choose_mend(guide, finding)
    return mend and mend._replace(act=remove_finding(guide, finding, mend.act))


def choose_mend(guide: GuideContent, finding: Finding) -> Mend | None:
    """Returns the act that mends a finding, without the promise that it does."""
    match finding.kind, finding.place:
        case (kind, ("rules", int(index))) if (
            kind in NEEDLESS_RULE_KINDS or kind is FindingKind.UNREACHABLE
        ):
            return Mend(f"Supprimer la règle {index + 1}", remove_rule(guide.rules[index].key))
        case FindingKind.UNREACHABLE, _:
            return mend_unreachable_part(guide, finding)
        case FindingKind.SAME_ANSWERS, (_, int(index)):
            example = guide.examples[index]
            return Mend("Supprimer ce cas type", remove_example(example), quote_text(example.name))
        case FindingKind.SEVERAL_CONCLUSIONS, _:
            titles = ", ".join(quoted_outcome(guide, key) for key in finding.keys)
            return Mend("En faire un cas type", create_example(dict(finding.answers)), titles)
    return None


def mend_unreachable_part(guide: GuideContent, finding: Finding) -> Mend | None:
    """Returns what mends a question that is never asked, or an outcome that is never given."""
    kind, key = place_key(guide, finding.place)
    rules = rules_leading_to(guide, kind, key)
    if not rules and kind == "questions":
        return Mend("Supprimer la question", remove_question(key), quoted_question(guide, key))
    if not rules:
        noun = "la conclusion" if guide.outcome[key].final else "le conseil"
        return Mend(f"Supprimer {noun}", remove_outcome(key), quoted_outcome(guide, key))
    match finding.earlier:
        case (_, int(earlier)) if guide.rules[earlier].effect is Effect.ASK:
            later = next((rule for rule in rules if rule > earlier), None)
            if later is not None:
                label = f"Placer la règle {later + 1} avant la règle {earlier + 1}"
                keys = guide.rules[later].key, guide.rules[earlier].key
                return Mend(label, place_rule(keys[0], Side.BEFORE, keys[1]))
    return None


def remove_finding(guide: GuideContent, finding: Finding, act: Act) -> Act:
    """Makes an act promise that it removes a finding of the proof of a guide."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        if draft.guide != guide:
            raise RefusedActError("Le brouillon a changé entre-temps\u00a0: vérifiez de nouveau.")
        promise = RemovesFault(finding.place, finding.kind.value, keys=finding.keys)
        for edit in act(draft):
            yield replace(edit, promise=promise)

    return propose_edits
