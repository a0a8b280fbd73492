"""When an act is done at once, and what its review says of problems."""

from dataclasses import replace

import pytest

from rules.document.parsing import parse_document
from rules.drafts.acts import PreparedAct
from rules.edits.check_promise import Verdict
from rules.edits.edit import Edit
from rules.edits.promises import ChangesNothing, Promise, ShowsChanges
from rules.engine.content import ChoiceContent, Effect, GuideContent, RuleContent
from rules.proof.bounds import BoundKind
from rules.publication.act_review import ActReview
from tests.engine.guides import choice_is
from tests.rules.documents import small_document

GUIDE = parse_document(small_document())
YES_OR_NO = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))


def review_edit(
    after: GuideContent,
    promise: Promise = ChangesNothing(),  # noqa: B008 (it is frozen)
    verdict: Verdict = Verdict(),  # noqa: B008 (it is frozen)
    before: GuideContent = GUIDE,
) -> ActReview:
    return ActReview(PreparedAct(before, Edit(after, promise, "Un acte."), verdict))


def with_rule(guide: GuideContent, key: str, **changes: object) -> GuideContent:
    rules = (replace(rule, **changes) if rule.key == key else rule for rule in guide.rules)  # type: ignore[arg-type]
    return replace(guide, rules=tuple(rules))


def without_rule(guide: GuideContent, key: str) -> GuideContent:
    return replace(guide, rules=tuple(rule for rule in guide.rules if rule.key != key))


def problem_messages(review: ActReview) -> tuple[list[str], list[str]]:
    """Returns the messages of the new problems and of those that are gone."""
    new, gone = review.new_problems, review.gone_problems
    return [problem.message for problem in new], [problem.message for problem in gone]
