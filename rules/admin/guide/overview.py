"""A guide's page: what is in its draft, and how the draft stands beside the live version."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model

from rules.admin.links import add_url, change_url, list_url
from rules.admin.problem_links import example_states, problem_counts
from rules.admin.publishing.review import PublicationReview
from rules.drafts.compiled_drafts import QUICK_PROOF_MAX_STATES
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Example, Guide, Outcome, Question, Rule
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.timeline import differs_from_live, guide_live_version
from rules.sentences import rule_sentence


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    words: str
    detail: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    anchor: str
    lines: list[Line]
    add: str
    """Where to add one; empty for those who may not."""
    all: str
    """The list where they are put in order."""


def guide_overview(guide: Guide, user: User | AnonymousUser) -> dict[str, Any]:
    draft = draft_read(guide)
    check = publication_check(draft, QUICK_PROOF_MAX_STATES)
    live = guide_live_version(guide)
    return {
        "live": live,
        "unpublished": differs_from_live(draft, live),
        "check": check,
        "counted": problem_counts(check),
        "review": PublicationReview(guide, draft),
        "sections": [
            _section("Questions", Question, guide, user, _questions(guide, draft), ordered=True),
            _section("Conseils et conclusions", Outcome, guide, user, _outcomes(guide, draft)),
            _section("Règles", Rule, guide, user, _rules(guide, draft), ordered=True),
            _section("Cas types", Example, guide, user, _examples(guide, draft, check)),
        ],
    }


def _section(
    title: str,
    model: type[Model],
    guide: Guide,
    user: User | AnonymousUser,
    lines: Iterable[Line],
    *,
    ordered: bool = False,
) -> Section:
    name = str(model._meta.model_name)
    add = add_url(model, guide) if user.has_perm(f"rules.add_{name}") else ""
    return Section(title, name, list(lines), add, list_url(model, guide) if ordered else "")


def _questions(guide: Guide, draft: GuideContent) -> Iterable[Line]:
    for row, question in zip(guide.questions.all(), draft.questions, strict=False):
        count = len(question.choices)
        yield Line(change_url(row), question.title, f"{count} réponse{'s' if count > 1 else ''}")


def _outcomes(guide: Guide, draft: GuideContent) -> Iterable[Line]:
    for row, outcome in zip(guide.outcomes.all(), draft.outcomes, strict=False):
        yield Line(change_url(row), outcome.title, "conclusion" if outcome.final else "conseil")


def _rules(guide: Guide, draft: GuideContent) -> Iterable[Line]:
    for row, rule in zip(guide.rules.all(), draft.rules, strict=False):
        yield Line(change_url(row), rule_sentence(draft, rule))


def _examples(guide: Guide, draft: GuideContent, check: PublicationCheck) -> Iterable[Line]:
    states = example_states(draft, check.examples)
    for row, example, state in zip(guide.examples.all(), draft.examples, states, strict=False):
        yield Line(change_url(row), example.name, state.sentence, state.wrong)
