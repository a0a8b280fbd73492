"""Guides, drafts with their parcours, and the edits that acts propose, for the tests of acts."""

from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.checking.check_promise import choose_edit
from rules.edits.edit import Act, Edit, MappedDraft
from rules.engine.compiled import CompiledGuide
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from rules.parcours.build import build_parcours
from rules.proof.bounds import THOROUGH_BOUND
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


def proved_edit(guide: GuideContent, act: Act) -> Edit:
    """Returns the first edit of an act that is proved to keep its promise. There must be one."""
    compiled = CompiledGuide(leave_out_unfinished_parts(guide))
    checked = choose_edit(
        map_draft(guide),
        compiled,
        act(map_draft(guide)),
        lambda content: CompiledGuide(leave_out_unfinished_parts(content)),
        THOROUGH_BOUND,
    )
    assert checked.verdict.is_proved
    return checked.edit


def arrow_to(guide: GuideContent, question: str, choice: str, *targets: str) -> Arrow:
    """Returns the arrow of a choice that leads to a question or to conclusions; to nothing, if none."""
    (found,) = (
        arrow
        for arrow, line, case in guide_arrows(guide, map_draft(guide).parcours)
        if (line.question, line.choice) == (question, choice)
        and tuple(filter(None, [case.destination.question, *case.destination.outcomes])) == targets
    )
    return found


def rule_lines(guide: GuideContent) -> list[str]:
    """Returns the rules as short lines: `m is x & n answered → end`."""
    lines = []
    for rule in guide.rules:
        link = " | " if rule.match is Match.ANY else " & "
        lines.append(f"{link.join(map(_condition_line, rule.when))} → {rule.target}".strip())
    return lines


def _condition_line(condition: ConditionContent) -> str:
    parts = [condition.question, condition.operator, "/".join(condition.choices), condition.other]
    return " ".join(filter(None, parts))
