"""What must never be, the database itself refuses."""

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
from tests.rules.documents import small_document

Write = Callable[[Guide], object]


@pytest.fixture
def guide(no_guide: None) -> Guide:
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(guide=guide)
    return guide


def rule(guide: Guide) -> Rule:
    return guide.rules.get(key="r2")


def question(guide: Guide, key: str = "q1") -> Question:
    return guide.questions.get(key=key)


def again(rows: Any, **fields: object) -> object:  # noqa: ANN401 (any related manager)
    return rows.create(**fields)


REFUSED: dict[str, Write] = {
    "two guides with one slug": lambda g: Guide.objects.create(slug=g.slug, title="x"),
    "two questions with one key": lambda g: again(g.questions, key="q1"),
    "two choices with one key": lambda g: again(question(g).choices, key="a"),
    "two outcomes with one key": lambda g: again(g.outcomes, key="fin"),
    "two rules with one key": lambda g: again(g.rules, key="r1", asks=question(g)),
    "two versions with one number": lambda g: again(g.versions, number=1),
    "a version with the number 0": lambda g: again(g.versions, number=0),
    "a rule with two effects": lambda g: again(
        g.rules, key="r", asks=question(g), gives=g.outcomes.get(key="fin")
    ),
    "a rule with no effect": lambda g: again(g.rules, key="r"),
    "a rule with an unknown match": lambda g: again(
        g.rules, key="r", asks=question(g), match="x"
    ),
    "a question with an unknown scope": lambda g: again(g.questions, key="q", scope="x"),
    "an outcome with an unknown tone": lambda g: again(g.outcomes, key="o", tone="x"),
    "an unknown operator": lambda g: again(
        rule(g).conditions, question=question(g), operator="x"
    ),
    "a comparison with itself": lambda g: again(
        rule(g).conditions, question=question(g), other=question(g), operator="same_as"
    ),
    "a choice named twice by a condition": lambda g: again(
        rule(g).conditions.get().conditionchoice_set, choice=question(g).choices.get(key="a")
    ),
    "two answers to one question in an example": lambda g: again(
        g.examples.get().answers, question=question(g), choice=question(g).choices.get(key="b")
    ),
    "one outcome twice in an example": lambda g: again(
        g.examples.get().outcomes, outcome=g.outcomes.get(key="fin")
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(guide: Guide, write: Write) -> None:
    with pytest.raises(IntegrityError):
        write(guide)


def test_forms_say_it_in_french(guide: Guide) -> None:
    with pytest.raises(ValidationError, match="Une question de ce guide a déjà cette clé"):
        Question(guide=guide, key="q1", title="x").full_clean()


@pytest.mark.parametrize("slug", ["admin", "api", "Été", "a b", ""])
def test_forms_refuse_a_slug_that_no_address_can_have(slug: str) -> None:
    with pytest.raises(ValidationError, match="slug"):
        Guide(slug=slug, title="x").full_clean(validate_unique=False)


IN_USE: dict[str, Callable[[Guide], Any]] = {
    "a question that a rule asks": lambda g: question(g),
    "a choice that a condition names": lambda g: question(g).choices.get(key="a"),
    "an outcome that a rule gives": lambda g: g.outcomes.get(key="fin"),
}


@pytest.mark.parametrize("used", IN_USE.values(), ids=IN_USE.keys())
def test_what_is_in_use_cannot_be_deleted(guide: Guide, used: Callable[[Guide], Any]) -> None:
    with pytest.raises(RestrictedError):
        used(guide).delete()


def test_a_guide_with_versions_cannot_be_deleted(guide: Guide) -> None:
    with pytest.raises(ProtectedError):
        guide.delete()
    assert Version.objects.count() == 1
