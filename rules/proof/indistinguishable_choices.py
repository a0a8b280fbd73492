"""Choices that have the same effect in every state that asks their question.

Visitors see the question, the conclusions and the advice, but not which of several rules gives an
advice. Two choices have the same effect if visitors see the same after both, whatever they answered
before and answer later.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from rules.engine.content import Effect, GuideContent
from rules.proof.walk import RuleEffects, Walk


def find_indistinguishable_choices(walk: Walk) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yields the groups of choices of one question that have the same effect in every state.

    Each group is the position of the question, and the keys of two or more of its choices. Raises
    `BoundReachedError` at the bound of the walk.
    """
    rules_by_advice: dict[str, list[int]] = {}
    for position, rule in enumerate(walk.guide.rules):
        if rule.effect is Effect.ADVISE:
            rules_by_advice.setdefault(rule.target, []).append(position)
    groups = _ChoiceGroups(walk.guide)
    single_rules = {rules[0] for rules in rules_by_advice.values() if len(rules) == 1}
    _separate_by_questions(walk, groups, single_rules)
    for rules in rules_by_advice.values():
        if len(rules) > 1 and groups.any_left:
            _SharedAdvice(walk, rules).separate_choices(groups)
    for position, question in enumerate(walk.guide.questions):
        if question.key in walk.first_paths.to_asked_question:
            for choices in groups.of_question(question.key):
                yield position, choices


class _ChoiceGroups:
    """The choices of each question, in groups that nothing has told apart so far."""

    def __init__(self, guide: GuideContent) -> None:
        self._guide = guide
        self._groups = {question.key: [0] * len(question.choices) for question in guide.questions}
        """For each choice of each question, the number of its group."""

    @property
    def any_left(self) -> bool:
        """True if some choices are not told apart."""
        return any(len(set(groups)) < len(groups) for groups in self._groups.values())

    def tell_apart(self, question: str, effects: Sequence[Hashable]) -> None:
        """Tells choices apart that have different effects, in a state that asks their question."""
        numbers: dict[tuple[int, Hashable], int] = {}
        pairs = zip(self._groups[question], effects, strict=True)
        self._groups[question] = [numbers.setdefault(pair, len(numbers)) for pair in pairs]

    def of_question(self, question: str) -> Iterator[tuple[str, ...]]:
        """Yields the keys of two or more choices that are not told apart."""
        members: dict[int, list[str]] = {}
        choices = self._guide.question[question].choices
        for choice, group in zip(choices, self._groups[question], strict=True):
            members.setdefault(group, []).append(choice.key)
        yield from (tuple(keys) for keys in members.values() if len(keys) > 1)


def _separate_by_questions(walk: Walk, groups: _ChoiceGroups, advice_rules: set[int]) -> None:
    """Tells choices apart by the questions and conclusions that follow, and by some advice.

    `advice_rules` are those whose advice no other rule gives: visitors see when they begin or cease
    to fire.
    """
    numbers: dict[Hashable, int] = {}
    behaviours: dict[int, int] = {}
    """For each state, a number that is the same if visitors see the same from there on."""
    for number in walk.effort.watch_time(reversed(walk.graph.topological_order)):
        state = walk.graph.states[number]
        after = tuple(
            (
                behaviours[successor],
                tuple(rule for rule in effects.started if rule in advice_rules),
                tuple(rule for rule in effects.stopped if rule in advice_rules),
            )
            for successor, effects in zip(state.successors, walk.effects[number], strict=True)
        )
        if state.question is not None:
            groups.tell_apart(state.question, after)
        seen = state.question, state.outcomes, after
        behaviours[number] = numbers.setdefault(seen, len(numbers))


class _SharedAdvice:
    """An advice that several rules give, in the states of a walk. Sets of rules are integers here.

    The advice is settled where a rule gives it that never stops firing any more, so that visitors see
    it to the end. Whether it is settled in a state can depend on the path to this state. Where it is
    not, the state determines which of the rules fire.
    """

    def __init__(self, walk: Walk, rules: Sequence[int]) -> None:
        self._walk = walk
        self._bits = {rule: 1 << index for index, rule in enumerate(rules)}
        self._stopping = self._find_stopping_rules()
        self._firing: dict[int, int] = {}
        """For each state in which the advice may be not settled, the rules that fire then."""
        for number in walk.effort.watch_time(walk.graph.topological_order):
            if number == 0:
                self._reach_state(0, self._rule_bits(walk.outcome_rules_at_start))
            if number in self._firing:
                for successor, firing in self._next_states(number):
                    self._reach_state(successor, firing)

    def separate_choices(self, groups: _ChoiceGroups) -> None:
        """Tells choices apart by when visitors see the advice."""
        numbers: dict[Hashable, int] = {}
        settled: dict[int, int] = {}
        unsettled: dict[int, int] = {}
        """For each state, a number that is the same if visitors see the same from there on."""
        for number in self._walk.effort.watch_time(reversed(self._walk.graph.topological_order)):
            state = self._walk.graph.states[number]
            seen: Hashable = (
                True,
                state.question,
                state.outcomes,
                *map(settled.get, state.successors),
            )
            settled[number] = numbers.setdefault(seen, len(numbers))
            if number in self._firing:
                after = [
                    settled[successor]
                    if self._is_settled(successor, firing)
                    else unsettled[successor]
                    for successor, firing in self._next_states(number)
                ]
                if state.question is not None:
                    groups.tell_apart(state.question, after)
                seen = bool(self._firing[number]), state.question, state.outcomes, *after
                unsettled[number] = numbers.setdefault(seen, len(numbers))

    def _find_stopping_rules(self) -> Mapping[int, int]:
        """Returns, for each state, the rules that may stop firing later."""
        stopping: dict[int, int] = {}
        for number in self._walk.effort.watch_time(reversed(self._walk.graph.topological_order)):
            stopping[number] = 0
            for successor, effects in self._transitions_from(number):
                stopping[number] |= stopping[successor] | self._rule_bits(effects.stopped)
        return stopping

    def _reach_state(self, number: int, firing: int) -> None:
        if not self._is_settled(number, firing):
            self._firing[number] = firing

    def _is_settled(self, number: int, firing: int) -> bool:
        return bool(firing & ~self._stopping[number])

    def _next_states(self, number: int) -> Iterator[tuple[int, int]]:
        """Yields the next state after each choice, with the rules that fire there."""
        for successor, effects in self._transitions_from(number):
            firing = self._firing[number] | self._rule_bits(effects.started)
            yield successor, firing & ~self._rule_bits(effects.stopped)

    def _transitions_from(self, number: int) -> Iterator[tuple[int, RuleEffects]]:
        successors = self._walk.graph.states[number].successors
        return zip(successors, self._walk.effects[number], strict=True)

    def _rule_bits(self, rules: Iterable[int]) -> int:
        return sum(self._bits.get(rule, 0) for rule in rules)
