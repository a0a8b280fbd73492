"""A guide's proof: walk it, then say what was found."""

from collections.abc import Iterator
from time import perf_counter

from rules.engine.compiled import CompiledGuide
from rules.engine.content import RuleContent
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.indistinguishable_choices import find_indistinguishable_choices
from rules.proof.rule_traces import nearest_miss, rules_always_holding, trace_rule
from rules.proof.satisfiability import impossible_rules
from rules.proof.walk import MAX_STATES, Walk


def prove_guide(compiled: CompiledGuide, max_states: int = MAX_STATES) -> Proof:
    """Of a walk that had to stop, only what it met is told: nothing that it may still meet."""
    began = perf_counter()
    walk = Walk(compiled, max_states)
    findings = [*_stuck(walk), *_rules(walk), *_together(walk, compiled)]
    if walk.graph.complete:
        findings += [*_unreached(walk), *_always(walk), *_alike(walk), *_cut_short(walk)]
    findings.sort(key=lambda finding: list(FindingKind).index(finding.kind))
    return Proof(walk.graph, tuple(findings), perf_counter() - began)


def _stuck(walk: Walk) -> Iterator[Finding]:
    places = {question.key: at for at, question in enumerate(walk.guide.questions)}
    for last, path in walk.seen.stuck.items():
        place = ("questions", places[last[0]]) if last else ()
        yield Finding(FindingKind.STUCK, place, path)


def _rules(walk: Walk) -> Iterator[Finding]:
    """Those that never hold: for any answers or, once all paths are known, on any path."""
    impossible = impossible_rules(walk.guide, walk.residuals)
    for at, rule in enumerate(walk.guide.rules):
        if at in impossible:
            yield Finding(FindingKind.UNSATISFIABLE, ("rules", at), nearest_miss(walk, rule))
        elif walk.graph.complete and at not in walk.seen.fired and not _fires(walk, rule):
            yield Finding(FindingKind.UNREACHABLE, ("rules", at), nearest_miss(walk, rule))


def _fires(walk: Walk, rule: RuleContent) -> bool:
    """A rule that asks what is asked already may fire unseen: it tells no states apart."""
    return any(walk.residuals.holds(now.number) for now, _ in trace_rule(walk, rule))


def _unreached(walk: Walk) -> Iterator[Finding]:
    for at, question in enumerate(walk.guide.questions):
        if question.key not in walk.seen.asked:
            yield Finding(FindingKind.UNREACHABLE, ("questions", at))
    for at, outcome in enumerate(walk.guide.outcomes):
        if outcome.key not in walk.seen.given:
            yield Finding(FindingKind.UNREACHABLE, ("outcomes", at))


def _together(walk: Walk, compiled: CompiledGuide) -> Iterator[Finding]:
    examples = (compiled.resolve(example.answers) for example in walk.guide.examples)
    covered = {tuple(given.outcome for given in state.outcomes) for state in examples}
    places = {outcome.key: at for at, outcome in enumerate(walk.guide.outcomes)}
    for outcomes, path in walk.seen.together.items():
        if outcomes not in covered:
            yield Finding(
                FindingKind.SEVERAL_CONCLUSIONS, ("outcomes", places[outcomes[0]]), path, outcomes
            )


def _always(walk: Walk) -> Iterator[Finding]:
    for at, path in rules_always_holding(walk):
        yield Finding(FindingKind.ALWAYS_HOLDS, ("rules", at), path)


def _alike(walk: Walk) -> Iterator[Finding]:
    for at, choices in find_indistinguishable_choices(walk):
        asked = walk.seen.asked[walk.guide.questions[at].key]
        yield Finding(FindingKind.INDISTINGUISHABLE, ("questions", at), asked, choices)


def _cut_short(walk: Walk) -> Iterator[Finding]:
    for at in sorted(walk.seen.cut_short.keys() - walk.seen.asking):
        yield Finding(FindingKind.PREEMPTED, ("rules", at), walk.seen.cut_short[at])
