"""Saving a page makes as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rules.admin.links import action_url, add_url, change_url
from rules.drafts.guides import guide_import
from rules.engine.content import ExampleContent, GuideContent, OutcomeContent, QuestionContent
from rules.models import Guide, Question, Rule
from tests.admin.pages import Fields, page_errors, page_fields
from tests.admin.test_limits import import_guide, make_choices

pytestmark = [
    pytest.mark.usefixtures("session_without_end"),
    pytest.mark.no_cover,  # other tests take the same branches
]

ACTS = ["change one", "change all", "delete all but two", "create all"]
"""What an editor does with the rows of a page."""
FEW, MANY = 3, 40
"""Numbers of rows. Of many more, SQLite would need further queries, for each takes 999 values."""


def count_save_queries(client: Client, url: str, fields: Fields) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, fields)
    assert response.status_code == 302, page_errors(response)
    return len(queries)


def count_queries_of_choices(client: Client, act: str, count: int) -> int:
    """Returns the queries of an act on the `count` choices of a question."""
    guide = import_guide(1 if act == "create all" else count)
    creates = act == "create all"
    url = add_url(Question, guide) if creates else change_url(guide.questions.get())
    ranks = range(count)
    changes: dict[str, Fields] = {
        "change one": {"choices-1-label": "Autre"},
        "change all": {f"choices-{rank}-label": f"Autre {rank}" for rank in ranks},
        "delete all but two": {f"choices-{rank}-DELETE": "on" for rank in ranks[2:]},
        "create all": {
            "title": "Neuve",
            "choices-TOTAL_FORMS": str(count),
            **{f"choices-{rank}-label": f"Neuve {rank}" for rank in ranks},
        },
    }
    queries = count_save_queries(client, url, page_fields(client.get(url)) | changes[act])
    expected = 2 if act.startswith("delete") else count
    assert guide.questions.all()[int(creates)].choices.count() == expected
    guide.delete()
    return queries


@pytest.mark.parametrize("act", ACTS)
def test_the_queries_of_a_question_do_not_depend_on_the_number_of_its_choices(
    db: None, editor: Client, act: str
) -> None:
    assert count_queries_of_choices(editor, act, FEW) == count_queries_of_choices(editor, act, MANY)


def condition_fields(act: str, guide: Guide, count: int) -> Fields:
    """Returns the fields that an act on the `count` conditions of a rule changes."""
    question = guide.questions.all()[0]
    others = [str(choice.pk) for choice in question.choices.all()[1:]]
    if act == "delete all but two":
        return {f"conditions-{rank}-DELETE": "on" for rank in range(2, count)}
    if act != "create all":
        ranks = [1] if act == "change one" else range(count)
        return {f"conditions-{rank}-named": others for rank in ranks}
    fields: Fields = {"then": f"give-{guide.outcomes.get().pk}"}
    fields["conditions-TOTAL_FORMS"] = str(count)
    for rank in range(count):
        fields[f"conditions-{rank}-question"] = str(question.pk)
        fields[f"conditions-{rank}-operator"] = "is"
        fields[f"conditions-{rank}-named"] = others
    return fields


def count_queries_of_conditions(client: Client, act: str, count: int) -> int:
    """Returns the queries of an act on the `count` conditions of a rule."""
    guide = import_guide(3, 1 if act == "create all" else count, questions=2)
    rule = guide.rules.get()
    url = add_url(Rule, guide) if act == "create all" else change_url(rule)
    fields = page_fields(client.get(url)) | condition_fields(act, guide, count)
    queries = count_save_queries(client, url, fields)
    saved = guide.rules.latest("pk").conditions.all()
    assert len(saved) == (2 if act.startswith("delete") else count)
    assert [row.key for row in saved[1].choices.all()] == (
        ["c0"] if act.startswith("delete") else ["c1", "c2"]
    )
    guide.delete()
    return queries


@pytest.mark.parametrize("act", ACTS)
def test_the_queries_of_a_rule_do_not_depend_on_the_number_of_its_conditions(
    db: None, editor: Client, act: str
) -> None:
    counts = [count_queries_of_conditions(editor, act, count) for count in (FEW, MANY)]
    assert counts[0] == counts[1]


def test_the_queries_of_a_copy_do_not_depend_on_the_number_of_its_conditions(
    db: None, editor: Client
) -> None:
    counts = []
    for size in (FEW, MANY):
        guide = import_guide(3, size)
        counts.append(count_save_queries(editor, action_url(guide.rules.get(), "duplicate"), {}))
        assert [rule.conditions.count() for rule in guide.rules.all()] == [size, size]
        guide.delete()
    assert counts[0] == counts[1]


def count_queries_of_answers(client: Client, count: int) -> int:
    """Returns the queries of a change of one of the `count` answers of an example."""
    questions = [QuestionContent(f"q{n}", f"Question {n}", make_choices(2)) for n in range(count)]
    outcomes = tuple(OutcomeContent(f"o{n}", f"Fin {n}", final=True) for n in range(count))
    answers = {question.key: "c0" for question in questions}
    example = ExampleContent("Cas", answers, tuple(outcome.key for outcome in outcomes))
    guide = guide_import(
        content=GuideContent("grand", "Grand", tuple(questions), outcomes, (), (example,))
    )
    url = change_url(guide.examples.get())
    choice = guide.questions.all()[0].choices.all()[1]
    change: Fields = {f"answer-{choice.question_id}": str(choice.pk)}
    queries = count_save_queries(client, url, page_fields(client.get(url)) | change)
    guide.delete()
    return queries


def test_the_queries_of_an_example_do_not_depend_on_the_number_of_its_answers(
    db: None, editor: Client
) -> None:
    assert count_queries_of_answers(editor, FEW) == count_queries_of_answers(editor, MANY)
