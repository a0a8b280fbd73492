"""Answers off the path are set aside: the pages list them, and they count again on the path."""

import pytest

from diagnostics.models import Session
from tests.web.visitor import Visitor

IDENTIFIER = ("oui", "oui", "identifiant", "identifiant", "non")
LOST = "L’élève connaît son identifiant et mot de passe\u00a0? Non"


@pytest.fixture
def changed(visitor: Visitor) -> Visitor:
    """A visitor who changed the third of five answers, so that the fifth is off the path."""
    return visitor.start().answer_all(IDENTIFIER).modify("methode-pix-orga").answer("mail")


def set_aside_texts(visitor: Visitor) -> list[str]:
    return visitor.texts(".set-aside li")


def question_address(key: str) -> str:
    return f"/diagnostics/{Session.objects.get().pk}/questions/{key}/"


def test_nothing_is_set_aside_while_every_answer_counts(visitor: Visitor) -> None:
    assert not visitor.start().answer_all(IDENTIFIER).page.select(".set-aside")


def test_after_a_change_the_result_says_which_answer_is_set_aside(changed: Visitor) -> None:
    assert changed.heading == "Résultat du diagnostic"
    assert set_aside_texts(changed) == [LOST]
    note, explanation = changed.texts("p.set-aside, .set-aside p")
    assert note == "Une réponse ne compte pas pour le moment\u00a0: voir laquelle"
    assert explanation.startswith("Elle ne compte pas pour le moment")


def test_the_note_leads_to_the_list(changed: Visitor) -> None:
    assert changed.element(str(changed.link("voir laquelle")["href"])).text == "Mises de côté"


def test_a_question_page_and_the_page_of_a_change_say_it_too(changed: Visitor) -> None:
    changed.modify("liste-a-jour")
    assert set_aside_texts(changed) == [LOST]
    changed.follow("Retour").press("Commencer").answer_all(IDENTIFIER)
    changed.modify("methode-pix-orga").answer("aucune")
    assert len(set_aside_texts(changed)) == 2
    assert "2 réponses ne comptent pas" in changed.texts("p.set-aside")[0]


def test_it_counts_again_once_the_path_comes_back(changed: Visitor) -> None:
    changed.modify("methode-pix-orga").answer("identifiant")
    assert changed.answers[-1] == "Non"
    assert not changed.page.select(".set-aside")


def test_an_answer_of_another_tab_is_kept_for_later(visitor: Visitor) -> None:
    visitor.start().answer_all(IDENTIFIER[:4])
    left_open = str(visitor.element("form")["action"])
    visitor.modify("methode-pix-orga").answer("mail")
    response = visitor.client.post(left_open, {"choice": "non"})
    assert response.status_code == 303
    assert response["Location"] == visitor.address
    assert set_aside_texts(visitor.open(visitor.address)) == [LOST]


def test_an_answer_ahead_of_its_question_waits_for_it(visitor: Visitor) -> None:
    visitor.start()
    visitor.client.post(question_address("attribution-gar"), {"choice": "oui"})
    visitor.open(visitor.address)
    assert (visitor.texts(".rank"), visitor.answers) == (["Question 1"], [])
    assert len(set_aside_texts(visitor)) == 1
    assert visitor.answer("oui").texts(".rank") == ["Question 3"]
