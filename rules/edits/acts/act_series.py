"""Does one act after another within an act, each with its own promise checked."""

from typing import NamedTuple

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.checking.check_promise import choose_edit
from rules.edits.edit import Act, MappedDraft, RefusedActError
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.proof.bounds import ProofBound
from rules.proof.prove import prove_guide

SERIES_BOUND = ProofBound(seconds=3)
"""The bound of each proof and of each check, of which a series has several."""


class DoneAct(NamedTuple):
    """A draft after an act, and the sentence of its edit."""

    draft: MappedDraft
    sentence: str


def do_act(draft: MappedDraft, act: Act) -> DoneAct:
    """Returns a draft after an act. Raises `RefusedActError` unless the act is proved to keep its promise."""
    older = compile_draft(draft.guide)
    chosen = choose_edit(draft, older, act(draft), compile_draft, SERIES_BOUND)
    if not chosen.verdict.is_proved:
        raise RefusedActError(
            "Ce guide est trop grand pour prouver plusieurs changements à la fois\u00a0: faites-les un à un."
        )
    return DoneAct(map_draft(chosen.edit.content), chosen.edit.sentence)


def map_draft(guide: GuideContent) -> MappedDraft:
    """Returns a draft with its parcours."""
    compiled = compile_draft(guide)
    return MappedDraft(
        guide, build_parcours(compiled.guide, prove_guide(compiled, SERIES_BOUND).graph)
    )


def compile_draft(guide: GuideContent) -> CompiledGuide:
    return CompiledGuide(leave_out_unfinished_parts(guide))
