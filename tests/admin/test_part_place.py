"""The page of a part says where it is used, where it stands in the parcours, and how visitors get there."""

from urllib.parse import urlencode

import pytest
from bs4 import Tag
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from rules.admin.links import action_url, change_url, place_url
from rules.drafts import cached_parcours
from rules.models import Guide
from rules.parcours.anchors import line_anchor, outcome_anchor, stop_anchor
from rules.parcours.build import build_parcours
from tests.admin.pages import page_text, parse_page
from tests.recorded_calls import record_calls


def find_place(page: HttpResponseBase) -> Tag:
    place = parse_page(page).select_one(".part-place")
    assert isinstance(place, Tag)
    return place


def place_links(page: HttpResponseBase) -> dict[str, str]:
    """Returns the address of the first link with each text, of those about the place of a part."""
    links: dict[str, str] = {}
    for link in find_place(page).select("a"):
        links.setdefault(" ".join(link.get_text().split()), str(link["href"]))
    return links


def try_url(guide: Guide, **answers: str) -> str:
    address = reverse("admin:diagnostics_session_try", args=[guide.pk])
    return (
        f"{address}?{urlencode({key.replace('_', '-'): value for key, value in answers.items()})}"
    )


def test_the_page_of_a_question_says_what_uses_it_and_its_choices(
    guide: Guide, editor: Client
) -> None:
    question = guide.questions.get(key="attribution-gar")
    page = editor.get(change_url(question))
    place = find_place(page)
    summary = place.select_one("summary")
    assert summary is not None
    assert summary.get_text() == "Utilisée par 4 règles, 16 cas types"
    links = place_links(page)
    assert links["Voir dans le parcours"] == place_url(guide, stop_anchor(question.key))
    assert links["Non"] == place_url(guide, line_anchor(question.key, "non"))
    rule = guide.rules.get(key="pix-a-attribuer")
    assert change_url(rule) in links.values()
    assert "Non Utilisée par 1 règle, 2 cas types" in " ".join(place.get_text(" ").split())


def test_pages_of_the_same_draft_build_its_parcours_once(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_parcours, "_cached_parcours", cached_parcours.make_parcours_cache())
    calls = record_calls(monkeypatch, build_parcours)
    for part in (guide, guide.questions.all()[0], guide.rules.all()[0], guide.outcomes.all()[0]):
        assert editor.get(change_url(part)).status_code == 200
    assert editor.get(action_url(guide, "graph")).status_code == 200
    assert len(calls) == 1


def test_a_part_is_seen_as_a_visitor_after_the_shortest_answers_that_lead_to_it(
    guide: Guide, editor: Client
) -> None:
    question = guide.questions.get(key="attribution-gar")
    links = place_links(editor.get(change_url(question)))
    assert links["Voir comme un visiteur"] == try_url(guide, liste_a_jour="oui")
    outcome = guide.outcomes.get(key="communiquer-code-campagne")
    links = place_links(editor.get(change_url(outcome)))
    assert links["Voir dans le parcours"] == place_url(guide, outcome_anchor(outcome.key))
    assert links["Voir comme un visiteur"] == try_url(
        guide, liste_a_jour="oui", attribution_gar="oui", methode_pix_orga="aucune"
    )


def test_the_page_of_a_rule_lists_the_lines_that_it_decides(guide: Guide, editor: Client) -> None:
    page = editor.get(change_url(guide.rules.get(key="comptes-differents")))
    assert page_text(page).startswith("Règle 14 ")
    assert "Utilisée à 3 endroits du parcours" in page_text(page)
    anchors = {url.partition("#")[2] for url in place_links(page).values()}
    assert line_anchor("connexion-habituelle", "mail") in anchors


def test_a_part_that_no_visitor_meets_says_so_and_what_to_do(guide: Guide, editor: Client) -> None:
    question = guide.questions.create(key="isolee", title="Isolée ?")
    text = find_place(editor.get(change_url(question))).get_text()
    assert "aucune règle ne la pose. Posez-la après une réponse" in text
    assert "Hors du parcours" in text
    assert "Pas encore utilisée." in text
    assert "Voir comme un visiteur" not in text


def test_a_part_that_is_lost_because_of_another_says_which_one(
    guide: Guide, editor: Client
) -> None:
    guide.rules.get(asks__key="attribution-gar").delete()
    rule = guide.rules.get(key="pix-a-attribuer")
    text = " ".join(find_place(editor.get(change_url(rule))).get_text(" ").split())
    assert "Cette règle ne s’applique à aucun visiteur" in text
    assert "La cause est la question « Attribution dans le GAR ». Posez-la après" in text


def test_an_example_is_seen_as_a_visitor_with_its_answers(guide: Guide, editor: Client) -> None:
    example = guide.examples.get(name="Aucune méthode de connexion dans Pix Orga")
    page = parse_page(editor.get(change_url(example)))
    link = page.find("a", string="Voir comme un visiteur")
    assert isinstance(link, Tag)
    assert str(link["href"]) == try_url(
        guide, liste_a_jour="oui", attribution_gar="oui", methode_pix_orga="aucune"
    )


def test_the_page_of_a_new_part_has_no_place(guide: Guide, editor: Client) -> None:
    page = parse_page(editor.get(f"/admin/rules/question/add/?guide={guide.pk}"))
    assert not page.select(".part-place")


def test_a_conclusion_that_only_the_live_version_uses_is_not_used_any_more(
    guide: Guide, editor: Client
) -> None:
    outcome = guide.outcomes.get(key="communiquer-code-campagne")
    guide.rules.filter(gives=outcome).delete()
    guide.examples.filter(outcomes__outcome=outcome).delete()
    text = find_place(editor.get(change_url(outcome))).get_text()
    assert "N’est plus utilisée." in text
