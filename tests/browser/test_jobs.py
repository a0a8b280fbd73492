"""The jobs of editors stay within what they may cost, by mouse and by keyboard."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from rules.admin.links import change_url
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.engine.content import Effect, OutcomeContent, RuleContent
from rules.models import Guide
from rules.publication.check import publication_check, run_draft_examples
from rules.publication.timeline import guide_live_version
from rules.publication.versions import version_content
from tests.admin.usual_guide import usual_guide
from tests.browser.conftest import LogIn
from tests.browser.jobs import Cost, Hand, KeyboardHand, MouseHand, check_cost, play_job
from tests.engine.guides import choice_is

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HANDS = pytest.mark.parametrize("hand", [MouseHand, KeyboardHand])
HANDS_AND_PLAIN_PAGES = pytest.mark.parametrize(
    ("hand", "scripts"),
    [(MouseHand, True), (KeyboardHand, True), (KeyboardHand, False)],
    ids=["mouse", "keyboard", "keyboard, no scripts"],
)
"""The jobs whose forms scripts open in place are also played on plain pages, by the hand that costs more there."""
QUESTION = "La liste vient-elle de l’ENT\u00a0?"
CONCLUSION = "Contacter le support de la région"
WORDING = "La liste des élèves est-elle à jour dans Pix Orga\u00a0?"


@pytest.fixture
def new_editor(log_in: LogIn, scripts: bool) -> Page:
    return log_in(java_script_enabled=scripts)


def insert_between_the_first_two(hand: Hand) -> None:
    """Inserts a question after both answers of the first one, and in the examples."""
    page = hand.page
    insert = "Insérer une question\u00a0: Liste des élèves à jour → Oui"
    hand.press(page.get_by_role("link", name=insert, exact=True))
    title = page.locator("[name=title]")
    expect(title).to_be_focused()
    title.fill(QUESTION)
    hand.tick_box(page.get_by_label("Non → ", exact=False))
    hand.replace_text(page.get_by_label("Réponse des cas types"), "Oui")
    hand.send_form(page.get_by_role("button", name="Enregistrer"))
    expect(page.locator("h3", has_text=QUESTION)).to_be_visible()


@HANDS_AND_PLAIN_PAGES
def test_a_question_is_inserted_between_two_others_and_answered_in_all_examples(
    new_editor: Page, shipped_guide: Guide, hand: type[Hand]
) -> None:
    limit = Cost(presses=10, pages=3)
    play_job(new_editor, change_url(shipped_guide), insert_between_the_first_two, hand, limit)
    draft = draft_read(shipped_guide)
    assert QUESTION in [question.title for question in draft.questions]
    assert all(result and result.holds for result in run_draft_examples(draft))


def change_a_wording_see_it_and_publish(hand: Hand) -> None:
    page = hand.page
    field = page.get_by_role("searchbox", name="Chercher dans ce guide")
    hand.send_text(field, "mis à jour la liste", page.get_by_role("button", name="Chercher"))
    hand.press(page.locator(".found a").first)
    hand.send_text(
        page.get_by_label("Question", exact=False).first,
        WORDING,
        page.get_by_role("button", name="Enregistrer", exact=True),
    )
    hand.press(page.get_by_role("link", name="Essayer", exact=True))
    expect(page.get_by_text(WORDING).first).to_be_visible()
    hand.press(page.get_by_role("link", name="Revenir à la page du guide"))
    hand.press(page.get_by_role("link", name="Publier", exact=True))
    hand.press(page.get_by_role("button", name="Publier", exact=True))
    expect(page.get_by_text("La version 2 est en ligne.").first).to_be_visible()


@HANDS
def test_a_wording_is_changed_seen_as_a_visitor_and_published(
    log_in: LogIn, shipped_guide: Guide, hand: type[Hand]
) -> None:
    job, limit = change_a_wording_see_it_and_publish, Cost(presses=9, pages=7)
    play_job(log_in(), change_url(shipped_guide), job, hand, limit)
    live = guide_live_version(shipped_guide)
    assert live is not None
    assert WORDING in live.document


@pytest.fixture
def large_guide(db: None) -> Guide:
    """A guide of 40 questions and 150 rules, one of which leads to `CONCLUSION`."""
    content = usual_guide(40, 149)
    outcome = OutcomeContent("support-region", CONCLUSION, final=True)
    rule = RuleContent("region", (choice_is("q7", "oui"),), Effect.CONCLUDE, outcome.key)
    rules = (*content.rules[:101], rule, *content.rules[101:])
    outcomes = (*content.outcomes, outcome)
    return guide_import(content=replace(content, rules=rules, outcomes=outcomes))


def find_the_rule_of_a_conclusion(hand: Hand) -> None:
    field = hand.page.get_by_role("searchbox", name="Chercher dans ce guide")
    hand.send_text(field, CONCLUSION, hand.page.get_by_role("button", name="Chercher"))
    rule = hand.page.get_by_role("link", name=re.compile(f"Règle 102 .*{CONCLUSION}"))
    expect(rule).to_be_in_viewport()


@HANDS
def test_the_rule_that_leads_to_a_conclusion_is_found_among_150(
    log_in: LogIn, large_guide: Guide, hand: type[Hand]
) -> None:
    limit = Cost(presses=2, pages=1)
    play_job(log_in(), change_url(large_guide), find_the_rule_of_a_conclusion, hand, limit)


def press_at_stop(hand: Hand, act: str, question: str) -> None:
    """Presses a link of a stop. By keyboard the shortest way there is the search, unless it has the focus."""
    link = hand.page.get_by_role("link", name=f"{act}\u00a0: {question}", exact=True)
    is_there = link.evaluate("node => node === document.activeElement")
    if isinstance(hand, KeyboardHand) and not is_there:
        field = hand.page.get_by_role("searchbox", name="Chercher dans ce guide")
        hand.send_text(field, question, hand.page.get_by_role("button", name="Chercher"))
        hand.press(hand.page.get_by_role("link", name="Voir dans le parcours").first)
    hand.press(link)


def add_a_choice_with_its_conclusion_and_publish(hand: Hand) -> None:
    page = hand.page
    press_at_stop(hand, "Changer les réponses", "Méthode Pix Orga")
    rows = page.locator(".choice-rows tbody tr")
    label = rows.nth(4).get_by_label("Nouvelle réponse", exact=True)
    hand.replace_text(label, "FranceConnect")
    leads = rows.nth(4).get_by_label("Mène à", exact=True)
    hand.replace_text(leads, "Passer par FranceConnect")
    hand.press(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_role("link", name="FranceConnect", exact=True)).to_be_visible()
    hand.press(
        page.get_by_role(
            "link", name="Voir comme un visiteur\u00a0: Méthode Pix Orga → FranceConnect"
        )
    )
    hand.press(page.get_by_role("button", name="En faire un cas type"))
    if isinstance(hand, KeyboardHand):
        hand.reach(page.get_by_role("searchbox", name="Chercher dans ce guide"))
    guide_link = page.get_by_label("Fil d’Ariane").get_by_role(
        "link", name="Corriger les", exact=False
    )
    hand.press(guide_link)
    hand.press(page.get_by_role("link", name="Publier", exact=True))
    hand.press(page.get_by_role("button", name="Publier", exact=True))
    expect(page.get_by_text("La version 2 est en ligne.").first).to_be_visible()


@HANDS
def test_a_fifth_choice_with_a_new_conclusion_and_an_example_is_published(
    log_in: LogIn, shipped_guide: Guide, hand: type[Hand]
) -> None:
    job, limit = add_a_choice_with_its_conclusion_and_publish, Cost(presses=14, pages=8)
    play_job(log_in(), change_url(shipped_guide), job, hand, limit)
    live = guide_live_version(shipped_guide)
    assert live is not None
    content = version_content(live)
    [added] = [choice.key for choice in content.question["methode-pix-orga"].choices[4:]]
    assert [example for example in content.examples if added in example.answers.values()]


QUESTIONS = {
    "Le compte existe\u00a0?": {
        "Oui": "L’élève se connecte\u00a0? Oui / Non",
        "Non": "Créer le compte",
    },
    "L’élève se connecte\u00a0?": {
        "Oui": "Ses parcours sont-ils là\u00a0? Oui / Non",
        "Non": "Quel message voit-il\u00a0? Mot de passe faux / Compte inconnu / Trop d’essais / Aucun",
    },
    "Ses parcours sont-ils là\u00a0?": {
        "Oui": "L’attestation est-elle là\u00a0? Oui / Non",
        "Non": "Demander un code de campagne",
    },
    "L’attestation est-elle là\u00a0?": {
        "Oui": "Tout va bien",
        "Non": "Attendre une journée",
    },
    "Quel message voit-il\u00a0?": {
        "Mot de passe faux": "Changer le mot de passe",
        "Compte inconnu": "Rattacher le compte",
        "Trop d’essais": "Attendre une journée",
        "Aucun": "Depuis quand\u00a0? Aujourd’hui / Hier / Plus longtemps",
    },
    "Depuis quand\u00a0?": {
        "Aujourd’hui": "Attendre une journée",
        "Hier": "Vider le cache",
        "Plus longtemps": "Écrire au support",
    },
}
"""Six questions in the order in which they are made, with what each of their answers leads to."""


def make_a_guide(hand: Hand) -> None:
    page = hand.page
    hand.press(page.get_by_role("link", name="Ajouter", exact=True))
    hand.send_text(
        page.get_by_label("Titre", exact=False),
        "Un nouveau guide",
        page.get_by_role("button", name="Enregistrer", exact=True),
    )
    first = next(iter(QUESTIONS))
    hand.press(page.get_by_role("link", name="Nouvelle question", exact=False).first)
    title = page.get_by_label("Titre", exact=False)
    hand.send_text(title, first, page.get_by_role("button", name="Enregistrer"))
    for question, destinations in QUESTIONS.items():
        press_at_stop(hand, "Changer les réponses", question)
        for label, destination in destinations.items():
            field = page.get_by_label(f"Mène à\u00a0: {label}", exact=True)
            hand.replace_text(field, destination)
        hand.press(page.get_by_role("button", name="Enregistrer"))
        last = list(destinations.values())[-1]
        expect(page.locator(".act-in-place")).to_have_count(0)
        expect(page.get_by_text(last.split("?")[0].strip()).first).to_be_visible()


@HANDS
def test_a_guide_of_six_questions_and_eight_conclusions_is_made(
    log_in: LogIn, shipped_guide: Guide, hand: type[Hand]
) -> None:
    limit = Cost(presses=50, pages=12)
    play_job(log_in(), "/admin/rules/guide/", make_a_guide, hand, limit)
    draft = draft_read(Guide.objects.get(title="Un nouveau guide"))
    assert (len(draft.questions), len(draft.outcomes), len(draft.rules)) == (6, 8, 16)
    assert not publication_check(draft).problems


def delete_a_question_in_use(hand: Hand) -> None:
    page = hand.page
    hand.press(page.locator("summary", has_text="Attribution dans le GAR"))
    hand.press(page.get_by_role("link", name="Supprimer\u00a0: Attribution dans le GAR"))
    hand.pick_radio(page.get_by_label("Les visiteurs passent à la suite"))
    hand.send_form(page.locator(".act").get_by_role("button", name="Continuer"))
    expect(page.locator(".act-sentence")).to_contain_text("Supprimer la question")
    hand.press(page.locator(".act").get_by_role("button", name="Supprimer"))
    expect(page.locator(".messagelist")).to_contain_text("les visiteurs passent à la suite")


@HANDS_AND_PLAIN_PAGES
def test_a_question_in_use_is_deleted(
    new_editor: Page, shipped_guide: Guide, hand: type[Hand]
) -> None:
    limit = Cost(presses=6, pages=3)
    play_job(new_editor, change_url(shipped_guide), delete_a_question_in_use, hand, limit)
    draft = draft_read(shipped_guide)
    assert "attribution-gar" not in draft.question
    assert not publication_check(draft).problems


@HANDS_AND_PLAIN_PAGES
def test_the_last_act_is_undone(new_editor: Page, shipped_guide: Guide, hand: type[Hand]) -> None:
    page, before = new_editor, draft_read(shipped_guide)
    page.goto(change_url(shipped_guide))
    name = "Insérer une question\u00a0: Liste des élèves à jour → Oui"
    page.get_by_role("link", name=name, exact=True).click()
    page.locator("[name=title]").fill("D’où vient la liste\u00a0?")
    page.get_by_label("Réponse des cas types").fill("Oui")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("D’où vient la liste")
    playing = hand(page)
    playing.press(page.get_by_role("button", name="Annuler", exact=True))
    expect(page.get_by_role("button", name="Rétablir", exact=True)).to_be_visible()
    check_cost(playing, Cost(presses=1, pages=1))
    assert draft_read(shipped_guide) == before
