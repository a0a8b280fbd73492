"""Checks a parcours against brute force: each step of each path, one by one, with the oracle."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, Effect, GuideContent, Match
from rules.engine.operators import condition_holds
from rules.engine.state import Answer, State
from rules.parcours.stops import Case, Destination, Line, Parcours, Requirement
from rules.proof.bounds import Effort, ProofBound
from rules.proof.state_graph import StateGraph
from rules.proof.walk import Path, Walk
from tests.proof.brute_force import BruteForce
from tests.proof.small_guides import leave_unfinished, random_guide, random_rules_guide

SIZES = ((5, 12), (8, 24), (12, 40))
MAX_STATES, MAX_PREFIXES = 300, 1_500
"""The most states that a guide may have, and the most beginnings of paths for brute force."""

Requirements = tuple[Requirement, ...]


class BruteStep(NamedTuple):
    """A step of a visitor, found by brute force."""

    before: Path
    answer: Answer
    destination: Destination
    rules: tuple[int, ...]
    advice: frozenset[int]


class BruteSteps(BruteForce):
    """All steps of all paths of a guide, without merging states."""

    @cached_property
    def steps(self) -> dict[Answer, list[BruteStep]]:
        found = defaultdict(list)
        for path, state in self.states.items():
            if path:
                found[path[-1]].append(self._step_to(path, state))
        return found

    def found_paths(self, graph: StateGraph) -> set[Path]:
        """Returns the beginnings of paths that lead to a state of an incomplete graph."""
        numbers: dict[Path, int] = {(): 0}
        for path in sorted(self.states, key=len)[1:]:
            state = graph.states[numbers.get(path[:-1], 0)]
            if path[:-1] in numbers and state.successors:
                choices = list(self.guide.question[path[-1][0]].choice)
                numbers[path] = state.successors[choices.index(path[-1][1])]
        return set(numbers)

    def _step_to(self, path: Path, state: State) -> BruteStep:
        begun = self.fired_rules(state, Effect.ADVISE) - self.fired_rules(
            self.states[path[:-1]], Effect.ADVISE
        )
        outcomes = tuple(given.outcome for given in state.outcomes)
        return BruteStep(
            path[:-1],
            path[-1],
            Destination(state.question or "", outcomes),
            self.deciding_rules(state),
            begun,
        )

    def deciding_rules(self, state: State) -> tuple[int, ...]:
        """Returns all rules that conclude, or else the first that asks the question of a state."""
        if state.question is None:
            return tuple(sorted(self.fired_rules(state, Effect.CONCLUDE)))
        asking = self.fired_rules(state, Effect.ASK)
        return (min(p for p in asking if self.guide.rules[p].target == state.question),)

    def fired_rules(self, state: State, effect: Effect) -> frozenset[int]:
        fired = set(state.fired)
        return frozenset(
            position
            for position, rule in enumerate(self.guide.rules)
            if rule.key in fired and rule.effect is effect
        )


def random_parcours_guide(chance: random.Random) -> GuideContent:
    """Returns a random guide of up to 12 questions and about 40 rules, finished or not."""
    make_guide = chance.choice((random_guide, random_rules_guide))
    guide = make_guide(chance, *chance.choice(SIZES))
    if chance.random() < 0.3:
        guide = leave_out_unfinished_parts(leave_unfinished(guide, chance))
    return guide


def prove_small_guide(guide: GuideContent) -> StateGraph | None:
    """Returns the graph of a guide, or None if brute force would take too long."""
    graph = Walk(CompiledGuide(guide), Effort(ProofBound(states=MAX_STATES))).graph
    return graph if graph.complete and graph.prefix_count <= MAX_PREFIXES else None


def lines_of_parcours(parcours: Parcours) -> dict[Answer, Line]:
    return {(line.question, line.choice): line for stop in parcours.stops for line in stop.lines}


def requirements_hold(requirements: Requirements, answers: Answers) -> bool:
    return all(
        (any if match is Match.ANY else all)(
            condition_holds(condition, answers) for condition in conditions
        )
        for match, conditions in requirements
    )


def first_case(line: Line, answers: Answers) -> Case:
    """Returns the case that follows a line for the answers before it."""
    return next(case for case in line.cases if requirements_hold(case.requirements, answers))


def check_steps(brute: BruteSteps, parcours: Parcours) -> None:
    """Each step is exactly one case of one line, and the rules that it names decide it."""
    assert lines_of_parcours(parcours).keys() == {
        (state.question, choice.key)
        for state in brute.states.values()
        if state.question
        for choice in brute.guide.question[state.question].choices
    }
    for answer, line in lines_of_parcours(parcours).items():
        lengths: dict[Case, int] = {}
        for step in brute.steps[answer]:
            case = first_case(line, dict(step.before))
            assert (case.destination, case.rules) == (step.destination, step.rules)
            length = len(step.before) + 1
            lengths[case] = min(length, lengths.get(case, length))
        assert {case: len(case.answers) for case in line.cases} == lengths
        for case in line.cases:
            assert first_case(line, dict(case.answers[:-1])) is case
            assert case.answers in brute.states


def check_advice(brute: BruteSteps, parcours: Parcours) -> None:
    """The advice rules that begin to fire on a step are exactly those that its line names."""
    for answer, line in lines_of_parcours(parcours).items():
        for step in brute.steps[answer]:
            before = dict(step.before)
            begun = {
                given.rule for given in line.advice if requirements_hold(given.requirements, before)
            }
            assert begun == step.advice
        for given in line.advice:
            assert requirements_hold(given.requirements, dict(given.answers[:-1]))
            assert given.answers in brute.states


def check_start(brute: BruteSteps, parcours: Parcours) -> None:
    state = brute.states[()]
    (case,) = parcours.start.cases
    assert case.rules == brute.deciding_rules(state)
    assert case.destination.question == (state.question or "")
    assert case.destination.outcomes == tuple(given.outcome for given in state.outcomes)
    assert {given.rule for given in parcours.start.advice} == brute.fired_rules(
        state, Effect.ADVISE
    )


def check_stops(brute: BruteSteps, parcours: Parcours) -> None:
    """Each question that is asked is a stop, with the shortest answers that lead to it."""
    lengths: dict[str, int] = {}
    for path, state in brute.states.items():
        if state.question:
            lengths[state.question] = min(len(path), lengths.get(state.question, len(path)))
    assert {stop.question: len(stop.answers) for stop in parcours.stops} == lengths
    assert all(brute.states[stop.answers].question == stop.question for stop in parcours.stops)


def check_order(brute: BruteSteps, parcours: Parcours) -> None:
    """A stop comes after the stops that lead to it, unless it leads to them as well."""
    leads_to: dict[str, set[str]] = {stop.question: set() for stop in parcours.stops}
    for path in brute.paths:
        for (question, _), (following, _) in pairwise(path):
            leads_to[question].add(following)
    for middle in leads_to:
        for reached in leads_to.values():
            if middle in reached:
                reached |= leads_to[middle]
    for first, second in combinations(leads_to, 2):
        assert first not in leads_to[second] or second in leads_to[first]


def check_unreached(brute: BruteSteps, parcours: Parcours) -> None:
    """All that no path reaches is named, except rules that are left out."""
    guide, states = brute.guide, brute.states.values()
    asked = {state.question for state in states}
    given = {given.outcome for state in states for given in (*state.advice, *state.outcomes)}
    fired = {key for state in states for key in state.fired}
    assert set(parcours.unreached_questions) == guide.question.keys() - asked
    assert set(parcours.unreached_outcomes) == guide.outcome.keys() - given
    left_out = {rule.key for rule in guide.rules if rule.is_left_out}
    unreached = {guide.rules[position].key for position in parcours.unreached_rules}
    assert unreached == guide.rule.keys() - fired - left_out


def without_one_condition(requirements: Requirements) -> Iterator[Requirements]:
    """Yields requirements without each of their conditions."""
    for index, (match, conditions) in enumerate(requirements):
        for condition in conditions:
            left = tuple(other for other in conditions if other != condition)
            smaller = [Requirement(match, left)] if left else []
            yield (*requirements[:index], *smaller, *requirements[index + 1 :])


def count_conditions(brute: BruteSteps, parcours: Parcours) -> Counter[str]:
    """Counts the cases of lines that have several, their conditions, and those that are needless.

    A condition is needless if each step would be the same case of the line without it.
    """
    counts: Counter[str] = Counter(guides=1)
    for answer, line in lines_of_parcours(parcours).items():
        rules = [case.rules for case in line.cases]
        truth = [(dict(step.before), rules.index(step.rules)) for step in brute.steps[answer]]
        counts["lines"] += 1
        counts["cases"] += len(rules)
        counts["steps"] += len(truth)
        for index, case in enumerate(line.cases):
            for shorter in without_one_condition(case.requirements):
                counts["conditions"] += 1
                changed = [one.requirements for one in line.cases]
                changed[index] = shorter
                counts["needless"] += all(
                    requirements_hold(changed[taken], before)
                    and not any(requirements_hold(one, before) for one in changed[:taken])
                    for before, taken in truth
                )
            counts["conditional cases"] += len(rules) > 1
            counts["conditions of rules"] += (len(rules) > 1) * sum(
                len(brute.guide.rules[rule].when) for rule in case.rules
            )
    return counts


CHECKS = (check_start, check_steps, check_advice, check_stops, check_order, check_unreached)
