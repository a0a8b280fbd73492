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
from rules.admin.links import action_url, change_url, list_url
from rules.admin.parts.rules import RuleAdmin
from rules.drafts.rows import rule_duplicate
from rules.models import Guide, Rule
from tests.admin.pages import fill_and_send, page_text, parse_page

pytestmark = pytest.mark.no_cover  # other tests take the same branches

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


def deletion_of_used_outcome(guide: Guide) -> str:
    outcome = guide.outcomes.get(key="associer-mediacentre")
    return f"{change_url(outcome).removesuffix('change/')}delete/"


LISTS: dict[str, tuple[Url, str]] = {
    **{
        f"guide {name}": (change_url, name)
        for name in ("etapes", "conclusions", "conseils", "examples")
    },
    **{
        f"read {name}": (lambda guide: action_url(guide, "read"), name)
        for name in ("questions", "outcomes", "rules", "examples")
    },
    "found rules": (lambda guide: f"{action_url(guide, 'search')}?q=alors", "rule"),
    "version": (lambda guide: change_url(guide.versions.get()), "rules"),
    "examples in red": (proof_with_faults, "failing"),
    "not covered": (proof_without_examples, "uncovered"),
    "remarks": (proof_without_examples, "remark"),
    "points": (draft_without_choices, "fault"),
    "uses": (deletion_of_used_outcome, "fallen"),
    "try": (try_of_draft, "not_fired"),
    "diagnostic": (diagnostic_of_visitor, "not_fired"),
}
LONGEST_LISTS = {"rule", "rules", "outcomes", "examples", "failing", "uncovered", "not_fired"}
"""The lists that have at least three pages of weight 2000, and fifteen or more of weight 400."""


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
    """Returns the rows of a list, and of the folded list that continues it, if there is one."""
    assert isinstance(listed, Tag)
    more = listed.find_next_sibling("details", class_="more")
    lists = [listed, *(more.find_all("ol", recursive=False) if isinstance(more, Tag) else ())]
    return [row.get_text() for one in lists for row in one.find_all("li", recursive=False)]


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
    weight = 2000 if name in LONGEST_LISTS else 400
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", weight)
    rows = read_all_rows(editor, url, name)
    assert rows == list_with_row(whole, rows[0])


def test_a_page_of_a_list_says_which_rows_it_shows_and_counts_from_there(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 800)
    page = editor.get(f"{action_url(guide, 'read')}?rules_from=7")
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


def test_a_long_list_of_changes_leads_to_the_next_changes(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.rules.all().delete()
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 2000)
    url = f"{action_url(guide, 'compare')}?from=live&to=draft"
    first = parse_page(editor.get(url))
    links = first.select_one("#rule-page a[rel=next]")
    assert links is not None
    assert str(links["href"]).startswith("?from=live&to=draft&rule_from=")
    second = parse_page(editor.get(url.partition("?")[0] + str(links["href"])))
    rules = [
        [found.get_text() for found in page.select("#rule-page ~ h3")] for page in (first, second)
    ]
    assert rules[0]
    assert rules[1]
    assert not {*rules[0]} & {*rules[1]}


@pytest.mark.parametrize("url", ["/corriger-comptes-pix/affiche/", "/integration/"])
def test_a_public_page_with_a_long_list_leads_to_its_other_questions(
    guide: Guide, client: Client, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    titles = list(guide.questions.values_list("title", flat=True))
    whole = " ".join(client.get(url).getvalue().decode().split())
    assert "list-page" not in whole
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 1000)
    page = parse_page(client.get(url))
    assert not page.select("details:not([open]) .list-page")  # which a link leads to
    texts = page.get_text()
    while following := page.select_one("nav[aria-label$='uestions'] a[rel=next]"):
        page = parse_page(client.get(f"{url}{following['href']}"))
        texts += page.get_text()
    assert [title for title in titles if title not in texts] == []


@pytest.mark.parametrize(("number", "first"), [("1", 1), ("x", 1), ("0", 1), ("3", 15), ("99", 15)])
def test_the_list_of_rules_shows_a_page_for_any_number(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch, number: str, first: int
) -> None:
    monkeypatch.setattr(RuleAdmin, "list_per_page", 7)
    page = editor.get(f"{list_url(Rule, guide)}&p={number}")
    assert page.status_code == 200
    assert int(parse_page(page).select("td.field-rank")[0].get_text()) == first


def test_the_list_of_rules_cuts_a_very_long_sentence_short(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.admin.parts.rules.MAX_LISTED_CHARACTERS", 80)
    listed = parse_page(editor.get(f"{list_url(Rule, guide)}&p=1")).select(".field-sentence_link")
    assert max(len(found.get_text()) for found in listed) == 80


def test_the_uses_of_a_choice_that_stays_are_capped(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.admin.parts.uses.MAX_USES_LISTED", 2)
    url = change_url(guide.questions.get(key="methode-pix-orga"))
    page = fill_and_send(editor, url, choices__0__DELETE="on")
    listed = [found.get_text() for found in parse_page(page).select(".errorlist ul li")]
    assert len(listed) == 3
    assert re.fullmatch(r"et \d+ en plus", listed[2])


def test_the_list_of_same_choices_offers_those_of_some_questions_and_leads_to_the_others(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"/admin/rules/question/add/?guide={guide.pk}"
    select = 'select[name="choices-0-same"] optgroup'
    whole = [str(group["label"]) for group in parse_page(editor.get(url)).select(select)]
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 300)
    page = parse_page(editor.get(url))
    offered = [str(group["label"]) for group in page.select(select)]
    while following := page.select_one("#same-page a[rel=next]"):
        page = parse_page(editor.get(f"{url.partition('?')[0]}{following['href']}"))
        offered += [str(group["label"]) for group in page.select(select)]
    assert offered == whole
    assert len(whole) == guide.questions.count()
