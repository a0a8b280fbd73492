"""The page of an example, and the warnings after a save that makes examples fail."""

from dataclasses import replace

import pytest
from django.test import Client

from rules.admin.links import action_url, add_url, change_url
from rules.drafts.guides import guide_import
from rules.engine.content import ExampleContent
from rules.models import ConditionChoice, Example, Guide
from tests.admin.pages import (
    fill_and_send,
    option_value,
    page_errors,
    page_links,
    page_text,
    parse_page,
)
from tests.proof.large_guides import make_exploding_guide

ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "mail",
    "connexion-habituelle": "mail",
    "identifiants-connus": "non",
}


def answer_fields(guide: Guide, answers: dict[str, str]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for key, choice in answers.items():
        question = guide.questions.get(key=key)
        found[f"answer__{question.pk}"] = str(question.choices.get(key=choice).pk)
    return found


def outcome_fields(guide: Guide, *keys: str) -> dict[str, str | list[str]]:
    return {
        f"outcome__{rank}": str(guide.outcomes.get(key=key).pk) for rank, key in enumerate(keys, 1)
    }


def test_an_example_is_created_and_checked(guide: Guide, editor: Client) -> None:
    right = outcome_fields(guide, "mot-de-passe-oublie-pix-fr", "associer-mediacentre")
    fill_and_send(
        editor, add_url(Example, guide), name="Mail perdu", **answer_fields(guide, ANSWERS), **right
    )
    example = guide.examples.get(name="Mail perdu")
    given = {answer.question.key: answer.choice.key for answer in example.answers.all()}
    assert given == ANSWERS
    assert "donne bien ce qui est attendu" in page_text(editor.get(change_url(example)))


def test_the_page_shows_the_expected_conclusions_beside_those_given(
    guide: Guide, editor: Client
) -> None:
    wrong = outcome_fields(guide, "tout-va-bien")
    fill_and_send(
        editor, add_url(Example, guide), name="Mail perdu", **answer_fields(guide, ANSWERS), **wrong
    )
    page = page_text(editor.get(change_url(guide.examples.get(name="Mail perdu"))))
    assert "Attendu Obtenu Tout va bien ! Utiliser « Mot de passe oublié » sur Pix.fr" in page


def test_the_page_of_a_failing_example_shows_the_rules_that_fired(
    guide: Guide, editor: Client
) -> None:
    wrong = outcome_fields(guide, "tout-va-bien")
    fill_and_send(
        editor, add_url(Example, guide), name="Mail perdu", **answer_fields(guide, ANSWERS), **wrong
    )
    response = editor.get(change_url(guide.examples.get(name="Mail perdu")))
    message, fired = page_text(response), page_links(response)
    assert "Règles appliquées à la fin : Toujours poser la question" in message
    assert change_url(guide.rules.get(key="mot-de-passe-mail-perdu")) in fired
    assert change_url(guide.rules.get(key="mot-de-passe-ent-perdu")) not in fired
    assert any("/try/" in url and "identifiants-connus=non" in url for url in fired)


def test_a_save_warns_of_an_example_that_now_fails(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="mot-de-passe-mail-perdu")
    outcome = guide.outcomes.get(key="contacter-support-pix")
    page = fill_and_send(editor, change_url(rule), then=f"give-{outcome.pk}")
    message = parse_page(editor.get(page["Location"])).select_one(".messagelist .warning")
    assert message is not None
    assert (
        "Attention\u00a0: 1 point à corriger et 2 cas types en rouge → La preuve." in message.text
    )
    assert message.a is not None
    assert message.a["href"] == action_url(guide, "proof")


def test_a_save_counts_the_warnings_of_the_proof(guide: Guide, editor: Client) -> None:
    last = guide.rules.create(
        key="aussi", position=99, gives=guide.outcomes.get(key="tout-va-bien")
    )
    guide.examples.all().delete()
    condition = last.conditions.create(
        question=guide.questions.get(key="methode-pix-orga"), operator="is", position=1
    )
    choice = condition.question.choices.get(key="aucune")
    ConditionChoice.objects.create(condition=condition, choice=choice)
    page = fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Autre titre")
    message = parse_page(editor.get(page["Location"])).select_one(".messagelist .warning")
    assert message is not None
    assert "avertissement" in message.text


def test_a_save_does_not_wait_for_a_long_proof(no_guide: None, editor: Client) -> None:
    failing = ExampleContent("Faux", {}, ("other",))
    guide = guide_import(content=replace(make_exploding_guide(20), examples=(failing,)))
    page = fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Autre titre")
    message = parse_page(editor.get(page["Location"])).select_one(".messagelist .warning")
    assert message is not None
    assert message.text == "Attention\u00a0: 1 cas type en rouge → La preuve."


def test_a_save_warns_of_nothing_if_all_examples_hold(guide: Guide, editor: Client) -> None:
    page = fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Autre titre")
    assert parse_page(editor.get(page["Location"])).select_one(".messagelist .warning") is None


def test_moving_a_rule_warns_of_examples_that_now_fail(guide: Guide, editor: Client) -> None:
    last = guide.rules.get(key="compte-a-associer")
    for _ in range(4):
        page = editor.post(action_url(last, "move"), {"direction": "up"})
    assert parse_page(editor.get(page["Location"])).select_one(".messagelist .warning") is not None


def test_an_example_fails_if_its_conclusions_are_given_in_another_order(
    guide: Guide, editor: Client
) -> None:
    reverse = outcome_fields(guide, "associer-mediacentre", "mot-de-passe-oublie-pix-fr")
    fill_and_send(
        editor,
        add_url(Example, guide),
        name="Mail perdu",
        **answer_fields(guide, ANSWERS),
        **reverse,
    )
    example = guide.examples.get(name="Mail perdu")
    keys = [row.outcome.key for row in example.outcomes.all()]
    assert keys == ["associer-mediacentre", "mot-de-passe-oublie-pix-fr"]
    assert "il ne donne pas ce qui est attendu" in page_text(editor.get(change_url(example)))


def test_an_example_that_fails_names_the_question_that_is_asked_and_has_no_answer(
    guide: Guide, editor: Client
) -> None:
    example = guide.examples.filter(answers__question__key="methode-pix-orga")[0]
    example.answers.filter(question__key="methode-pix-orga").delete()
    page = page_text(editor.get(change_url(example))).replace("\u00a0", " ")
    assert "la question « Méthode Pix Orga » est posée et n’a pas de réponse." in page
    assert "ne sont pas posées" not in page


def test_an_example_cannot_expect_the_same_conclusion_twice(guide: Guide, editor: Client) -> None:
    twice = outcome_fields(guide, "tout-va-bien", "tout-va-bien")
    page = fill_and_send(editor, add_url(Example, guide), name="Deux fois", **twice)
    assert "déjà citée plus haut" in page_errors(page)
    assert not guide.examples.filter(name="Deux fois").exists()


def test_an_answer_can_be_removed_from_an_example(guide: Guide, editor: Client) -> None:
    example = guide.examples.all()[0]
    answer = example.answers.all()[0]
    changes: dict[str, str | list[str]] = {f"answer__{answer.question.pk}": ""}
    fill_and_send(editor, change_url(example), **changes)
    assert not example.answers.filter(question=answer.question).exists()


def test_advice_is_not_offered_as_a_conclusion(guide: Guide, editor: Client) -> None:
    page = editor.get(add_url(Example, guide))
    assert option_value(page, "outcome-1", "Tout va bien")
    with pytest.raises(StopIteration):
        option_value(page, "outcome-1", "Ce que veut dire")


def test_a_choice_of_another_question_is_refused(guide: Guide, editor: Client) -> None:
    first, second, *_ = guide.questions.all()
    changes: dict[str, str | list[str]] = {f"answer__{first.pk}": str(second.choices.all()[0].pk)}
    page = fill_and_send(editor, add_url(Example, guide), name="Croisé", **changes)
    assert "choix" in page_errors(page)


def test_an_example_is_deleted(guide: Guide, editor: Client) -> None:
    example = guide.examples.all()[0]
    fill_and_send(editor, f"/admin/rules/example/{example.pk}/delete/")
    assert not Example.objects.filter(pk=example.pk).exists()
