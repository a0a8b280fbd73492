"""Guides, drafts with their parcours, and the edits that acts propose, for the tests of acts."""

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.edit import Act, Edit, MappedDraft
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent, OutcomeContent, QuestionContent, RuleContent
from rules.parcours.build import build_parcours
from rules.proof.prove import prove_guide


def make_guide(questions: tuple[QuestionContent, ...], *rules: RuleContent) -> GuideContent:
    """Returns a guide of these questions and rules, with the outcomes that the rules give."""
    given = {rule.target: rule.effect is Effect.CONCLUDE for rule in rules if rule.effect != "ask"}
    outcomes = tuple(OutcomeContent(key, key, final) for key, final in given.items())
    return GuideContent("guide", "Guide", questions, outcomes, rules)


def map_draft(guide: GuideContent) -> MappedDraft:
    """Returns a draft with its parcours."""
    compiled = CompiledGuide(leave_out_unfinished_parts(guide))
    return MappedDraft(guide, build_parcours(compiled.guide, prove_guide(compiled).graph))


def first_edit(guide: GuideContent, act: Act) -> Edit:
    """Returns the best edit that an act proposes."""
    return next(iter(act(map_draft(guide))))
