"""Long lists are shown a page at a time; a list that is short enough for one page stays whole."""

from collections.abc import Sequence

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from rules import list_pages
from rules.counts import format_number
from rules.list_pages import LazyRows, ListPage, find_list_page

ROWS = [f"règle {number}" for number in range(1, 1001)]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of some hundred rows of the list of these tests."""
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 1200)


def page_at(query: str, rows: Sequence[str] = ROWS) -> ListPage[str]:
    return find_list_page(RequestFactory().get(f"/{query}"), "rule", rows)


def page_numbers(page: ListPage[str]) -> tuple[int, int]:
    return page.first, page.last


def test_a_short_list_is_whole_and_has_no_links() -> None:
    page = page_at("", ROWS[:50])
    assert page.is_whole
    assert (page.previous_url, page.next_url, page.starts) == ("", "", [])
    assert page_at("", []).is_whole


def test_the_next_pages_lead_through_all_rows() -> None:
    page = page_at("")
    shown = [*page.rows]
    while page.next_url:
        page = page_at(page.next_url.partition("#")[0])
        shown += page.rows
    assert shown == ROWS


def test_the_previous_pages_lead_back_to_the_first_row() -> None:
    page = page_at("?rule_from=700")
    while page.previous_url:
        before = page.first
        page = page_at(page.previous_url.partition("#")[0])
        assert page.last >= before - 1
    assert page.first == 1


@pytest.mark.parametrize("number", ["", "abc", "0", "-3", "1.5", "9" * 5000, "²"])
def test_what_is_no_number_of_a_row_gives_the_first_page(number: str) -> None:
    assert page_numbers(page_at(f"?rule_from={number}")) == page_numbers(page_at(""))


def test_a_number_beyond_the_end_gives_the_last_page() -> None:
    page = page_at("?rule_from=1001")
    assert page.last == 1000
    assert len(page.rows) > 1
    assert page.next_url == ""


def test_the_numbers_of_rows_have_a_space_between_thousands() -> None:
    page = page_at("?rule_from=1001", ROWS + ROWS)
    html = render_to_string("rules/list_page_links.html", {"listed": page, "label": "Règles"})
    last = format_number(page.last)
    assert f"Règles&nbsp;: 1\u00a0001 à {last} sur 2\u00a0000." in html


def test_links_keep_the_other_parameters_and_lead_to_the_list() -> None:
    page = page_at("?version=2&question_from=5&rule_from=10")
    assert page.next_url == f"?version=2&question_from=5&rule_from={page.last + 1}#rule-page"


def test_a_page_can_begin_at_equal_distances() -> None:
    starts = page_at("").starts
    assert [number for number, _ in starts] == list(range(1, 1001, 100))
    assert starts[3] == (301, "?rule_from=301#rule-page")


def test_a_row_that_is_longer_than_a_page_is_shown_alone() -> None:
    page = page_at("?rule_from=2", ["a", "b" * 5000, "c"])
    assert page_numbers(page) == (2, 2)
    assert page.next_url == "?rule_from=3#rule-page"


def test_a_page_makes_hardly_more_rows_than_it_shows() -> None:
    made = []

    def make_row(number: int) -> str:
        made.append(number)
        return f"règle {number}"

    page = find_list_page(RequestFactory().get("/"), "rule", LazyRows(range(1, 1001), make_row))
    assert len(made) == len(page.rows) + 1


def test_the_answer_to_a_form_has_no_links_to_the_other_rows() -> None:
    page = find_list_page(RequestFactory().post("/"), "rule", ROWS)
    assert not page.is_whole
    assert (page.next_url, page.starts) == ("", [])
