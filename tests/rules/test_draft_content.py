"""Drafts are written to tables and read from them: order, ids, history, number of queries."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, guide_to_document
from rules.drafts.content import draft_read, draft_write
from rules.drafts.guides import guide_import
from rules.engine.content import GuideContent, OutcomeContent
from rules.models import Choice, Condition, Guide, Question, Rule
from tests.admin.large_guide import large_guide
from tests.rules.documents import documented_guides, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> GuideContent:
    return parse_document(small_document())


@pytest.mark.slow
@settings(max_examples=50)  # each example writes some hundred rows
@given(content=documented_guides())
def test_a_written_draft_is_read_back_the_same(content: GuideContent) -> None:
    guide = guide_import(content=content, replace_draft=True)
    assert canonical_json(draft_read(guide)) == canonical_json(content)


def test_the_shipped_guide_is_read_back_the_same(
    shipped_guide: Guide, guide_document: dict[str, object]
) -> None:
    assert draft_read(shipped_guide) == parse_document(guide_document)


def test_writing_replaces_the_whole_draft_except_the_slug(
    shipped_guide: Guide, small: GuideContent
) -> None:
    draft_write(guide=shipped_guide, content=small)
    assert draft_read(shipped_guide) == replace(small, slug="corriger-comptes-pix")


def test_writing_one_draft_does_not_change_another(
    shipped_guide: Guide, small: GuideContent
) -> None:
    before = draft_read(shipped_guide)
    guide_import(content=small)
    assert draft_read(shipped_guide) == before


def test_windows_line_ends_are_read_as_unix_line_ends(small: GuideContent) -> None:
    guide = guide_import(content=small)
    guide.questions.update(help="a\r\nb")
    assert draft_read(guide).questions[0].help == "a\nb"


def test_an_unfinished_draft_can_be_read(small: GuideContent) -> None:
    guide = guide_import(content=small)
    guide.examples.all().delete()
    rule = guide.rules.get(key="r2")
    rule.conditions.create(question=guide.questions.get(key="q2"), operator="same_as", position=2)
    Question.objects.create(guide=guide, key="vide", title="Vide", position=9)
    document = guide_to_document(draft_read(guide))
    assert document["rules"][1]["when"][1] == {"question": "q2", "same_as": ""}
    assert document["questions"][2] == {
        "key": "vide", "title": "Vide", "scope": "pupil", "choices": [],
    }  # fmt: skip


def test_rules_are_read_in_the_order_of_their_positions(small: GuideContent) -> None:
    guide = guide_import(content=small)
    Rule.objects.filter(guide=guide, key="r1").update(position=10)
    assert small.rules[0].key == "r1"
    assert [rule.key for rule in draft_read(guide).rules][-1] == "r1"


def test_rows_that_are_in_both_drafts_keep_their_ids(small: GuideContent) -> None:
    guide = guide_import(content=small)
    before = row_ids(guide)
    changed = replace(small, title="Autre", questions=small.questions[::-1])
    guide_import(content=changed, replace_draft=True)
    assert row_ids(guide) == before


def test_an_example_keeps_its_id_without_another_of_its_name(small: GuideContent) -> None:
    twin = replace(small.examples[0], answers={})
    guide = guide_import(content=replace(small, examples=(*small.examples, twin)))
    last = guide.examples.get(position=2)
    guide_import(content=replace(small, examples=(twin,)), replace_draft=True)
    assert guide.examples.get() == last


def test_a_new_row_does_not_take_the_id_of_another_row(small: GuideContent) -> None:
    guide = guide_import(content=small)
    before = row_ids(guide)
    outcome = OutcomeContent("neuf", "Neuf", final=True)
    guide_import(content=replace(small, outcomes=(outcome, *small.outcomes)), replace_draft=True)
    after = row_ids(guide)
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


def row_ids(guide: Guide) -> dict[tuple[str, ...], int]:
    """Returns the ids of the rows of a draft, by table and by key, position or name."""
    choices = Choice.objects.filter(question__guide=guide)
    conditions = Condition.objects.filter(rule__guide=guide)
    tables: dict[str, QuerySet[Any, Any]] = {
        "question": guide.questions.values_list("key", "pk"),
        "choice": choices.values_list("question__key", "key", "pk"),
        "outcome": guide.outcomes.values_list("key", "pk"),
        "rule": guide.rules.values_list("key", "pk"),
        "condition": conditions.values_list("rule__key", "position", "pk"),
        "example": guide.examples.values_list("name", "pk"),
    }
    return {(table, *key): pk for table, rows in tables.items() for *key, pk in rows}


def test_replacing_a_draft_adds_the_changes_to_the_history(small: GuideContent) -> None:
    guide = guide_import(content=small)
    assert not guide.changes.exists()
    guide_import(content=replace(small, title="Autre titre"), replace_draft=True)
    assert [change.sentence for change in guide.changes.all()] == [
        "Import d’un document dans le brouillon.",
        "Le guide «\u00a0Petit guide\u00a0» s’appelle maintenant «\u00a0Autre titre\u00a0».",
    ]


def test_reading_a_large_draft_takes_as_many_queries_as_reading_a_small_one(
    small: GuideContent,
) -> None:
    guide, large = guide_import(content=small), guide_import(content=large_guide())
    assert count_read_queries(guide) == count_read_queries(large)
    assert draft_read(large) == large_guide()  # SQLite refuses a query of 1,000 conditions


def count_read_queries(guide: Guide) -> int:
    with CaptureQueriesContext(connection) as queries:
        draft_read(guide)
    return len(queries)
