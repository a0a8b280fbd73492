"""Checks what edits promise, and chooses the first edit of an act that keeps its promise."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from rules.edits.checking.broken_promises import BrokenPromise, refuse_remaining_fault
from rules.edits.checking.free_paths_walk import BehavesAsWalk, FreePathsWalk
from rules.edits.checking.promise_walk import (
    AdviceWalk,
    AsksOnTheWayWalk,
    LeadsToWalk,
    LeavesOutWalk,
    PromiseWalk,
)
from rules.edits.checking.removed_faults import find_remaining_fault
from rules.edits.checking.replaced_outcomes import with_outcome_replaced
from rules.edits.edit import Edit, MappedDraft, RefusedActError
from rules.edits.promises import (
    AsksOnTheWay,
    BehavesAs,
    ChangesNothing,
    ChangesOnlyAdvice,
    ChangesOnlyPathsTo,
    ChangesOnlyPathsWith,
    LeadsTo,
    LeavesOutQuestion,
    Promise,
    RemovesFault,
    ReplacesOutcome,
    ShowsChanges,
)
from rules.edits.rewriting.decided_rules import without_advice_on
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import BoundKind, BoundReachedError, Effort, ProofBound
from rules.proof.findings import Finding
from rules.proof.prove import prove_guide
from rules.proof.walk import Path
from rules.visitor_changes.guide_steps import GuideSteps

TOO_LONG = (
    "Préparer ce changement prend trop de temps dans un guide de cette taille\u00a0: rien n’est "
    "enregistré. Changez les règles à la main."
)

WalkedPromise = (
    LeadsTo
    | AsksOnTheWay
    | ChangesOnlyAdvice
    | ChangesOnlyPathsWith
    | BehavesAs
    | LeavesOutQuestion
    | ReplacesOutcome
    | ChangesOnlyPathsTo
    | ChangesNothing
)
"""The promises about paths."""


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


def walk_promise(
    older: CompiledGuide, newer: CompiledGuide, promise: WalkedPromise, effort: Effort
) -> PromiseWalk[WalkedPromise]:
    """Walks two contents of a guide, to check a promise. Raises `BoundReachedError`."""
    if isinstance(promise, LeavesOutQuestion) and promise.loses_advice:
        older = CompiledGuide(without_advice_on(older.guide, promise.question))
    before = older.guide
    if isinstance(promise, ReplacesOutcome):
        before = with_outcome_replaced(before, newer.guide, promise)
    sides = (
        GuideSteps(before, older.fire, effort),
        GuideSteps(newer.guide, newer.fire, effort),
    )
    match promise:
        case LeadsTo():
            return LeadsToWalk(*sides, promise, effort)
        case AsksOnTheWay():
            return AsksOnTheWayWalk(*sides, promise, effort)
        case ChangesOnlyAdvice():
            return AdviceWalk(*sides, promise, effort)
        case ChangesOnlyPathsWith() | ChangesOnlyPathsTo():
            return FreePathsWalk(*sides, promise, effort)
        case BehavesAs():
            return BehavesAsWalk(*sides, promise, effort)
        case LeavesOutQuestion():
            return LeavesOutWalk(*sides, promise, effort)
        case ReplacesOutcome() | ChangesNothing():
            return PromiseWalk(*sides, promise, effort)


def choose_edit(
    draft: MappedDraft,
    older: CompiledGuide,
    edits: Iterable[Edit],
    compile_content: Callable[[GuideContent], CompiledGuide],
    bound: ProofBound,
) -> CheckedEdit:
    """Returns the first edit that keeps its promise, or else the first that was not checked to the end.

    `older` is the draft, compiled. All checks together take no more time than the bound allows; once it
    is over, no further content that would have to be checked is compiled.
    Raises `RefusedActError` if all edits break their promise, or if none is proposed in time.
    """
    unfinished: CheckedEdit | None = None
    refusal: RefusedActError | None = None
    deadline = monotonic() + bound.seconds
    try:
        for edit in propose_in_time(edits):
            left = max(deadline - monotonic(), 0)
            if unfinished and not left and not isinstance(edit.promise, ShowsChanges):
                continue
            newer = compile_content(edit.content)
            left = max(deadline - monotonic(), 0)
            verdict = check_promise(older, newer, edit.promise, bound._replace(seconds=left))
            if verdict.is_proved and edit.stopped_by:
                verdict = Verdict(stopped_by=edit.stopped_by)
            if verdict.is_proved:
                return CheckedEdit(edit, verdict)
            if verdict.broken_by is None:
                unfinished = unfinished or CheckedEdit(edit, verdict)
            else:
                refusal = refusal or refuse_edit(draft, older, newer, edit, verdict)
    except RefusedActError as error:
        refusal = refusal or error
    if unfinished:
        return unfinished
    raise refusal or RefusedActError("Rien ne peut être changé ainsi.")


def propose_in_time(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yields the edits of an act. Raises `RefusedActError` if its time is over before the last one."""
    try:
        yield from edits
    except BoundReachedError:
        raise RefusedActError(TOO_LONG) from None


def refuse_edit(
    draft: MappedDraft, older: CompiledGuide, newer: CompiledGuide, edit: Edit, verdict: Verdict
) -> RefusedActError:
    """Returns the refusal of an edit that breaks its promise."""
    if verdict.remaining:
        return refuse_remaining_fault(draft.guide, edit.content, verdict.remaining)
    path = verdict.broken_by or ()
    return BrokenPromise(draft.guide, older, newer, edit.promise, path).refusal
