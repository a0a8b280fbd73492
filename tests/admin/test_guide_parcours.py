"""The page of a guide as a map: its stops, what each answer leads to, and the faults at their places."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from rules import list_pages
from rules.admin.guide import overview
from rules.admin.guide.presented_parcours import ParcoursPresenter, is_particular
from rules.admin.links import action_url, change_url, place_url, rule_list_url
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.models import Guide
from rules.parcours.build import build_parcours
from rules.proof.bounds import QUICK_BOUND
from rules.publication.check import publication_check
from tests.admin.pages import fill_and_send, page_text, parse_page
from tests.admin.usual_guide import usual_guide


def open_map(client: Client, guide: Guide) -> BeautifulSoup:
    return parse_page(client.get(change_url(guide)))


def text_of(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def line_of_answer(page: BeautifulSoup, answer: str) -> Tag:
    answered = page.find(id=f"reponse-{answer}")
    assert isinstance(answered, Tag)
    line = answered.find_parent("li")
    assert line is not None
    return line


def present_draft(content: GuideContent) -> ParcoursPresenter:
    check = publication_check(content)
    parcours = build_parcours(check.compiled.guide, check.proof.graph)
    return ParcoursPresenter(None, check, parcours)


def test_the_stops_are_in_the_order_in_which_visitors_meet_them(
    guide: Guide, editor: Client
) -> None:
    questions = list(guide.questions.all())
    for position, question in enumerate(reversed(questions), 1):
        question.position = position
        question.save()
    page = open_map(editor, guide)
    ids = [body["id"] for body in page.select(".stop-body")]
    assert ids == [f"etape-{question.key}" for question in questions]


def test_a_line_says_the_advice_of_its_answer_where_it_leads_and_which_rules_decide(
    guide: Guide, editor: Client
) -> None:
    line = line_of_answer(open_map(editor, guide), "liste-a-jour.non")
    links = {str(link["href"]) for link in line.select("a")}
    asked = guide.rules.get(key="demander-attribution-gar")
    advised, outcome = (
        guide.rules.get(key="liste-a-importer"),
        guide.outcomes.get(key="importer-liste-eleves"),
    )
    assert {change_url(asked), change_url(advised), change_url(outcome)} <= links
    assert "#etape-attribution-gar" in links
    assert "règle 3" in text_of(line)


def test_each_answer_of_a_line_leads_to_its_form(guide: Guide, editor: Client) -> None:
    answered = open_map(editor, guide).find(id="reponse-methode-pix-orga.mail")
    assert isinstance(answered, Tag)
    form, _, place = str(answered["href"]).partition("#")
    choices = parse_page(editor.get(form)).find(id=place)
    assert isinstance(choices, Tag)
    assert choices.select('input[value="Mail"]')


def test_answers_that_lead_to_the_same_places_share_a_line(guide: Guide, editor: Client) -> None:
    line = line_of_answer(open_map(editor, guide), "connexion-habituelle.mail")
    assert len(line.select(".answer")) == 3
    assert [text_of(case.select_one(".condition")) for case in line.select(".cases li")][1:] == [
        "sinon"
    ]


def test_a_conclusion_says_its_tone_in_words_and_which_answers_lead_to_it(
    guide: Guide, editor: Client
) -> None:
    page = open_map(editor, guide)
    end = line_of_answer(page, "methode-pix-orga.aucune").select_one(".end")
    assert text_of(end) == "Communiquer un code de campagne à l’élève (action à faire)"
    row = page.find(id="conclusion-communiquer-code-campagne")
    assert isinstance(row, Tag)
    assert row.select_one('a[href="#reponse-methode-pix-orga.aucune"]')
    assert "Utilisée par 1 règle, 2 cas types" in text_of(row)


def test_every_stop_case_and_conclusion_can_be_seen_as_a_visitor(
    guide: Guide, editor: Client
) -> None:
    page = open_map(editor, guide)
    stops, cases = page.select(".stop-tools"), page.select(".line .cases li")
    tries = [link for link in page.select("a") if link.get_text() == "Voir comme un visiteur"]
    assert len(tries) == len(stops) + len(cases) + guide.outcomes.count()
    assert "liste-a-jour=oui&attribution-gar=oui" in str(stops[2].select("a")[2]["href"])


def test_a_dead_end_is_a_fault_at_its_line(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    page = open_map(editor, guide)
    assert "rien encore : impasse" in text_of(line_of_answer(page, "methode-pix-orga.aucune"))
    (faulty,) = page.select(".stop.faulty")
    assert "1 point à corriger" in text_of(faulty)


def test_an_unfinished_rule_is_a_fault_at_the_stop_that_it_looks_at(
    guide: Guide, editor: Client
) -> None:
    rule = guide.rules.get(key="aucune-methode")
    rule.conditions.get().choices.clear()
    page = open_map(editor, guide)
    (faults,) = page.select(".stop .faults")
    assert faults.select_one(f'a[href="{change_url(rule)}"]')
    assert page.select_one(".stop-body:has(.faults)#etape-methode-pix-orga")


def test_what_no_visitor_comes_to_stands_outside_with_its_fault(
    guide: Guide, editor: Client
) -> None:
    question = guide.questions.create(key="vide", title="Jamais posée ?", position=99)
    for key in ("oui", "non"):
        question.choices.create(key=key, label=key)
    part = open_map(editor, guide).select_one(".outside #etape-vide")
    assert "n’est posée à aucun visiteur" in text_of(part)
    assert part is not None
    assert part.select_one(f'a[href="{change_url(question)}"]')


UNFINISHED_MAP = "Parcours inachevé : des réponses peuvent aussi mener ailleurs."


def test_a_complete_map_does_not_say_that_answers_may_lead_elsewhere(
    guide: Guide, editor: Client
) -> None:
    assert UNFINISHED_MAP not in page_text(editor.get(change_url(guide)))


def test_nothing_is_said_to_be_outside_if_the_proof_stopped_before(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch, no_cached_proof: None
) -> None:
    monkeypatch.setattr(overview, "QUICK_BOUND", QUICK_BOUND._replace(states=2, seconds=60))
    page = page_text(editor.get(change_url(guide)))
    assert UNFINISHED_MAP in page
    assert "Pas encore su La preuve s’est arrêtée" in page
    assert "ors du parcours" not in page
    assert "Aucun visiteur n’y vient" not in page
    assert "→ pas encore su" in page


def test_failing_examples_are_unfolded_and_the_others_are_not(guide: Guide, editor: Client) -> None:
    wrong = guide.examples.all()[0]
    wrong.outcomes.all().delete()
    page = open_map(editor, guide)
    unfolded = [link for link in page.select(".examples a") if not link.find_parent("details")]
    assert [link["href"] for link in unfolded] == [change_url(wrong)]


def test_a_small_guide_opens_unfolded_and_a_large_one_folded_but_for_its_faults(
    guide: Guide, editor: Client
) -> None:
    small = open_map(editor, guide)
    assert len(small.select(".stop > details[open]")) == guide.questions.count()
    large = guide_import(content=usual_guide(40, 150))
    assert open_map(editor, large).select(".stop > details[open]") == []
    large.rules.get(key="fin-7").delete()
    (unfolded,) = open_map(editor, large).select(".stop > details[open]")
    assert "rien encore : impasse" in text_of(unfolded)


def test_links_lead_to_stops_on_other_pages_of_a_long_list(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 3000)
    page = open_map(editor, guide)
    shown = {str(body["id"]) for body in page.select(".stop-body")}
    links = [str(link["href"]) for link in page.select(".cases a.next")]
    assert "etape-identifiants-connus" not in shown
    for link in links:
        query, _, anchor = link.partition("#")
        assert (query == "") == (anchor in shown)
        found = parse_page(editor.get(f"{change_url(guide)}{query}")).find(id=anchor)
        assert found is not None


@pytest.mark.parametrize(
    "place",
    [
        "etape-identifiants-connus",
        "reponse-identifiants-connus.non",
        "conclusion-associer-mediacentre",
    ],
)
def test_a_place_on_another_page_of_a_long_list_is_found(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(list_pages, "MAX_PAGE_WEIGHT", 3000)
    assert open_map(editor, guide).find(id=place) is None
    assert parse_page(editor.get(place_url(guide, place))).find(id=place)


def test_the_page_of_a_guide_with_many_faults_unfolds_the_first_of_them(editor: Client) -> None:
    content = usual_guide(100, 300)
    rules = tuple(rule for rule in content.rules if not rule.key.startswith("fin-"))
    guide = guide_import(content=replace(content, rules=rules))
    page = open_map(editor, guide)
    assert 20 < len(page.select(".stop.faulty")) <= overview.MAX_STOPS
    assert 0 < len(page.select(".stop > details[open]")) < 10
    assert page.select(".fold[open]") == []
    assert [text_of(row) for row in page.select(".rest > p")][-2:] == [
        "Et 90 autres en rouge, parmi tous les cas types.",
        "Aucun visiteur n’y vient.",
    ]


@pytest.mark.parametrize("place", ["etape-q20", "reponse-q20.non", "conclusion-fin-20"])
def test_a_link_to_a_place_unfolds_it_alone(
    shipped_guide: Guide, editor: Client, place: str
) -> None:
    guide = guide_import(content=usual_guide(40, 150))
    page = parse_page(editor.get(place_url(guide, place)))
    (unfolded,) = page.select(".with-picture details[open], .fold[open]")
    assert unfolded.find(id=place)
    assert len(page.select(".stop")) == 40


@pytest.mark.parametrize(
    ("kind", "key", "place"),
    [
        ("questions", "methode-pix-orga", "etape-methode-pix-orga"),
        ("outcomes", "importer-liste-eleves", "conclusion-importer-liste-eleves"),
        ("rules", "aucune-methode", "reponse-methode-pix-orga.aucune"),
    ],
)
def test_the_page_of_a_guide_opens_at_the_part_that_was_saved(
    guide: Guide, editor: Client, kind: str, key: str, place: str
) -> None:
    saved = fill_and_send(editor, change_url(getattr(guide, kind).get(key=key)))
    assert saved.headers["Location"] == place_url(guide, place)


def test_a_stop_leads_to_the_rules_about_its_question(guide: Guide, editor: Client) -> None:
    uses = open_map(editor, guide).select_one(".stop:has(#etape-liste-a-jour) a.uses")
    assert uses is not None
    assert uses["href"] == rule_list_url(guide, question="liste-a-jour")
    rows = parse_page(editor.get(str(uses["href"]))).select(".rule-table tbody tr")
    assert text_of(uses) == f"Utilisée par {len(rows)} règles, 16 cas types"


def test_the_three_actions_are_in_view_and_all_others_are_folded(
    guide: Guide, publisher: Client
) -> None:
    page = open_map(publisher, guide)
    acts = page.select_one(".acts")
    assert acts is not None
    assert [text_of(link) for link in acts.find_all("a", recursive=False)] == [
        "Essayer",
        "Ce qui change",
        "Publier",
    ]
    folded = {str(link["href"]) for link in acts.select("details:not([open]) a")}
    pages = ("proof", "read", "texts", "export", "duplicate", "history")
    assert {action_url(guide, name) for name in pages} <= folded


@pytest.mark.parametrize(
    ("match", "questions", "particular"),
    [
        (Match.ALL, ["q"], False),
        (Match.ALL, ["p", "q"], False),
        (Match.ALL, ["p"], True),
        (Match.ANY, ["q", "q"], False),
        (Match.ANY, ["p", "q"], True),
        (Match.ALL, [], False),
    ],
)
def test_a_rule_is_particular_if_an_arrow_cannot_say_it(
    match: Match, questions: list[str], particular: bool
) -> None:
    when = tuple(ConditionContent(key, Operator.ANSWERED) for key in questions)
    rule = RuleContent("r", when, Effect.ASK, "next", match)
    assert is_particular(rule, "q") is particular


def test_the_name_of_a_stop_is_its_short_name_with_its_title_beside(guide: Guide) -> None:
    content = draft_read(guide)
    first, *others = content.questions
    content = replace(content, questions=(replace(first, short="Liste à jour"), *others))
    presenter = present_draft(content)
    stop = presenter.present_stop(presenter.parcours.stops[0])
    assert (stop.name, stop.title) == ("Liste à jour", first.title)
    assert presenter.present_start().cases[0].destinations[0].title == "Liste à jour"


def test_a_rule_that_never_holds_is_found_outside_with_its_problem_once_it_is_saved(
    guide: Guide, editor: Client
) -> None:
    rule = guide.rules.get(key="aucune-methode")
    condition = rule.conditions.first()
    assert condition is not None
    twin = rule.conditions.create(
        question=condition.question, operator=condition.operator, position=9
    )
    other = condition.question.choices.exclude(key="aucune")[0]
    twin.choices.add(other)
    saved = fill_and_send(editor, change_url(rule))
    assert saved.headers["Location"] == place_url(guide, "hors-du-parcours")
    page = parse_page(editor.get(saved.headers["Location"]))
    messages = " ".join(each.text for each in page.select(".messagelist li"))
    assert "À corriger avant de publier" in messages
    assert "enlevez une de ses conditions" in messages


def test_the_beginning_of_the_introduction_stands_at_the_start_with_its_form(
    guide: Guide, editor: Client
) -> None:
    introduction = open_map(editor, guide).select_one(".departure .introduction")
    assert introduction is not None
    assert "Ce guide est fait pour le référent Pix" in introduction.get_text()
    [*_, link] = introduction.select("a")
    assert link["href"] == action_url(guide, "texts")


def test_who_may_publish_finds_how_to_close_a_guide_and_to_open_it_again(
    guide: Guide, publisher: Client
) -> None:
    selector = f".plus [href='{action_url(guide, 'settings')}']"
    link = open_map(publisher, guide).select_one(selector)
    assert text_of(link) == "Fermer le guide aux nouveaux visiteurs"
    Guide.objects.filter(pk=guide.pk).update(closed=True, closing_message="Fermé.")
    link = open_map(publisher, guide).select_one(selector)
    assert text_of(link) == "Rouvrir le guide aux nouveaux visiteurs"


def test_the_answers_that_lead_to_an_outcome_are_grouped_by_question(
    guide: Guide, editor: Client
) -> None:
    rows = [text_of(row) for row in open_map(editor, guide).select(".outcomes > li")]
    [support] = [row for row in rows if "Contacter le support Pix" in row]
    assert "depuis 4 toutes les réponses Utilisée" in support
