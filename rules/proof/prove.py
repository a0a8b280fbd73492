"""Proves a guide: explores all its paths, and collects the findings of every kind."""

from collections.abc import Iterator
from time import perf_counter

from rules.engine.compiled import CompiledGuide
from rules.proof.bounds import THOROUGH_BOUND, Effort, ProofBound
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.indistinguishable_choices import find_indistinguishable_choices
from rules.proof.repeated_parts import find_repeated_parts
from rules.proof.rule_traces import nearest_miss, rules_always_holding, trace_rule
from rules.proof.satisfiability import unsatisfiable_rules
from rules.proof.walk import Walk


def prove_guide(compiled: CompiledGuide, bound: ProofBound = THOROUGH_BOUND) -> Proof:
    """Explores the paths of a guide, and returns the findings.

    If the proof reaches its bound before its end, it is not complete: it has only findings about the
    states that were explored, and finds nothing unreachable.
    """
    began = perf_counter()
    walk = Walk(compiled, Effort(bound))
    findings = [*_findings_about_states(walk, compiled), *_rules_that_never_hold(walk)]
    findings += find_repeated_parts(walk.guide)
    if walk.graph.complete:
        findings += _findings_of_complete_walk(walk)
    findings.sort(key=lambda finding: list(FindingKind).index(finding.kind))
    return Proof(walk.graph, tuple(findings), perf_counter() - began, walk.stopped_by)


def _findings_about_states(walk: Walk, compiled: CompiledGuide) -> Iterator[Finding]:
    """Yields the stuck states, and the joint conclusions that no example gives."""
    question_positions = {
        question.key: index for index, question in enumerate(walk.guide.questions)
    }
    for last_answer, path in walk.first_paths.to_stuck_end.items():
        place = ("questions", question_positions[last_answer[0]]) if last_answer else ()
        yield Finding(FindingKind.STUCK, place, path)
    if not walk.first_paths.to_several_conclusions:
        return
    ends = (compiled.resolve(example.answers) for example in walk.guide.examples)
    expected = {tuple(given.outcome for given in end.outcomes) for end in ends}
    outcome_positions = {outcome.key: index for index, outcome in enumerate(walk.guide.outcomes)}
    for outcomes, path in walk.first_paths.to_several_conclusions.items():
        if outcomes not in expected:
            place = ("outcomes", outcome_positions[outcomes[0]])
            yield Finding(FindingKind.SEVERAL_CONCLUSIONS, place, path, outcomes)


def _rules_that_never_hold(walk: Walk) -> Iterator[Finding]:
    """Yields the unsatisfiable rules and, if the walk is complete, the unreachable rules."""
    unsatisfiable = unsatisfiable_rules(walk.residuals)
    for position, rule in enumerate(walk.guide.rules):
        place = ("rules", position)
        if position in unsatisfiable:
            yield Finding(FindingKind.UNSATISFIABLE, place, nearest_miss(walk, rule))
        elif walk.graph.complete and position not in walk.first_paths.to_fired_rule:
            # If a rule fires without effect (it asks a question that has an answer), the walk may
            # have merged this state with one in which the rule does not fire.
            residuals = (trace.residual for trace, _ in trace_rule(walk, rule))
            if not any(map(walk.residuals.holds_without_answers, residuals)):
                yield Finding(FindingKind.UNREACHABLE, place, nearest_miss(walk, rule))


def _findings_of_complete_walk(walk: Walk) -> Iterator[Finding]:
    """Yields the findings that are certain only if all paths were explored."""
    guide, first_paths = walk.guide, walk.first_paths
    for position, question in enumerate(guide.questions):
        if question.key not in first_paths.to_asked_question:
            yield Finding(FindingKind.UNREACHABLE, ("questions", position))
    for position, outcome in enumerate(guide.outcomes):
        if outcome.key not in first_paths.to_given_outcome:
            yield Finding(FindingKind.UNREACHABLE, ("outcomes", position))
    for position, path in rules_always_holding(walk):
        yield Finding(FindingKind.ALWAYS_HOLDS, ("rules", position), path)
    for position, choices in find_indistinguishable_choices(walk):
        path = first_paths.to_asked_question[guide.questions[position].key]
        yield Finding(FindingKind.INDISTINGUISHABLE, ("questions", position), path, choices)
    preempted = first_paths.to_preempted_rule
    for position in sorted(preempted.keys() - first_paths.asking_rules):
        yield Finding(FindingKind.PREEMPTED, ("rules", position), preempted[position])
