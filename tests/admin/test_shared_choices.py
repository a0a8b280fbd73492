"""Shared choices: choices of two questions that a comparison takes as the same answer."""

import pytest
from django.http import HttpResponseBase
from django.test import Client

from rules.admin.links import add_url, change_url
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read
from rules.models import Guide, Question, Rule
from tests.admin.pages import fill_and_send, option_value, page_errors, page_text, parse_page
from tests.admin.test_limits import import_guide

METHOD_KEY = "methode-pix-orga"
USUAL_METHOD_KEY = "connexion-habituelle"
EARLIER_ANSWERS = {"liste-a-jour": "oui", "attribution-gar": "oui"}


def get_question(guide: Guide, key: str) -> Question:
    return guide.questions.get(key=key)


def add_google_choices(client: Client, guide: Guide) -> None:
    """Adds a choice to each of two questions. They have different labels and are the same answer."""
    fill_and_send(
        client, change_url(get_question(guide, METHOD_KEY)), choices__4__label="Compte Google"
    )
    added = add_shared_choice(client, guide, "Avec son compte Google", "Compte Google")
    assert added.status_code == 302, page_errors(added)


def add_shared_choice(client: Client, guide: Guide, label: str, same: str) -> HttpResponseBase:
    url = change_url(get_question(guide, USUAL_METHOD_KEY))
    pk = option_value(client.get(url), "choices-3-same", same)
    return fill_and_send(client, url, choices__3__label=label, choices__3__same=pk)


def test_a_comparison_takes_shared_choices_with_different_labels_as_equal(
    guide: Guide, editor: Client
) -> None:
    add_google_choices(editor, guide)
    compiled = compiled_draft(draft_read(guide))
    answers = EARLIER_ANSWERS | {METHOD_KEY: "compte-google", USUAL_METHOD_KEY: "compte-google"}
    assert compiled.resolve(answers).question == "identifiants-connus"
    assert (
        compiled.guide.question[USUAL_METHOD_KEY].find_choice("compte-google").label
        == "Avec son compte Google"
    )


def test_a_choice_lists_the_choices_that_count_as_the_same_answer(
    guide: Guide, editor: Client
) -> None:
    add_google_choices(editor, guide)
    page = page_text(editor.get(change_url(get_question(guide, METHOD_KEY))))
    assert "Même réponse que : « Avec son compte Google » à la question" in page


def test_only_a_new_choice_can_be_shared(guide: Guide, editor: Client) -> None:
    page = parse_page(editor.get(change_url(get_question(guide, METHOD_KEY))))
    assert page.select('select[name="choices-0-same"]') == []
    groups = [group["label"] for group in page.select('select[name="choices-4-same"] optgroup')]
    assert str(get_question(guide, USUAL_METHOD_KEY)) in groups
    assert str(get_question(guide, METHOD_KEY)) not in groups


def test_a_new_question_can_share_choices_of_other_questions(guide: Guide, editor: Client) -> None:
    url = add_url(Question, guide)
    same = option_value(editor.get(url), "choices-1-same", "Médiacentre")
    fill_and_send(
        editor,
        url,
        title="Encore ?",
        choices__0__label="Mediacentre",
        choices__1__label="Par l’ENT",
        choices__1__same=same,
    )
    keys = guide.questions.latest("pk").choices.values_list("key", flat=True)
    assert list(keys) == ["mediacentre-2", "mediacentre"]


def test_two_choices_of_one_question_cannot_count_as_the_same_answer(
    guide: Guide, editor: Client
) -> None:
    page = add_shared_choice(editor, guide, "Par l’ENT", "Médiacentre")
    assert "compte déjà comme celle-ci" in page_errors(page)
    assert get_question(guide, USUAL_METHOD_KEY).choices.count() == 3


def test_two_new_choices_cannot_count_as_the_same_answer(guide: Guide, editor: Client) -> None:
    url = add_url(Question, guide)
    same = option_value(editor.get(url), "choices-0-same", "Médiacentre")
    page = fill_and_send(
        editor,
        url,
        title="Encore ?",
        choices__0__label="Par l’ENT",
        choices__0__same=same,
        choices__1__label="Par le Médiacentre",
        choices__1__same=same,
    )
    assert "La réponse «\u00a0Par l’ENT\u00a0» compte déjà comme celle-ci." in page_errors(page)


def test_a_choice_of_another_guide_cannot_be_shared(guide: Guide, editor: Client) -> None:
    other = Guide.objects.create(slug="autre", title="Autre")
    foreign = other.questions.create(key="ailleurs", title="Ailleurs ?")
    pk = str(foreign.choices.create(key="oui", label="Oui").pk)
    url = change_url(get_question(guide, USUAL_METHOD_KEY))
    page = fill_and_send(editor, url, choices__3__label="Oui", choices__3__same=pk)
    assert "choix" in page_errors(page)


def test_questions_without_a_shared_choice_cannot_be_compared(guide: Guide, editor: Client) -> None:
    page = fill_and_send(
        editor,
        change_url(guide.rules.get(key="demander-liste-a-jour")),
        conditions__0__question=str(get_question(guide, METHOD_KEY).pk),
        conditions__0__operator="same_as",
        conditions__0__other=str(get_question(guide, "liste-a-jour").pk),
    )
    assert "Ces deux questions n’ont aucune réponse en commun" in page_errors(page)


def test_a_rule_that_compares_questions_lists_their_unmatched_choices(
    guide: Guide, editor: Client
) -> None:
    add_google_choices(editor, guide)
    get_question(guide, USUAL_METHOD_KEY).choices.create(
        key="autre", label="Par un <b>jeton</b>", position=9
    )
    rule: Rule = guide.rules.get(key="demander-identifiants-connus")
    box = parse_page(editor.get(change_url(rule))).select_one(".check")
    assert box is not None
    named = [answer.get_text().split("\u00a0»")[0] for answer in box.select("li")]
    assert named == ["«\u00a0Par un <b>jeton</b>", "«\u00a0– (aucune)"]


def test_a_rule_without_a_comparison_lists_no_unmatched_choices(
    guide: Guide, editor: Client
) -> None:
    page = parse_page(editor.get(change_url(guide.rules.get(key="demander-liste-a-jour"))))
    assert page.select(".check") == []


def test_a_choice_of_a_question_that_no_rule_compares_lists_no_shared_choices(
    guide: Guide, editor: Client
) -> None:
    page = page_text(editor.get(change_url(get_question(guide, "liste-a-jour"))))
    assert "Même réponse que : «" not in page


def test_the_page_of_a_new_question_lists_very_many_choices_once(
    db: None, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = import_guide(30, questions=20)
    url, option = (
        add_url(Question, guide),
        f'value="{guide.questions.all()[0].choices.all()[0].pk}"',
    )
    assert editor.get(url).getvalue().decode().count(option) == 3
    monkeypatch.setattr("rules.admin.parts.choices.MANY_CHOICES", 599)
    assert editor.get(url).getvalue().decode().count(option) == 1
