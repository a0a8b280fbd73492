"""The reference meaning of a proof: every beginning of a path, one by one, nothing merged.

Each finding is worked out from its definition, by the oracle: slow, and plain to read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from rules.engine.content import Effect, GuideContent, Match, Operator, RuleContent
from rules.engine.oracle import fired_positions, rule_holds
from rules.engine.resolve import resolve
from rules.engine.state import Answer, State, Status
from rules.proof.findings import FindingKind

Path = tuple[Answer, ...]
"""Answers in the order they are given."""
Place = tuple[str | int, ...]
Behaviour = tuple[object, ...]


class Found(NamedTuple):
    """`length` is that of the shortest answers that show it; of what never comes there are none."""

    kind: FindingKind
    place: Place
    keys: tuple[str, ...] = ()
    length: int = 0


@dataclass(frozen=True)
class BruteForce:
    guide: GuideContent

    @cached_property
    def states(self) -> dict[Path, State]:
        """Each beginning of a path, and the state that visitors are in then."""
        return dict(self._from(()))

    def _from(self, path: Path) -> Iterator[tuple[Path, State]]:
        state = self.resolve(path)
        yield path, state
        for after in self._after(path, state):
            yield from self._from(after)

    def resolve(self, path: Path) -> State:
        return resolve(
            self.guide, dict(path), lambda answers: fired_positions(self.guide.rules, answers)
        )

    def _after(self, path: Path, state: State) -> list[Path]:
        if state.question is None:
            return []
        choices = self.guide.question[state.question].choices
        return [(*path, (state.question, choice.key)) for choice in choices]

    @cached_property
    def paths(self) -> list[Path]:
        return [path for path, state in self.states.items() if state.question is None]

    def remaining(self, path: Path) -> tuple[int, int]:
        """How many questions come after this beginning, at least and at most."""
        lengths = [len(whole) - len(path) for whole in self.paths if whole[: len(path)] == path]
        return min(lengths), max(lengths)

    @cached_property
    def findings(self) -> list[Found]:
        return sorted(
            [
                *self._stuck(),
                *self._unreached(),
                *self._impossible(),
                *self._together(),
                *self._always(),
                *self._alike(),
                *self._cut_short(),
            ]
        )

    def _stuck(self) -> Iterator[Found]:
        """One for each answer after which nothing comes."""
        places: dict[str, Place] = {
            question.key: ("questions", at) for at, question in enumerate(self.guide.questions)
        }
        stuck = [path for path, state in self.states.items() if state.status is Status.STUCK]
        for last in {path[-1:] for path in stuck}:
            place = places[last[0][0]] if last else ()
            yield Found(FindingKind.STUCK, place, (), min(len(p) for p in stuck if p[-1:] == last))

    def _unreached(self) -> Iterator[Found]:
        states = self.states.values()
        asked = {state.question for state in states}
        given = {each.outcome for state in states for each in (*state.advice, *state.outcomes)}
        fired = {key for state in states for key in state.fired}
        for at, question in enumerate(self.guide.questions):
            if question.key not in asked:
                yield Found(FindingKind.UNREACHABLE, ("questions", at))
        for at, outcome in enumerate(self.guide.outcomes):
            if outcome.key not in given:
                yield Found(FindingKind.UNREACHABLE, ("outcomes", at))
        for at, rule in enumerate(self.guide.rules):
            if rule.key not in fired and self._can_hold(rule):
                yield Found(FindingKind.UNREACHABLE, ("rules", at))

    def _impossible(self) -> Iterator[Found]:
        for at, rule in enumerate(self.guide.rules):
            if not self._can_hold(rule):
                yield Found(FindingKind.UNSATISFIABLE, ("rules", at))

    def _can_hold(self, rule: RuleContent) -> bool:
        """Tries every way to answer or not the questions that the rule names."""
        named = sorted(questions_of_rule(rule))
        offered = [self.guide.question[key].choices for key in named]
        return any(
            rule_holds(
                rule, {key: each.key for key, each in zip(named, given, strict=True) if each}
            )
            for given in product(*([None, *choices] for choices in offered))
        )

    def _together(self) -> Iterator[Found]:
        states = list(self.states.values())
        covered = {
            _outcomes(self.resolve(tuple(each.answers.items()))) for each in self.guide.examples
        }
        places = [outcome.key for outcome in self.guide.outcomes]
        for keys in set(map(_outcomes, states)) - covered:
            if len(keys) > 1:
                shortest = min(len(each.answers) for each in states if _outcomes(each) == keys)
                yield Found(
                    FindingKind.SEVERAL_CONCLUSIONS,
                    ("outcomes", places.index(keys[0])),
                    keys,
                    shortest,
                )

    def _always(self) -> Iterator[Found]:
        for at, rule in enumerate(self.guide.rules):
            answered = [state for state in self.states.values() if _answers(rule, state)]
            if _says_something(rule) and answered and all(rule.key in s.fired for s in answered):
                shortest = min(len(state.answers) for state in answered)
                yield Found(FindingKind.ALWAYS_HOLDS, ("rules", at), (), shortest)

    def _cut_short(self) -> Iterator[Found]:
        for at, rule in enumerate(self.guide.rules):
            if rule.effect is Effect.ASK and not self._asks(rule):
                cut = [len(s.answers) for s in self.states.values() if _cuts_short(rule, s)]
                if cut:
                    yield Found(FindingKind.PREEMPTED, ("rules", at), (), min(cut))

    def _asks(self, rule: RuleContent) -> bool:
        states = self.states.values()
        return any(rule.key in state.fired and state.question == rule.target for state in states)

    def _alike(self) -> Iterator[Found]:
        """The groups of choices with the same behaviour in every state that asks."""
        for at, question in enumerate(self.guide.questions):
            asking = [path for path, state in self.states.items() if state.question == question.key]
            groups: dict[Behaviour, list[str]] = {}
            for choice in question.choices:
                answer = (question.key, choice.key)
                after = tuple(self._behaviour((*path, answer)) for path in asking)
                groups.setdefault(after, []).append(choice.key)
            for alike in groups.values():
                if asking and len(alike) > 1:
                    shortest = min(map(len, asking))
                    yield Found(
                        FindingKind.INDISTINGUISHABLE, ("questions", at), tuple(alike), shortest
                    )

    def _behaviour(self, path: Path) -> Behaviour:
        """All that visitors are told from here on: what is new, what is no longer said, and so on."""
        state, before = self.states[path], self.states[path[:-1]]
        return (
            self._advised(set(state.fired) - set(before.fired)),
            self._advised(set(before.fired) - set(state.fired)),
            _outcomes(state) or state.question,
            tuple(self._behaviour(after) for after in self._after(path, state)),
        )

    def _advised(self, rules: set[str]) -> tuple[str, ...]:
        fired = (self.guide.rule[key] for key in rules)
        return tuple(sorted(rule.target for rule in fired if rule.effect is Effect.ADVISE))


def questions_of_rule(rule: RuleContent) -> set[str]:
    return {key for term in rule.when for key in (term.question, term.other) if key}


def _answers(rule: RuleContent, state: State) -> bool:
    """Whether all the questions that the rule names are answered."""
    return questions_of_rule(rule) <= {question for question, _ in state.answers}


def _says_something(rule: RuleContent) -> bool:
    """Not what holds as soon as there are answers: all of `answered`, or one of several."""
    answered = [term.operator is Operator.ANSWERED for term in rule.when]
    if rule.match is Match.ANY:
        return bool(answered) and not any(answered)
    return not all(answered)


def _cuts_short(rule: RuleContent, state: State) -> bool:
    """Whether a conclusion comes while this rule asks something new."""
    answered = {question for question, _ in state.answers}
    completed = state.status is Status.COMPLETED
    return completed and rule.key in state.fired and rule.target not in answered


def _outcomes(state: State) -> tuple[str, ...]:
    return tuple(given.outcome for given in state.outcomes)
