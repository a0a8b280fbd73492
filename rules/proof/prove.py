"""The proof of a guide: one walk through all its paths, and every finding that follows from it."""

from collections.abc import Iterator
from time import perf_counter

from rules.engine.compiled import CompiledGuide
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.indistinguishable_choices import find_indistinguishable_choices
from rules.proof.rule_traces import nearest_miss, rules_always_holding, trace_rule
from rules.proof.satisfiability import unsatisfiable_rules
from rules.proof.walk import MAX_STATES, Walk


def prove_guide(compiled: CompiledGuide, max_states: int = MAX_STATES) -> Proof:
    """Walks a guide and returns what was found.

    If the walk stops at `max_states`, the proof holds only findings about what it met. Nothing is
    then called unreachable, because the rest of the guide may still reach it.
    """
    began = perf_counter()
    walk = Walk(compiled, max_states)
    findings = [*_findings_about_states(walk, compiled), *_rules_that_never_hold(walk)]
    if walk.graph.complete:
        findings += _findings_of_complete_walk(walk)
    findings.sort(key=lambda finding: list(FindingKind).index(finding.kind))
    return Proof(walk.graph, tuple(findings), perf_counter() - began)


def _findings_about_states(walk: Walk, compiled: CompiledGuide) -> Iterator[Finding]:
    """Yields the stuck states, and the conclusions given together that no example expects."""
    question_positions = {
        question.key: index for index, question in enumerate(walk.guide.questions)
    }
    for last_answer, path in walk.first_paths.to_stuck_end.items():
        place = ("questions", question_positions[last_answer[0]]) if last_answer else ()
        yield Finding(FindingKind.STUCK, place, path)
    ends = (compiled.resolve(example.answers) for example in walk.guide.examples)
    expected = {tuple(given.outcome for given in end.outcomes) for end in ends}
    outcome_positions = {outcome.key: index for index, outcome in enumerate(walk.guide.outcomes)}
    for outcomes, path in walk.first_paths.to_several_conclusions.items():
        if outcomes not in expected:
            place = ("outcomes", outcome_positions[outcomes[0]])
            yield Finding(FindingKind.SEVERAL_CONCLUSIONS, place, path, outcomes)


def _rules_that_never_hold(walk: Walk) -> Iterator[Finding]:
    """Yields the unsatisfiable rules and, if all paths are known, the rules that no path satisfies."""
    unsatisfiable = unsatisfiable_rules(walk.guide, walk.residuals)
    for position, rule in enumerate(walk.guide.rules):
        place = ("rules", position)
        if position in unsatisfiable:
            yield Finding(FindingKind.UNSATISFIABLE, place, nearest_miss(walk, rule))
        elif walk.graph.complete and position not in walk.first_paths.to_fired_rule:
            # A rule that asks a question which is already answered has no effect, so the walk may
            # merge the state in which it fires with one in which it does not.
            residuals = (trace.residual for trace, _ in trace_rule(walk, rule))
            if not any(map(walk.residuals.holds_without_answers, residuals)):
                yield Finding(FindingKind.UNREACHABLE, place, nearest_miss(walk, rule))


def _findings_of_complete_walk(walk: Walk) -> Iterator[Finding]:
    """Yields what is certain only once every path is walked."""
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
