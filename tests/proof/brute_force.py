"""The reference meaning of a proof: all paths are explored one by one, without merging states.

Each kind of finding is computed from its definition, with the oracle. This is slow, but simple.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import NamedTuple

from rules.document.labels import normalise_label
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.engine.oracle import fired_positions, rule_holds
from rules.engine.resolve import resolve
from rules.engine.state import Answer, State, Status
from rules.proof.findings import FindingKind, Place

Path = tuple[Answer, ...]
"""Answers in the order in which a visitor gives them."""
Behaviour = tuple[object, ...]


class ExpectedFinding(NamedTuple):
    """A finding. Instead of the answers that show it, it has the length of the shortest such path.

    The length is 0 for a rule that never fires, because no path shows it.
    """

    kind: FindingKind
    place: Place
    keys: tuple[str, ...] = ()
    length: int = 0


@dataclass(frozen=True)
class BruteForce:
    guide: GuideContent

    @cached_property
    def states(self) -> dict[Path, State]:
        """The state after each beginning of each path."""
        return dict(self._states_from(()))

    def _states_from(self, path: Path) -> Iterator[tuple[Path, State]]:
        state = self.resolve_path(path)
        yield path, state
        for longer in self._longer_paths(path, state):
            yield from self._states_from(longer)

    def resolve_path(self, path: Path) -> State:
        return resolve(
            self.guide, dict(path), lambda answers: fired_positions(self.guide.rules, answers)
        )

    def _longer_paths(self, path: Path, state: State) -> list[Path]:
        if state.question is None:
            return []
        choices = self.guide.question[state.question].choices
        return [(*path, (state.question, choice.key)) for choice in choices]

    @cached_property
    def paths(self) -> list[Path]:
        """All paths from the start to an end."""
        return [path for path, state in self.states.items() if not self._longer_paths(path, state)]

    def remaining_questions(self, start: Path) -> tuple[int, int]:
        """Returns the least and the most questions that are asked after the beginning of a path."""
        complete = [path for path in self.paths if path[: len(start)] == start]
        lengths = [self.asked_count(path) - len(start) for path in complete]
        return min(lengths), max(lengths)

    def asked_count(self, path: Path) -> int:
        """Returns the number of questions that a path asks: the last one may have no choices."""
        return len(path) + (self.states[path].question is not None)

    @cached_property
    def findings(self) -> list[ExpectedFinding]:
        return sorted(
            [
                *self._find_stuck_states(),
                *self._find_unfinished_parts(),
                *self._find_unreachable_parts(),
                *self._find_unsatisfiable_rules(),
                *self._find_several_conclusions(),
                *self._find_rules_always_holding(),
                *self._find_indistinguishable_choices(),
                *self._find_preempted_rules(),
                *self._find_repetitions(),
            ]
        )

    def _find_stuck_states(self) -> Iterator[ExpectedFinding]:
        """Yields a finding for each last answer of a stuck state."""
        places: dict[str, Place] = {
            question.key: ("questions", index)
            for index, question in enumerate(self.guide.questions)
        }
        stuck = [path for path, state in self.states.items() if state.status is Status.STUCK]
        for last in {path[-1:] for path in stuck}:
            place = places[last[0][0]] if last else ()
            length = min(len(path) for path in stuck if path[-1:] == last)
            yield ExpectedFinding(FindingKind.STUCK, place, (), length)

    def _find_unfinished_parts(self) -> Iterator[ExpectedFinding]:
        for index, rule in enumerate(self.guide.rules):
            if rule.is_left_out:
                yield ExpectedFinding(FindingKind.UNFINISHED, ("rules", index))
        for index, question in enumerate(self.guide.questions):
            asking = [path for path, state in self.states.items() if state.question == question.key]
            if asking and not question.choices:
                place = ("questions", index)
                yield ExpectedFinding(FindingKind.UNFINISHED, place, (), min(map(len, asking)))

    def _find_unreachable_parts(self) -> Iterator[ExpectedFinding]:
        states = self.states.values()
        asked = {state.question for state in states}
        given = {given.outcome for state in states for given in (*state.advice, *state.outcomes)}
        fired = {key for state in states for key in state.fired}
        for index, question in enumerate(self.guide.questions):
            if question.key not in asked:
                yield ExpectedFinding(FindingKind.UNREACHABLE, ("questions", index))
        for index, outcome in enumerate(self.guide.outcomes):
            if outcome.key not in given:
                yield ExpectedFinding(FindingKind.UNREACHABLE, ("outcomes", index))
        for index, rule in enumerate(self.guide.rules):
            if rule.key not in fired and self._is_satisfiable(rule):
                yield ExpectedFinding(FindingKind.UNREACHABLE, ("rules", index))

    def _find_unsatisfiable_rules(self) -> Iterator[ExpectedFinding]:
        for index, rule in enumerate(self.guide.rules):
            if not rule.is_left_out and not self._is_satisfiable(rule):
                yield ExpectedFinding(FindingKind.UNSATISFIABLE, ("rules", index))

    def _is_satisfiable(self, rule: RuleContent) -> bool:
        """Tries every way to answer, or not to answer, the questions of a rule."""
        questions = sorted(questions_of_rule(rule))
        choices = ([None, *self.guide.question[key].choices] for key in questions)
        return any(
            rule_holds(
                rule,
                {key: choice.key for key, choice in zip(questions, chosen, strict=True) if choice},
            )
            for chosen in product(*choices)
        )

    def _find_several_conclusions(self) -> Iterator[ExpectedFinding]:
        states = list(self.states.values())
        expected = {
            _concluded_outcomes(self.resolve_path(tuple(example.answers.items())))
            for example in self.guide.examples
        }
        positions = [outcome.key for outcome in self.guide.outcomes]
        for keys in set(map(_concluded_outcomes, states)) - expected:
            if len(keys) > 1:
                lengths = [len(s.answers) for s in states if _concluded_outcomes(s) == keys]
                place = ("outcomes", positions.index(keys[0]))
                yield ExpectedFinding(FindingKind.SEVERAL_CONCLUSIONS, place, keys, min(lengths))

    def _find_rules_always_holding(self) -> Iterator[ExpectedFinding]:
        for index, rule in enumerate(self.guide.rules):
            answered = [state for state in self.states.values() if _is_answered(rule, state)]
            always_fires = all(rule.key in state.fired for state in answered)
            if _depends_on_choices(rule) and answered and always_fires:
                length = min(len(state.answers) for state in answered)
                yield ExpectedFinding(FindingKind.ALWAYS_HOLDS, ("rules", index), (), length)

    def _find_preempted_rules(self) -> Iterator[ExpectedFinding]:
        for index, rule in enumerate(self.guide.rules):
            if rule.effect is not Effect.ASK:
                continue
            firing = [state for state in self.states.values() if rule.key in state.fired]
            preempting = [state for state in firing if _is_preempted(rule, state)]
            if preempting and not any(state.question == rule.target for state in firing):
                length = min(len(state.answers) for state in preempting)
                yield ExpectedFinding(FindingKind.PREEMPTED, ("rules", index), (), length)

    def _find_repetitions(self) -> Iterator[ExpectedFinding]:
        """Compares each part with each earlier one."""
        guide = self.guide
        titled = {
            "questions": [part.title for part in guide.questions],
            "outcomes": [part.title for part in guide.outcomes],
            "examples": [part.name for part in guide.examples],
        }
        for kind, titles in titled.items():
            for index, title in enumerate(titles):
                if normalise_label(title) in map(normalise_label, titles[:index]):
                    yield ExpectedFinding(FindingKind.SAME_NAME, (kind, index))
        for index, example in enumerate(guide.examples):
            if any(example.answers == other.answers for other in guide.examples[:index]):
                yield ExpectedFinding(FindingKind.SAME_ANSWERS, ("examples", index))
        for index, rule in enumerate(guide.rules):
            if any(_is_same_rule(rule, other) for other in guide.rules[:index]):
                yield ExpectedFinding(FindingKind.SAME_RULE, ("rules", index))

    def _find_indistinguishable_choices(self) -> Iterator[ExpectedFinding]:
        """Yields the groups of choices that have the same effect wherever their question is asked."""
        for index, question in enumerate(self.guide.questions):
            asking = [path for path, state in self.states.items() if state.question == question.key]
            groups: dict[Behaviour, list[str]] = {}
            for choice in question.choices:
                answer = (question.key, choice.key)
                behaviour = tuple(self._behaviour_after((*path, answer)) for path in asking)
                groups.setdefault(behaviour, []).append(choice.key)
            for keys in groups.values():
                if asking and len(keys) > 1:
                    place = ("questions", index)
                    length = min(map(len, asking))
                    yield ExpectedFinding(FindingKind.INDISTINGUISHABLE, place, tuple(keys), length)

    def _behaviour_after(self, path: Path) -> Behaviour:
        """Returns everything that visitors see after the last answer of a path.

        It consists of the advice, the next question or the conclusions, and the same for all longer
        paths.
        """
        state = self.states[path]
        return (
            frozenset(given.outcome for given in state.advice),
            _concluded_outcomes(state) or state.question,
            tuple(self._behaviour_after(longer) for longer in self._longer_paths(path, state)),
        )


def questions_of_rule(rule: RuleContent) -> set[str]:
    return {key for term in rule.when for key in (term.question, term.other) if key}


def _is_answered(rule: RuleContent, state: State) -> bool:
    """True if all the questions of a rule are answered."""
    return questions_of_rule(rule) <= {question for question, _ in state.answers}


def _depends_on_choices(rule: RuleContent) -> bool:
    """False if a rule holds for any answers because of its operator `answered`."""
    answered = [term.operator is Operator.ANSWERED for term in rule.when]
    if rule.match is Match.ANY:
        return bool(answered) and not any(answered)
    return not all(answered)


def _is_preempted(rule: RuleContent, state: State) -> bool:
    """True if a state concludes, so that a rule cannot ask its question, which has no answer yet."""
    answered = {question for question, _ in state.answers}
    return state.status is Status.COMPLETED and rule.target not in answered


def _concluded_outcomes(state: State) -> tuple[str, ...]:
    return tuple(given.outcome for given in state.outcomes)


def _is_same_rule(rule: RuleContent, other: RuleContent) -> bool:
    if (rule.effect, rule.target) != (other.effect, other.target):
        return False
    if not all(
        any(_is_same_condition(condition, equal) for equal in conditions)
        for one, conditions in ((rule, other.when), (other, rule.when))
        for condition in one.when
    ):
        return False
    is_single = all(_is_same_condition(rule.when[0], condition) for condition in rule.when)
    return rule.match is other.match or is_single


def _is_same_condition(condition: ConditionContent, other: ConditionContent) -> bool:
    if condition.operator in (Operator.SAME_AS, Operator.DIFFERS_FROM):
        pair, other_pair = {condition.question, condition.other}, {other.question, other.other}
        return condition.operator is other.operator and pair == other_pair
    return replace(condition, choices=()) == replace(other, choices=()) and set(
        condition.choices
    ) == set(other.choices)
