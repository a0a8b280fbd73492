"""Does one act after another within an act, each with its own promise checked."""

from typing import NamedTuple

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.check_promise import choose_edit
from rules.edits.edit import Act, MappedDraft
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.proof.bounds import THOROUGH_BOUND
from rules.proof.prove import prove_guide


class DoneAct(NamedTuple):
    """A draft after an act, and the sentence of its edit."""

    draft: MappedDraft
    sentence: str


def do_act(draft: MappedDraft, act: Act) -> DoneAct:
    """Returns a draft after an act. Raises `RefusedActError` if the act cannot keep its promise."""
    older = compile_draft(draft.guide)
    edit = choose_edit(draft, older, act(draft), compile_draft, THOROUGH_BOUND).edit
    return DoneAct(map_draft(edit.content), edit.sentence)


def map_draft(guide: GuideContent) -> MappedDraft:
    """Returns a draft with its parcours."""
    compiled = compile_draft(guide)
    return MappedDraft(guide, build_parcours(compiled.guide, prove_guide(compiled).graph))


def compile_draft(guide: GuideContent) -> CompiledGuide:
    return CompiledGuide(leave_out_unfinished_parts(guide))
