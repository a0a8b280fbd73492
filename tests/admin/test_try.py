"""*Essayer*: the visitors' pages on the draft; nothing is stored."""

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.models import Session
from rules.admin.links import action_url, change_url
from rules.models import Guide, Question, Rule, Version
from tests.admin.conftest import LogIn
from tests.paths import DecisionPath, paths_by_outcome
from tests.web.visitor import Visitor

SUPPORT = ["oui", "oui", "identifiant", "mail"]
ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "mail",
}


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


@pytest.fixture
def address(guide: Guide) -> str:
    return reverse("admin:diagnostics_session_try", args=[guide.pk])


@pytest.fixture
def trial(editor: Client, address: str) -> Visitor:
    return Visitor(editor).open(address)


def example_address(guide: Guide, **answers: str) -> str:
    return reverse("admin:diagnostics_session_example", args=[guide.pk], query=answers)


def test_a_try_is_marked_as_such_and_leads_back_to_the_guide(trial: Visitor, guide: Guide) -> None:
    assert trial.title.startswith("Essai du brouillon – Avez-vous mis à jour")
    assert "Essai du brouillon" in trial.texts(".notice")[0]
    assert trial.link("Revenir à la page du guide")["href"] == change_url(guide)


def test_a_try_opened_from_the_proof_leads_back_to_the_proof(
    editor: Client, address: str, guide: Guide
) -> None:
    trial = Visitor(editor).open(f"{address}?liste-a-jour=oui&_from=proof").answer("oui")
    assert trial.link("Revenir à la preuve")["href"] == action_url(guide, "proof")
    assert "laissées de côté" not in trial.texts(".notice")[0]


def test_a_try_leads_back_to_no_other_page(editor: Client, address: str, guide: Guide) -> None:
    trial = Visitor(editor).open(f"{address}?_from=https://example.org")
    assert trial.link("Revenir à la page du guide")["href"] == change_url(guide)


def test_answering_leads_to_the_result_and_stores_nothing(trial: Visitor) -> None:
    trial.answer_all(SUPPORT)
    assert trial.texts(".steps h2") == ["Contacter le support Pix"]
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_a_try_shows_what_visitors_see(
    path: DecisionPath, editor: Client, client: Client, address: str, guide: Guide
) -> None:
    visitor, trial = Visitor(client).start(), Visitor(editor).open(address)
    for choice in path.answers.values():
        assert trial.texts(".progress") == visitor.texts(".progress")
        visitor.answer(choice)
        trial.answer(choice)
    for part in (".steps li", ".advice", "dl.answers dt", "dl.answers dd"):
        assert trial.texts(part) == visitor.texts(part)


def test_an_answer_is_added_to_the_address(editor: Client, address: str) -> None:
    response = editor.post(f"{address}?liste-a-jour=oui", {"choice": "non"})
    assert response.status_code == 303
    assert response["Location"] == f"{address}?liste-a-jour=oui&attribution-gar=non"


def test_an_answer_is_changed_and_the_later_ones_are_kept(trial: Visitor) -> None:
    trial.answer_all(SUPPORT[:3])
    trial.open(str(trial.page.select("dl.answers a")[0]["href"]))
    assert trial.chosen() == ["oui"]
    trial.answer("non")
    assert trial.answers == ["Non", "Oui", "Identifiant"]


def test_the_way_back_leads_to_the_start_page(trial: Visitor) -> None:
    trial.answer("oui").follow("Retour").follow("Retour")
    assert trial.title.startswith("Essai du brouillon – Corriger les problèmes")
    assert trial.press("Commencer").texts(".progress")[0].startswith("Question 1")


def test_another_pupil_keeps_what_holds_for_the_school(trial: Visitor) -> None:
    trial.answer_all(SUPPORT).press("Diagnostiquer un autre élève")
    assert trial.answers == ["Oui", "Oui"]


def test_a_try_says_what_only_a_diagnostic_has(trial: Visitor) -> None:
    trial.answer_all(SUPPORT)
    assert not trial.page.select("textarea, figure")
    assert "Toute la classe" not in trial.page.text
    assert "texte prêt à copier pour le support" in trial.texts("p.code")[0]
    assert "le code de son diagnostic" in trial.texts("p.code")[1]


def test_an_answer_that_falls_away_is_set_aside(editor: Client, address: str) -> None:
    trial = Visitor(editor).open(f"{address}?liste-a-jour=oui&identifiants-connus=non")
    assert trial.texts(".set-aside li") == [
        "L’élève connaît son identifiant et mot de passe\u00a0? Non"
    ]


def test_no_choice_is_an_error_on_the_page(editor: Client, address: str) -> None:
    response = editor.post(address, {})
    assert response.status_code == 400
    assert "Choisissez une réponse pour continuer" in response.content.decode()


def test_a_question_that_is_not_asked_leads_to_the_one_that_is(
    editor: Client, address: str
) -> None:
    for key in ("identifiants-connus", "nulle-part"):
        asked = f"{address}?_question={key}"
        assert editor.get(asked)["Location"] == address
        assert editor.post(asked, {"choice": "oui"})["Location"] == address


def test_answers_that_the_draft_does_not_have_are_ignored(editor: Client, address: str) -> None:
    trial = Visitor(editor).open(f"{address}?liste-a-jour=peut-etre&inconnue=oui")
    assert trial.texts(".progress")[0].startswith("Question 1")
    assert "laissées de côté : liste-a-jour, inconnue." in trial.texts(".notice")[0].replace(
        "\u00a0", " "
    )


def test_a_try_reads_the_draft_as_it_is_now(trial: Visitor, guide: Guide, address: str) -> None:
    Question.objects.filter(guide=guide, key="liste-a-jour").update(title="Autre question")
    assert trial.open(address).heading == "Autre question"


def test_a_version_is_tried_as_its_visitors_see_it(editor: Client, guide: Guide) -> None:
    Question.objects.filter(guide=guide, key="liste-a-jour").update(title="Autre question")
    version = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    trial = Visitor(editor).open(version)
    assert trial.title.startswith("Essai de la version 1 – Avez-vous mis à jour")
    assert trial.answer_all(SUPPORT).texts(".steps h2") == ["Contacter le support Pix"]
    assert "En faire un cas type" not in trial.page.text


def test_a_try_does_not_wait_for_a_long_proof(
    editor: Client, guide: Guide, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.admin.tries.QUICK_PROOF_MAX_STATES", 3)
    assert Visitor(editor).open(address).texts(".progress") == ["Question 1"]


def test_an_altered_version_is_not_tried(editor: Client, guide: Guide) -> None:
    Version.objects.update(document="{}", sha256="0" * 64)
    version = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    assert "altérée" in editor.get(version, follow=True).content.decode()


def test_a_draft_that_is_not_well_formed_lists_what_is_to_mend(
    trial: Visitor, guide: Guide, address: str
) -> None:
    question = Question.objects.create(guide=guide, key="vide", title="Sans réponses")
    trial.open(address)
    assert "Le brouillon ne peut pas encore être essayé" in trial.page.text
    assert trial.link("Sans réponses")["href"] == change_url(question)


def rule_trace_text(trial: Visitor, row: Rule) -> str:
    """Returns what the trace says of a rule."""
    link = trial.element(f'.trace .rules a[href="{change_url(row)}"]')
    line = link.find_parent("li")
    assert line is not None
    return " ".join(line.get_text(" ").split())


def test_the_trace_tells_fired_rules_from_the_others(trial: Visitor, guide: Guide) -> None:
    trial.answer_all(SUPPORT)
    assert len(trial.texts(".trace .rules a")) == guide.rules.count()
    assert trial.texts('[aria-labelledby="decident"] a') == ["Règle 14"]


def test_the_trace_marks_each_condition_and_names_the_answers_that_decided(
    trial: Visitor, guide: Guide
) -> None:
    trial.answer_all(SUPPORT)
    decided = rule_trace_text(trial, guide.rules.get(gives__key="contacter-support-pix"))
    assert decided.count("✓ Vrai") == 2
    assert "Réponses qui ont décidé" in decided
    assert "Identifiant" in decided.split("ont décidé")[1]
    refused = rule_trace_text(trial, guide.rules.get(gives__key="communiquer-code-campagne"))
    assert "✗ Faux" in refused


def test_on_a_result_concluding_rules_come_first_and_asking_rules_are_folded(
    trial: Visitor,
) -> None:
    trial.answer_all(SUPPORT)
    headings = trial.texts(".trace h2, .trace summary")
    assert headings == [
        "Ce qui décide (1)", "Et si\u00a0?", "Ce qui conseille (3)",
        "Ce qui a posé les questions (4)", "Règles non déclenchées (12)",
    ]  # fmt: skip


def test_on_a_question_the_rule_that_asks_it_comes_first(trial: Visitor) -> None:
    trial.answer("oui")
    assert trial.texts('[aria-labelledby="decident"] a') == ["Règle 4"]


def test_an_answer_that_a_condition_names_is_not_repeated(trial: Visitor, guide: Guide) -> None:
    trial.answer_all([*SUPPORT[:2], "aucune"])
    trace = rule_trace_text(trial, guide.rules.get(gives__key="communiquer-code-campagne"))
    assert "✓ Vrai" in trace
    assert "Réponses qui ont décidé" not in trace


def test_another_answer_with_another_result_links_to_its_try(trial: Visitor) -> None:
    trial.answer_all(SUPPORT)
    trial.follow("– (aucune)")
    assert trial.texts(".steps h2") == ["Communiquer un code de campagne à l’élève"]


def test_others_are_refused_in_french(guide: Guide, address: str, log_in: LogIn) -> None:
    stranger = log_in("sam")
    version = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    for response in (
        stranger.get(address),
        stranger.post(address, {"choice": "oui"}),
        stranger.get(version),
        stranger.post(example_address(guide, **ANSWERS)),
    ):
        assert response.status_code == 403
        assert "Vous n’avez pas accès à cette page." in response.content.decode()


def test_visitors_of_the_public_pages_are_asked_to_log_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/admin/login/")


def test_a_guide_that_is_gone_is_not_found(editor: Client, guide: Guide) -> None:
    gone = reverse("admin:diagnostics_session_try", args=[guide.pk + 1])
    assert editor.get(gone).status_code == 404


@pytest.mark.parametrize(
    "query", ["%00=%ff", "_question=%00", "=&=&&", "liste-a-jour=oui&liste-a-jour=%F0", "_start"]
)
def test_any_address_is_a_page(editor: Client, address: str, query: str) -> None:
    for response in (
        editor.get(f"{address}?{query}", follow=True),
        editor.post(f"{address}?{query}", {"choice": "\x00"}, follow=True),
    ):
        assert response.status_code in {200, 400}
        assert "Essai du brouillon" in response.content.decode()


def test_numbers_too_large_are_not_found(editor: Client, guide: Guide) -> None:
    for place in ("try/{0}/", "try/1/{0}/", "replay/{0}/"):
        gone = editor.get("/admin/diagnostics/session/" + place.format(10**30))
        assert gone.status_code == 404
