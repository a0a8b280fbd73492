"""The faults of a proof as points to mend, each with the faults that are only there because of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.engine.content import Effect, GuideContent, Match, Operator, RuleContent
from rules.engine.oracle import rule_holds
from rules.proof.findings import Finding, FindingKind

Place = tuple[str | int, ...]
_ByPlace = Mapping[Place, Finding]


@dataclass(frozen=True, slots=True)
class RootCause:
    fault: Finding | None
    """None where rules conclude before anything is asked: they hold, so no fault is theirs."""
    consequences: tuple[Finding, ...]
    early_rules: tuple[int, ...] = ()
    """The positions of those rules."""

    @property
    def place(self) -> Place:
        """Where it is mended."""
        return self.fault.place if self.fault else ("rules", self.early_rules[0])


def find_root_causes(guide: GuideContent, faults: Sequence[Finding]) -> list[RootCause]:
    """What explains most comes first; then stuck, impossible, unreached rules, and the others."""
    heads, at_start = _heads(guide, faults), _concluding_at_start(guide)
    grouped: dict[Finding | None, list[Finding]] = {}
    for fault in sorted(faults, key=_rank):
        ended = at_start and _would_come(guide, heads[fault])
        head = None if ended else heads[fault]
        follows = grouped.setdefault(head, [])
        if fault != head:
            follows.append(fault)
    return [
        RootCause(head, tuple(grouped[head]), () if head else at_start)
        for head in sorted(grouped, key=_rank)
    ]


def rules_leading_to(guide: GuideContent, kind: str, key: str) -> list[int]:
    """The positions of the rules that ask this one of the `questions`, give this of the `outcomes`."""
    return [
        at
        for at, rule in enumerate(guide.rules)
        if rule.target == key and (rule.effect is Effect.ASK) is (kind == "questions")
    ]


def place_key(guide: GuideContent, place: Place) -> tuple[str, str]:
    """The kind and the key of what is there."""
    kind, at = str(place[0]), int(place[1])
    rows = guide.questions if kind == "questions" else guide.outcomes
    return kind, rows[at].key


def needed_questions(rule: RuleContent) -> Iterator[str]:
    """Those without whose answers a rule cannot hold."""
    for term in rule.when:
        if rule.match is Match.ALL and term.operator is not Operator.UNANSWERED:
            yield from filter(None, (term.question, term.other))


def _rank(fault: Finding | None) -> int:
    if fault is None:
        return 0
    if fault.kind is FindingKind.UNREACHABLE:
        return 3 if fault.place[0] == "rules" else 4
    return 1 if fault.kind is FindingKind.STUCK else 2


def _concluding_at_start(guide: GuideContent) -> tuple[int, ...]:
    return tuple(
        at
        for at, rule in enumerate(guide.rules)
        if rule.effect is Effect.CONCLUDE and rule_holds(rule, {})
    )


def _would_come(guide: GuideContent, fault: Finding) -> bool:
    """Whether an early conclusion may be all that keeps it from being reached."""
    if fault.kind is not FindingKind.UNREACHABLE:
        return False
    return fault.place[0] == "rules" or bool(
        rules_leading_to(guide, *place_key(guide, fault.place))
    )


def _heads(guide: GuideContent, faults: Sequence[Finding]) -> dict[Finding, Finding]:
    """Of each fault the one that it comes from in the end: itself where there is none."""
    unmet = {each.place: each for each in faults if each.kind is not FindingKind.STUCK}
    causes: dict[Finding, Finding] = {}
    for fault in sorted(unmet.values(), key=_rank, reverse=True):
        cause = _cause(guide, fault, unmet)
        if cause and _head(causes, cause) != fault:  # of a circle, the last is the head: a rule
            causes[fault] = cause
    return {fault: _head(causes, fault) for fault in faults}


def _head(causes: Mapping[Finding, Finding], fault: Finding) -> Finding:
    while fault in causes:
        fault = causes[fault]
    return fault


def _cause(guide: GuideContent, fault: Finding, unmet: _ByPlace) -> Finding | None:
    """The rule that should lead there, the question that a rule waits for."""
    if fault.kind is FindingKind.UNSATISFIABLE:
        return None
    if fault.place[0] == "rules":
        needed = set(needed_questions(guide.rules[int(fault.place[1])]))
        asked = (at for at, question in enumerate(guide.questions) if question.key in needed)
        return next((unmet["questions", at] for at in asked if ("questions", at) in unmet), None)
    ways: list[Place] = [
        ("rules", at) for at in rules_leading_to(guide, *place_key(guide, fault.place))
    ]
    return unmet[ways[0]] if ways and all(way in unmet for way in ways) else None
