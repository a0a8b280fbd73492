"""The offline file finds what the engine finds, and says what the online pages say."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.web.offline import SCRIPTS, file_data
from rules.engine.compiled import CompiledGuide
from rules.models import Guide
from rules.proof.lookup_table import build_lookup_table
from rules.proof.walk import Walk
from tests.browser.conftest import OpenFile
from tests.browser.test_form import answer_questions
from tests.browser.test_result import result_address
from tests.paths import DecisionPath, headline_first
from tests.proof.brute_force import BruteForce
from tests.proof.small_guides import add_fleeting_advice, random_guide

pytestmark = pytest.mark.browser

RANDOM_GUIDES = 150

FOLLOW_ALL = """([guides, code]) => {
  const names = ["followAnswers", "outcomesOfRules", "newestAdvice", "describeResult"];
  const [followAnswers, outcomesOfRules, newestAdvice, describeResult] =
    new Function(`${code}; return [${names}]`)();
  return guides.map(([guide, paths]) => paths.map((path) => {
    const state = followAnswers(guide, new Map(path));
    return [state.question, outcomesOfRules(guide, state.rules, false), outcomesOfRules(guide, state.rules, true),
            newestAdvice(guide, state), describeResult(guide, state).school];
  }));
}"""

ANSWER_ALL = """async (paths) => {
  const page = () => [document.title, document.querySelector("main").innerHTML];
  const pressed = async (link) => {
    const done = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    document.querySelector(link).click();
    await done;
  };
  const met = [];
  for (const choices of paths) {
    await pressed(".brand");
    document.querySelector("form button").click();
    const pages = [page()];
    for (const choice of choices) {
      document.querySelector(`[value="${choice}"]`).click();
      document.querySelector("form button").click();
      pages.push(page());
    }
    met.push(pages);
  }
  return met;
}"""

ONLY_ONLINE = (
    "details:has(.code), .code, details:has(.support), details:has(.solved), a[href*='/classe/']"
)
"""What needs a stored diagnostic or another page."""
COMPARED_ATTRIBUTES = [
    "class", "role", "type", "value", "for", "start", "open", "aria-required", "aria-invalid",
    "aria-describedby", "aria-labelledby",
]  # fmt: skip


def test_it_follows_the_table_as_the_engine_evaluates(chromium: Browser) -> None:
    """The question, advice and conclusions are the same at each step of each path of random guides.

    So are the newest advice, and the advice that the school has to act upon.
    """
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
    answered = AnsweredGuide(engine, answers)
    given = answered.advice, answered.outcomes, answered.newest_advice, answered.school_advice
    return [answered.state.question, *([each.outcome.key for each in one] for one in given)]


def test_its_pages_on_the_52_paths_are_those_of_the_service(
    open_file: OpenFile,
    client: Client,
    shipped_guide: Guide,
    guide_document: dict[str, Any],
    decision_table: list[DecisionPath],
) -> None:
    titles = {each["key"]: each["title"] for each in guide_document["outcomes"]}
    online: dict[tuple[str, ...], list[str]] = {}
    assert len(decision_table) == 52
    for start in range(0, len(decision_table), 20):  # a browser slows down who moves too often
        paths = decision_table[start : start + 20]
        page = open_file()
        met = page.evaluate(ANSWER_ALL, [list(path.answers.values()) for path in paths])
        for path, pages in zip(paths, met, strict=True):
            answers = list(path.answers.items())
            for length, (title, html) in enumerate(pages):
                beginning = dict(answers[:length])
                key = tuple(beginning.values())
                online[key] = online.get(key) or online_page(client, shipped_guide, beginning)
                assert describe_page(title, BeautifulSoup(html, "html.parser")) == online[key]
            found = BeautifulSoup(pages[-1][1], "html.parser").select(".conclusion > h3")
            outcomes = headline_first(path.outcomes)
            assert [heading.text for heading in found] == [titles[key] for key in outcomes]


def test_its_other_pages_are_those_of_the_service(
    open_file: OpenFile, client: Client, shipped_guide: Guide
) -> None:
    """They show a missing choice, an answer to be changed, and answers that are not used."""
    page, answers = open_file(), {"liste-a-jour": "non", "attribution-gar": "oui"}
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("button", name="Continuer").click()
    first = f"{result_address(shipped_guide, {})}questions/liste-a-jour/"
    assert offline_page(page) == describe_document(client.post(first).content)
    answer_questions(page, [*answers.values(), "mail", "mail", "oui"])
    page.get_by_text("Vos réponses").click()
    page.get_by_role("link", name="Modifier la réponse à « Dans Pix Orga").click()
    answer_questions(page, ["aucune"])
    answers |= {"methode-pix-orga": "aucune"}
    answers |= {"connexion-habituelle": "mail", "identifiants-connus": "oui"}
    address = result_address(shipped_guide, answers)
    assert offline_page(page) == describe_document(client.get(address).content)
    page.get_by_role("link", name="voir lesquelles").click()
    expect(page.get_by_role("heading", name="Réponses gardées, non utilisées")).to_be_focused()
    page.get_by_role("link", name="Modifier la réponse à « Avez-vous mis à jour").click()
    expect(page.locator(":checked")).to_have_value("non")  # the page of another address is there
    response = client.get(f"{address}questions/liste-a-jour/")
    assert offline_page(page) == describe_document(response.content)


def offline_page(page: Page) -> list[str]:
    return describe_page(
        page.title(), BeautifulSoup(page.locator("main").inner_html(), "html.parser")
    )


def online_page(client: Client, guide: Guide, answers: dict[str, str]) -> list[str]:
    return describe_document(client.get(result_address(guide, answers)).content)


def describe_document(html: bytes) -> list[str]:
    page = BeautifulSoup(html, "html.parser")
    [title], [main] = page.select("head title"), page.select("main")
    return describe_page(title.text, main)


def describe_page(title: str, main: Tag) -> list[str]:
    """Returns the title, the beginnings of elements, the texts and the ends of elements, in order."""
    for left_out in main.select(ONLY_ONLINE):
        left_out.decompose()
    parts = [re.sub(r"[ \n]+", " ", part).strip(" ") for part in describe_element(main)]
    return [title, *filter(None, parts)]


def describe_element(element: Tag) -> list[str]:
    parts = [""]
    for child in element.children:
        if isinstance(child, NavigableString):
            parts[-1] += child
        elif isinstance(child, Tag):
            [first, *others] = describe_element(child)
            if child.name == "span" and not child.get("class"):
                parts[-1] += first
                parts += others
            else:
                given = {name: child[name] for name in COMPARED_ATTRIBUTES if child.has_attr(name)}
                parts += [f"<{child.name} {given}", first, *others, f"</{child.name}", ""]
    return parts
