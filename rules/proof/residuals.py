"""What rules still wait for. States in which all rules wait for the same are one state.

Every condition is a literal, and every answer settles the literals that look at it: a rule is
dead once it can never hold again, held once it will hold for ever, else it waits for a residual.
The meaning of the operators is not told again here: it is read off `rules.engine.operators`.
"""

from array import array
from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple, TypeAlias

from rules.engine.content import ConditionContent, Effect, GuideContent, Match, RuleContent
from rules.engine.operators import OPERATORS
from rules.engine.terms import UNANSWERED, Term


class Look(NamedTuple):
    """Holds when the question is answered with one of `choices`; before that, if `unanswered`."""

    question: str
    choices: frozenset[str]
    unanswered: bool


class Pair(NamedTuple):
    """Holds when both questions are answered, with the same choice or with different ones."""

    question: str
    other: str
    equal: bool


Literal = Look | Pair


class Residual(NamedTuple):
    """All of the literals, or at least one of them."""

    every: bool
    literals: frozenset[Literal]


DEAD, HELD = 0, 1
Waiting: TypeAlias = "array[int]"
"""For each rule what it waits for: DEAD, HELD or the number of a residual."""


class Residuals:
    """The residuals of one guide's rules, each known by a number."""

    def __init__(self, guide: GuideContent) -> None:
        self.choices = {
            q.key: frozenset(choice.key for choice in q.choices) for q in guide.questions
        }
        self._rules = guide.rules
        self._number: dict[Residual, int] = {}
        self._residuals: list[Residual] = []
        self._questions: list[frozenset[str]] = [frozenset(), frozenset()]
        self._settled: dict[tuple[int, str, str], int] = {}
        self._naming: dict[str, list[int]] = {question: [] for question in self.choices}
        self._asking: dict[str, list[int]] = {question: [] for question in self.choices}
        for at, rule in enumerate(guide.rules):
            for question in questions_named(rule):
                self._naming[question].append(at)
            if rule.effect is Effect.ASK:
                self._asking[rule.target].append(at)
        self._asks = [at for at, rule in enumerate(guide.rules) if rule.effect is Effect.ASK]

    def start(self) -> Waiting:
        return array("I", [self._kept(at, self.of(rule)) for at, rule in enumerate(self._rules)])

    def of(self, rule: RuleContent) -> int:
        """What a rule waits for before any answer."""
        every = rule.match is Match.ALL or not rule.when
        return self._simplified(every, (self._literal(condition) for condition in rule.when))

    def answered(self, waiting: Waiting, question: str, choice: str) -> Waiting:
        """What rules wait for once this question is answered so."""
        after = waiting[:]
        for at in self._naming[question]:
            after[at] = self._kept(at, self.settled(after[at], question, choice))
        for at in self._asking[question]:
            after[at] = DEAD
        return after

    def settled(self, number: int, question: str, choice: str) -> int:
        if number in (DEAD, HELD):
            return number
        key = (number, question, choice)
        if key not in self._settled:
            every, literals = self._residual(number)
            settled = (self._after(literal, question, choice) for literal in literals)
            self._settled[key] = self._simplified(every, settled)
        return self._settled[key]

    def forgotten(self, waiting: Waiting) -> Waiting:
        """The same without what waits for questions that nobody can be asked any more."""
        askable = self._askable(waiting)
        numbers = (
            number if self._questions[number] <= askable else self._given_up(number, askable)
            for number in waiting
        )
        return array("I", [self._kept(at, number) for at, number in enumerate(numbers)])

    def holds(self, number: int) -> bool:
        """Whether it holds while none of the questions that it waits for is answered."""
        return number == HELD or (number != DEAD and self._given_up(number, set()) == HELD)

    def pairs(self, number: int) -> list[Pair]:
        if number in (DEAD, HELD):
            return []
        return [literal for literal in self._residual(number).literals if isinstance(literal, Pair)]

    def _kept(self, at: int, number: int) -> int:
        """Advice that will be given for ever tells no states apart: it was given already."""
        return DEAD if number == HELD and self._rules[at].effect is Effect.ADVISE else number

    def _askable(self, waiting: Waiting) -> Set[str]:
        """The questions that may still be asked, and perhaps a few more: no matter in what order
        rules stand, each turn goes through them the other way round.
        """
        askable: set[str] = set()
        asks, size = [at for at in self._asks if waiting[at] != DEAD], -1
        while len(askable) > size:
            size, later = len(askable), []
            for at in asks:
                if self._possible(waiting[at], askable):
                    askable.add(self._rules[at].target)
                else:
                    later.append(at)
            asks = later[::-1]
        return askable

    def _possible(self, number: int, askable: Set[str]) -> bool:
        if number == HELD or self._questions[number] <= askable:
            return True
        every, literals = self._residual(number)
        settled = [_without(literal, askable) for literal in literals]
        return (False not in settled) if every else any(settled)

    def _given_up(self, number: int, askable: Set[str]) -> int:
        every, literals = self._residual(number)
        return self._simplified(every, (_without(literal, askable) for literal in literals))

    def _residual(self, number: int) -> Residual:
        return self._residuals[number - 2]

    def _literal(self, condition: ConditionContent) -> Literal | bool:
        terms = OPERATORS[condition.operator].terms(condition)
        for term in terms:
            if term.other:
                return self._pair(term)
        (term,) = terms
        question = term.property.question
        choices = frozenset(key for key in self.choices[question] if _holds(term, key))
        return Look(question, choices, _holds(term, UNANSWERED))

    def _pair(self, term: Term) -> Literal | bool:
        question, other = term.property.question, term.other
        if term.equal and not self.choices[question] & self.choices[other]:
            return False
        return Pair(question, other, term.equal)

    def _after(self, literal: Literal, question: str, choice: str) -> Literal | bool:
        if isinstance(literal, Look):
            return choice in literal.choices if literal.question == question else literal
        if question not in (literal.question, literal.other):
            return literal
        other = literal.other if literal.question == question else literal.question
        same = self.choices[other] & {choice}
        return Look(other, same if literal.equal else self.choices[other] - same, False)

    def _simplified(self, every: bool, literals: Iterable[Literal | bool]) -> int:
        """The number of a residual. With `every`, a false literal ends it; without, a true one."""
        kept: set[Literal] = set()
        for literal in self._merged(every, literals):
            if not isinstance(literal, bool):
                kept.add(literal)
            elif literal is not every:
                return DEAD if every else HELD
        if not kept:
            return HELD if every else DEAD
        return self._numbered(Residual(every, frozenset(kept)))

    def _merged(self, every: bool, literals: Iterable[Literal | bool]) -> Iterator[Literal | bool]:
        """Those that look at one question as one, or as what they are whatever is answered."""
        looks: dict[str, Look] = {}
        for literal in literals:
            if isinstance(literal, Look):
                looks[literal.question] = _joined(every, literal, looks.get(literal.question))
            else:
                yield literal
        for look in looks.values():
            sure = self._sure(look)
            yield look if sure is None else sure

    def _sure(self, look: Look) -> bool | None:
        """True or false where no answer can change it."""
        if look.unanswered and look.choices == self.choices[look.question]:
            return True
        return None if look.unanswered or look.choices else False

    def _numbered(self, residual: Residual) -> int:
        if residual not in self._number:
            self._number[residual] = len(self._questions)
            self._residuals.append(residual)
            self._questions.append(frozenset(_questions(residual.literals)))
        return self._number[residual]


def questions_named(rule: RuleContent) -> frozenset[str]:
    named = {key for condition in rule.when for key in (condition.question, condition.other)}
    return frozenset(named - {""})


def _holds(term: Term, answer: str) -> bool:
    return (term.property.value_of(answer) == term.value) is term.equal


def _joined(every: bool, one: Look, other: Look | None) -> Look:
    if other is None:
        return one
    if every:
        unanswered = one.unanswered and other.unanswered
        return Look(one.question, one.choices & other.choices, unanswered)
    return Look(one.question, one.choices | other.choices, one.unanswered or other.unanswered)


def _without(literal: Literal, askable: Set[str]) -> Literal | bool:
    """The literal where a question that is not askable stays unanswered."""
    if isinstance(literal, Look):
        return literal if literal.question in askable else literal.unanswered
    return literal if {literal.question, literal.other} <= askable else False


def _questions(literals: Iterable[Literal]) -> Iterable[str]:
    for literal in literals:
        yield literal.question
        if isinstance(literal, Pair):
            yield literal.other
