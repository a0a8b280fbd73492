"""Residuals: what remains of the conditions of a rule after some answers.

States in which all rules have the same residuals have the same future, so the walk merges them.

A residual is a conjunction of literals (`rules.proof.literals`), which must all be true, or a
disjunction, of which one must be true. Each answer removes the literals that it makes true or false.
A residual is *satisfied* if its rule holds whatever answers follow, and *refuted* if its rule can no
longer hold.
"""

from array import array
from collections.abc import Iterable, Mapping
from operator import and_, or_
from typing import NamedTuple, TypeAlias

from rules.engine.content import Effect, GuideContent, Match, QuestionContent, RuleContent
from rules.proof.bounds import Effort
from rules.proof.literals import AnswerLiteral, GuideLiterals, Literal

REFUTED, SATISFIED = 0, 1
"""The numbers of two residuals: the empty disjunction (false) and the empty conjunction (true)."""

RESIDUAL_SIZE, LITERAL_SIZE, STEP_SIZE = 500, 700, 200
"""The memory, in bytes, of a residual without its literals, of a literal, and of a cached step."""
MAX_KNOWN_STEPS = 200_000
"""The number of steps from one residual to the next that are cached."""

ResidualVector: TypeAlias = "array[int]"
"""The residuals of all rules, as their numbers, in rule order."""


class Residual(NamedTuple):
    """A conjunction of literals, which must all be true, or a disjunction, of which one must be.

    Literals are numbers here. `questions` has a bit for each question that a literal is about, and
    `required` a bit for each question without whose answer one of the literals is false.
    """

    is_conjunction: bool
    literals: tuple[int, ...]
    questions: int
    required: int


class Residuals:
    """The residuals that the rules of a guide can have. Each has a number, so that it is compared fast."""

    def __init__(self, guide: GuideContent, effort: Effort) -> None:
        self._effort = effort
        self._guide_literals = GuideLiterals(guide)
        self._question_bits = {q.key: 1 << index for index, q in enumerate(guide.questions)}
        self._literals: list[Literal] = []
        self._literal_numbers: dict[Literal, int] = {}
        self._literal_questions: list[int] = []
        """For each literal, the bits of its questions."""
        self._literals_about: dict[str, set[int]] = {q.key: set() for q in guide.questions}
        self._condition_literals: dict[str, dict[Literal, None]] = {
            question.key: {} for question in guide.questions
        }
        """For each question, the literals of the conditions about it, as a set in a fixed order."""
        self._residuals: list[Residual] = []
        self._residual_numbers: dict[tuple[bool, tuple[int, ...]], int] = {}
        self._known_steps: dict[tuple[int, str, str], int] = {}
        self._representatives: dict[str, Mapping[str, str]] = {}
        for is_conjunction in (False, True):
            self._number_of_residual(is_conjunction, ())
        self._looking_at: dict[str, list[int]] = {q.key: [] for q in guide.questions}
        self._asking = guide.rules_asking
        self._ask_rules: list[tuple[int, int]] = []
        """The position of each rule that asks, and the bit of its question."""
        for position, rule in enumerate(guide.rules):
            for question in rule.questions:
                self._looking_at[question].append(position)
            if rule.effect is Effect.ASK:
                self._ask_rules.append((position, self._question_bits[rule.target]))
        self._is_advice = [rule.effect is Effect.ADVISE for rule in guide.rules]
        self._initial_residuals = list(map(self.initial_residual, guide.rules))

    def initial_vector(self) -> ResidualVector:
        """Returns the residuals of all rules before the first answer."""
        return self._ignore_settled_advice(self._initial_residuals)

    def representative_choices(self, question: QuestionContent) -> Mapping[str, str]:
        """Returns, for each choice of a question, the first choice that no rule tells apart from it.

        Both lead to the same state. It is the choice itself if rules tell it apart from earlier ones.
        """
        if question.key not in self._representatives:
            groups = dict.fromkeys((choice.key for choice in question.choices), 0)
            for literal in self._effort.watch_time(self._condition_literals[question.key]):
                numbers: dict[tuple[int, Literal | bool], int] = {}
                for choice, group in groups.items():
                    after = self._guide_literals.after_answer(literal, question.key, choice)
                    groups[choice] = numbers.setdefault((group, after), len(numbers))
                if len(numbers) == len(groups):
                    break
            firsts: dict[int, str] = {}
            self._representatives[question.key] = {
                choice: firsts.setdefault(group, choice) for choice, group in groups.items()
            }
        return self._representatives[question.key]

    def initial_residual(self, rule: RuleContent) -> int:
        """Returns the number of the residual of a rule before the first answer."""
        if rule.is_left_out:
            return REFUTED
        literals = list(map(self._guide_literals.of_condition, rule.when))
        for literal in literals:
            if not isinstance(literal, bool):
                for question in literal.questions:
                    self._condition_literals[question][literal] = None
        is_conjunction = rule.match is Match.ALL or not rule.when
        return self._simplify_residual(is_conjunction, (), literals)

    def vector_after_answer(
        self, vector: ResidualVector, question: str, choice: str
    ) -> ResidualVector:
        """Returns the residuals of all rules after one more answer.

        Rules that ask the answered question count as refuted, because they have no effect any more.
        """
        after = vector[:]
        for position in self._looking_at[question]:
            if after[position] != REFUTED:
                number = self.residual_after_answer(after[position], question, choice)
                is_settled_advice = number == SATISFIED and self._is_advice[position]
                after[position] = REFUTED if is_settled_advice else number
        for position in self._asking.get(question, ()):
            after[position] = REFUTED
        return after

    def residual_after_answer(self, number: int, question: str, choice: str) -> int:
        """Returns the number of what remains of a residual after one more answer."""
        step = number, question, choice
        if step not in self._known_steps:
            if len(self._known_steps) >= MAX_KNOWN_STEPS:
                self._effort.free_memory(STEP_SIZE * len(self._known_steps))
                self._known_steps.clear()
            self._effort.take_memory(STEP_SIZE)
            self._known_steps[step] = self._take_step(*step)
        return self._known_steps[step]

    def drop_unaskable_questions(self, vector: ResidualVector) -> ResidualVector:
        """Simplifies residuals: questions that cannot be asked any more will stay unanswered.

        All questions are unaskable, except those in the least fixpoint of: a question is askable if a
        rule that asks it may hold with answers to askable questions only. It contains all questions
        that may still be asked, and sometimes a few more. Each round goes through the rules in the
        opposite direction of the round before, so that few rounds suffice for any order of rules.
        """
        unaskable, before = -1, 0
        waiting = [asks for asks in self._ask_rules if vector[asks[0]] != REFUTED]
        while unaskable != before:
            self._effort.check_time()
            before, later = unaskable, []
            for position, question in waiting:
                if self._may_hold(vector[position], unaskable):
                    unaskable &= ~question
                else:
                    later.append((position, question))
            waiting = later[::-1]
        restricted = {number: self._restrict_residual(number, unaskable) for number in set(vector)}
        numbers = map(restricted.__getitem__, vector)
        if list(restricted.values()).count(SATISFIED) > (SATISFIED in restricted):
            return self._ignore_settled_advice(numbers)
        return array("I", numbers)

    def holds_without_answers(self, number: int) -> bool:
        """True if a residual is true while all its questions are unanswered."""
        return self._restrict_residual(number, -1) == SATISFIED

    def _ignore_settled_advice(self, numbers: Iterable[int]) -> ResidualVector:
        """Returns the residuals of all rules, in which satisfied advice rules count as refuted.

        An advice rule that can no longer change, whether it holds or not, does not distinguish states.
        """
        pairs = zip(numbers, self._is_advice, strict=True)
        return array(
            "I",
            [
                REFUTED if number == SATISFIED and is_advice else number
                for number, is_advice in pairs
            ],
        )

    def _may_hold(self, number: int, unaskable: int) -> bool:
        """True if a residual may become true while the unaskable questions stay unanswered.

        It is not exact: it looks at each literal alone.
        """
        is_conjunction, literals, questions, required = self._residuals[number]
        if is_conjunction or not questions & unaskable:
            return not required & unaskable
        self._effort.check_time()
        return any(
            self._literals[literal].holds_unanswered
            or not self._literal_questions[literal] & unaskable
            for literal in literals
        )

    def _restrict_residual(self, number: int, unaskable: int) -> int:
        """Returns what remains of a residual if the unaskable questions stay unanswered."""
        is_conjunction, literals, questions, required = self._residuals[number]
        if not questions & unaskable:
            return number
        if is_conjunction and required & unaskable:
            return REFUTED
        remaining = []
        for literal in literals:
            if not self._literal_questions[literal] & unaskable:
                remaining.append(literal)
            elif not is_conjunction and self._literals[literal].holds_unanswered:
                return SATISFIED
        return self._number_of_residual(is_conjunction, tuple(remaining))

    def _take_step(self, number: int, question: str, choice: str) -> int:
        """Does what `residual_after_answer` does, without its cache."""
        residual, about = self._residuals[number], self._literals_about[question]
        answered = [literal for literal in residual.literals if literal in about]
        if not answered:
            return number
        after = (
            self._guide_literals.after_answer(self._literals[literal], question, choice)
            for literal in answered
        )
        remaining = (literal for literal in residual.literals if literal not in about)
        return self._simplify_residual(residual.is_conjunction, remaining, after)

    def _simplify_residual(
        self, is_conjunction: bool, known: Iterable[int], more: Iterable[Literal | bool]
    ) -> int:
        """Returns the number of the residual of some literals.

        `known` are the numbers of literals; `more` are literals, or True and False in their place.

        A false literal refutes a conjunction and changes nothing in a disjunction; a true literal
        satisfies a disjunction and changes nothing in a conjunction.
        """
        remaining = set(known)
        for literal in more:
            joined = self._join_literal(is_conjunction, remaining, literal)
            if not isinstance(joined, bool):
                remaining.add(self._number_of_literal(joined))
            elif joined is not is_conjunction:
                return REFUTED if is_conjunction else SATISFIED
        return self._number_of_residual(is_conjunction, tuple(sorted(remaining)))

    def _join_literal(
        self, is_conjunction: bool, remaining: set[int], literal: Literal | bool
    ) -> Literal | bool:
        """Joins a literal with the other one about the same answer, which it removes from `remaining`.

        Returns True or False instead of a literal that is always true or always false.
        """
        if not isinstance(literal, AnswerLiteral):
            return literal
        question, answers = literal
        for number in remaining & self._literals_about[question]:
            other = self._literals[number]
            if isinstance(other, AnswerLiteral):
                remaining.remove(number)
                answers = (and_ if is_conjunction else or_)(answers, other.answers)
        if answers == self._guide_literals.all_answers[question]:
            return True
        return bool(answers) and AnswerLiteral(question, answers)

    def _number_of_literal(self, literal: Literal) -> int:
        if literal not in self._literal_numbers:
            self._effort.take_memory(LITERAL_SIZE)
            number = self._literal_numbers[literal] = len(self._literals)
            self._literals.append(literal)
            self._literal_questions.append(
                sum(self._question_bits[key] for key in literal.questions)
            )
            for question in literal.questions:
                self._literals_about[question].add(number)
        return self._literal_numbers[literal]

    def _number_of_residual(self, is_conjunction: bool, literals: tuple[int, ...]) -> int:
        key = is_conjunction, literals
        if key not in self._residual_numbers:
            self._effort.check_time()
            self._effort.take_memory(RESIDUAL_SIZE + 8 * len(literals))
            questions = required = 0
            for literal in literals:
                questions |= self._literal_questions[literal]
                if not self._literals[literal].holds_unanswered:
                    required |= self._literal_questions[literal]
            self._residual_numbers[key] = len(self._residuals)
            self._residuals.append(Residual(is_conjunction, literals, questions, required))
        return self._residual_numbers[key]
