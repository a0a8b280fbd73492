"""What is known of the arrows of a draft: which visitors take each of them, and with which answers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.edit import MappedDraft
from rules.edits.rewriting.answer_regions import (
    AnswerRegions,
    PossibleAnswers,
    Region,
    collect_regions,
)
from rules.engine.content import Answers, Match, RuleContent
from rules.engine.operators import condition_holds
from rules.engine.state import Answer
from rules.engine.terms import UNANSWERED
from rules.parcours.stops import Case, Line


class Answered(NamedTuple):
    """Whether a question has an answer when visitors have just taken some arrows.

    Only `is_possible` is true if that depends on what they have answered before.
    """

    is_possible: bool
    """True if some of these visitors may have answered the question."""
    is_certain: bool
    """True if all of them have."""


class ArrowMap:
    """The arrows of one draft, by their lines and by the rules that decide them."""

    def __init__(self, draft: MappedDraft) -> None:
        self.draft = draft.guide
        self.guide = leave_out_unfinished_parts(draft.guide)
        """The part of the draft that can be evaluated."""
        self.effort = draft.effort
        self.regions = AnswerRegions(self.guide, draft.effort)
        self.cases: dict[Arrow, tuple[Line, Case]] = {}
        self.of_line: dict[Answer, list[Arrow]] = defaultdict(list)
        self.of_rule: dict[str, list[Arrow]] = defaultdict(list)
        """For each rule, by its key, the arrows that it decides."""
        self._next: dict[str, set[str]] = defaultdict(set)
        """For each question, those that visitors may come to next; also for the start."""
        self._after: dict[tuple[str, str], frozenset[str]] = {}
        for arrow, line, case in guide_arrows(self.guide, draft.parcours):
            self.cases[arrow] = (line, case)
            self.of_line[arrow.question, arrow.choice].append(arrow)
            for key in arrow.rules:
                self.of_rule[key].append(arrow)
            if case.destination.question:
                self._next[arrow.question].add(case.destination.question)

    def case_of(self, arrow: Arrow) -> Case:
        return self.cases[arrow][1]

    def arrow_after(self, line: Answer, answers: Answers) -> Arrow | None:
        """Returns the arrow that follows a line, for the answers before it."""
        for arrow in self.of_line[line]:
            if all(
                (any if match is Match.ANY else all)(
                    condition_holds(condition, answers) for condition in conditions
                )
                for match, conditions in self.case_of(arrow).requirements
            ):
                return arrow
        return None

    def rules_of(self, arrows: Iterable[Arrow]) -> list[RuleContent]:
        """Returns the rules that decide some arrows, in their order."""
        keys = {key for arrow in arrows for key in arrow.rules}
        return [rule for rule in self.guide.rules if rule.key in keys]

    def answered_at(self, question: str, arrows: Iterable[Arrow]) -> Answered:
        """Returns whether visitors have answered a question once they take some arrows.

        Where the arrows between the questions leave that open, it is possible and not certain.
        """
        is_possible, is_certain = False, True
        for arrow in arrows:
            if arrow.question == question:
                is_possible = True
                continue
            is_possible |= arrow.question in self.questions_after(question)
            without = self.questions_after("", avoided=question)
            is_certain &= bool(arrow.question) and arrow.question not in without
        return Answered(is_possible, is_possible and is_certain)

    def questions_after(self, question: str, avoided: str = "") -> frozenset[str]:
        """Returns the questions that visitors may come to after a question, or from the start on.

        Those are left out to which they come only through the question `avoided`.
        """
        if (question, avoided) not in self._after:
            found, waiting = set[str](), [question]
            while waiting:
                new = self._next[waiting.pop()] - found - {avoided}
                found |= new
                waiting += new
            self._after[question, avoided] = frozenset(found)
        return self._after[question, avoided]

    def normalise_regions(self, found: Iterable[Region], arrows: Sequence[Arrow]) -> list[Region]:
        """Returns regions that one rule each can describe, for visitors who take some arrows.

        What is certain there is left out, and what is impossible. An answer that may be missing or be
        one of some choices makes two regions. Raises `UnclearArrowsError` if they are too many.
        """
        normal: list[Region] = []
        for region in found:
            parts = [Region({}, region.comparisons)]
            for question, possible in region.answers.items():
                occurring = self.answers_at(question, arrows)
                own = question in {arrow.question for arrow in arrows}
                if own or not possible >= occurring:
                    wanted = [possible] if own else split_answers(possible & occurring)
                    narrowed = (
                        self.regions.narrow_answers(part, question, one)
                        for part, one in product(parts, wanted)
                    )
                    parts = collect_regions(part for part in narrowed if part is not None)
            normal += parts
        return self.drop_parts(normal)

    def answers_at(self, question: str, arrows: Iterable[Arrow]) -> PossibleAnswers:
        """Returns all answers to a question that visitors may have given once they take some arrows."""
        every, found = self.regions.all_answers(question), frozenset[str]()
        for arrow in arrows:
            status = self.answered_at(question, [arrow])
            choices = every - {UNANSWERED} if status.is_possible else frozenset()
            if arrow.question == question:
                choices = frozenset([arrow.choice])
            found |= choices if status.is_certain else choices | {UNANSWERED}
        return found

    def drop_parts(self, found: Iterable[Region]) -> list[Region]:
        """Returns regions without those that are part of another one."""
        largest: list[Region] = []
        for region in sorted(found, key=lambda one: len(one.answers)):
            if not any(self.regions.is_part_of(region, other) for other in largest):
                largest.append(region)
        return largest


def split_answers(possible: PossibleAnswers) -> list[PossibleAnswers]:
    """Returns possible answers as sets that one condition each can describe."""
    parts = (possible - {UNANSWERED}, possible & {UNANSWERED})
    return [part for part in parts if part]
