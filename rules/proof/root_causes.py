"""The root causes among the faults of a proof, each with the faults that are its consequences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.engine.content import Effect, GuideContent, Match, Operator, RuleContent
from rules.engine.oracle import rule_holds
from rules.proof.findings import Finding, FindingKind, Place


@dataclass(frozen=True, slots=True)
class RootCause:
    """One thing to mend: a fault, or rules that conclude before anything is asked."""

    fault: Finding | None
    """The fault to mend; None if rules conclude at the start, because these rules have no fault."""
    consequences: tuple[Finding, ...]
    """The faults that may disappear once this is mended."""
    early_rules: tuple[int, ...] = ()
    """The positions of the rules that conclude at the start, if they are the root cause."""

    @property
    def place(self) -> Place:
        """The place where an editor mends the root cause."""
        return self.fault.place if self.fault else ("rules", self.early_rules[0])


def find_root_causes(guide: GuideContent, faults: Sequence[Finding]) -> list[RootCause]:
    """Groups the faults of a proof by root cause, in the order in which they are best mended.

    Rules that conclude at the start come first, then stuck states, unsatisfiable rules, unreachable
    rules, and the other parts that are unreachable.
    """
    roots = _roots_of_faults(guide, faults)
    early_rules = tuple(
        position
        for position, rule in enumerate(guide.rules)
        if rule.effect is Effect.CONCLUDE and rule_holds(rule, {})
    )
    consequences: dict[Finding | None, list[Finding]] = {}
    for fault in sorted(faults, key=_mending_rank):
        root: Finding | None = roots[fault]
        # An early conclusion may be the only reason why a part that rules lead to is unreachable.
        if early_rules and root and root.kind is FindingKind.UNREACHABLE:
            is_rule = root.place[0] == "rules"
            if is_rule or rules_leading_to(guide, *place_key(guide, root.place)):
                root = None
        group = consequences.setdefault(root, [])
        if fault != root:
            group.append(fault)
    return [
        RootCause(root, tuple(consequences[root]), () if root else early_rules)
        for root in sorted(consequences, key=_mending_rank)
    ]


def rules_leading_to(guide: GuideContent, kind: str, key: str) -> list[int]:
    """Returns the positions of the rules that ask a question or give an outcome.

    `kind` is "questions" or "outcomes", and `key` the key of the question or the outcome.
    """
    return [
        position
        for position, rule in enumerate(guide.rules)
        if rule.target == key and (rule.effect is Effect.ASK) is (kind == "questions")
    ]


def place_key(guide: GuideContent, place: Place) -> tuple[str, str]:
    """Returns "questions" or "outcomes", and the key of the question or outcome at a place."""
    kind, position = str(place[0]), int(place[1])
    parts = guide.questions if kind == "questions" else guide.outcomes
    return kind, parts[position].key


def required_questions(rule: RuleContent) -> Iterator[str]:
    """Yields the keys of the questions that must be answered before a rule can hold."""
    for condition in rule.when:
        if rule.match is Match.ALL and condition.operator is not Operator.UNANSWERED:
            yield from filter(None, (condition.question, condition.other))


def _mending_rank(fault: Finding | None) -> int:
    """Returns the rank of a root cause in the order in which editors mend them."""
    if fault is None:
        return 0
    if fault.kind is FindingKind.UNREACHABLE:
        return 3 if fault.place[0] == "rules" else 4
    return 1 if fault.kind is FindingKind.STUCK else 2


def _roots_of_faults(guide: GuideContent, faults: Sequence[Finding]) -> dict[Finding, Finding]:
    """Returns, for each fault, the fault at the end of its chain of causes, which may be itself."""
    by_place = {fault.place: fault for fault in faults if fault.kind is not FindingKind.STUCK}
    causes: dict[Finding, Finding] = {}
    for fault in sorted(by_place.values(), key=_mending_rank, reverse=True):
        cause = _direct_cause(guide, fault, by_place)
        # A cycle of causes is left open at its last fault, which is a rule.
        if cause and _root_of_fault(causes, cause) != fault:
            causes[fault] = cause
    return {fault: _root_of_fault(causes, fault) for fault in faults}


def _root_of_fault(causes: Mapping[Finding, Finding], fault: Finding) -> Finding:
    while fault in causes:
        fault = causes[fault]
    return fault


def _direct_cause(
    guide: GuideContent, fault: Finding, by_place: Mapping[Place, Finding]
) -> Finding | None:
    """Returns the fault of a question that a rule needs, or of the rules that should lead to a part.

    Returns None if there is no such fault, or if other rules without a fault lead to the part.
    """
    if fault.kind is FindingKind.UNSATISFIABLE:
        return None
    if fault.place[0] == "rules":
        required = set(required_questions(guide.rules[int(fault.place[1])]))
        for position, question in enumerate(guide.questions):
            if question.key in required and ("questions", position) in by_place:
                return by_place["questions", position]
        return None
    rules: list[Place] = [
        ("rules", position) for position in rules_leading_to(guide, *place_key(guide, fault.place))
    ]
    return by_place[rules[0]] if rules and all(rule in by_place for rule in rules) else None
