"""Small guides with mistakes, each with the findings that its proof must have.

There is a module for each kind of finding. The guides are written with the builders of
`tests.engine.guides`, and answers as "q=a r=b": q is answered with a, and r with b.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.document.unfinished_drafts import leave_out_unfinished_parts
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
    """A guide, its name in the output of tests, and the findings that its proof must have."""

    name: str
    guide: GuideContent
    findings: list[Finding]


def make_draft(
    name: str,
    questions: Iterable[QuestionContent],
    rules: Iterable[RuleContent],
    *findings: Finding,
    unused: Iterable[OutcomeContent] = (),
    examples: Iterable[str] = (),
) -> Draft:
    """Returns a draft whose guide has these questions and rules, and the outcomes that rules give.

    `unused` are further outcomes, and `examples` are the answers of examples.
    """
    rules = tuple(replace(rule, key=f"rule-{index}") for index, rule in enumerate(rules))
    given = {rule.target: rule.effect is Effect.CONCLUDE for rule in rules if rule.effect != "ask"}
    outcomes = (*(OutcomeContent(key, key, final) for key, final in given.items()), *unused)
    example_contents = tuple(
        ExampleContent(f"Example {index}", dict(parse_answers(answers)), ())
        for index, answers in enumerate(examples)
    )
    guide = GuideContent("guide", "Guide", tuple(questions), outcomes, rules, example_contents)
    return Draft(name, leave_out_unfinished_parts(guide), list(findings))


def parse_answers(written: str) -> tuple[Answer, ...]:
    pairs = (answer.split("=") for answer in written.split())
    return tuple((question, choice) for question, choice in pairs)


def stuck_finding(last: int | None = None, *, after: str = "") -> Finding:
    """Returns a stuck state after the answers `after`.

    `last` is the position of the question that is answered last; None before the first question.
    """
    place = () if last is None else ("questions", last)
    return Finding(FindingKind.STUCK, place, parse_answers(after))


def unfinished_finding(kind: str, position: int, *, after: str = "") -> Finding:
    return Finding(FindingKind.UNFINISHED, (kind, position), parse_answers(after))


def unreachable_finding(
    kind: str, position: int, *, closest: str = "", first_rule: int | None = None
) -> Finding:
    """Returns an unreachable part. `first_rule` is the rule that comes before one that asks it."""
    earlier = () if first_rule is None else ("rules", first_rule)
    return Finding(
        FindingKind.UNREACHABLE, (kind, position), parse_answers(closest), earlier=earlier
    )


def unsatisfiable_finding(
    rule: int, *, closest: str = "", conditions: tuple[int, ...] = ()
) -> Finding:
    answers = parse_answers(closest)
    return Finding(FindingKind.UNSATISFIABLE, ("rules", rule), answers, conditions=conditions)


def several_conclusions_finding(outcome: int, *keys: str, after: str = "") -> Finding:
    """Returns the finding about the conclusions `keys`; the first of them has the position `outcome`."""
    return Finding(
        FindingKind.SEVERAL_CONCLUSIONS, ("outcomes", outcome), parse_answers(after), keys
    )


def always_holds_finding(rule: int, *, after: str) -> Finding:
    return Finding(FindingKind.ALWAYS_HOLDS, ("rules", rule), parse_answers(after))


def indistinguishable_finding(question: int, *choices: str, asked: str = "") -> Finding:
    return Finding(
        FindingKind.INDISTINGUISHABLE, ("questions", question), parse_answers(asked), choices
    )


def preempted_finding(rule: int, *, after: str) -> Finding:
    return Finding(FindingKind.PREEMPTED, ("rules", rule), parse_answers(after))


def repetition_finding(kind: FindingKind, list_name: str, later: int, earlier: int) -> Finding:
    """Returns the finding about a part that repeats an earlier one of the same list."""
    return Finding(kind, (list_name, later), earlier=(list_name, earlier))


def not_for_pupil_finding(list_name: str, position: int) -> Finding:
    return Finding(FindingKind.NOT_FOR_PUPIL, (list_name, position))
