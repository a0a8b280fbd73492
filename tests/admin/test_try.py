"""*Essayer*: an editor answers a draft or a version as visitors do, and nothing is stored."""

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.models import Session
from rules.admin.links import action_url, change_url
from rules.models import Guide, Question, Rule, Version
from rules.proof.bounds import ProofBound
from tests.admin.conftest import LogIn
from tests.paths import DecisionPath, paths_by_outcome
from tests.web.visitor import Visitor

SUPPORT_CHOICES = ["oui", "oui", "identifiant", "mail"]
ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "identifiant",
    "connexion-habituelle": "mail",
}


@pytest.fixture
def try_url(guide: Guide) -> str:
    return reverse("admin:diagnostics_session_try", args=[guide.pk])


@pytest.fixture
def trial(editor: Client, try_url: str) -> Visitor:
    return Visitor(editor).open(try_url)


def example_url(guide: Guide, **answers: str) -> str:
    return reverse("admin:diagnostics_session_example", args=[guide.pk], query=answers)


def test_a_try_has_a_notice_and_a_link_back_to_the_guide(trial: Visitor, guide: Guide) -> None:
    assert trial.title.startswith("Essai du brouillon – Avez-vous mis à jour")
    assert "Essai du brouillon" in trial.texts(".notice")[0]
    assert trial.link("Revenir à la page du guide")["href"] == change_url(guide)


def test_a_try_opened_from_the_proof_links_back_to_the_proof(
    editor: Client, try_url: str, guide: Guide
) -> None:
    trial = Visitor(editor).open(f"{try_url}?liste-a-jour=oui&_from=proof").answer("oui")
    assert trial.link("Revenir à la preuve")["href"] == action_url(guide, "proof")
    assert "laissées de côté" not in trial.texts(".notice")[0]


def test_a_try_does_not_link_back_to_another_site(
    editor: Client, try_url: str, guide: Guide
) -> None:
    trial = Visitor(editor).open(f"{try_url}?_from=https://example.org")
    assert trial.link("Revenir à la page du guide")["href"] == change_url(guide)


def test_answering_leads_to_the_result_and_stores_nothing(trial: Visitor) -> None:
    trial.answer_all(SUPPORT_CHOICES)
    assert trial.texts(".steps h3") == ["Contacter le support Pix"]
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", paths_by_outcome(), ids=str)
def test_a_try_shows_what_visitors_see(
    path: DecisionPath, editor: Client, client: Client, try_url: str, guide: Guide
) -> None:
    visitor, trial = Visitor(client).start(), Visitor(editor).open(try_url)
    for choice in path.answers.values():
        assert trial.texts(".progress") == visitor.texts(".progress")
        visitor.answer(choice)
        trial.answer(choice)
    for part in (".steps li", ".advice", "dl.answers dt", "dl.answers dd"):
        assert trial.texts(part) == visitor.texts(part)


def test_a_try_shows_what_the_paper_of_the_pupil_says(trial: Visitor) -> None:
    assert "Sur le papier de l’élève" not in trial.texts(".trace h2")  # a question to the school
    trial.answer("oui").answer("oui").answer("identifiant")
    [paper] = trial.page.select("[aria-labelledby=pour-l-eleve]")
    assert "Comment ouvres-tu d’habitude ton compte Pix" in paper.get_text()
    trial.answer("mail")
    [paper] = trial.page.select("[aria-labelledby=pour-l-eleve]")
    assert "Tu as deux comptes Pix." in paper.get_text()


def test_an_answer_is_added_to_the_address(editor: Client, try_url: str) -> None:
    response = editor.post(f"{try_url}?liste-a-jour=oui", {"choice": "non"})
    assert response.status_code == 303
    assert response["Location"] == f"{try_url}?liste-a-jour=oui&attribution-gar=non"


def test_an_earlier_answer_is_changed_and_the_later_answers_stay(trial: Visitor) -> None:
    trial.answer_all(SUPPORT_CHOICES[:3])
    trial.open(str(trial.page.select("dl.answers a")[0]["href"]))
    assert trial.chosen() == ["oui"]
    trial.answer("non")
    assert trial.answers == ["Non", "Oui", "Identifiant"]


def test_the_back_links_lead_to_the_start_page(trial: Visitor) -> None:
    trial.answer("oui").follow("Retour").follow("Retour")
    assert trial.title.startswith("Essai du brouillon – Corriger les problèmes")
    assert trial.press("Commencer").texts(".progress")[0].startswith("Question 1")


def test_the_try_of_another_pupil_keeps_the_answers_about_the_school(trial: Visitor) -> None:
    trial.answer_all(SUPPORT_CHOICES).press("Continuer avec un autre élève")
    assert trial.answers == ["Oui", "Oui"]


def test_a_try_says_what_only_a_real_diagnostic_offers(trial: Visitor) -> None:
    trial.answer_all(SUPPORT_CHOICES)
    assert not trial.page.select("textarea, figure")
    assert "Toute la classe" not in trial.page.text
    assert "texte prêt à copier pour le support" in trial.texts("p.code")[0]
    assert "le code de son diagnostic" in trial.texts("p.code")[1]


def test_an_answer_to_a_question_that_is_not_asked_is_set_aside(
    editor: Client, try_url: str
) -> None:
    trial = Visitor(editor).open(f"{try_url}?liste-a-jour=oui&identifiants-connus=non")
    assert trial.texts(".set-aside li") == [
        "L’élève connaît son identifiant et mot de passe\u00a0? Non"
    ]


def test_a_post_without_a_choice_shows_an_error(editor: Client, try_url: str) -> None:
    response = editor.post(try_url, {})
    assert response.status_code == 400
    assert "Choisissez une réponse pour continuer" in response.content.decode()


def test_a_question_that_is_not_asked_redirects_to_the_current_question(
    editor: Client, try_url: str
) -> None:
    for key in ("identifiants-connus", "nulle-part"):
        asked = f"{try_url}?_question={key}"
        assert editor.get(asked)["Location"] == try_url
        assert editor.post(asked, {"choice": "oui"})["Location"] == try_url


def test_answers_that_the_draft_does_not_have_are_ignored(editor: Client, try_url: str) -> None:
    trial = Visitor(editor).open(f"{try_url}?liste-a-jour=peut-etre&inconnue=oui")
    assert trial.texts(".progress")[0].startswith("Question 1")
    assert "laissées de côté : liste-a-jour, inconnue." in trial.texts(".notice")[0].replace(
        "\u00a0", " "
    )


def test_a_try_reads_the_draft_as_it_is_now(trial: Visitor, guide: Guide, try_url: str) -> None:
    Question.objects.filter(guide=guide, key="liste-a-jour").update(title="Autre question")
    assert trial.open(try_url).heading == "Autre question"


def test_a_try_of_a_version_shows_what_its_visitors_see(editor: Client, guide: Guide) -> None:
    Question.objects.filter(guide=guide, key="liste-a-jour").update(title="Autre question")
    version = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    trial = Visitor(editor).open(version)
    assert trial.title.startswith("Essai de la version 1 – Avez-vous mis à jour")
    assert trial.answer_all(SUPPORT_CHOICES).texts(".steps h3") == ["Contacter le support Pix"]
    assert "En faire un cas type" not in trial.page.text


@pytest.mark.usefixtures("no_cached_proof")
def test_a_try_does_not_wait_for_a_long_proof(
    editor: Client, guide: Guide, try_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnostics.admin.tries.QUICK_BOUND", ProofBound(states=3))
    assert Visitor(editor).open(try_url).texts(".progress") == ["Question 1"]


def test_an_altered_version_cannot_be_tried(editor: Client, guide: Guide) -> None:
    Version.objects.update(document="{}", sha256="0" * 64)
    version = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    assert "altérée" in editor.get(version, follow=True).content.decode()


def test_a_try_of_an_unfinished_draft_ends_at_a_question_without_choices(
    trial: Visitor, guide: Guide, try_url: str
) -> None:
    question = Question.objects.create(guide=guide, key="vide", title="Sans réponses")
    guide.rules.filter(asks__key="attribution-gar").update(asks=question)
    trial.open(f"{try_url}?liste-a-jour=oui")
    assert "Cette question n’a pas encore de réponses" in trial.page.text
    assert "Question 2, la dernière" in " ".join(trial.page.text.split())


def test_the_trace_says_which_rule_is_left_out_because_it_is_not_finished(
    trial: Visitor, guide: Guide, try_url: str
) -> None:
    rule = guide.rules.get(key="aucune-methode")
    rule.conditions.create(question=guide.questions.all()[0], operator="is", position=9)
    trial.open(f"{try_url}?liste-a-jour=oui")
    assert "Cette règle n’est pas finie : elle est laissée de côté." in rule_trace_text(trial, rule)


def rule_trace_text(trial: Visitor, row: Rule) -> str:
    """Returns the text about a rule in the trace."""
    link = trial.element(f'.trace .rules a[href="{change_url(row)}"]')
    line = link.find_parent("li")
    assert line is not None
    return " ".join(line.get_text(" ").split())


def test_the_trace_lists_every_rule_and_sets_the_deciding_rule_apart(
    trial: Visitor, guide: Guide
) -> None:
    trial.answer_all(SUPPORT_CHOICES)
    assert len(trial.texts(".trace .rules a")) == guide.rules.count()
    assert trial.texts('[aria-labelledby="decident"] a') == ["Règle 14"]


def test_the_trace_marks_each_condition_and_names_the_answers_that_decided(
    trial: Visitor, guide: Guide
) -> None:
    trial.answer_all(SUPPORT_CHOICES)
    decided = rule_trace_text(trial, guide.rules.get(gives__key="contacter-support-pix"))
    assert decided.count("✓ Vrai") == 2
    assert "Réponses qui ont décidé" in decided
    assert "Identifiant" in decided.split("ont décidé")[1]
    refused = rule_trace_text(trial, guide.rules.get(gives__key="communiquer-code-campagne"))
    assert "✗ Faux" in refused


def test_on_a_result_concluding_rules_come_first_and_asking_rules_are_folded(
    trial: Visitor,
) -> None:
    trial.answer_all(SUPPORT_CHOICES)
    headings = trial.texts(".trace h2, .trace summary")
    assert headings == [
        "Ce qui décide (1)", "Et si\u00a0?", "Ce qui conseille (3)", "Sur le papier de l’élève",
        "Ce qui a posé les questions (4)", "Règles non déclenchées (12)",
    ]  # fmt: skip


def test_on_a_question_the_rule_that_asks_it_comes_first(trial: Visitor) -> None:
    trial.answer("oui")
    assert trial.texts('[aria-labelledby="decident"] a') == ["Règle 4"]


def test_an_answer_that_a_condition_names_is_not_repeated(trial: Visitor, guide: Guide) -> None:
    trial.answer_all([*SUPPORT_CHOICES[:2], "aucune"])
    trace = rule_trace_text(trial, guide.rules.get(gives__key="communiquer-code-campagne"))
    assert "✓ Vrai" in trace
    assert "Réponses qui ont décidé" not in trace


def test_the_trace_links_to_a_try_of_an_answer_with_another_result(trial: Visitor) -> None:
    trial.answer_all(SUPPORT_CHOICES)
    trial.follow("– (aucune)")
    assert trial.texts(".steps h3") == ["Communiquer un code de campagne à l’élève"]


def test_staff_without_permission_are_refused_in_french(
    guide: Guide, try_url: str, log_in: LogIn
) -> None:
    stranger = log_in("sam")
    version = reverse("admin:diagnostics_session_try_version", args=[guide.pk, 1])
    for response in (
        stranger.get(try_url),
        stranger.post(try_url, {"choice": "oui"}),
        stranger.get(version),
        stranger.post(example_url(guide, **ANSWERS)),
    ):
        assert response.status_code == 403
        assert "Vous n’avez pas accès à cette page." in response.content.decode()


def test_visitors_are_redirected_to_the_login_page(client: Client, try_url: str) -> None:
    assert client.get(try_url)["Location"].startswith("/admin/login/")


def test_the_try_of_a_missing_guide_is_not_found(editor: Client, guide: Guide) -> None:
    gone = reverse("admin:diagnostics_session_try", args=[guide.pk + 1])
    assert editor.get(gone).status_code == 404


@pytest.mark.parametrize(
    "query", ["%00=%ff", "_question=%00", "=&=&&", "liste-a-jour=oui&liste-a-jour=%F0", "_start"]
)
def test_no_query_causes_a_server_error(editor: Client, try_url: str, query: str) -> None:
    for response in (
        editor.get(f"{try_url}?{query}", follow=True),
        editor.post(f"{try_url}?{query}", {"choice": "\x00"}, follow=True),
    ):
        assert response.status_code in {200, 400}
        assert "Essai du brouillon" in response.content.decode()


def test_an_address_with_too_large_an_id_is_not_found(editor: Client, guide: Guide) -> None:
    for place in ("try/{0}/", "try/1/{0}/", "replay/{0}/"):
        gone = editor.get("/admin/diagnostics/session/" + place.format(10**30))
        assert gone.status_code == 404
