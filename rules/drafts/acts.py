"""Applies acts to drafts: what an act proposes is prepared without the lock, and written under it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction

from rules.document.serialising import canonical_json, document_digest
from rules.drafts.cached_parcours import document_parcours
from rules.drafts.cached_proofs import document_proof
from rules.drafts.compiled_drafts import compiled_document, compiled_draft
from rules.drafts.content import draft_read, draft_write
from rules.drafts.draft_limits import LimitExceededError, check_draft_size
from rules.drafts.locks import guide_lock
from rules.edits.checking.check_promise import Verdict, choose_edit
from rules.edits.edit import Act, Edit, MappedDraft
from rules.engine.content import GuideContent
from rules.models import ChangeEvent, Guide, Snapshot
from rules.proof.bounds import THOROUGH_BOUND, Effort, ProofBound


@dataclass(frozen=True, slots=True)
class PreparedAct:
    """An edit of a draft that an act proposes, and what is known of its promise."""

    before: GuideContent
    edit: Edit
    verdict: Verdict
    effort: Effort = field(default_factory=lambda: Effort(THOROUGH_BOUND), compare=False)
    """The time of the act, of which preparing it took a part."""


class DraftChangedError(Exception):
    """Raised if someone has changed a draft since an act was prepared: it must be prepared again."""


def act_prepare(
    draft: GuideContent, act: Act, bound: ProofBound, *, shown: str = ""
) -> PreparedAct:
    """Returns the edit that an act proposes for a draft. Nothing is written, and no lock is needed.

    If the act proposes what its editor was shown before, it is that edit: `shown` is the digest of its
    content. A busy machine might otherwise have time for another one.

    Raises `RefusedActError` if the act proposes none, or none that keeps its promise;
    `LimitExceededError` if each one would exceed a limit of a document.
    """
    mapped = map_draft(draft, bound)
    edits = edits_within_limits(draft, act(mapped))
    edits = prefer_shown_edit(edits, shown) if shown else edits
    chosen = choose_edit(mapped, compiled_draft(draft), edits, compiled_draft, bound)
    return PreparedAct(draft, chosen.edit, chosen.verdict, mapped.effort)


def edits_within_limits(draft: GuideContent, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yields the edits with which a draft stays within its limits.

    Raises `LimitExceededError` at the end if there are none, but others.
    """
    refusal: LimitExceededError | None = None
    is_refused = True
    for edit in edits:
        try:
            check_draft_size(draft, edit.content)
        except LimitExceededError as error:
            refusal = refusal or error
        else:
            is_refused = False
            yield edit
    if refusal and is_refused:
        raise refusal


def prefer_shown_edit(edits: Iterable[Edit], shown: str) -> Iterator[Edit]:
    """Yields the edit whose content has this digest alone or, if none has it, all edits."""
    found: list[Edit] = []
    try:
        for edit in edits:
            if document_digest(canonical_json(edit.content)) == shown:
                found = [edit]
                break
            found.append(edit)
    finally:
        yield from found


def map_draft(draft: GuideContent, bound: ProofBound = THOROUGH_BOUND) -> MappedDraft:
    """Returns a draft with its parcours, as far as it is known within a bound.

    The form of an act takes the bound of the act itself: in a smaller parcours, answers seem to lead
    nowhere, or elsewhere than the act then finds.
    """
    digest = document_digest(canonical_json(draft))
    compiled = compiled_document(draft, digest)
    graph = document_proof(compiled, digest, bound).graph
    return MappedDraft(draft, document_parcours(compiled.guide, digest, graph, bound))


@transaction.atomic
def act_apply(*, guide: Guide, prepared: PreparedAct, author: User | None) -> Snapshot | None:
    """Writes the edit of an act to the draft of a guide, and adds it to the history.

    Returns a snapshot of the draft before it, or None if the edit changes nothing. Raises
    `DraftChangedError`, `LimitExceededError` or `Guide.DoesNotExist`, and then writes nothing.
    """
    guide, content = guide_lock(guide=guide), prepared.edit.content
    if draft_read(guide) != prepared.before:
        raise DraftChangedError
    check_draft_size(prepared.before, content)
    if content == prepared.before:
        return None
    return draft_write(
        guide=guide,
        content=content,
        before=prepared.before,
        author=author,
        sentence=prepared.edit.sentence,
        event=ChangeEvent.DRAFT,
    )
