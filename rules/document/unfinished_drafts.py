"""Drafts that are not finished: what they lack, and the part of them that can be evaluated.

Editors save a draft in any state that the forms allow. Everything about it can be seen, tried, drawn
and proved except what cannot be evaluated, which is left out. Publication refuses such a draft.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from rules.bounded_cache import BoundedCache
from rules.document.limits import CONDITION_LIMIT
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Problem, place_label
from rules.document.serialising import document_digest
from rules.engine.content import ConditionContent, GuideContent
from rules.engine.operators import OPERATORS, Operand
from rules.engine.resolve import known_answers

_cached_problems = BoundedCache[Sequence[Problem]](50_000, lambda problems: 1 + len(problems))
"""What the latest drafts lack, by the digests of their documents."""


def leave_out_unfinished_parts(draft: GuideContent) -> GuideContent:
    """Returns the part of a draft that can be evaluated. A finished draft is returned as it is.

    Rules that cannot be evaluated stay at their positions and are marked as left out, so that they
    never hold. Answers of examples that the guide does not know are left out. Questions with fewer
    than two choices stay: visitors who are asked a question without choices cannot go on.
    """
    rules = tuple(
        rule
        if len(rule.when) <= CONDITION_LIMIT.maximum
        and all(is_finished(draft, condition) for condition in rule.when)
        else replace(rule, is_left_out=True)
        for rule in draft.rules
    )
    examples = tuple(
        example
        if len(known := known_answers(draft, example.answers)) == len(example.answers)
        else replace(example, answers=known)
        for example in draft.examples
    )
    if (rules, examples) == (draft.rules, draft.examples):
        return draft
    return replace(draft, rules=rules, examples=examples)


def is_finished(draft: GuideContent, condition: ConditionContent) -> bool:
    """True if a condition has everything that its operator compares an answer with."""
    match OPERATORS[condition.operator].operand:
        case Operand.CHOICES:
            known = draft.question[condition.question].choice.keys()
            return bool(condition.choices) and known >= set(condition.choices)
        case Operand.QUESTION:
            return condition.other not in ("", condition.question)
        case Operand.NOTHING:
            return True


def unfinished_problems(canonical: str) -> Sequence[Problem]:
    """Does what `find_unfinished_problems` does, and keeps the latest results."""
    digest = document_digest(canonical)
    return _cached_problems.find_or_make(digest, lambda: find_unfinished_problems(canonical))


def find_unfinished_problems(canonical: str) -> Sequence[Problem]:
    """Returns what a draft, given as canonical JSON, lacks; nothing if it is finished.

    A finished draft is well-formed, and each of its rules can be compiled.
    """
    document = json.loads(canonical)
    try:
        content = parse_document(document)
    except DocumentError as error:
        return tuple(error.problems)
    places = (
        (("rules", index, "when"), len(rule.when)) for index, rule in enumerate(content.rules)
    )
    return tuple(
        Problem(place, place_label(place, document), CONDITION_LIMIT.refusal_sentence(count))
        for place, count in places
        if count > CONDITION_LIMIT.maximum
    )
