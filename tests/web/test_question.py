"""Tests the page of a question: its form, its advice, the link back, and changing an answer."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from diagnostics.models import Session
from rules.models import Guide
from tests.web.visitor import Visitor

THREE_ANSWERS = ("non", "oui", "identifiant")


def test_the_form_is_sent_to_the_address_of_its_question(visitor: Visitor) -> None:
    form = visitor.start().element("form")
    session = Session.objects.get()
    assert form["method"] == "post"
    assert form["action"] == f"/diagnostics/{session.pk}/questions/liste-a-jour/"
    assert visitor.choices() == ["oui", "non"]


def test_no_choice_is_checked_at_first(visitor: Visitor) -> None:
    assert visitor.start().chosen() == []


def test_the_title_and_the_legend_are_the_question(visitor: Visitor) -> None:
    visitor.start()
    assert visitor.heading == "Avez-vous mis à jour la liste des élèves dans Pix Orga\u00a0?"
    assert visitor.title.startswith(visitor.heading)
    assert visitor.element("form fieldset legend h1")


def test_the_help_of_the_question_and_of_its_choices_is_shown(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide")
    assert visitor.texts("#aide strong") == ["aide"]
    assert visitor.element("fieldset")["aria-describedby"] == "aide"
    assert visitor.texts("label small") == ["Une explication."]


def test_an_answer_is_recorded_and_the_browser_is_redirected(
    client: Client, visitor: Visitor
) -> None:
    visitor.start()
    session = Session.objects.get()
    response = client.post(str(visitor.element("form")["action"]), {"choice": "non"})
    session.refresh_from_db()
    assert session.answers == {"liste-a-jour": "non"}
    assert response.status_code == 303
    assert response["Location"] == f"/diagnostics/{session.pk}/questions/attribution-gar/"


def test_the_way_back_leads_from_one_question_to_the_one_before(visitor: Visitor) -> None:
    addresses = [
        visitor.start().address,
        visitor.answer("oui").address,
        visitor.answer("oui").address,
    ]
    assert [visitor.open(address).chosen() for address in addresses] == [["oui"], ["oui"], []]
    assert visitor.texts(".rank") == ["Question 3"]


def test_a_double_click_records_one_answer(visitor: Visitor) -> None:
    visitor.start()
    action = str(visitor.element("form")["action"])
    for _ in range(2):
        assert visitor.client.post(action, {"choice": "oui"}).status_code == 303
    assert Session.objects.get().answers == {"liste-a-jour": "oui"}


def test_an_answer_can_be_changed_from_a_page_shown_by_the_back_button(visitor: Visitor) -> None:
    first = str(visitor.start().element("form")["action"])
    visitor.answer_all(["oui", "oui"])
    visitor.client.post(first, {"choice": "non"})
    assert Session.objects.get().answers == {"liste-a-jour": "non", "attribution-gar": "oui"}


def test_the_answers_so_far_are_shown_by_their_labels(visitor: Visitor) -> None:
    visitor.start().answer_all(THREE_ANSWERS)
    assert visitor.answers == ["Non", "Oui", "Identifiant"]


def test_only_the_advice_of_the_last_answer_is_above_the_question(visitor: Visitor) -> None:
    visitor.start().answer_all(THREE_ANSWERS)
    assert visitor.texts(".card > .advice h2") == ["Ce que veut dire «\u00a0Identifiant\u00a0»"]
    assert visitor.texts(".aside .advice h3") == [
        "Importer la liste des élèves dans Pix Orga",
        "C’est parfait\u00a0! Pix est attribué à tous les nouveaux élèves.",
    ]


def test_the_link_back_leads_from_question_to_question_to_the_start_page(visitor: Visitor) -> None:
    visitor.start().answer_all(THREE_ANSWERS)
    ranks = []
    while visitor.page.select("fieldset"):
        ranks.append(visitor.texts(".rank")[0])
        visitor.follow("Retour")
    assert ranks == ["Question 4", "Question 3", "Question 2", "Question 1"]
    assert visitor.address == "/corriger-comptes-pix/"


def test_the_current_answer_is_checked_when_it_is_changed(visitor: Visitor) -> None:
    visitor.start().answer_all(THREE_ANSWERS).modify("liste-a-jour")
    assert visitor.chosen() == ["non"]
    assert visitor.texts(".rank") == ["Question 1"]


def test_changing_an_answer_keeps_the_later_answers(visitor: Visitor) -> None:
    visitor.start().answer_all(THREE_ANSWERS).modify("liste-a-jour").answer("oui")
    assert visitor.texts(".rank") == ["Question 4"]
    assert visitor.answers == ["Oui", "Oui", "Identifiant"]


def test_answers_off_the_path_count_again_when_the_path_returns(visitor: Visitor) -> None:
    visitor.start().answer_all([*THREE_ANSWERS, "identifiant", "oui"])
    visitor.modify("methode-pix-orga").answer("aucune")
    assert visitor.answers == ["Non", "Oui", "– (aucune)"]
    visitor.modify("methode-pix-orga").answer("identifiant")
    assert visitor.answers == ["Non", "Oui", "Identifiant", "Avec un identifiant sur Pix.fr", "Oui"]


def test_a_change_can_be_cancelled(visitor: Visitor) -> None:
    visitor.start().answer_all(THREE_ANSWERS).modify("liste-a-jour")
    assert visitor.follow("Continuer sans rien changer").texts(".rank") == ["Question 4"]


def test_the_address_of_a_question_not_asked_yet_leads_to_the_one_that_is(visitor: Visitor) -> None:
    visitor.start()
    session = Session.objects.get()
    visitor.open(f"/diagnostics/{session.pk}/questions/identifiants-connus/")
    assert visitor.address == f"/diagnostics/{session.pk}/"
    assert visitor.texts(".rank") == ["Question 1"]


def test_recording_an_answer_takes_one_read_and_one_write(
    visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    action = str(visitor.start().element("form")["action"])
    with django_assert_num_queries(4):  # savepoint, read, write, release
        visitor.client.post(action, {"choice": "oui"})
