"""The long lists on the pages of a guide are shown a page at a time, and those of a usual guide whole."""

import re
from collections.abc import Callable

import pytest
from bs4 import Tag
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from diagnostics.services import session_create
from rules import list_pages
from rules.admin.links import action_url, change_url
from rules.drafts.rows import rule_duplicate
from rules.models import Guide
from tests.admin.pages import page_text, parse_page

Url = Callable[[Guide], str]


def proof_with_faults(guide: Guide) -> str:
    guide.rules.get(key="compte-a-associer").conditions.all().delete()
    return action_url(guide, "proof")


def proof_without_examples(guide: Guide) -> str:
    guide.examples.all().delete()
    for _ in range(5):
        rule_duplicate(rule=guide.rules.get(key="expliquer-mail"))
    return action_url(guide, "proof")


def draft_without_choices(guide: Guide) -> str:
    guide.examples.all().delete()
    guide.rules.all().delete()
    for question in guide.questions.all():
        question.choices.all().delete()
    return action_url(guide, "proof")


def try_of_draft(guide: Guide) -> str:
    return (
        f"{reverse('admin:diagnostics_session_try', args=[guide.pk])}?liste-a-jour=oui&_from=proof"
    )


def diagnostic_of_visitor(guide: Guide) -> str:
    return change_url(session_create(version=guide.versions.get(), answers={"liste-a-jour": "oui"}))


LISTS: dict[str, tuple[Url, str]] = {
    **{f"guide {name}": (change_url, name) for name in ("question", "outcome", "rule", "example")},
    **{
        f"read {name}": (lambda guide: action_url(guide, "read"), name)
        for name in ("questions", "outcomes", "rules", "examples")
    },
    "version": (lambda guide: change_url(guide.versions.get()), "rules"),
    "examples in red": (proof_with_faults, "failing"),
    "not covered": (proof_without_examples, "uncovered"),
    "remarks": (proof_without_examples, "remark"),
    "problems": (draft_without_choices, "problems"),
    "try": (try_of_draft, "not_fired"),
    "diagnostic": (diagnostic_of_visitor, "not_fired"),
}


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def read_all_rows(client: Client, url: str, name: str) -> list[str]:
    """Returns the rows of a list whose pages lead from one to the next."""
    rows: list[str] = []
    address = url
    while address:
        links = parse_page(client.get(address)).find(id=f"{name}-page")
        assert isinstance(links, Tag), (address, name)
        rows += row_texts(links.find_next_sibling(["ol", "ul"]))
        following = links.select_one("a[rel=next]")
        address = f"{url.partition('?')[0]}{following['href']}" if following else ""
    return rows


def row_texts(listed: object) -> list[str]:
    assert isinstance(listed, Tag)
    return [row.get_text() for row in listed.find_all("li", recursive=False)]


def list_with_row(page: HttpResponseBase, text: str) -> list[str]:
    """Returns the rows of the list of a page that has a row with this text."""
    return next(
        row_texts(row.parent) for row in parse_page(page).find_all("li") if row.get_text() == text
    )


@pytest.mark.parametrize(("find_url", "name"), LISTS.values(), ids=LISTS)
def test_the_pages_of_a_long_list_have_the_rows_of_the_whole_list(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch, find_url: Url, name: str
) -> None:
    url = find_url(guide)
    whole = editor.get(url)
    assert parse_page(whole).select(".list-page") == []
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 400)
    rows = read_all_rows(editor, url, name)
    assert rows == list_with_row(whole, rows[0])


def test_a_page_of_a_list_says_which_rows_it_shows_and_counts_from_there(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 800)
    page = editor.get(f"{change_url(guide)}?rule_from=7")
    (shown,) = re.findall(
        r"Règles : 7 à (\d+) sur 20. Page précédente Page suivante", page_text(page)
    )[:1]
    assert len(parse_page(page).select("ol[start] > li")) == int(shown) - 6
    (numbered,) = parse_page(page).select("ol[start]")
    assert numbered["start"] == "7"


def test_a_refused_document_says_how_many_of_its_problems_are_not_shown(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 2000)
    document = "format: 1\nslug: petit\ntitle: Petit\nrules: [" + "{}, " * 500 + "]"
    page = editor.post("/admin/rules/guide/import/", {"text": document})
    assert page.status_code == 400
    assert "Les autres ne sont pas montrés ici." in page_text(page)
    assert len(parse_page(page).select(".to-mend li")) < 20


def test_the_pages_of_a_trace_belong_to_one_try_and_leave_its_rules_unfolded(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 400)
    url = try_of_draft(guide)
    first = parse_page(editor.get(url)).select_one("#not_fired-page a[rel=next]")
    assert first is not None
    assert str(first["href"]).startswith("?liste-a-jour=oui&_from=proof&not_fired_from=")
    page = editor.get(url.partition("?")[0] + str(first["href"]))
    assert parse_page(page).select("details[open] #not_fired-page")
    assert "ne sont pas dans le guide" not in page.getvalue().decode()
    assert "Revenir à la preuve" in page.getvalue().decode()
