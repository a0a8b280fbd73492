"""The root causes of the faults of a proof, each with the faults that are its consequences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.engine.content import Effect, GuideContent, Match, Operator, RuleContent
from rules.engine.oracle import rule_holds
from rules.proof.findings import Finding, FindingKind, Place

_MENDING_ORDER = [
    FindingKind.UNFINISHED,
    FindingKind.STUCK,
    FindingKind.UNSATISFIABLE,
    FindingKind.UNREACHABLE,
]
"""The kinds of faults, in the order in which editors should mend them."""
_STOPPING_KINDS = {FindingKind.UNFINISHED, FindingKind.STUCK}


@dataclass(frozen=True, slots=True)
class RootCause:
    """A fault that editors should mend first, or rules that conclude before the first question."""

    fault: Finding | None
    """The fault; None if the root cause is `early_rules`, which are not faults themselves."""
    consequences: tuple[Finding, ...]
    """The faults that may disappear when the root cause is mended."""
    early_rules: tuple[int, ...] = ()
    """The positions of rules that conclude before the first question; empty if there is a fault."""
    similar: tuple[Finding, ...] = ()
    """The stuck states after other answers to the same question, if the fault is a stuck state."""

    @property
    def place(self) -> Place:
        """The place of the part that an editor should mend."""
        return self.fault.place if self.fault else ("rules", self.early_rules[0])

    @property
    def is_unfinished(self) -> bool:
        """True if it is an unfinished part of a draft."""
        return self.fault is not None and self.fault.kind is FindingKind.UNFINISHED

    @property
    def is_unfinished_or_unreachable(self) -> bool:
        """True if what its part lacks is told together with it, as one thing to mend."""
        kinds = (FindingKind.UNFINISHED, FindingKind.UNREACHABLE)
        return self.fault is not None and self.fault.kind in kinds

    @property
    def stops_visitors(self) -> bool:
        """True if visitors may get stuck because of it, or get no further than the start."""
        return self.fault is None or self.fault.kind in _STOPPING_KINDS


def find_root_causes(guide: GuideContent, faults: Sequence[Finding]) -> list[RootCause]:
    """Groups the faults of a proof by root cause, in the order in which editors should mend them.

    Stuck states after answers to the same question are one root cause. Rules that conclude before the
    first question come first, then unfinished parts, stuck states, unsatisfiable rules, unreachable
    rules, and other unreachable parts.
    """
    roots = _roots_of_faults(guide, faults)
    early_rules = tuple(
        position
        for position, rule in enumerate(guide.rules)
        if rule.effect is Effect.CONCLUDE and rule_holds(rule, {})
    )
    groups: dict[Finding | None, tuple[list[Finding], list[Finding]]] = {}
    for fault in sorted(faults, key=_mending_rank):
        root: Finding | None = roots[fault]
        # A part may be unreachable only because early rules conclude before any rule leads to it.
        if early_rules and root and root.kind is FindingKind.UNREACHABLE:
            is_rule = root.place[0] == "rules"
            if is_rule or rules_leading_to(guide, *place_key(guide, root.place)):
                root = None
        consequences, similar = groups.setdefault(root, ([], []))
        if fault != root:
            (similar if fault.kind is FindingKind.STUCK else consequences).append(fault)
    causes = [
        RootCause(root, tuple(consequences), () if root else early_rules, tuple(similar))
        for root, (consequences, similar) in groups.items()
    ]
    causes.sort(key=lambda cause: len(cause.consequences) + len(cause.similar), reverse=True)
    return sorted(causes, key=lambda cause: _mending_rank(cause.fault))


def rules_leading_to(guide: GuideContent, kind: str, key: str) -> list[int]:
    """Returns the positions of the rules that ask a question or give an outcome.

    `kind` is "questions" or "outcomes", and `key` is the key of the question or outcome.
    """
    rules = guide.rules_asking if kind == "questions" else guide.rules_giving
    return rules.get(key, [])


def place_key(guide: GuideContent, place: Place) -> tuple[str, str]:
    """Returns the kind and the key of the question or outcome at a place: `("questions", "q1")`."""
    kind, position = str(place[0]), int(place[1])
    parts = guide.questions if kind == "questions" else guide.outcomes
    return kind, parts[position].key


def required_questions(rule: RuleContent) -> Iterator[str]:
    """Yields the keys of the questions without whose answers a rule cannot hold."""
    for condition in rule.when:
        if rule.match is Match.ALL and condition.operator is not Operator.UNANSWERED:
            yield from condition.questions


def unasked_questions(guide: GuideContent, rule: RuleContent) -> list[str]:
    """Returns the keys of the questions that a rule requires, and that no rule asks."""
    return [key for key in required_questions(rule) if key not in guide.rules_asking]


def _mending_rank(fault: Finding | None) -> int:
    """Returns the rank of a root cause in the order in which editors should mend them."""
    if fault is None:
        return 0
    if fault.kind is FindingKind.UNREACHABLE and fault.place[0] != "rules":
        return 5
    return _MENDING_ORDER.index(fault.kind) + 1


def _roots_of_faults(guide: GuideContent, faults: Sequence[Finding]) -> dict[Finding, Finding]:
    """Returns the fault at the end of the chain of causes of each fault, which may be itself."""
    by_place = {fault.place: fault for fault in faults if fault.kind is not FindingKind.STUCK}
    causes: dict[Finding, Finding] = {}
    for fault in sorted(by_place.values(), key=_mending_rank, reverse=True):
        cause = _direct_cause(guide, fault, by_place)
        # The last fault of a cycle of causes, a rule, gets no cause: it becomes the root.
        if cause and _root_of_fault(causes, cause) != fault:
            causes[fault] = cause
    first_stuck: dict[Place, Finding] = {}
    for fault in faults:
        if fault.kind is FindingKind.STUCK:
            first = first_stuck.setdefault(fault.place, fault)
            if first != fault:
                causes[fault] = first
    return {fault: _root_of_fault(causes, fault) for fault in faults}


def _root_of_fault(causes: dict[Finding, Finding], fault: Finding) -> Finding:
    """Returns the end of a chain of causes. It shortens the chain, for the faults that share it."""
    root = fault
    while root in causes:
        root = causes[root]
    while fault != root:
        causes[fault], fault = root, causes[fault]
    return root


def _direct_cause(
    guide: GuideContent, fault: Finding, by_place: Mapping[Place, Finding]
) -> Finding | None:
    """Returns the fault that directly causes a fault, or None.

    An unreachable rule is caused by the fault of a question that it requires, and an unsatisfiable
    one by a question without choices. An unreachable question or outcome is caused by the faults of
    the rules that lead to it, if all of them have one; the first of these faults is returned.
    """
    if fault.kind is FindingKind.UNFINISHED:
        return None
    if fault.place[0] == "rules":
        rule = guide.rules[int(fault.place[1])]
        blamed = set(required_questions(rule))
        if fault.kind is FindingKind.UNSATISFIABLE:
            blamed = {key for key in rule.questions if not guide.question[key].choices}
        for position, question in enumerate(guide.questions):
            if question.key in blamed and ("questions", position) in by_place:
                return by_place["questions", position]
        return None
    rules: list[Place] = [
        ("rules", position) for position in rules_leading_to(guide, *place_key(guide, fault.place))
    ]
    return by_place[rules[0]] if rules and all(rule in by_place for rule in rules) else None
