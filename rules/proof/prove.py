"""Proves a guide: explores all its paths, and collects the findings of every kind."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import perf_counter

from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent, Scope
from rules.engine.resolve import fire_rules, follow_answers
from rules.proof.bounds import THOROUGH_BOUND, BoundReachedError, Effort, ProofBound
from rules.proof.findings import Finding, FindingKind, Place, Proof
from rules.proof.indistinguishable_choices import find_indistinguishable_choices
from rules.proof.repeated_parts import find_repeated_parts
from rules.proof.rule_traces import nearest_miss, rules_always_holding, trace_rule
from rules.proof.satisfiability import contradicting_conditions, find_unsatisfiable_rules
from rules.proof.walk import Walk, concluded_outcomes


def prove_guide(compiled: CompiledGuide, bound: ProofBound = THOROUGH_BOUND) -> Proof:
    """Explores the paths of a guide, and returns the findings.

    If the proof reaches its bound before its end, it is not complete: it has only findings about the
    states that were explored, and finds nothing unreachable.
    """
    began, effort = perf_counter(), Effort(bound)
    unsatisfiable, undecided = find_unsatisfiable_rules(compiled.guide, effort)
    walk = Walk(compiled, effort)
    findings = [*_stuck_states(walk), *_unfinished_parts(walk)]
    findings += (
        Finding(FindingKind.UNSATISFIABLE, ("rules", position)) for position in unsatisfiable
    )
    stopped_by = walk.stopped_by
    try:
        for finding in _other_findings(walk, frozenset(unsatisfiable)):
            findings.append(finding)
    except BoundReachedError as reached:
        stopped_by = stopped_by or reached.kind
    findings = list(_explain_findings(walk, findings))
    findings.sort(key=lambda finding: list(FindingKind).index(finding.kind))
    undecided = [
        position for position in undecided if position not in walk.first_paths.to_fired_rule
    ]
    seconds = perf_counter() - began
    return Proof(walk.graph, tuple(findings), seconds, stopped_by, tuple(undecided))


def _stuck_states(walk: Walk) -> Iterator[Finding]:
    question_positions = {
        question.key: index for index, question in enumerate(walk.guide.questions)
    }
    for last_answer, path in walk.first_paths.to_stuck_end.items():
        place = ("questions", question_positions[last_answer[0]]) if last_answer else ()
        yield Finding(FindingKind.STUCK, place, path)


def _unfinished_parts(walk: Walk) -> Iterator[Finding]:
    """Yields the rules that are left out, and the questions without choices that visitors are asked."""
    for position, rule in enumerate(walk.guide.rules):
        if rule.is_left_out:
            yield Finding(FindingKind.UNFINISHED, ("rules", position))
    asked = walk.first_paths.to_asked_question
    for position, question in enumerate(walk.guide.questions):
        if not question.choices and question.key in asked:
            yield Finding(FindingKind.UNFINISHED, ("questions", position), asked[question.key])


def _other_findings(walk: Walk, unsatisfiable: frozenset[int]) -> Iterator[Finding]:
    """Yields the findings that take time. Raises `BoundReachedError` at the bound of the walk."""
    yield from _several_conclusions(walk)
    yield from find_repeated_parts(walk.guide, walk.effort)
    yield from _missing_pupil_texts(walk.guide)
    if walk.graph.complete:
        yield from _unreachable_parts(walk, unsatisfiable)
        yield from _other_findings_of_complete_walk(walk)


def _several_conclusions(walk: Walk) -> Iterator[Finding]:
    """Yields the joint conclusions that no example gives."""
    if not walk.first_paths.to_several_conclusions:
        return
    guide = walk.guide
    firings = (follow_answers(guide, example.answers, walk.fire)[1] for example in guide.examples)
    expected = {concluded_outcomes(guide.rules, firing) for firing in firings}
    outcome_positions = {outcome.key: index for index, outcome in enumerate(guide.outcomes)}
    for outcomes, path in walk.first_paths.to_several_conclusions.items():
        if outcomes not in expected:
            place = ("outcomes", outcome_positions[outcomes[0]])
            yield Finding(FindingKind.SEVERAL_CONCLUSIONS, place, path, outcomes)


def _missing_pupil_texts(guide: GuideContent) -> Iterator[Finding]:
    """Yields what is not written for the pupil yet, in a guide that has texts for pupils."""
    parts: dict[Place, str] = {
        ("questions", position): question.for_pupil
        for position, question in enumerate(guide.questions)
        if question.scope is Scope.PUPIL
    }
    parts |= {
        ("outcomes", position): outcome.for_pupil
        for position, outcome in enumerate(guide.outcomes)
        if outcome.final
    }
    if any(parts.values()):
        for place, text in parts.items():
            if not text:
                yield Finding(FindingKind.NOT_FOR_PUPIL, place)


def _unreachable_parts(walk: Walk, unsatisfiable: frozenset[int]) -> Iterator[Finding]:
    """Yields everything unreachable, except the rules that are unsatisfiable or left out anyway."""
    guide, first_paths = walk.guide, walk.first_paths
    never_holding = unsatisfiable | {
        position for position, rule in enumerate(guide.rules) if rule.is_left_out
    }
    for position, rule in enumerate(guide.rules):
        if position not in never_holding and position not in first_paths.to_fired_rule:
            # If a rule fires without effect (it asks a question that has an answer), the walk may
            # have merged this state with one in which the rule does not fire.
            residuals = (trace.residual for trace, _ in trace_rule(walk, rule))
            if not any(map(walk.residuals.holds_without_answers, residuals)):
                yield Finding(FindingKind.UNREACHABLE, ("rules", position))
    for position, question in enumerate(guide.questions):
        if question.key not in first_paths.to_asked_question:
            earlier = _rule_that_comes_first(walk, question.key)
            yield Finding(FindingKind.UNREACHABLE, ("questions", position), earlier=earlier)
    for position, outcome in enumerate(guide.outcomes):
        if outcome.key not in first_paths.to_given_outcome:
            yield Finding(FindingKind.UNREACHABLE, ("outcomes", position))


def _rule_that_comes_first(walk: Walk, question: str) -> Place:
    """Returns the place of a rule because of which a rule that fires does not ask its question.

    Returns an empty place if no rule that asks the question ever fires.
    """
    guide, paths = walk.guide, walk.first_paths.to_fired_rule
    for position in guide.rules_asking.get(question, ()):
        if position in paths:
            firing = fire_rules(guide, dict(paths[position]), walk.fire)
            for fired in firing.fired:
                rule = guide.rules[fired]
                if rule.effect is Effect.CONCLUDE or rule.target == firing.question:
                    return ("rules", fired)
    return ()


def _other_findings_of_complete_walk(walk: Walk) -> Iterator[Finding]:
    """Yields the warnings and remarks that are certain only if all paths were explored."""
    guide, first_paths = walk.guide, walk.first_paths
    for position, path in rules_always_holding(walk):
        yield Finding(FindingKind.ALWAYS_HOLDS, ("rules", position), path)
    for position, choices in find_indistinguishable_choices(walk):
        path = first_paths.to_asked_question[guide.questions[position].key]
        yield Finding(FindingKind.INDISTINGUISHABLE, ("questions", position), path, choices)
    preempted = first_paths.to_preempted_rule
    for position in sorted(preempted.keys() - first_paths.asking_rules):
        yield Finding(FindingKind.PREEMPTED, ("rules", position), preempted[position])


def _explain_findings(walk: Walk, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the findings. While time is left, those about rules that never hold say why."""
    for finding in findings:
        explained = finding
        if finding.place[:1] == ("rules",) and finding.kind in (
            FindingKind.UNSATISFIABLE,
            FindingKind.UNREACHABLE,
        ):
            rule = walk.guide.rules[int(finding.place[1])]
            try:
                explained = replace(finding, answers=nearest_miss(walk, rule))
                if finding.kind is FindingKind.UNSATISFIABLE:
                    conditions = contradicting_conditions(walk.guide, rule, walk.effort)
                    explained = replace(explained, conditions=conditions)
            except BoundReachedError:
                pass
        yield explained
