"""Finds everything that changes for visitors from an older content of a guide to a newer one."""

from collections.abc import Iterator

from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import THOROUGH_BOUND, Effort, ProofBound
from rules.visitor_changes.changed_texts import find_changed_texts
from rules.visitor_changes.differences import VisitorChanges
from rules.visitor_changes.new_paths import count_new_paths, find_new_choices
from rules.visitor_changes.side_by_side import SideBySideWalk


def find_visitor_changes(
    older: CompiledGuide, newer: CompiledGuide, bound: ProofBound = THOROUGH_BOUND
) -> VisitorChanges:
    """Compares the paths of two contents of a guide, and their texts.

    Beyond its bound, only the paths that were compared are counted.
    """
    texts = tuple(find_changed_texts(older.guide, newer.guide))
    if set(_what_decides(older.guide)) == set(_what_decides(newer.guide)):
        return VisitorChanges(texts=texts)
    effort = Effort(bound)
    walk = SideBySideWalk(older, newer, effort)
    new_choices = find_new_choices(older.guide, newer.guide)
    return VisitorChanges(
        groups=walk.groups,
        stopped_by=walk.stopped_by,
        compared_answers=walk.compared_answers,
        texts=texts,
        new_choices=new_choices,
        new_path_count=count_new_paths(newer, new_choices, effort) if new_choices else 0,
    )


def _what_decides(guide: GuideContent) -> Iterator[object]:
    """Yields what decides the ends of paths: the choices of questions, and the rules in order."""
    for question in guide.questions:
        yield question.key, frozenset(question.choice)
    for position, rule in enumerate(guide.rules):
        yield position, rule.when, rule.match, rule.effect, rule.target, rule.is_left_out
