"""The offline file of a guide works from a disk, in a browser without network."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.web.offline import SCRIPTS, file_data
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Tone
from rules.models import Guide
from rules.proof.lookup_table import build_lookup_table
from rules.proof.prove import prove_guide
from rules.proof.walk import Walk
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.stored_proofs import proof_store
from rules.publication.versions import compiled_version
from tests.browser.sound import find_faults
from tests.browser.test_form import answer_questions, expect_outcomes, tab_to_element
from tests.paths import DecisionPath
from tests.proof.brute_force import BruteForce
from tests.proof.small_guides import add_fleeting_advice, random_guide
from tests.rules.documents import small_document
from tests.web.conftest import publish_document

pytestmark = pytest.mark.browser

OpenFile = Callable[..., Page]
SCHOOL = ["non", "oui"]
RANDOM_GUIDES = 150

FOLLOW_ALL = """([guides, code]) => {
  const [followAnswers, outcomesOfRules] = new Function(`${code}; return [followAnswers, outcomesOfRules]`)();
  return guides.map(([guide, paths]) => paths.map((path) => {
    const { question, rules } = followAnswers(guide, new Map(path));
    return [question, outcomesOfRules(guide, rules, false), outcomesOfRules(guide, rules, true)];
  }));
}"""

ANSWER_ALL = """async (paths) => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.innerText);
  const advice = () => texts(":is(.card, .aside) .advice :is(h2, h3):first-child");
  const pressed = async (link) => {
    const done = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    document.querySelector(link).click();
    await done;
  };
  const met = [];
  for (const choices of paths) {
    await pressed(".brand");
    document.querySelector("form button").click();
    const steps = [];
    for (const choice of choices) {
      steps.push([texts("h1")[0], advice().sort()]);
      document.querySelector(`[value="${choice}"]`).click();
      document.querySelector("form button").click();
    }
    met.push({ steps, outcomes: texts(".steps h2"), left: texts(".card .advice h3"),
               others: texts(".aside .advice h3"),
               reasons: [...document.querySelectorAll("details :is(h3, li)")].map((one) => one.textContent) });
  }
  return met;
}"""


@pytest.fixture
def open_file(chromium: Browser, client: Client, tmp_path: Path) -> Iterator[OpenFile]:
    """Downloads the file of a guide, and opens it in a window of its own, with playwright's options.

    The test fails when the file asks for anything, or complains in the console.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        slug: str = "corriger-comptes-pix", days_old: float = 0, **options: object
    ) -> Page:
        file = tmp_path / f"{slug}.html"
        file.write_bytes(client.get(f"/{slug}/hors-ligne/").content)
        context = chromium.new_context(locale="fr-FR", **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_offline(True)
        context.on("request", lambda request: note_request(request.url, file, complaints))
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=days_old))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def note_request(address: str, file: Path, complaints: list[str]) -> None:
    if address != file.as_uri():
        complaints.append(f"request for {address}")


@pytest.fixture
def page(open_file: OpenFile, shipped_guide: Guide) -> Page:
    return open_file()


def begin_offline(page: Page) -> None:
    page.get_by_role("button", name="Commencer").click()


def test_it_follows_the_table_as_the_engine_evaluates(chromium: Browser) -> None:
    """The question, advice and conclusions are the same at each step of each path of random guides."""
    chance, guides, expected = random.Random(8105), [], []
    for _ in range(RANDOM_GUIDES):
        guide = add_fleeting_advice(random_guide(chance), chance.randint(0, 2))
        engine = CompiledGuide(guide)
        paths = list(BruteForce(guide).states)
        guides.append([file_data(guide, build_lookup_table(Walk(engine))), paths])
        expected.append([engine_results(engine, dict(path)) for path in paths])
    page = chromium.new_page()
    found = page.evaluate(FOLLOW_ALL, [guides, Path(str(finders.find(SCRIPTS[0]))).read_text()])
    page.close()
    assert found == expected
    assert sum(map(len, expected)) > 1000


def engine_results(engine: CompiledGuide, answers: dict[str, str]) -> list[Any]:
    """Returns the question, the advice, and the conclusions with those to act upon first."""
    state = engine.resolve(answers)
    advice, outcomes = (
        [item.outcome for item in items] for items in (state.advice, state.outcomes)
    )
    outcomes.sort(key=lambda key: engine.guide.outcome[key].tone not in {Tone.ACTION, Tone.CONTACT})
    return [state.question, advice, outcomes]


def test_it_asks_and_gives_on_the_52_paths_what_the_service_does(
    open_file: OpenFile,
    shipped_guide: Guide,
    guide_document: dict[str, Any],
    decision_table: list[DecisionPath],
) -> None:
    engine = CompiledGuide(parse_document(guide_document))
    assert len(decision_table) == 52
    for start in range(0, len(decision_table), 20):  # a browser slows down who moves too often
        paths = decision_table[start : start + 20]
        page = open_file()
        met = page.evaluate(ANSWER_ALL, [list(path.answers.values()) for path in paths])
        assert met == [expected_pages(engine, path) for path in paths]


def expected_pages(engine: CompiledGuide, path: DecisionPath) -> dict[str, Any]:
    guide, answers = engine.guide, list(path.answers.items())
    states = [engine.resolve(dict(answers[:length])) for length in range(len(answers) + 1)]
    title = {question.key: question.title for question in guide.questions}
    title |= {outcome.key: outcome.title for outcome in guide.outcomes}
    steps = [
        [title[str(state.question)], sorted(title[given.outcome] for given in state.advice)]
        for state in states[:-1]
    ]
    advice = [guide.outcome[given.outcome] for given in states[-1].advice]
    outcomes = [guide.outcome[given.outcome] for given in states[-1].outcomes]
    assert tuple(outcome.key for outcome in outcomes) == path.outcomes
    outcomes.sort(key=lambda each: each.tone not in {Tone.ACTION, Tone.CONTACT})
    return {
        "steps": steps,
        "outcomes": [outcome.title for outcome in outcomes],
        "left": [outcome.title for outcome in advice if outcome.tone is Tone.ACTION],
        "others": [outcome.title for outcome in advice if outcome.tone is not Tone.ACTION],
        "reasons": [
            words
            for each in outcomes
            for given in AnsweredGuide(engine, path.answers).outcomes
            if given.outcome == each
            for words in (each.title, *(reason.sentence for reason in given.because))
        ],
    }


def test_a_changed_answer_keeps_the_others_and_sets_aside_what_is_not_asked(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "mail", "mail", "oui"])
    page.get_by_role("link", name="Modifier la réponse à « Dans Pix Orga").click()
    expect(page.locator(":checked")).to_have_value("mail")
    expect(page.locator(".progress")).to_have_text("Question 3, encore 0 à 2 après celle-ci")
    answer_questions(page, ["aucune"])
    expect_outcomes(page, "Communiquer un code de campagne à l’élève")
    expect(page.locator(".ignored li")).to_have_count(2)
    page.get_by_role("link", name="Modifier la réponse à « Dans Pix Orga").click()
    answer_questions(page, ["mail"])
    expect_outcomes(page, "Associer le compte Pix au Médiacentre", "Tout va bien\u00a0!")
    expect(page.locator(".ignored")).to_have_count(0)


def test_nothing_is_changed_where_nothing_is_chosen_anew(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, SCHOOL)
    page.get_by_role("link", name="Modifier").first.click()
    page.get_by_role("link", name="Continuer sans rien changer").click()
    expect(page.locator(".progress")).to_contain_text("Question 3")
    expect(page.locator("dl.answers dd:not(:has(a))")).to_have_text(["Non", "Oui"])


def test_the_ways_back_lose_nothing(page: Page) -> None:
    """The link of the page and the button of the browser both lead back."""
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "mail"])
    page.get_by_role("link", name="Retour").click()
    expect(page.locator(":checked")).to_have_value("mail")
    page.go_back()
    expect(page.locator(".progress")).to_contain_text("Question 4")
    page.go_back()
    expect(page.locator(".progress")).to_contain_text("Question 3")
    expect(page.locator("dl.answers dt")).to_have_count(3)


def test_another_pupil_keeps_the_answers_of_the_school(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "aucune"])
    page.get_by_role("button", name="Continuer avec un autre élève").click()
    expect(page.locator(".progress")).to_contain_text("Question 3")
    expect(page.locator("dl.answers dd:not(:has(a))")).to_have_text(["Non", "Oui"])
    expect(page.locator(":checked")).to_have_count(0)


def test_who_begins_again_or_reloads_finds_no_answer(page: Page) -> None:
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "aucune"])
    page.get_by_role("link", name="Recommencer").click()
    begin_offline(page)
    expect(page.locator("dl.answers")).to_have_count(0)
    answer_questions(page, SCHOOL)
    page.reload()
    begin_offline(page)
    expect(page.locator(".progress")).to_contain_text("Question 1")
    expect(page.locator("dl.answers")).to_have_count(0)


@pytest.mark.django_db
def test_a_double_click_answers_once(open_file: OpenFile) -> None:
    """The second click falls on the button of the next question, which is at the same place."""
    document = small_document()
    document["outcomes"][0]["final"] = True
    document["rules"][3]["when"] = [{"question": "q2", "is": ["b"]}]
    document["rules"][3]["then"] = {"conclude": "conseil"}
    guide_publish(
        review=PublicationReview(guide_import(content=parse_document(document))), reason="Un essai"
    )
    page = open_file("petit", viewport={"width": 600, "height": 800})
    begin_offline(page)
    page.locator("label:has([value=b])").click()
    button = page.get_by_role("button", name="Continuer")
    before = button.bounding_box()
    button.dblclick()
    expect(page.locator(".progress")).to_contain_text("Question 2")
    assert button.bounding_box() == before
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_missing_choice_is_announced_and_has_the_focus(page: Page) -> None:
    begin_offline(page)
    miss_the_choice(page)
    expect(page).to_have_title(
        "Erreur\u00a0: Avez-vous mis à jour la liste des élèves dans Pix Orga\u00a0? – Pix"
    )
    page.get_by_role("link", name="Choisissez une réponse").click()
    expect(page.get_by_role("radio").first).to_be_focused()


def miss_the_choice(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_focused()


def test_each_step_is_announced_by_the_title_and_the_focus(page: Page) -> None:
    expect(page.locator("body")).to_be_focused()
    begin_offline(page)
    expect(page).to_have_title(
        "Avez-vous mis à jour la liste des élèves dans Pix Orga\u00a0? – Pix"
    )
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    answer_questions(page, ["non"])
    advice = page.get_by_role("heading", name="Importer la liste des élèves dans Pix Orga")
    expect(advice).to_be_focused()  # it comes before the question
    answer_questions(page, ["oui", "aucune"])
    expect(page).to_have_title("Résultat\u00a0: Communiquer un code de campagne à l’élève – Pix")
    expect(page.get_by_role("heading", name="Résultat du diagnostic")).to_be_focused()


def test_it_is_answered_with_the_keyboard_alone(page: Page) -> None:
    tab_to_element(page, "form button")
    page.keyboard.press("Enter")
    for choice in ["oui", "non", "mediacentre", "mediacentre", "oui"]:
        tab_to_element(page, "[name=choice]")
        while not page.locator(f"[value={choice}]:checked").count():
            page.keyboard.press("Space" if page.locator(":checked").count() == 0 else "ArrowDown")
        page.keyboard.press("Enter")
    expect_outcomes(page, "Tout va bien\u00a0!")


@pytest.mark.parametrize(
    ("days_old", "is_announced"), [(-400, False), (0, False), (29, False), (45, True)]
)
def test_it_tells_when_it_is_older_than_30_days(
    days_old: float, is_announced: bool, open_file: OpenFile, shipped_guide: Guide
) -> None:
    page = open_file(days_old=days_old)
    begin_offline(page)
    words = page.get_by_text("Ce fichier a été téléchargé il y a 45\u00a0jours")
    expect(words).to_be_visible(visible=is_announced)
    expect(page.get_by_text("Version 1 du ")).to_be_visible()


def test_the_button_prints_the_page_and_its_version(page: Page) -> None:
    page.evaluate("window.print = () => { document.title = 'printed' }")
    begin_offline(page)
    answer_questions(page, [*SCHOOL, "aucune"])
    page.get_by_role("button", name="Imprimer").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    for read in ("Communiquer un code", "Importer la liste", "Version 1 du "):
        expect(page.get_by_text(read).first).to_be_visible()
    for left_out in (".actions", ".back", "dd a", "footer a", "details"):
        expect(page.locator(left_out).first).to_be_hidden()


def test_what_nothing_concludes_leads_to_the_support(
    open_file: OpenFile, shipped_guide: Guide, guide_document: dict[str, Any]
) -> None:
    version = publish_document(guide_document | {"rules": [], "examples": []}).versions.get(
        number=2
    )
    proof_store(version=version, proof=prove_guide(compiled_version(version)))
    page = open_file()
    begin_offline(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("ne prévoit pas")
    expect(page).to_have_title("Aucune conclusion – Pix")
    assert find_faults(page) == []


def test_its_pages_are_sound_in_every_window(open_file: OpenFile, shipped_guide: Guide) -> None:
    page = open_file(days_old=45)
    assert find_faults(page) == []
    begin_offline(page)
    miss_the_choice(page)
    assert find_faults(page) == []
    answer_questions(page, [*SCHOOL, "identifiant", "identifiant", "non"])
    page.get_by_text("Pourquoi").click()
    assert find_faults(page) == []
    page.get_by_role("link", name="Modifier").nth(2).click()
    assert find_faults(page) == []
    answer_questions(page, ["aucune"])
    assert find_faults(page) == []


def test_without_javascript_it_says_all_that_it_knows(
    open_file: OpenFile, shipped_guide: Guide
) -> None:
    page = open_file(java_script_enabled=False)
    whole = page.locator("noscript")  # playwright finds no text in it
    expect(whole.locator("strong").first).to_be_visible()
    expect(whole.locator("#outcomes-associer-mediacentre li")).to_have_count(5)
    expect(whole.locator("#outcomes-associer-mediacentre li").first).to_be_visible()


def test_what_it_says_without_javascript_is_sound_in_every_window(
    open_file: OpenFile, shipped_guide: Guide, tmp_path: Path
) -> None:
    """Axe needs a script: what it looks at is put in the place of the first page."""
    page = open_file()
    [file] = tmp_path.glob("*.html")
    [whole] = BeautifulSoup(file.read_text(), "html.parser").select("noscript")
    page.locator("main").evaluate(
        "(main, html) => { main.innerHTML = html }", whole.decode_contents()
    )
    assert find_faults(page) == []
