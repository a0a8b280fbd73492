"""Checks what edits promise, and chooses the first edit of an act that keeps its promise."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from time import monotonic

from rules.edits.edit import Edit, MappedDraft, RefusedActError
from rules.edits.promise_walk import walk_promise
from rules.edits.promises import (
    AsksOnTheWay,
    LeadsTo,
    Promise,
    RemovesFault,
    ShowsChanges,
)
from rules.edits.removed_faults import find_remaining_fault
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent
from rules.engine.resolve import fire_rules, known_answers
from rules.proof.bounds import BoundKind, BoundReachedError, Effort, ProofBound
from rules.proof.finding_sentences import finding_sentence
from rules.proof.findings import Finding
from rules.proof.prove import prove_guide
from rules.proof.walk import Path
from rules.sentences import answer_label, quoted_question, rule_name
from rules.visitor_changes.guide_steps import deciding_rules

MAX_ANSWERS_NAMED = 3
"""How many of the last answers of a path a refusal names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an edit keeps its promise."""

    broken_by: Path | None = None
    """The beginning of a shortest path that is not as promised, or the answers of a finding."""
    remaining: Finding | None = None
    """The finding that breaks the promise to remove a fault: the same one or, as serious, a new one."""
    stopped_by: BoundKind | None = None
    """The bound at which the check stopped before it had found a broken promise, or that it is kept."""

    @property
    def is_proved(self) -> bool:
        """True if it is proved that the promise is kept."""
        return self.broken_by is None and self.stopped_by is None


@dataclass(frozen=True, slots=True)
class CheckedEdit:
    """An edit whose promise is kept, or could not be checked to the end."""

    edit: Edit
    verdict: Verdict


def check_promise(
    older: CompiledGuide, newer: CompiledGuide, promise: Promise, bound: ProofBound
) -> Verdict:
    """Checks a promise about two contents of a guide. It takes no more than its bound."""
    if isinstance(promise, ShowsChanges):
        return Verdict()
    if isinstance(promise, RemovesFault):
        before = prove_guide(older, bound)
        seconds = max(bound.seconds - before.seconds, 0)
        after = prove_guide(newer, bound._replace(seconds=seconds))
        fault = find_remaining_fault(older.guide, newer.guide, promise, before, after)
        if fault:
            return Verdict(broken_by=fault.answers, remaining=fault)
        return Verdict(stopped_by=before.stopped_by or after.stopped_by)
    try:
        walk = walk_promise(older, newer, promise, Effort(bound))
    except BoundReachedError as reached:
        return Verdict(stopped_by=reached.kind)
    return Verdict(walk.broken_by, stopped_by=walk.stopped_by)


def choose_edit(
    draft: MappedDraft,
    older: CompiledGuide,
    edits: Iterable[Edit],
    compile_content: Callable[[GuideContent], CompiledGuide],
    bound: ProofBound,
) -> CheckedEdit:
    """Returns the first edit that keeps its promise, or else the first that was not checked to the end.

    `older` is the draft, compiled. All checks together take no more time than the bound allows.
    Raises `RefusedActError` if all edits break their promise.
    """
    unfinished: CheckedEdit | None = None
    refusal: RefusedActError | None = None
    deadline = monotonic() + bound.seconds
    for edit in edits:
        newer = compile_content(edit.content)
        left = max(deadline - monotonic(), 0)
        verdict = check_promise(older, newer, edit.promise, bound._replace(seconds=left))
        if verdict.is_proved:
            return CheckedEdit(edit, verdict)
        if verdict.broken_by is None:
            unfinished = unfinished or CheckedEdit(edit, verdict)
        elif refusal is None and verdict.remaining:
            refusal = explain_remaining_fault(draft.guide, edit.content, verdict.remaining)
        elif refusal is None:
            refusal = explain_asked_question(draft.guide, edit.promise, verdict.broken_by)
            refusal = refusal or explain_broken_promise(
                draft.guide, older, newer, verdict.broken_by
            )
    if unfinished:
        return unfinished
    raise refusal or RefusedActError("Rien ne peut être changé ainsi.")


def explain_asked_question(
    draft: GuideContent, promise: Promise, path: Path
) -> RefusedActError | None:
    """Returns the refusal of an edit that should ask a question which has an answer on a path already.

    It names the rule that asks it. Returns None if the question has no answer there.
    """
    if not isinstance(promise, LeadsTo | AsksOnTheWay):
        return None
    question = promise.destination.question if isinstance(promise, LeadsTo) else promise.question
    lines = [(arrow.question, arrow.choice) for arrow in promise.arrows]
    if question not in dict(path) or path[-1] not in lines:
        return None
    answer = answer_label(draft, (question, dict(path)[question]))
    rules = draft.rules_asking.get(question, [])
    return RefusedActError(
        f"La question {quoted_question(draft, question)} a déjà été posée à certains visiteurs avant "
        f"cette réponse (par exemple {answer}).",
        rule=draft.rules[rules[0]].key if rules else "",
    )


def explain_remaining_fault(
    draft: GuideContent, newer: GuideContent, finding: Finding
) -> RefusedActError:
    """Returns the refusal of an edit after which a finding is there: it names its part."""
    key = about = ""
    if finding.place[:1] == ("rules",):
        rule = newer.rules[int(finding.place[1])]
        key, about = rule.key, f", à la {rule_name(newer, rule)}"
    sentence = finding_sentence(newer, finding)
    return RefusedActError(
        f"Cela laisserait un point à corriger{about}\u00a0: {sentence}",
        rule=key if key in draft.rule else "",
    )


def explain_broken_promise(
    draft: GuideContent, older: CompiledGuide, newer: CompiledGuide, path: Path
) -> RefusedActError:
    """Returns the refusal of an edit that breaks its promise on a path: it names the rule in the way."""
    key = next((key for key in rules_in_the_way(older, newer, path) if key in draft.rule), "")
    if not key:
        return RefusedActError("Ce changement en entraînerait d’autres pour les visiteurs.")
    name = rule_name(draft, draft.rule[key])
    labels = ", ".join(answer_label(draft, answer) for answer in path[-MAX_ANSWERS_NAMED:])
    after = f"après {labels}" if path else "au début du guide"
    return RefusedActError(
        f"Ce changement en entraînerait d’autres pour les visiteurs\u00a0: {after}, c’est la {name} "
        "qui décide. Changez-la d’abord.",
        rule=key,
    )


def rules_in_the_way(older: CompiledGuide, newer: CompiledGuide, path: Path) -> Iterator[str]:
    """Yields the keys of the rules that may have broken a promise on a path, the likeliest first.

    These are the rules that decide where the contents first differ or, if they do not, the advice
    rules that only one of them fires at the end of the path, and the rules that decide there.
    """
    sides = (newer, older)
    for length in range(len(path) + 1):
        answers = [known_answers(side.guide, dict(path[:length])) for side in sides]
        firings = [
            fire_rules(side.guide, given, side.fire)
            for side, given in zip(sides, answers, strict=True)
        ]
        fired = [
            [side.guide.rules[position] for position in firing.fired]
            for side, firing in zip(sides, firings, strict=True)
        ]
        deciding = [
            [side.guide.rules[position] for position in deciding_rules(side.guide, firing)]
            for side, firing in zip(sides, firings, strict=True)
        ]
        newer_targets, older_targets = ([rule.target for rule in rules] for rules in deciding)
        if newer_targets != older_targets:
            break
    else:
        for rule in chain(*fired):
            if rule.effect is Effect.ADVISE and not all(rule in rules for rules in fired):
                yield rule.key
    yield from (rule.key for rule in chain(*deciding))
