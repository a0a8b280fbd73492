"""Tests the page of a result: conclusions, reasons, advice, code, text for support and links."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import Settings

from diagnostics.addresses import qr_code
from diagnostics.models import Session
from diagnostics.support_text import support_text
from rules.models import Guide
from tests.web.conftest import publish_document
from tests.web.visitor import Visitor

pytestmark = pytest.mark.no_cover  # other tests take the same branches

ACTION_AND_SUCCESS_ANSWERS = ("oui", "oui", "identifiant", "identifiant", "oui")
SUPPORT_ANSWERS = ("oui", "oui", "identifiant", "mail")
TWO_ACTIONS_ANSWERS = ("non", "oui", "identifiant", "identifiant", "non")


def test_the_result_has_the_address_of_the_diagnostic(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.address == f"/diagnostics/{Session.objects.get().pk}/"
    assert visitor.open(visitor.address).heading == "Résultat\u00a0: ce qu’il faut faire"


def test_the_title_has_the_first_conclusion_if_the_school_has_nothing_to_do(
    visitor: Visitor,
) -> None:
    visitor.start().answer_all(["oui", *TWO_ACTIONS_ANSWERS[1:]])
    assert visitor.title.startswith("Résultat\u00a0: Réinitialiser le mot de passe")
    assert visitor.heading == "Résultat\u00a0: ce qu’il faut faire"


def test_what_the_school_has_to_do_comes_first_and_steps_are_numbered_through(
    visitor: Visitor,
) -> None:
    visitor.start().answer_all(["non", "non", *TWO_ACTIONS_ANSWERS[2:]])
    assert visitor.title == "Résultat\u00a0: ce qu’il faut faire – Pix"
    assert visitor.texts(".acts h2, .acts h3") == [
        "D’abord, pour l’établissement",
        "Importer la liste des élèves dans Pix Orga",
        "Attribuer Pix aux nouveaux élèves dans le GAR",
        "Pour cet élève",
        "Réinitialiser le mot de passe avec Pix Orga",
        "Associer le compte Pix au Médiacentre",
    ]
    assert [steps["start"] for steps in visitor.page.select("ol.steps")] == ["1", "3"]


def test_a_result_with_something_to_do_for_the_school_has_no_green_verdict(
    visitor: Visitor,
) -> None:
    visitor.start().answer_all(["non", "non", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("h1 + .on-paper + p") == [
        "«\u00a0Tout va bien\u00a0!\u00a0» pour cet élève. Il reste 2 choses à faire pour l’établissement."
    ]
    assert visitor.texts(".conclusion > h3") == ["Tout va bien\u00a0!"]
    assert not visitor.page.select(".success")


def test_advice_to_act_upon_that_the_pupil_decided_is_a_step_for_the_pupil(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    outcomes = {outcome["key"]: outcome for outcome in guide_document["outcomes"]}
    outcomes["explication-identifiant"]["tone"] = "action"
    publish_document(guide_document)
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.texts(".acts > section:last-of-type li > h3")[-1] == (
        "Ce que veut dire «\u00a0Identifiant\u00a0»"
    )


def test_conclusions_and_their_steps_are_numbered_lists_with_checkboxes(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert len(visitor.page.select("ol.steps > li")) == 3
    assert len(visitor.page.select("ol.steps > li ol > li > label > input[type=checkbox]")) == 8


def test_each_conclusion_and_advice_to_act_upon_has_a_labelled_checkbox(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.texts("label.done") == [
        "C’est fait\u00a0: Importer la liste des élèves dans Pix Orga",
        "C’est fait\u00a0: Réinitialiser le mot de passe avec Pix Orga",
        "C’est fait\u00a0: Associer le compte Pix au Médiacentre",
    ]


def test_a_conclusion_to_act_upon_comes_before_a_success(visitor: Visitor) -> None:
    visitor.start().answer_all(ACTION_AND_SUCCESS_ANSWERS)
    assert visitor.title.startswith("Résultat\u00a0: Associer le compte Pix")
    assert visitor.texts("ol.steps > li > h3") == ["Associer le compte Pix au Médiacentre"]
    assert visitor.texts("div.conclusion > h3") == ["Tout va bien\u00a0!"]
    assert visitor.texts("details:first-of-type h3") == visitor.texts(".conclusion > h3")


def test_a_conclusion_to_act_upon_comes_before_an_information(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    outcomes = {outcome["key"]: outcome for outcome in guide_document["outcomes"]}
    outcomes["reinitialiser-mot-de-passe-pix-orga"]["tone"] = "info"
    publish_document(guide_document)
    visitor.start().answer_all(["oui", *TWO_ACTIONS_ANSWERS[1:]])
    assert visitor.texts(".conclusion > h3") == [
        "Associer le compte Pix au Médiacentre",
        "Réinitialiser le mot de passe avec Pix Orga",
    ]
    assert visitor.title.startswith("Résultat\u00a0: Associer")


def test_a_success_without_other_conclusions_is_the_headline_without_checkboxes(
    visitor: Visitor,
) -> None:
    visitor.start().answer_all(["oui", "oui", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("ol.steps > li > h3") == ["Tout va bien\u00a0!"]
    assert not visitor.page.select("div.conclusion, .steps input")


def test_the_next_acts_follow_what_has_to_be_done_and_the_rest_is_folded(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.page.select(".acts + .actions + details")
    assert visitor.texts("details > summary > h2") == [
        "Pourquoi\u00a0?",
        "Rappels",
        "Vos réponses",
        "Votre code, pour revenir ici",
        "Le problème est-il réglé\u00a0?",
    ]


def test_advice_of_tone_success_is_not_repeated(visitor: Visitor) -> None:
    visitor.start().answer_all(["oui", "oui", "aucune"])
    assert visitor.texts("details .advice h3") == ["Ce que veut dire «\u00a0–\u00a0»"]


def test_a_conclusion_shows_its_link_and_its_html_as_text(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("oui")
    assert visitor.link("La suite")["href"] == "https://pix.fr/suite"
    assert "<b>suite</b>" in visitor.element("ol.steps").text


def test_the_reasons_are_the_rules_in_sentences(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.texts("details summary")[0] == "Pourquoi\u00a0?"
    reasons = visitor.texts("details:first-of-type li")
    assert len(reasons) == 3
    assert all(
        reason.startswith("Si «\u00a0") and "conclure «\u00a0" in reason for reason in reasons[1:]
    )


def test_the_code_is_shown_in_two_groups_and_spelled_for_screen_readers(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    code = Session.objects.get().code
    assert f'value="{code}"' in str(visitor.page)
    assert visitor.texts(".code strong [aria-hidden]") == [f"{code[:4]}\u00a0{code[4:]}"]
    assert visitor.texts(".code strong .hidden") == [" ".join(code)]


def test_the_page_has_the_day_when_the_diagnostic_expires(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    expires_at = timezone.localtime(Session.objects.get().expires_at)
    assert date_format(expires_at, "j F Y") in visitor.element("details .code").text


def test_the_page_links_to_support(visitor: Visitor, settings: Settings) -> None:
    settings.SUPPORT_URL = "https://aide.example.fr"
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.link("contactez le support Pix")["href"] == "https://aide.example.fr"


def test_the_link_back_leads_to_the_last_answer(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS).follow("Retour")
    assert visitor.texts(".rank") == ["Question 5"]
    assert visitor.chosen() == ["non"]


def test_the_diagnostic_of_another_pupil_has_the_answers_about_the_school(visitor: Visitor) -> None:
    first = visitor.start().answer_all(TWO_ACTIONS_ANSWERS).address
    visitor.press("Continuer avec un autre élève")
    assert visitor.answers == ["Non", "Oui"]
    assert visitor.texts(".rank") == ["Question 3"]
    assert visitor.open(first).heading == "Résultat\u00a0: ce qu’il faut faire"


def test_the_diagnostic_of_another_pupil_is_on_the_live_version(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    guide_document["questions"][2]["title"] = "Une question nouvelle"
    publish_document(guide_document)
    assert visitor.press("Continuer avec un autre élève").heading == "Une question nouvelle"


def test_the_link_to_begin_again_leads_to_the_start_page(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS).follow("Tout recommencer")
    assert visitor.address == "/corriger-comptes-pix/"


def test_a_result_without_conclusion_says_so_and_links_to_support(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("non")
    assert visitor.status == 200
    assert visitor.heading == "Ce guide ne prévoit pas votre situation"
    assert visitor.link("Contacter le support Pix")["href"] == "https://support.pix.fr"
    assert visitor.modify("tout-marche").chosen() == ["non"]


def test_a_conclusion_that_sends_to_support_has_a_text_to_copy(visitor: Visitor) -> None:
    visitor.start().answer_all(SUPPORT_ANSWERS)
    text = visitor.element(".support textarea")
    assert text.text == support_text(Session.objects.get())
    assert text.has_attr("readonly")
    assert visitor.element(f"label[for={text['id']}]")
    assert visitor.element("#copier").has_attr("hidden")
    assert visitor.element(".support a")["href"] == "https://support.pix.fr"


def test_an_e_mail_link_to_support_has_the_text(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    support = next(o for o in guide_document["outcomes"] if o["key"] == "contacter-support-pix")
    support["link"] = {"label": "Écrire", "url": "mailto:aide@pix.fr"}
    publish_document(guide_document)
    link = visitor.start().answer_all(SUPPORT_ANSWERS).element(".support a")
    assert str(link["href"]).startswith("mailto:aide@pix.fr?body=Guide%C2%A0%3A%20Corriger")


def test_a_text_that_an_e_mail_link_cannot_contain_is_to_be_copied(
    visitor: Visitor, guide_document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    support = next(o for o in guide_document["outcomes"] if o["key"] == "contacter-support-pix")
    support["link"] = {"label": "Écrire", "url": "mailto:aide@pix.fr"}
    publish_document(guide_document)
    monkeypatch.setattr("diagnostics.support_text.MAX_TEXT_OF_LINK", 20)
    visitor.start().answer_all(SUPPORT_ANSWERS)
    assert visitor.element(".support a")["href"] == "mailto:aide@pix.fr"
    assert "trop long pour que le lien «\u00a0Écrire\u00a0»" in visitor.texts(".support > p")[1]
    assert "Code du diagnostic" in visitor.element(".support textarea").text


def test_a_result_without_conclusion_has_a_text_for_support(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("non")
    assert "Conclusion\u00a0: Aucune" in visitor.element(".support textarea").text


def test_a_conclusion_that_does_not_send_to_support_has_no_text(visitor: Visitor) -> None:
    visitor.start().answer_all(["oui", "oui", "mediacentre", "mediacentre", "non"])
    assert visitor.texts(".steps h3") == ["Contacter l’administrateur ENT"]
    assert not visitor.page.select(".support")


def test_the_qr_code_leads_to_the_address_of_the_diagnostic(
    visitor: Visitor, settings: Settings
) -> None:
    settings.PUBLIC_URL = "http://diagnostic.example.fr"
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    svg = qr_code(f"http://diagnostic.example.fr{visitor.address}", "Code QR de cette page")
    assert svg in visitor.client.get(visitor.address).content.decode()


def test_the_page_has_the_day_and_the_version_of_the_diagnostic(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    day = date_format(timezone.localtime(Session.objects.get().updated_at), "j F Y")
    assert f"Diagnostic du {day}, version 1 du guide." in visitor.element("details .code").text
    assert f"Diagnostic du {day}, version 1 du guide." in visitor.element(".code.on-paper").text


def test_the_link_to_the_page_of_a_whole_class_has_the_answers_about_the_school(
    visitor: Visitor,
) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.link("Traiter toute une classe")["href"] == (
        "/corriger-comptes-pix/classe/?liste-a-jour=non&attribution-gar=oui"
    )


def test_more_answers_than_an_address_can_hold_are_left_out_of_the_link(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.web.visitor_pages.MAX_QUERY_LENGTH", 20)
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    link = visitor.link("Traiter toute une classe")
    assert link["href"] == "/corriger-comptes-pix/classe/"


def test_the_button_to_print_is_hidden_until_the_script_of_this_site_shows_it(
    visitor: Visitor,
) -> None:
    visitor.start().answer_all(TWO_ACTIONS_ANSWERS)
    assert visitor.element("script[src$='/result.js']")["src"] == "/static/diagnostics/result.js"
    assert not visitor.page.select("script:not([src^='/static/diagnostics/'])")
    assert visitor.element("#imprimer").has_attr("hidden")
