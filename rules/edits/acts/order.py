"""The act that places a rule before or after another one, and what is needed to place other parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import ChangesNothing, ShowsChanges
from rules.engine.content import QuestionContent, RuleContent
from rules.sentences import rule_name

Part = TypeVar("Part", bound=QuestionContent | RuleContent)


class Side(StrEnum):
    """The side of another part on which a part is placed."""

    BEFORE = "before"
    AFTER = "after"


SIDE_WORDS = {Side.BEFORE: "avant", Side.AFTER: "après"}


def place_rule(rule: str, side: Side, other: str) -> Act:
    """Places a rule right before or right after another one."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        if rule == other or not {rule, other} <= guide.rule.keys():
            raise RefusedActError("L’une de ces deux règles n’existe plus.")
        moved, fixed = guide.rule[rule], guide.rule[other]
        rules = place_beside(guide.rules, [moved], side, fixed)
        content = replace(guide, rules=rules)
        names = rule_name(content, moved), rule_name(content, fixed)
        if rules == guide.rules:
            raise RefusedActError(f"La {names[0]} est déjà juste {SIDE_WORDS[side]} la {names[1]}.")
        sentence = f"La {names[0]} est maintenant {SIDE_WORDS[side]} la {names[1]}."
        yield Edit(content, ChangesNothing(), sentence)
        yield Edit(content, ShowsChanges(), sentence)

    return propose_edits


def place_beside(
    parts: Sequence[Part], moved: Sequence[Part], side: Side, fixed: Part
) -> tuple[Part, ...]:
    """Returns parts of a guide with some of them right before or right after another one."""
    others = [part for part in parts if part not in moved]
    position = others.index(fixed) + (side is Side.AFTER)
    return (*others[:position], *moved, *others[position:])
