"""No page is wider than a phone, however long the words that editors and teachers write."""

from collections.abc import Iterable, Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from diagnostics.models import Session
from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.models import Guide, LegalPage, Question
from rules.publication.guide_settings import guide_settings_update
from tests.admin.large_guide import publish_guide
from tests.browser.conftest import LogIn, NewPage
from tests.browser.sound import window_size

pytestmark = pytest.mark.browser

PHONE = window_size(320)
TITLE, KEY = "W" * 300, "w" * 64
LABELS = [f"{letter}{TITLE[1:]}" for letter in "ABC"]
TEXT = f"{TITLE} `{TITLE}` [{TITLE}](https://{KEY[:60]}.fr)\n\n1. {TITLE}\n\n> {TITLE}\n\n    {TITLE}\n\n## {TITLE}"
LINK = {"label": TITLE, "url": f"https://{KEY[:60]}.fr/{TITLE}"}
QUESTIONS = [f"{KEY[1:]}{number}" for number in range(3)]
CHOICES = [KEY, KEY[1:]]


def make_document() -> dict[str, object]:
    """Returns a guide that has a long word wherever a text may stand."""
    choices = [
        {"key": key, "label": label, "help": TITLE}
        for key, label in zip(CHOICES, LABELS, strict=False)
    ]
    asks = [
        {
            "key": f"q{number}",
            "when": [{"question": key, "answered": True} for key in QUESTIONS[:number]],
            "then": {"ask": QUESTIONS[number]},
        }
        for number in range(3)
    ]
    first, last = QUESTIONS[0], QUESTIONS[-1]
    return {
        "format": 1,
        "slug": KEY,
        "title": TITLE,
        "introduction": TEXT,
        "questions": [
            {"key": key, "title": LABELS[number], "help": TEXT, "scope": "pupil" if number else "school", "choices": choices}
            for number, key in enumerate(QUESTIONS)
        ],
        "outcomes": [
            {"key": "fin", "title": TITLE, "body": TEXT, "final": True, "tone": "action", "link": LINK},
            {"key": "aide", "title": f"B{TITLE[1:]}", "body": TEXT, "final": True, "tone": "contact", "link": LINK},
            {"key": "conseil", "title": f"C{TITLE[1:]}", "body": TEXT, "final": False, "tone": "action", "link": LINK},
        ],
        "rules": [
            {"key": "conseil", "when": [{"question": first, "answered": True}], "then": {"advise": "conseil"}},
            {"key": "fin", "when": [{"question": last, "answered": True}], "then": {"conclude": "fin"}},
            {"key": "aide", "when": [{"question": last, "is": [KEY]}], "then": {"conclude": "aide"}},
            *asks,
        ],
        "examples": [],
    }  # fmt: skip


@pytest.fixture
def guide(transactional_db: None) -> Guide:
    LegalPage.objects.create(key="accessibilite", title=TITLE, body=TEXT)
    return publish_guide(parse_document(make_document()))


@pytest.fixture
def ended(guide: Guide) -> Session:
    answers = dict.fromkeys(QUESTIONS, KEY)
    return Session.objects.create(version=guide.versions.get(), answers=answers, code="ABCDEFGH")


def public_addresses(ended: Session) -> Iterator[str]:
    first, begun = QUESTIONS[0], Session(version=ended.version, code="BCDEFGHJ")
    begun.answers = {first: KEY}
    begun.save()
    yield from (f"/{KEY}/", f"/{KEY}/?{first}={KEY}", f"/{KEY}/affiche/", f"/{KEY}/nulle-part/")
    yield from ("/reprendre/", "/integration/", "/accessibilite/")
    yield from (f"/diagnostics/{ended.pk}/", f"/diagnostics/{begun.pk}/questions/{first}/")
    yield f"/diagnostics/{begun.pk}/"


def editor_addresses(guide: Guide, ended: Session) -> Iterator[str]:
    rows = [guide.questions.first(), guide.outcomes.first(), guide.rules.last()]
    yield from (change_url(row) for row in (guide, ended, ended.version, *filter(None, rows)))
    yield from (
        action_url(guide, page) for page in ("proof", "read", "compare", "graph", "publish")
    )
    yield from (list_url(Question, guide), "/admin/rules/legalpage/accessibilite/change/")


def find_wide_elements(page: Page) -> list[str]:
    """Returns the elements that reach beyond the window, if the page is wider than it."""
    page.wait_for_load_state()  # with its style sheets
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth)
            .map((one) => one.outerHTML.replace(/w{20,}/gi, "W…").slice(0, 80))"""
    )
    return found


def find_wide_pages(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Returns the elements that widen pages, by the address of the page."""
    wide = {}
    for address in addresses:
        page.goto(address)
        wide[address] = find_wide_elements(page)
    return {address: elements for address, elements in wide.items() if elements}


def sort_a_class(page: Page) -> None:
    page.goto(f"/{KEY}/classe/")
    page.locator("#etablissement label.choice").first.click()
    page.get_by_label("Liste des élèves", exact=True).fill(TITLE[:100])
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator(".pupil")).to_have_count(1)


def sort_a_class_without_script(page: Page) -> None:
    page.goto(f"/{KEY}/classe/")
    page.get_by_label("Combien d’élèves").fill("2")
    page.get_by_role("radio").first.check()
    page.get_by_role("button").first.click()
    expect(page.locator(".pupils select")).to_have_count(2)


def test_no_public_page_is_widened_by_long_words(page: Page, ended: Session) -> None:
    page.set_viewport_size(PHONE)
    assert find_wide_pages(page, public_addresses(ended)) == {}
    name = page.locator(".brand strong").bounding_box()
    assert name is not None
    assert name["height"] < 40  # short words beside long ones stay on one line


def test_no_page_of_a_class_is_widened_by_long_words(new_page: NewPage, guide: Guide) -> None:
    page = new_page(viewport=PHONE)
    sort_a_class(page)
    assert find_wide_elements(page) == []
    plain = new_page(viewport=PHONE, java_script_enabled=False)
    sort_a_class_without_script(plain)
    assert find_wide_elements(plain) == []


def test_neither_the_offline_file_nor_a_closed_guide_is_widened(page: Page, guide: Guide) -> None:
    page.set_viewport_size(PHONE)
    page.set_content(Client().get(f"/{KEY}/hors-ligne/").content.decode())
    assert find_wide_elements(page) == []
    guide_settings_update(guide=guide, needs_approval=False, closed=True, closing_message=TEXT)
    page.goto("about:blank")
    assert find_wide_pages(page, ["/", f"/{KEY}/"]) == {}


def test_no_page_of_editors_is_widened_by_long_words(
    log_in: LogIn, guide: Guide, ended: Session
) -> None:
    page = log_in(viewport={"width": 390, "height": 800})
    User.objects.update(is_superuser=True)
    assert find_wide_pages(page, editor_addresses(guide, ended)) == {}
    page.goto(list_url(Question, guide))
    assert page.evaluate("document.querySelector('#result_list').scrollWidth") < 800
