"""The list of rules: grouped by question, in columns, with filters."""

from urllib.parse import urlencode

import pytest
from bs4 import Tag
from django.http import HttpResponseBase
from django.test import Client

from rules import list_pages
from rules.admin.links import change_url, list_url, place_url, rule_list_url
from rules.admin.parts import rule_list
from rules.drafts.guides import guide_import
from rules.engine.content import Effect
from rules.models import Guide, Rule
from rules.parcours.anchors import stop_anchor
from tests.admin.large_guide import large_guide
from tests.admin.pages import page_text, parse_page


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """The shipped guide, whose questions have short names: « Question 1 », « Question 2 »…"""
    for number, question in enumerate(shipped_guide.questions.all(), 1):
        question.short = f"Question {number}"
        question.save()
    return shipped_guide


def find_row(page: HttpResponseBase, rule: Rule) -> Tag:
    row = parse_page(page).find(id=f"rule-{rule.pk}")
    assert isinstance(row, Tag)
    return row


def cell_texts(row: Tag) -> list[str]:
    return [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]


def listed_numbers(page: HttpResponseBase) -> list[int]:
    return [int(cell.get_text()) for cell in parse_page(page).select("td.number")]


def test_a_rule_is_a_row_that_says_if_which_answer_and_then(guide: Guide, editor: Client) -> None:
    rule = guide.rules.get(key="comptes-differents")
    row = find_row(editor.get(list_url(Rule, guide)), rule)
    conditions = [
        [" ".join(part.get_text(" ").split()) for part in line.find_all("span", recursive=False)]
        for line in row.select("li")
    ]
    assert conditions == [
        ["Question 3", "Médiacentre ou Identifiant ou Mail"],
        ["et Question 4", "n’a pas la même réponse que Question 3"],
    ]
    number, _, effect = cell_texts(row)
    assert number == "14"
    assert effect.startswith(
        "Règle 14 : Conclure « Contacter le support Pix » contact Placer après…"
    )
    assert row.select_one(f'a[href="{change_url(rule)}"]')


def test_rules_stand_under_the_question_that_they_look_at_last(
    guide: Guide, editor: Client
) -> None:
    page = parse_page(editor.get(list_url(Rule, guide)))
    titles = [title.get_text() for title in page.select(".rule-group h2")]
    assert titles == ["Sans condition", *(f"Question {number}" for number in range(1, 6))]
    rule = guide.rules.get(key="comptes-differents")
    row = page.find(id=f"rule-{rule.pk}")
    assert isinstance(row, Tag)
    group = row.find_parent(class_="rule-group")
    assert isinstance(group, Tag)
    anchor = stop_anchor("connexion-habituelle")
    assert group.select_one(f'a[href="{place_url(guide, anchor)}"]')


def test_one_sentence_says_when_the_order_matters_and_leads_to_it(
    guide: Guide, editor: Client
) -> None:
    page = editor.get(list_url(Rule, guide))
    assert "L’ordre ne compte qu’entre règles qui s’appliquent ensemble" in page_text(page)
    link = parse_page(page).find("a", string="Changer l’ordre, dupliquer")
    assert isinstance(link, Tag)
    assert "Monter" in page_text(editor.get(str(link["href"])))


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"leads_to": "outcome:contacter-support-pix"}, [14]),
        ({"leads_to": "question:attribution-gar"}, [4]),
        ({"leads_to": "ask"}, [1, 4, 7, 13, 15]),
        ({"leads_to": "advise", "question": "liste-a-jour"}, [2, 3]),
        ({"question": "attribution-gar"}, [4, 5, 6, 7]),
        ({"q": "support pix"}, [14]),
        ({"q": "support", "leads_to": "ask"}, []),
    ],
)
def test_filters_leave_the_rules_that_pass_all_of_them(
    guide: Guide, editor: Client, filters: dict[str, str], numbers: list[int]
) -> None:
    page = editor.get(rule_list_url(guide, **filters))
    assert sorted(listed_numbers(page)) == numbers
    assert ("Aucune règle ne passe ces filtres." in page_text(page)) is (not numbers)
    for name, value in filters.items():
        chosen = f"[name={name}] option[selected]" if name != "q" else "form.rule-filter [name=q]"
        assert parse_page(page).select_one(f'{chosen}[value="{value}"]')


@pytest.mark.parametrize("filters", [{"question": "inconnue"}, {"leads_to": "x"}, {"q": "?"}])
def test_a_filter_by_what_the_guide_lacks_shows_all_rules(
    guide: Guide, editor: Client, filters: dict[str, str]
) -> None:
    page = editor.get(rule_list_url(guide, **filters))
    assert len(listed_numbers(page)) == guide.rules.count()


def test_the_groups_of_many_rules_are_folded_until_a_filter_or_a_link_unfolds_them(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = list_url(Rule, guide)
    assert parse_page(editor.get(url)).select(".rule-group details[open]")
    monkeypatch.setattr(rule_list, "MAX_UNFOLDED_RULES", 5)
    folded = parse_page(editor.get(url))
    assert not folded.select(".rule-group details[open]")
    link = folded.find("a", string="Tout déplier")
    assert isinstance(link, Tag)
    for query in (
        str(link["href"]),
        f"?{urlencode({'guide': guide.pk, 'question': 'liste-a-jour'})}",
    ):
        page = parse_page(editor.get(f"{url.partition('?')[0]}{query}"))
        assert len(page.select("details[open]")) == len(page.select("details")) > 0


def test_a_long_list_of_rules_has_several_pages(
    db: None, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = guide_import(content=large_guide())
    url = rule_list_url(guide, leads_to=Effect.ADVISE.value)
    whole = listed_numbers(editor.get(url))
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 10_000)
    numbers: list[int] = []
    address = url
    while address:
        page = editor.get(address)
        numbers += listed_numbers(page)
        following = parse_page(page).select_one(".list-page a[rel=next]")
        address = f"{url.partition('?')[0]}{following['href']}" if following else ""
    assert numbers == whole
    assert len(numbers) == 201


def test_a_conclusion_on_the_page_of_the_guide_leads_to_its_rules(
    guide: Guide, editor: Client
) -> None:
    page = parse_page(editor.get(change_url(guide)))
    [link] = page.select('#conclusion-contacter-support-pix a[href*="leads_to"]')
    assert link.get_text() == "Utilisée par 1 règle, 6 cas types"
    assert listed_numbers(editor.get(str(link["href"]))) == [14]
