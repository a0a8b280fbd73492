"""Does one act after another within an act, each with its own promise checked."""

from typing import NamedTuple

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.checking.check_promise import choose_edit
from rules.edits.edit import Act, MappedDraft
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.proof.bounds import BoundKind, Effort, ProofBound
from rules.proof.prove import prove_guide

SERIES_BOUND = ProofBound(seconds=3)
"""The bound of each proof and of each check, of which a series has several."""


class DoneAct(NamedTuple):
    """A draft after an act, and the sentence of its edit."""

    draft: MappedDraft
    sentence: str
    stopped_by: BoundKind | None
    """The bound at which the check of its promise stopped; None if the act is proved to keep it."""


def do_act(draft: MappedDraft, act: Act) -> DoneAct:
    """Returns a draft after an act. Raises `RefusedActError` if the act breaks its promise."""
    older, bound = compile_draft(draft.guide), series_bound(draft.effort)
    chosen = choose_edit(draft, older, act(draft), compile_draft, bound)
    done = map_draft(chosen.edit.content, draft.effort)
    return DoneAct(done, chosen.edit.sentence, chosen.verdict.stopped_by)


def map_draft(guide: GuideContent, effort: Effort) -> MappedDraft:
    """Returns a draft with its parcours, and the time that is left for more acts on it."""
    compiled, bound = compile_draft(guide), series_bound(effort)
    graph = prove_guide(compiled, bound).graph
    return MappedDraft(guide, build_parcours(compiled.guide, graph, bound), effort)


def series_bound(effort: Effort) -> ProofBound:
    """Returns the bound of one proof or one check of a series."""
    return SERIES_BOUND._replace(seconds=min(SERIES_BOUND.seconds, effort.seconds_left))


def compile_draft(guide: GuideContent) -> CompiledGuide:
    return CompiledGuide(leave_out_unfinished_parts(guide))
