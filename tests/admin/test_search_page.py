"""The field on each page of a guide that searches it, and the page of what it finds."""

import pytest
from django.test import Client
from django.urls import reverse

from rules.admin.links import action_url, add_url, change_url, list_url, place_url
from rules.models import Example, Guide, Outcome, Question, Rule, Version
from rules.parcours.anchors import line_anchor, outcome_anchor, stop_anchor
from tests.admin.pages import page_text, parse_page


def pages_of_guide(guide: Guide) -> list[str]:
    parts = [guide.questions.all()[0], guide.outcomes.all()[0], guide.rules.all()[0]]
    rows = [*parts, guide.examples.all()[0], guide]
    return [
        *map(change_url, (*rows, guide.versions.get())),
        *(f"{change_url(row).removesuffix('change/')}history/" for row in rows),
        *(f"{change_url(row).removesuffix('change/')}delete/" for row in rows),
        *(list_url(model, guide) for model in (Question, Outcome, Rule, Example, Version)),
        *(add_url(model, guide) for model in (Question, Outcome, Rule, Example)),
        *(
            action_url(guide, action)
            for action in (
                *("compare", "duplicate", "graph", "proof", "publish", "read", "reset"),
                *("search", "settings"),
            )
        ),
        action_url(guide.versions.get(), "restore"),
        f"{reverse('admin:diagnostics_session_try', args=[guide.pk])}?liste-a-jour=oui",
        reverse("admin:diagnostics_session_replay", args=[guide.pk]),
    ]


def search_url(guide: Guide, query: str) -> str:
    return f"{action_url(guide, 'search')}?q={query}"


def test_every_page_of_a_guide_has_one_field_that_searches_it(
    guide: Guide, publisher: Client
) -> None:
    guide.title = "Un autre titre"
    guide.save()  # or there would be nothing to publish
    for url in pages_of_guide(guide):
        [form] = parse_page(publisher.get(url, follow=True)).select("form[role=search]")
        assert form["action"] == action_url(guide, "search"), url
        assert form.get("method", "get") == "get"
        assert form.select_one("input[name=q][type=search]")


@pytest.mark.parametrize("url", ["/admin/", "/admin/rules/guide/", "/admin/rules/guide/add/"])
def test_pages_without_a_guide_have_no_such_field(guide: Guide, editor: Client, url: str) -> None:
    assert not parse_page(editor.get(url)).select(".guide-search")


def test_what_is_found_is_grouped_by_kind_with_its_words_marked(
    guide: Guide, editor: Client
) -> None:
    page = parse_page(editor.get(search_url(guide, "evaluation")))
    assert [title.get_text() for title in page.select("h2")] == ["Conclusions (1)"]
    assert [word.get_text() for word in page.select("mark")] == ["évaluation"]
    outcome = guide.outcomes.get(key="communiquer-code-campagne")
    assert page.select(f'li > a[href="{change_url(outcome)}"]')


def test_what_is_found_leads_to_its_form_and_to_its_place_on_the_page_of_the_guide(
    guide: Guide, editor: Client
) -> None:
    question = guide.questions.get(key="methode-pix-orga")
    outcome = guide.outcomes.get(key="contacter-support-pix")
    places = {
        "Dans Pix Orga > Élèves": (change_url(question), stop_anchor(question.key)),
        "Médiacentre": (
            f"{change_url(question)}#choices-0",
            line_anchor(question.key, "mediacentre"),
        ),
        "Contacter le support Pix": (change_url(outcome), outcome_anchor(outcome.key)),
    }
    for query, (form_url, anchor) in places.items():
        links = parse_page(editor.get(search_url(guide, query))).select(".found li a")
        assert {form_url, place_url(guide, anchor)} <= {str(link["href"]) for link in links}


def test_a_rule_is_found_by_what_it_gives_and_the_outcome_says_what_uses_it(
    guide: Guide, editor: Client
) -> None:
    page = editor.get(search_url(guide, "contacter le support"))
    text = page_text(page)
    assert "Règle 14 (→ Contacter le support Pix)" in text
    assert "alors conclure « Contacter le support Pix »." in text
    assert "Utilisée par 1 règle, 6 cas types. Voir dans le parcours" in text
    assert "Note" not in text  # which has « les », and not the other words
    rule = guide.rules.get(key="comptes-differents")
    assert parse_page(page).select(f'.found a[href="{change_url(rule)}"]')


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("introuvable", "Rien dans le brouillon n’a tous ces mots"),
        ("", "Écrivez en haut de la page"),
    ],
)
def test_a_search_that_finds_nothing_says_what_to_do(
    guide: Guide, editor: Client, query: str, answer: str
) -> None:
    assert answer in page_text(editor.get(search_url(guide, query)))


def test_a_query_is_shown_as_text(guide: Guide, editor: Client) -> None:
    page = editor.get(action_url(guide, "search"), {"q": "<b>\0" + "x" * 5000})
    assert page.status_code == 200
    assert "<b>" not in page.getvalue().decode()
