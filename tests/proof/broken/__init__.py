"""Small drafts, each with exactly what its proof must find; a file for each kind of finding.

A draft is written with the builders of `tests.engine.guides`. Outcomes are those that its rules
give: `advise` gives advice, `conclude` a conclusion. Answers are written "q=a r=b".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.engine.content import (
    Effect,
    ExampleContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from rules.engine.state import Answer
from rules.proof.findings import Finding, FindingKind


@dataclass(frozen=True)
class Draft:
    name: str
    guide: GuideContent
    findings: list[Finding]


def draft(
    name: str,
    questions: Iterable[QuestionContent],
    rules: Iterable[RuleContent],
    *findings: Finding,
    unused: Iterable[OutcomeContent] = (),
    examples: Iterable[str] = (),
) -> Draft:
    """`unused` are outcomes that no rule gives; `examples` the answers of each."""
    rules = tuple(replace(rule, key=f"rule-{at}") for at, rule in enumerate(rules))
    given = {rule.target: rule.effect is Effect.CONCLUDE for rule in rules if rule.effect != "ask"}
    outcomes = (*(OutcomeContent(key, key, final) for key, final in given.items()), *unused)
    written = tuple(
        ExampleContent(f"Example {at}", dict(answers(each)), ()) for at, each in enumerate(examples)
    )
    guide = GuideContent("guide", "Guide", tuple(questions), outcomes, rules, written)
    return Draft(name, guide, list(findings))


def answers(written: str) -> tuple[Answer, ...]:
    pairs = (answer.split("=") for answer in written.split())
    return tuple((question, choice) for question, choice in pairs)


def stuck(last: int | None = None, *, after: str = "") -> Finding:
    """`last` is the place of the question that is answered last; None at the start."""
    place = () if last is None else ("questions", last)
    return Finding(FindingKind.STUCK, place, answers(after))


def unreached(kind: str, at: int, *, closest: str = "") -> Finding:
    return Finding(FindingKind.UNREACHABLE, (kind, at), answers(closest))


def impossible(rule: int, *, closest: str = "") -> Finding:
    return Finding(FindingKind.UNSATISFIABLE, ("rules", rule), answers(closest))


def together(outcome: int, *keys: str, after: str = "") -> Finding:
    """`outcome` is the place of the first of them."""
    return Finding(FindingKind.SEVERAL_CONCLUSIONS, ("outcomes", outcome), answers(after), keys)


def always(rule: int, *, after: str) -> Finding:
    return Finding(FindingKind.ALWAYS_HOLDS, ("rules", rule), answers(after))


def alike(question: int, *choices: str, asked: str = "") -> Finding:
    return Finding(FindingKind.INDISTINGUISHABLE, ("questions", question), answers(asked), choices)


def cut_short(rule: int, *, after: str) -> Finding:
    return Finding(FindingKind.PREEMPTED, ("rules", rule), answers(after))
