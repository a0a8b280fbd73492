"""What is within the limits of a guide is saved; what is beyond is refused, and nothing is lost."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from rules.admin.links import action_url, add_url, change_url
from rules.admin.parts.choices import ChoiceFormSet
from rules.admin.parts.rules import RuleAdmin
from rules.document.limits import CHOICE_LIMIT, CONDITION_LIMIT, GUIDE_LIMITS, CountLimit
from rules.document.refused_texts import find_guide_refusals
from rules.drafts.content import draft_read
from rules.drafts.draft_limits import ROW_LIMITS
from rules.drafts.guides import guide_import
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from rules.models import Example, Guide, Outcome, Question, Rule
from tests.admin.pages import (
    Fields,
    fill_and_send,
    option_value,
    page_errors,
    page_fields,
    page_text,
    parse_page,
)

URLENCODED = "application/x-www-form-urlencoded"


def make_choices(count: int) -> tuple[ChoiceContent, ...]:
    return tuple(ChoiceContent(f"c{rank}", f"Réponse {rank}") for rank in range(count))


def import_guide(
    choice_count: int, condition_count: int = 0, *, named: int = 1, questions: int = 1
) -> Guide:
    """Imports a guide with a rule of so many conditions, each with the first `named` choices."""
    keys = tuple(choice.key for choice in make_choices(named))
    conditions = (ConditionContent("q0", Operator.IS, keys),) * condition_count
    content = GuideContent(
        slug="grand",
        title="Grand",
        questions=tuple(
            QuestionContent(f"q{rank}", f"Question {rank}", make_choices(choice_count))
            for rank in range(questions)
        ),
        outcomes=(OutcomeContent("fin", "Fin", final=True),),
        rules=(RuleContent("r1", conditions, Effect.CONCLUDE, "fin"),),
    )
    return guide_import(content=content)


def send_as_browser(client: Client, url: str, fields: Fields) -> HttpResponseBase:
    """Sends the form of a rule as browsers do: as urlencoded text."""
    return client.post(url, urlencode(fields, doseq=True), content_type=URLENCODED)


@pytest.mark.parametrize("count", [150, CHOICE_LIMIT.maximum])
def test_a_question_with_many_choices_is_saved(db: None, editor: Client, count: int) -> None:
    question = import_guide(count).questions.get()
    changes = {f"choices-{count - 1}-label": "Autre"}
    page = editor.get(change_url(question))
    assert 'enctype="multipart/form-data"' in page.getvalue().decode()
    response = editor.post(change_url(question), page_fields(page) | changes)
    assert response.status_code == 302, page_errors(response)
    assert [row.label for row in question.choices.all()][-2:] == [f"Réponse {count - 2}", "Autre"]


@pytest.mark.slow
def test_a_question_with_the_longest_explanations_is_saved(db: None, editor: Client) -> None:
    question = import_guide(CHOICE_LIMIT.maximum).questions.get()
    explanation = "é\n" * 6_000
    question.choices.update(help=explanation)
    sent = page_fields(editor.get(change_url(question)))
    typed = {name: str(value).replace("\n", "\r\n") for name, value in sent.items()}
    response = editor.post(change_url(question), typed | {"title": "Autre"})
    assert response.status_code == 302, page_errors(response)
    assert question.choices.filter(help=explanation).count() == CHOICE_LIMIT.maximum


@pytest.mark.slow
@pytest.mark.parametrize(("choice_count", "named"), [(24, 23), (200, 200)])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_rule_of_many_conditions_with_many_choices_is_saved(
    db: None, editor: Client, choice_count: int, named: int, *, scripts: bool
) -> None:
    count = CONDITION_LIMIT.maximum
    rule = import_guide(choice_count, count, named=named).rules.get()
    fields = page_fields(editor.get(change_url(rule))) | {"note": "Ma remarque"}
    for rank in range(count):
        name = f"conditions-{rank}-named"
        assert len(fields[name]) == named
        fields[name] = list(fields[name][1:]) if rank == 7 else fields[name]
        fields[name] = [" ".join(fields[name])] if scripts else fields[name]
    response = send_as_browser(editor, change_url(rule), fields)
    assert response.status_code == 302, page_errors(response)
    rule.refresh_from_db()
    assert rule.note == "Ma remarque"
    counts = [condition.choices.count() for condition in rule.conditions.all()]
    assert counts == [named - (rank == 7) for rank in range(count)]


def test_a_page_of_a_rule_shows_the_choices_of_the_picked_questions_only(
    db: None, editor: Client
) -> None:
    rule = import_guide(20, 2, questions=30).rules.get()
    page = editor.get(change_url(rule)).getvalue().decode()
    assert page.count('type="checkbox"') == 2 * 20 + 2  # a tick that deletes each condition


def test_without_scripts_the_choices_of_a_newly_picked_question_appear_after_a_save(
    db: None, editor: Client
) -> None:
    rule = import_guide(3, 1, questions=2).rules.get()
    other = rule.guide.questions.all()[1]
    page = fill_and_send(editor, change_url(rule), conditions__0__question=str(other.pk))
    assert "Pas une réponse à la question choisie" in page_errors(page)
    ids = [str(choice.pk) for choice in other.choices.all()]
    assert all(f'value="{pk}"' in page.getvalue().decode() for pk in ids)
    typed = page_fields(page) | {"conditions-0-named": ids[1:]}
    assert editor.post(change_url(rule), typed).status_code == 302
    assert [choice.key for choice in rule.conditions.get().choices.all()] == ["c1", "c2"]


def test_the_choices_of_a_condition_are_merged_if_they_are_sent_as_one_field(
    db: None, editor: Client, publisher: Client
) -> None:
    rule = import_guide(4, 1, named=2).rules.get()
    ids = [str(choice.pk) for choice in rule.guide.questions.get().choices.all()]
    url = change_url(rule)
    typed = page_fields(editor.get(url)) | {"conditions-0-named": " ".join(ids[:2])}
    fill_and_send(publisher, url, conditions__0__named=ids[1:])
    page = editor.post(url, typed | {"note": "Ma remarque"})
    assert page_fields(page)["conditions-0-named"] == ids[1:]
    page = editor.post(url, typed | {"conditions-0-named": f"{ids[0]} {ids[3]}"})
    assert "paul\u00a0: «\u00a0Réponse 1\u00a0», «\u00a0Réponse 2\u00a0»" in page_errors(page)
    assert page_fields(page)["conditions-0-named"] == [ids[0], ids[3]]


def test_one_more_choice_than_allowed_is_refused(
    db: None, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = CountLimit(3, "cette question", "réponses")
    monkeypatch.setattr(ChoiceFormSet, "limit", limit)
    question = import_guide(2).questions.get()
    added = {"choices-2-label": "Une", "choices-3-label": "Deux", "choices-TOTAL_FORMS": "4"}
    page = editor.post(change_url(question), page_fields(editor.get(change_url(question))) | added)
    assert "Cette question aurait 4 réponses\u00a0; le maximum est 3." in page_errors(page)
    assert added.items() <= page_fields(page).items()
    assert question.choices.count() == 2


def test_one_more_condition_than_allowed_is_refused(db: None, editor: Client) -> None:
    rule = import_guide(2, CONDITION_LIMIT.maximum).rules.get()
    fields = page_fields(editor.get(change_url(rule)))
    added = {
        name.replace("-0-", "-40-"): value
        for name, value in fields.items()
        if name.startswith("conditions-0-")
    } | {"conditions-40-id": "", "conditions-TOTAL_FORMS": "41"}
    page = editor.post(change_url(rule), fields | added)
    assert "Cette règle aurait 41 conditions\u00a0; le maximum est 40\u00a0: coupez" in page_errors(
        page
    )
    assert rule.conditions.count() == CONDITION_LIMIT.maximum


def test_a_rule_stored_with_too_many_conditions_can_lose_some(db: None, editor: Client) -> None:
    rule = import_guide(2, CONDITION_LIMIT.maximum + 3).rules.get()
    assert fill_and_send(editor, change_url(rule), note="Ma remarque").status_code == 302
    assert fill_and_send(editor, change_url(rule), conditions__0__DELETE="on").status_code == 302
    assert rule.conditions.count() == CONDITION_LIMIT.maximum + 2


@pytest.mark.parametrize("kind", ["choices", "conditions"])
def test_a_page_of_far_too_many_rows_shows_as_many_as_allowed_and_can_delete_them(
    db: None, editor: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    limit = CONDITION_LIMIT
    if kind == "choices":
        limit = CountLimit(20, "cette question", "réponses")
        monkeypatch.setattr(ChoiceFormSet, "limit", limit)
    guide = import_guide(30, 300, named=28)
    row = guide.questions.get() if kind == "choices" else guide.rules.get()
    if kind == "choices":
        guide.rules.all().delete()
    rows = getattr(row, kind)
    stored = [part.pk for part in rows.all()]
    page = editor.get(change_url(row))
    assert f"montre les {limit.maximum} premières" in page_text(page)
    fields = page_fields(page)
    assert fields[f"{kind}-INITIAL_FORMS"] == str(limit.maximum)
    changes: Fields = {f"{kind}-{rank}-DELETE": "on" for rank in range(0, limit.maximum, 2)}
    response = send_as_browser(editor, change_url(row), fields | changes)
    assert response.status_code == 302, page_errors(response)
    remaining = [part.pk for part in rows.all()]
    assert remaining == stored[1 : limit.maximum : 2] + stored[limit.maximum :]


def test_a_choice_that_replaces_a_deleted_one_gets_its_key(db: None, editor: Client) -> None:
    question = import_guide(3).questions.get()
    question.choices.filter(key="c2").update(key="oui")
    fill_and_send(
        editor,
        change_url(question),
        choices__2__DELETE="on",
        choices__3__label="Oui",
        choices__TOTAL_FORMS="4",
    )
    assert [choice.key for choice in question.choices.all()] == ["c0", "c1", "oui"]


PartModel = type[Question | Outcome | Rule | Example]
LISTS: list[tuple[PartModel, str, str]] = [
    (Question, "questions", "title"),
    (Outcome, "outcomes", "title"),
    (Rule, "rules", "note"),
    (Example, "examples", "name"),
]


def lower_limit(monkeypatch: pytest.MonkeyPatch, model: PartModel, maximum: int) -> None:
    limit = CountLimit(maximum, "ce guide", "parties")
    monkeypatch.setitem(ROW_LIMITS, model, limit)


@pytest.mark.parametrize(("model", "rows", "field"), LISTS)
def test_one_more_part_than_allowed_is_refused_and_what_was_typed_stays(
    shipped_guide: Guide,
    editor: Client,
    monkeypatch: pytest.MonkeyPatch,
    model: PartModel,
    rows: str,
    field: str,
) -> None:
    before = getattr(shipped_guide, rows).count()
    lower_limit(monkeypatch, model, before + 1)
    url = add_url(model, shipped_guide)
    typed = page_fields(editor.get(url)) | {field: "Mon texte"}
    if model is Rule:
        typed["then"] = option_value(editor.get(url), "then", "Tout va bien")
    assert editor.post(url, typed).status_code == 302
    page = editor.post(url, typed)
    assert f"Ce guide aurait {before + 2} parties\u00a0; le maximum est {before + 1}." in (
        page_errors(page)
    )
    assert page_fields(page)[field] == "Mon texte"
    assert getattr(shipped_guide, rows).count() == before + 1


def test_the_limits_of_drafts_are_those_of_documents() -> None:
    assert {name: limit.maximum for name, limit in GUIDE_LIMITS.items()} == {
        "questions": 200,
        "outcomes": 1_000,
        "rules": 10_000,
        "examples": 1_000,
    }


@pytest.mark.parametrize(("model", "rows"), [(Question, "questions"), (Rule, "rules")])
def test_a_copy_beyond_the_limit_is_refused(
    shipped_guide: Guide,
    editor: Client,
    monkeypatch: pytest.MonkeyPatch,
    model: PartModel,
    rows: str,
) -> None:
    count = getattr(shipped_guide, rows).count()
    lower_limit(monkeypatch, model, count)
    url = action_url(getattr(shipped_guide, rows).all()[0], "duplicate")
    page = editor.post(url, follow=True)
    assert f"Rien n’est copié. Ce guide aurait {count + 1} parties" in page_text(page)
    assert getattr(shipped_guide, rows).count() == count


def test_an_example_from_a_try_beyond_the_limit_is_refused(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = shipped_guide.examples.all()[0]
    answers = draft_read(shipped_guide).examples[0].answers
    example.delete()
    count = shipped_guide.examples.count()
    lower_limit(monkeypatch, Example, count)
    address = reverse("admin:diagnostics_session_example", args=[shipped_guide.pk])
    page = editor.post(f"{address}?{urlencode(answers)}", follow=True)
    assert f"Aucun cas type n’est créé. Ce guide aurait {count + 1} parties" in str(
        parse_page(page)
    )


def test_a_guide_stored_beyond_the_limits_is_not_copied(db: None, editor: Client) -> None:
    guide = import_guide(CHOICE_LIMIT.maximum + 1)
    page = editor.post(action_url(guide, "duplicate"), follow=True)
    assert "Rien n’est copié. Cette question a 201 réponses" in page_text(page)
    assert Guide.objects.filter(slug__startswith="grand").count() == 1


def test_a_guide_that_becomes_too_large_is_refused_and_what_was_typed_stays(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.document.limits.MAX_DOCUMENT_BYTES", 30_000)
    monkeypatch.setattr("rules.publication.check.guide_refusals", find_guide_refusals)
    outcome = shipped_guide.outcomes.all()[0]
    long = "x" * 20_000
    page = fill_and_send(editor, change_url(outcome), body=long)
    assert "Rien n’est enregistré. Ce guide fait" in page_errors(page)
    assert "le maximum est 30\u00a0000" in page_errors(page)
    assert page_fields(page)["body"] == long
    outcome.refresh_from_db()
    assert outcome.body != long


SENDERS: dict[str, Callable[[Client, str, Fields], HttpResponseBase]] = {
    "urlencoded": send_as_browser,
    "multipart": lambda client, url, fields: client.post(url, fields),
}


@pytest.mark.parametrize("sender", SENDERS)
def test_a_form_of_too_many_fields_is_refused_with_a_page_that_names_the_limit(
    shipped_guide: Guide, editor: Client, sender: str
) -> None:
    url = change_url(shipped_guide.rules.all()[1])
    fields: Fields = {f"f{rank}": "x" for rank in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    page = SENDERS[sender](editor, url, fields)
    assert page.status_code == 413
    text = page.getvalue().decode()
    assert "a envoyé plus de 8\u00a0260 champs, le maximum" in text
    assert "«\u00a0Précédent\u00a0»" in text


@pytest.mark.parametrize("sender", SENDERS)
def test_a_form_of_too_many_bytes_is_refused_with_a_page_that_names_the_limit(
    shipped_guide: Guide, editor: Client, sender: str
) -> None:
    url = change_url(shipped_guide.rules.all()[1])
    long = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    page = SENDERS[sender](editor, url, {"note": long})
    assert page.status_code == 413
    text = page.getvalue().decode()
    assert re.search("a envoyé 25\u00a0262\u00a0[0-9]{3} octets, et le maximum est", text)
    assert "est 25\u00a0262\u00a0144 (25\u00a0Mo)." in text


def test_a_rule_that_moves_is_shown_on_its_page_of_the_list(
    shipped_guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RuleAdmin, "list_per_page", 5)
    rule = shipped_guide.rules.all()[12]
    page = editor.post(action_url(rule, "move"), {"direction": "up"}, follow=True)
    assert f'id="rule-{rule.pk}"' in page.getvalue().decode()


def test_an_example_of_many_conclusions_is_opened_and_saved(db: None, editor: Client) -> None:
    count = 60
    outcomes = tuple(OutcomeContent(f"o{n}", f"Fin {n}", final=True) for n in range(count))
    keys = tuple(outcome.key for outcome in outcomes)
    example = ExampleContent("Beaucoup", {}, keys)
    guide = guide_import(content=GuideContent("grand", "Grand", (), outcomes, (), (example,)))
    url = change_url(guide.examples.get())
    page = editor.get(url)
    assert page.getvalue().count(b"<option") < 20 * count
    assert (
        editor.post(url, page_fields(page) | {"outcome-59": "", "name": "Moins"}).status_code == 302
    )
    assert draft_read(guide).examples[0].outcomes == (*keys[:58], keys[59])
