"""The result: what to do, why, the code, and what comes next."""

from typing import Any

from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import Settings

from diagnostics.models import Session
from rules.models import Guide
from tests.web.conftest import publish
from tests.web.visitor import Visitor

TWO_CONCLUSIONS = ("non", "oui", "identifiant", "identifiant", "non")


def test_it_stays_at_the_same_address(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.address == f"/diagnostics/{Session.objects.get().pk}/"
    assert visitor.open(visitor.address).heading == "Résultat du diagnostic"


def test_its_title_says_what_to_do_first(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.title.startswith("Résultat\u00a0: Réinitialiser le mot de passe")


def test_steps_of_a_conclusion_are_a_numbered_list(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert len(visitor.page.select("ol.steps > li")) == 2
    assert len(visitor.page.select("ol.steps > li ol > li")) == 5


def test_a_conclusion_shows_its_link_and_no_html_of_its_own(
    client: Client, small_guide: Guide
) -> None:
    visitor = Visitor(client).start("petit-guide").answer("oui")
    assert visitor.link("La suite")["href"] == "https://pix.fr/suite"
    assert "<b>suite</b>" in visitor.one("ol.steps").text


def test_it_says_why_in_sentences(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.texts("details summary") == ["Pourquoi\u00a0?"]
    reasons = visitor.texts("details li")
    assert len(reasons) == 2
    assert all(
        reason.startswith("Si «\u00a0") and "conclure «\u00a0" in reason for reason in reasons
    )


def test_advice_that_asks_for_something_is_to_be_done_too(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.texts("#reste ~ .advice h3") == ["Importer la liste des élèves dans Pix Orga"]


def test_the_code_is_shown_in_two_groups_and_spelled_for_screen_readers(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    code = Session.objects.get().code
    assert f'value="{code}"' in str(visitor.page)
    assert visitor.texts(".code strong [aria-hidden]") == [f"{code[:4]}\u00a0{code[4:]}"]
    assert visitor.texts(".code strong .hidden") == [" ".join(code)]


def test_it_says_until_when_it_can_be_read(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    expires_at = timezone.localtime(Session.objects.get().expires_at)
    assert date_format(expires_at, "j F Y") in visitor.one(".code").text


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
    publish(guide_document)
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


def test_printing_is_offered_by_a_script_of_our_own_only(visitor: Visitor) -> None:
    visitor.start().answer_all(TWO_CONCLUSIONS)
    assert visitor.one("script[src$='/print.js']")["src"] == "/static/diagnostics/print.js"
    assert not visitor.page.select("script:not([src^='/static/diagnostics/'])")
    assert visitor.one("#imprimer").has_attr("hidden")
