"""The page of a result: what to do, why, the code, and what comes next."""

from typing import Any

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

KNOWN = ("oui", "oui", "identifiant", "identifiant", "oui")
SUPPORT = ("oui", "oui", "identifiant", "mail")
TWO_CONCLUSIONS = ("non", "oui", "identifiant", "identifiant", "non")


def test_it_stays_at_the_same_address(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.address == f"/diagnostics/{Session.objects.get().pk}/"
    assert visitor.open(visitor.address).heading == "Résultat du diagnostic"


def test_its_title_says_what_to_do_first(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.title.startswith("Résultat\u00a0: Réinitialiser le mot de passe")


def test_steps_of_a_conclusion_are_a_numbered_list_to_tick(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert len(visitor.page.select("ol.steps > li")) == 2
    assert len(visitor.page.select("ol.steps > li ol > li > label > input[type=checkbox]")) == 5


def test_each_thing_to_do_has_a_box_that_names_it(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.texts("label.done") == [
        "C’est fait\u00a0: Réinitialiser le mot de passe avec Pix Orga",
        "C’est fait\u00a0: Associer le compte Pix au Médiacentre",
        "C’est fait\u00a0: Importer la liste des élèves dans Pix Orga",
    ]


def test_what_is_to_be_done_comes_before_what_goes_well(visitor: Visitor) -> None:
    visitor.start().answer_all(KNOWN)
    assert visitor.title.startswith("Résultat\u00a0: Associer le compte Pix")
    assert visitor.texts("ol.steps > li > h2") == ["Associer le compte Pix au Médiacentre"]
    assert visitor.texts("div.conclusion > h2") == ["Tout va bien\u00a0!"]
    assert visitor.texts("details h3") == visitor.texts(".conclusion > h2")


def test_conclusions_to_act_upon_come_before_the_others(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    outcomes = {outcome["key"]: outcome for outcome in guide_document["outcomes"]}
    outcomes["reinitialiser-mot-de-passe-pix-orga"]["tone"] = "info"
    publish_document(guide_document)
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.texts(".conclusion > h2") == [
        "Associer le compte Pix au Médiacentre",
        "Réinitialiser le mot de passe avec Pix Orga",
    ]
    assert visitor.title.startswith("Résultat\u00a0: Associer")


def test_what_goes_well_alone_is_the_headline_and_nothing_is_to_tick(visitor: Visitor) -> None:
    visitor.start().answer_all(["oui", "oui", "mediacentre", "mediacentre", "oui"])
    assert visitor.texts("ol.steps > li > h2") == ["Tout va bien\u00a0!"]
    assert not visitor.page.select("div.conclusion, .steps input")


def test_what_to_do_comes_first_then_why_then_the_advice(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.page.select("ol.steps ~ details ~ .still ~ .actions ~ .code")


def test_a_conclusion_shows_its_link_and_no_html_of_its_own(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("oui")
    assert visitor.link("La suite")["href"] == "https://pix.fr/suite"
    assert "<b>suite</b>" in visitor.element("ol.steps").text


def test_it_says_why_in_sentences(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.texts("details summary")[0] == "Pourquoi\u00a0?"
    reasons = visitor.texts("details li")
    assert len(reasons) == 2
    assert all(
        reason.startswith("Si «\u00a0") and "conclure «\u00a0" in reason for reason in reasons
    )


def test_advice_that_asks_for_something_is_to_be_done_too(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.texts(".still .advice h3") == ["Importer la liste des élèves dans Pix Orga"]


def test_the_code_is_shown_in_two_groups_and_spelled_for_screen_readers(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    code = Session.objects.get().code
    assert f'value="{code}"' in str(visitor.page)
    assert visitor.texts(".code strong [aria-hidden]") == [f"{code[:4]}\u00a0{code[4:]}"]
    assert visitor.texts(".code strong .hidden") == [" ".join(code)]


def test_it_says_until_when_it_can_be_read(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    expires_at = timezone.localtime(Session.objects.get().expires_at)
    assert date_format(expires_at, "j F Y") in visitor.element(".code").text


def test_the_support_is_one_link_away(visitor: Visitor, settings: Settings) -> None:
    settings.SUPPORT_URL = "https://aide.example.fr"
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.link("contactez le support Pix")["href"] == "https://aide.example.fr"


def test_the_way_back_leads_to_the_last_answer(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS).follow("Retour")
    assert visitor.texts(".rank") == ["Question 5"]
    assert visitor.chosen() == ["non"]


def test_another_pupil_keeps_the_answers_about_the_school(visitor: Visitor) -> None:
    first = visitor.start().answer_all(TWO_CONCLUSIONS).address
    visitor.press("Diagnostiquer un autre élève")
    assert visitor.answers == ["Non", "Oui"]
    assert visitor.texts(".rank") == ["Question 3"]
    assert visitor.open(first).heading == "Résultat du diagnostic"


def test_another_pupil_follows_the_version_that_is_live(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    guide_document["questions"][2]["title"] = "Une question nouvelle"
    publish_document(guide_document)
    assert visitor.press("Diagnostiquer un autre élève").heading == "Une question nouvelle"


def test_beginning_again_leads_to_the_start_page(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS).follow("Recommencer")
    assert visitor.address == "/corriger-comptes-pix/"


def test_a_diagnostic_that_nothing_ends_says_so_and_names_the_support(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("non")
    assert visitor.status == 200
    assert visitor.heading == "Ce guide ne prévoit pas votre situation"
    assert visitor.link("Contacter le support Pix")["href"] == "https://support.pix.fr"
    assert visitor.modify("tout-marche").chosen() == ["non"]


def test_for_support_a_text_is_ready_to_copy(visitor: Visitor) -> None:
    visitor.start().answer_all(SUPPORT)
    text = visitor.element(".support textarea")
    assert text.text == support_text(Session.objects.get())
    assert text.has_attr("readonly")
    assert visitor.element(f"label[for={text['id']}]")
    assert visitor.element("#copier").has_attr("hidden")
    assert visitor.element(".support a")["href"] == "https://support.pix.fr"


def test_an_e_mail_to_support_begins_with_the_text(
    visitor: Visitor, guide_document: dict[str, Any]
) -> None:
    support = next(o for o in guide_document["outcomes"] if o["key"] == "contacter-support-pix")
    support["link"] = {"label": "Écrire", "url": "mailto:aide@pix.fr"}
    publish_document(guide_document)
    link = visitor.start().answer_all(SUPPORT).element(".support a")
    assert str(link["href"]).startswith("mailto:aide@pix.fr?body=Guide%C2%A0%3A%20Corriger")


def test_without_a_conclusion_the_text_is_for_support_too(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("non")
    assert "Conclusion\u00a0: Aucune" in visitor.element(".support textarea").text


def test_no_text_is_made_where_support_has_nothing_to_do(visitor: Visitor) -> None:
    visitor.start().answer_all(["oui", "oui", "mediacentre", "mediacentre", "non"])
    assert visitor.texts(".steps h2") == ["Contacter l’administrateur ENT"]
    assert not visitor.page.select(".support")


def test_its_code_to_scan_leads_back_to_it(visitor: Visitor, settings: Settings) -> None:
    settings.PUBLIC_URL = "http://diagnostic.example.fr"
    visitor.start().answer_all(TWO_CONCLUSIONS)
    svg = qr_code(f"http://diagnostic.example.fr{visitor.address}", "Code QR de cette page")
    assert svg in visitor.client.get(visitor.address).content.decode()


def test_it_says_its_day_and_its_version(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    day = date_format(timezone.localtime(Session.objects.get().updated_at), "j F Y")
    assert f"Diagnostic du {day}, version 1 du guide." in visitor.element(".code").text


def test_it_leads_to_the_whole_class(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.link("Toute la classe")["href"] == "/corriger-comptes-pix/classe/"


def test_printing_is_offered_by_a_script_of_our_own_only(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.element("script[src$='/result.js']")["src"] == "/static/diagnostics/result.js"
    assert not visitor.page.select("script:not([src^='/static/diagnostics/'])")
    assert visitor.element("#imprimer").has_attr("hidden")
