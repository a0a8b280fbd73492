"""Reads a picture as someone does on paper: from box to box, by the words on its arrows.

Nothing but the picture is read, so that what it leaves unsaid shows. The picture must be one for
visitors, whose conditions name questions by their numbers, and choices have labels of one word.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from rules.picture.boxes import GIVEN_TOGETHER, Arrow, Box, Look, Picture

Labels = Mapping[str, str]
"""The labels of answers, by the numbers of their questions as the picture has them."""

LAST = 1_000
"""The rank of « sinon » without a condition, which comes after all others."""
CONDITION = re.compile(r"(sinon)?(?: \((\d+)\))? ?(?:si (.+))?$")
NEITHER, EITHER = re.compile(" ni "), re.compile(" ou ")


class Reading(NamedTuple):
    """What someone has read on the way through a picture."""

    questions: tuple[str, ...]
    """The keys of the questions."""
    advice: frozenset[tuple[str, str]]
    """The keys of the advice to act upon, each with the question whose answer gives it."""
    conclusions: tuple[str, ...]


class PictureReader:
    def __init__(self, picture: Picture) -> None:
        self._boxes = {box.name: box for box in picture.boxes}
        self._first = picture.boxes[0]
        self._arrows: defaultdict[str, list[Arrow]] = defaultdict(list)
        for arrow in picture.arrows:
            if not arrow.rule_number:
                self._arrows[arrow.source].append(arrow)

    def read(self, answers: Mapping[str, str]) -> Reading:
        """Goes through the picture with the label of the answer to each question, by its key."""
        box: Box | None = self._first
        questions: list[str] = []
        advice, conclusions = list[tuple[str, str]](), list[str]()
        given: dict[str, str] = {}
        before: Labels = given
        last = ""
        while box:
            if box.is_question:
                if box.key not in answers:
                    break
                questions.append(box.key)
                before, last = dict(given), answers[box.key]
                given[box.title.partition(".")[0]] = last
            elif box.look is Look.ADVICE:
                if not box.condition or condition_rank(box.condition, last, before) == 0:
                    advice.append((box.key, questions[-1] if questions else ""))
            elif box.key:
                conclusions.append(box.key)
            box = self._next_box(box, last, before)
        return Reading(tuple(questions), frozenset(advice), tuple(conclusions))

    def _next_box(self, box: Box, last: str, before: Labels) -> Box | None:
        """Returns the box that follows. Fails if the words of the arrows do not say which one does."""
        ranks = {
            arrow.target: rank
            for arrow in self._arrows[box.name]
            if (rank := arrow_rank(arrow, last, before)) is not None
        }
        if not self._arrows[box.name]:
            return None
        best = [target for target, rank in ranks.items() if rank == min(ranks.values())]
        assert len(best) == 1, (best, last, before, [a.words for a in self._arrows[box.name]])
        return self._boxes[best[0]]


def arrow_rank(arrow: Arrow, last: str, before: Labels) -> int | None:
    """Returns 0 for an arrow that is right, or a higher number if it is right unless a lower one is."""
    if arrow.labels in ((), (GIVEN_TOGETHER,)):
        return 0
    ranks = [
        rank
        for label in arrow.labels
        if not label.choices or last in label.choices
        if (rank := condition_rank(label.condition, last, before)) is not None
    ]
    return min(ranks, default=None)


def condition_rank(words: str, last: str, before: Labels) -> int | None:
    """Returns 0 for « si », 1 for « sinon si », 2 for « sinon (2) si », if it holds; `LAST` for « sinon »."""
    ranks = []
    for part in re.split(" ou (?=si(?:non)? |sinon$)", words):
        found = CONDITION.match(part)
        assert found, part
        otherwise, number, requirement = found.groups()
        if not requirement:
            ranks.append(LAST if otherwise else 0)
        elif requirement_holds(requirement, last, before):
            ranks.append(int(number or bool(otherwise)))
    return min(ranks, default=None)


def requirement_holds(words: str, last: str, before: Labels) -> bool:
    """True if the clauses hold, of which those in brackets are alternatives."""
    return all(
        any(
            clause_holds(clause, last, before)
            for clause in re.split(" ou (?=la |même |autre )", part.strip("()"))
        )
        for part in words.split(" et ")
    )


def clause_holds(words: str, last: str, before: Labels) -> bool:
    """True if one clause about earlier answers holds."""
    numbers = re.findall(r"la question\u00a0(\d+)", words)
    first, *others = [before.get(number) for number in numbers]
    if found := re.search(" est (?:aussi )?(.+)$", words):
        return first in EITHER.split(found[1])
    if found := re.search(" n’est (?:pas|ni) (.+)$", words):
        return first is not None and first not in NEITHER.split(found[1])
    if words.startswith(("même réponse", "autre réponse")):
        return first is not None and (first == last) is words.startswith("même")
    if others:
        assert "la même réponse que" in words
        is_same = " a la même" in words
        return None not in (first, *others) and (first == others[0]) is is_same
    assert words.endswith((" a une réponse", " n’a pas de réponse")), words
    return (first is not None) is words.endswith(" a une réponse")
