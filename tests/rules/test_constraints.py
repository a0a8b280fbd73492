"""Constraints: the database refuses rows that must not exist, and forbids to delete rows in use."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import RestrictedError
from django.db.models.deletion import ProtectedError

from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Guide, Question, Rule, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.rules.documents import small_document

Write = Callable[[Guide], object]


@pytest.fixture
def guide(no_guide: None) -> Guide:
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide))
    return guide


def rule_of(guide: Guide) -> Rule:
    return guide.rules.get(key="r2")


def question_of(guide: Guide, key: str = "q1") -> Question:
    return guide.questions.get(key=key)


def create_row(rows: Any, **fields: object) -> object:  # noqa: ANN401 (a related manager of any model)
    return rows.create(**fields)


REFUSED_WRITES: dict[str, Write] = {
    "two guides with the same slug": lambda g: Guide.objects.create(slug=g.slug, title="x"),
    "two questions with the same key": lambda g: create_row(g.questions, key="q1"),
    "two choices with the same key": lambda g: create_row(question_of(g).choices, key="a"),
    "two outcomes with the same key": lambda g: create_row(g.outcomes, key="fin"),
    "two rules with the same key": lambda g: create_row(g.rules, key="r1", asks=question_of(g)),
    "two versions with the same number": lambda g: create_row(g.versions, number=1),
    "a version with the number 0": lambda g: create_row(g.versions, number=0),
    "a rule with two effects": lambda g: create_row(
        g.rules, key="r", asks=question_of(g), gives=g.outcomes.get(key="fin")
    ),
    "a rule with no effect": lambda g: create_row(g.rules, key="r"),
    "a rule with an unknown match": lambda g: create_row(
        g.rules, key="r", asks=question_of(g), match="x"
    ),
    "a question with an unknown scope": lambda g: create_row(g.questions, key="q", scope="x"),
    "an outcome with an unknown tone": lambda g: create_row(g.outcomes, key="o", tone="x"),
    "a condition with an unknown operator": lambda g: create_row(
        rule_of(g).conditions, question=question_of(g), operator="x"
    ),
    "a condition that compares a question with itself": lambda g: create_row(
        rule_of(g).conditions, question=question_of(g), other=question_of(g), operator="same_as"
    ),
    "a condition with the same choice twice": lambda g: create_row(
        rule_of(g).conditions.get().conditionchoice_set, choice=question_of(g).choices.get(key="a")
    ),
    "an example with two answers to one question": lambda g: create_row(
        g.examples.get().answers, question=question_of(g), choice=question_of(g).choices.get(key="b")
    ),
    "an example with the same outcome twice": lambda g: create_row(
        g.examples.get().outcomes, outcome=g.outcomes.get(key="fin")
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", REFUSED_WRITES.values(), ids=REFUSED_WRITES.keys())
def test_the_database_refuses_the_row(guide: Guide, write: Write) -> None:
    with pytest.raises(IntegrityError):
        write(guide)


def test_forms_refuse_a_duplicate_key_with_a_french_message(guide: Guide) -> None:
    with pytest.raises(ValidationError, match="Une question de ce guide a déjà cette clé"):
        Question(guide=guide, key="q1", title="x").full_clean()


@pytest.mark.parametrize("slug", ["admin", "api", "Été", "a b", ""])
def test_forms_refuse_a_reserved_or_malformed_slug(slug: str) -> None:
    with pytest.raises(ValidationError, match="slug"):
        Guide(slug=slug, title="x").full_clean(validate_unique=False)


ROWS_IN_USE: dict[str, Callable[[Guide], Any]] = {
    "a question that a rule asks": lambda g: question_of(g),
    "a choice that a condition names": lambda g: question_of(g).choices.get(key="a"),
    "an outcome that a rule gives": lambda g: g.outcomes.get(key="fin"),
}


@pytest.mark.parametrize("row_in_use", ROWS_IN_USE.values(), ids=ROWS_IN_USE.keys())
def test_a_row_in_use_cannot_be_deleted(guide: Guide, row_in_use: Callable[[Guide], Any]) -> None:
    with pytest.raises(RestrictedError):
        row_in_use(guide).delete()


def test_a_guide_with_versions_cannot_be_deleted(guide: Guide) -> None:
    with pytest.raises(ProtectedError):
        guide.delete()
    assert Version.objects.count() == 1
