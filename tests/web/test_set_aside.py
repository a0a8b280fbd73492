"""Tests answers off the path: the pages list them as set aside until their question is asked again.

The path is the list of the questions asked and answered so far.
"""

import pytest

from diagnostics.models import Session
from tests.web.visitor import Visitor

FIVE_ANSWERS = ("oui", "oui", "identifiant", "identifiant", "non")
FIFTH_ANSWER = "L’élève connaît son identifiant et mot de passe\u00a0? Non"


@pytest.fixture
def changed(visitor: Visitor) -> Visitor:
    """A visitor who changed the third of five answers, so that the fifth is set aside."""
    return visitor.start().answer_all(FIVE_ANSWERS).modify("methode-pix-orga").answer("mail")


def set_aside_texts(visitor: Visitor) -> list[str]:
    return visitor.texts(".set-aside li")


def question_address(key: str) -> str:
    return f"/diagnostics/{Session.objects.get().pk}/questions/{key}/"


def test_no_answer_is_set_aside_while_all_are_on_the_path(visitor: Visitor) -> None:
    assert not visitor.start().answer_all(FIVE_ANSWERS).page.select(".set-aside")


def test_after_a_change_the_result_lists_the_answer_that_is_set_aside(changed: Visitor) -> None:
    assert changed.heading == "Résultat\u00a0: ce qu’il faut faire"
    assert set_aside_texts(changed) == [FIFTH_ANSWER]
    note, explanation = changed.texts("p.set-aside, .set-aside p")
    assert note == "Une réponse est gardée, mais n’est pas utilisée\u00a0: voir laquelle"
    assert explanation.startswith("Cette question n’est plus posée.")


def test_the_note_links_to_the_list_of_answers_set_aside(changed: Visitor) -> None:
    assert (
        changed.element(str(changed.link("voir laquelle")["href"])).text
        == "Réponse gardée, non utilisée"
    )
    assert changed.page.select("details[open] #gardees")


def test_question_pages_list_the_answers_set_aside_too(changed: Visitor) -> None:
    changed.modify("liste-a-jour")
    assert set_aside_texts(changed) == [FIFTH_ANSWER]
    changed.follow("Retour").press("Commencer").answer_all(FIVE_ANSWERS)
    changed.modify("methode-pix-orga").answer("aucune")
    assert len(set_aside_texts(changed)) == 2
    assert "2 réponses sont gardées" in changed.texts("p.set-aside")[0]


def test_an_answer_set_aside_counts_again_when_its_question_is_asked(changed: Visitor) -> None:
    changed.modify("methode-pix-orga").answer("identifiant")
    assert changed.answers[-1] == "Non"
    assert not changed.page.select(".set-aside")


def test_an_answer_from_another_tab_to_a_question_not_asked_is_set_aside(visitor: Visitor) -> None:
    visitor.start().answer_all(FIVE_ANSWERS[:4])
    form_of_other_tab = str(visitor.element("form")["action"])
    visitor.modify("methode-pix-orga").answer("mail")
    response = visitor.client.post(form_of_other_tab, {"choice": "non"})
    assert response.status_code == 303
    assert response["Location"] == visitor.address
    assert set_aside_texts(visitor.open(visitor.address)) == [FIFTH_ANSWER]


def test_an_answer_to_a_later_question_is_set_aside_until_it_is_asked(visitor: Visitor) -> None:
    visitor.start()
    visitor.client.post(question_address("attribution-gar"), {"choice": "oui"})
    visitor.open(visitor.address)
    assert (visitor.texts(".rank"), visitor.answers) == (["Question 1"], [])
    assert len(set_aside_texts(visitor)) == 1
    assert visitor.answer("oui").texts(".rank") == ["Question 3"]
