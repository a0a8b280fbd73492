"""The labels of the arrows from a question: which of its choices lead along an arrow, and when.

The cases of a line have an order, and arrows have none. Therefore « sinon » comes before the condition
of a case that may hold together with that of an earlier case, and « sinon (2) » if that case has a
« sinon » itself. The last case of a line has no condition;
it gets one in place of « sinon » if the others depend on a single answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rules.engine.content import GuideContent, Match
from rules.parcours.case_words import OTHERWISE, case_words
from rules.parcours.stops import Case, Line, Parcours, Requirement
from rules.picture.earlier_answers import EarlierAnswers
from rules.proof.literals import AnswerLiteral, GuideLiterals

Questions = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArrowLabel:
    """Choices that lead along an arrow under the same condition."""

    choices: tuple[str, ...]
    """The labels of the choices; empty if they are all choices of the question."""
    condition: str = ""
    """The condition in French, such as « sinon »; empty if the choices always lead there."""

    def __str__(self) -> str:
        """Returns the label in words: « Identifiant / Mail, si … »."""
        return ", ".join(filter(None, (" / ".join(self.choices), self.condition)))


class LineCondition(NamedTuple):
    """The condition under which a line leads to a box, in words; both are empty if it always does."""

    own: str
    """The words for this line alone."""
    shared: str
    """The words that another line may have as well: « si même réponse qu’à … »."""


class _AimedCase(NamedTuple):
    """A case with the name of the box that it leads to."""

    case: Case
    target: str
    accepted: Mapping[Questions, int]

    def may_hold_with(self, other: "_AimedCase") -> bool:
        """True if the requirements of another case may hold as well, and it leads elsewhere."""
        return other.target != self.target and all(
            bits & self.accepted.get(questions, bits) for questions, bits in other.accepted.items()
        )


class LineLabels:
    """Finds the conditions of the lines of a guide, and makes the labels of arrows from them."""

    def __init__(self, guide: GuideContent, parcours: Parcours) -> None:
        self._guide = guide
        self._literals = GuideLiterals(guide)
        self._earlier = EarlierAnswers(guide, parcours)

    def conditions_of_targets(self, line: Line, targets: Sequence[str]) -> dict[str, LineCondition]:
        """Returns the condition under which a line leads to each of the boxes of its cases."""
        all_cases = zip(line.cases, targets, map(self._accepted_answers, line.cases), strict=True)
        cases = _needed_cases([_AimedCase(*parts) for parts in all_cases])
        cases[-1] = self._with_condition(line, cases[-1], [case.case for case in cases[:-1]])
        line = replace(line, cases=tuple(case.case for case in cases))
        words: dict[str, list[LineCondition]] = {}
        ranks: list[int] = []
        for case in cases:
            earlier = zip(cases, ranks, strict=False)
            ranks.append(
                max((rank + 1 for one, rank in earlier if case.may_hold_with(one)), default=0)
            )
            beginning = _beginning_of_rank(ranks[-1]) if case.case.requirements else ""
            own = case_words(self._guide, line, case.case)
            shared = case_words(self._guide, line, case.case, is_shared=True)
            condition = LineCondition(f"{beginning}{own}", f"{beginning}{shared}")
            words.setdefault(case.target, []).append(condition)
        return {
            target: LineCondition(*(" ou ".join(texts) for texts in zip(*parts, strict=True)))
            for target, parts in words.items()
        }

    def make_labels(
        self, question: str, conditions: dict[str, LineCondition], choice_count: int
    ) -> Iterator[ArrowLabel]:
        """Yields the labels of an arrow, from the conditions of the choices that lead along it.

        A condition that all choices share does not name them. `choice_count` is their number.
        """
        choices = self._guide.question[question].choice
        labels_by_condition: dict[str, list[str]] = {}
        shared = [condition.shared for condition in conditions.values()]
        for key, condition in conditions.items():
            words = condition.own if shared.count(condition.shared) == 1 else condition.shared
            labels_by_condition.setdefault(words, []).append(choices[key].label)
        for words, labels in labels_by_condition.items():
            yield ArrowLabel(() if len(labels) == choice_count else tuple(labels), words)

    def _with_condition(self, line: Line, last: _AimedCase, others: list[Case]) -> _AimedCase:
        """Returns the last case of a line with the condition that holds if no other case does.

        It stays without condition if that is not an answer to one question.
        """
        condition = self._earlier.condition_of_last_case(line, others)
        if condition is None:
            return last
        rules = tuple(rule for case in (*others, last.case) for rule in case.rules)
        requirements = (Requirement(Match.ALL, (condition,)),)
        case = replace(last.case, requirements=requirements, rules=rules)
        return last._replace(case=case, accepted=self._accepted_answers(case))

    def _accepted_answers(self, case: Case) -> dict[Questions, int]:
        """Returns what a case accepts of each question, and of each two that it compares, as bits."""
        accepted: dict[Questions, int] = {}
        for match, conditions in case.requirements:
            for condition in conditions if match is Match.ALL else ():
                literal = self._literals.of_condition(condition)
                if isinstance(literal, bool):
                    continue
                questions = tuple(sorted(literal.questions))
                if isinstance(literal, AnswerLiteral):
                    bits = literal.answers
                else:
                    bits = 1 + literal.is_equality
                accepted[questions] = bits & accepted.get(questions, bits)
        return accepted


def _beginning_of_rank(rank: int) -> str:
    """Returns the words before the condition of a case that counts if none of a lower rank holds."""
    return ("", f"{OTHERWISE} ")[rank] if rank < 2 else f"{OTHERWISE} ({rank}) "


def _needed_cases(cases: list[_AimedCase]) -> list[_AimedCase]:
    """Returns the cases without those for which the « sinon » of the last one says the same."""
    needed = cases[-1:]
    for case in reversed(cases[:-1]):
        if case.target != cases[-1].target or any(map(case.may_hold_with, needed)):
            needed.insert(0, case)
    return needed
