"""*La preuve*: each finding of the proof with its link and its shortest answers."""

import re

import pytest
from django.test import Client

from rules.admin.guide import overview
from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import ConditionChoice, Guide, Version
from rules.proof.bounds import QUICK_BOUND, ProofBound
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, page_text, parse_page
from tests.proof.large_guides import make_exploding_guide
from tests.proof.proof_documents import warned_document


def proof_text(client: Client, guide: Guide) -> str:
    return page_text(client.get(action_url(guide, "proof")))


def test_the_page_of_a_guide_without_faults_says_that_it_is_proved(
    guide: Guide, editor: Client
) -> None:
    page = proof_text(editor, guide)
    assert "Rien à corriger : chaque visiteur arrive à une conclusion." in page
    assert "52 parcours possibles, 5 questions au plus, prouvé en" in page
    assert "Rien : les cas types passent par chaque réponse" in page


def test_a_fault_has_answers_to_try_and_a_link_to_correct_it(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    response = editor.get(action_url(guide, "proof"))
    assert (
        "Le brouillon ne peut pas être publié : 2 points à corriger et 2 cas types en rouge."
        in page_text(response)
    )
    assert "Après la réponse « – (aucune) » à « Méthode Pix Orga »" in page_text(response)
    assert change_url(guide.questions.get(key="methode-pix-orga")) in page_links(response)
    tries = [url for url in page_links(response) if "/try/" in url]
    assert tries == [
        f"/admin/diagnostics/session/try/{guide.pk}/"
        "?liste-a-jour=oui&attribution-gar=oui&methode-pix-orga=aucune&_from=proof"
    ]


def test_a_rule_that_lost_its_condition_comes_first_with_its_consequences_folded(
    guide: Guide, editor: Client
) -> None:
    rule = guide.rules.get(key="compte-a-associer")
    rule.conditions.all().delete()
    response = editor.get(action_url(guide, "proof"))
    (fault,) = parse_page(response).select(".findings.fault:first-of-type > ol > li")
    page = " ".join(fault.get_text(" ").split())
    assert re.search(r"La règle \d+ conclut dès le départ : \d+ éléments ne sont plus", page)
    assert fault.a is not None
    assert fault.a["href"] == change_url(rule)
    folded = [str(link["href"]) for link in fault.select("details a")]
    assert change_url(guide.questions.get(key="methode-pix-orga")) in folded
    assert change_url(guide.outcomes.get(key="contacter-support-pix")) in folded
    assert change_url(rule) not in folded


def test_the_outcome_of_a_rule_that_never_fires_is_folded_below_that_rule(
    guide: Guide, editor: Client
) -> None:
    rule = guide.rules.get(key="aucune-methode")
    never = guide.questions.get(key="identifiants-connus").choices.all()[0]
    condition = rule.conditions.create(question=never.question, operator="is", position=9)
    ConditionChoice.objects.create(condition=condition, choice=never)
    response = editor.get(action_url(guide, "proof"))
    assert "à cause de cela (1) La conclusion « Communiquer un code" in page_text(response)


def test_an_outcome_that_no_rule_gives_shows_the_rule_of_the_live_version(
    guide: Guide, editor: Client
) -> None:
    guide.rules.get(key="aucune-methode").delete()
    page = proof_text(editor, guide)
    assert "aucune règle ne la donne." in page
    assert re.search(r"Dans la version en ligne : règle 12, « Si “ ?Méthode Pix Orga", page)


def test_an_altered_live_version_shows_no_rule(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    Version.objects.update(document="{}", sha256="0" * 64)
    assert "Dans la version en ligne" not in proof_text(editor, guide)


def test_a_question_that_is_never_asked_links_to_the_rule_that_asks_it(
    guide: Guide, editor: Client
) -> None:
    asking = guide.rules.get(asks__key="attribution-gar")
    asking.conditions.all().delete()
    early = guide.rules.create(
        key="trop-tot", position=99, gives=guide.outcomes.get(key="contacter-support-pix")
    )
    early.conditions.create(
        question=guide.questions.get(key="liste-a-jour"), operator="answered", position=1
    )
    response = editor.get(action_url(guide, "proof"))
    assert "La question « Attribution dans le GAR »" in page_text(response)
    assert "Voir aussi : la règle 4 (→ Attribution dans le GAR)" in page_text(response)
    assert change_url(asking) in page_links(response)


def test_a_fault_disappears_after_its_correction(guide: Guide, editor: Client) -> None:
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    assert "La conclusion « En vain » n’est donnée à aucun visiteur" in proof_text(editor, guide)
    outcome = guide.outcomes.get(key="vain")
    fill_and_send(editor, f"/admin/rules/outcome/{outcome.pk}/delete/")
    assert "Rien à corriger" in proof_text(editor, guide)


def test_warnings_and_remarks_have_sections_of_their_own(no_guide: None, editor: Client) -> None:
    guide = guide_import(content=parse_document(warned_document()))
    response = editor.get(action_url(guide, "proof"))
    headings = [
        " ".join(found.text.split()) for found in parse_page(response).select(".findings h2")
    ]
    assert headings == ["Avertissements (1)", "Ce que les cas types ne montrent pas (8)"]
    assert "la publication demandera pourquoi c’est voulu" in page_text(response)


def test_parts_that_no_example_covers_are_listed(no_guide: None, editor: Client) -> None:
    guide = guide_import(content=parse_document(warned_document()))
    page = proof_text(editor, guide)
    assert "Question « Un » : aucun cas type ne répond « B »." in page
    assert "Conseil « Conseil » : aucun cas type n’y mène." in page
    assert "Règle 5 (→ Fin) : aucun cas type ne l’applique." in page


def test_parts_that_no_visitor_reaches_are_not_listed_as_uncovered(
    guide: Guide, editor: Client
) -> None:
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    page = proof_text(editor, guide)
    assert "« En vain » n’est donnée à aucun visiteur" in page
    assert "aucun cas type" not in page


def test_failing_examples_are_listed(guide: Guide, editor: Client) -> None:
    example = guide.examples.all()[0]
    example.outcomes.all().delete()
    response = editor.get(action_url(guide, "proof"))
    assert "Cas types en rouge (1)" in page_text(response)
    assert change_url(example) in page_links(response)


def test_the_page_of_the_guide_counts_the_same_problems_as_the_proof(
    guide: Guide, editor: Client
) -> None:
    guide.rules.get(key="compte-a-associer").conditions.all().delete()
    counted = "1 point à corriger et 16 cas types en rouge"
    assert f"ne peut pas être publié : {counted}." in proof_text(editor, guide)
    assert counted in page_text(editor.get(change_url(guide)))


def test_failing_examples_cover_the_parts_that_they_reach(guide: Guide, editor: Client) -> None:
    for example in guide.examples.all():
        example.outcomes.all().delete()
    page = proof_text(editor, guide)
    assert "16 cas types en rouge" in page
    assert "aucun cas type" not in page


def test_an_empty_guide_lists_no_uncovered_parts(no_guide: None, editor: Client) -> None:
    guide = Guide.objects.create(slug="vide", title="Vide")
    page = proof_text(editor, guide)
    assert "1 point à corriger" in page
    assert "Ce que les cas types ne montrent pas" not in page


def test_an_unfinished_draft_is_proved_as_far_as_it_goes(guide: Guide, editor: Client) -> None:
    guide.questions.create(key="vide", title="Vide", position=9)
    page = proof_text(editor, guide)
    assert "Une question a au moins deux réponses" in page
    assert "52 parcours possibles" in page


@pytest.mark.slow
def test_an_incomplete_proof_says_that_it_is_not_a_proof(no_guide: None, editor: Client) -> None:
    page = proof_text(editor, guide_import(content=make_exploding_guide(20)))
    assert "Rien de faux n’a été trouvé, mais tout n’a pas été vérifié." in page
    assert "Preuve inachevée" in page


def test_the_page_of_the_guide_counts_faults_and_warnings(no_guide: None, editor: Client) -> None:
    guide = guide_import(content=parse_document(warned_document()))
    response = editor.get(change_url(guide))
    assert "1 avertissement" in page_text(response)
    assert action_url(guide, "proof") in page_links(response)
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    assert "1 point à corriger" in page_text(editor.get(change_url(guide)))


@pytest.mark.parametrize(
    ("bound", "limit"),
    [
        (QUICK_BOUND._replace(states=10, seconds=60), "à la limite du nombre de situations"),
        (QUICK_BOUND._replace(seconds=-1), "à la limite de temps"),
        (QUICK_BOUND._replace(megabytes=0), "à la limite de mémoire"),
    ],
)
def test_the_page_of_the_guide_says_what_ended_a_quick_proof_and_links_to_a_long_one(
    no_guide: None, editor: Client, monkeypatch: pytest.MonkeyPatch, bound: ProofBound, limit: str
) -> None:
    monkeypatch.setattr(overview, "QUICK_BOUND", bound)
    guide = guide_import(content=make_exploding_guide(20))
    stop = f"brouillon modifié ; la preuve s’est arrêtée {limit}"
    response = editor.get(change_url(guide))
    assert stop in page_text(response)
    assert action_url(guide, "proof") in page_links(response)


def test_staff_without_permission_see_no_proof(guide: Guide, log_in: LogIn) -> None:
    assert log_in("nina").get(action_url(guide, "proof")).status_code == 403


def test_the_proof_of_a_missing_guide_is_not_found(guide: Guide, editor: Client) -> None:
    assert editor.get(f"/admin/rules/guide/{guide.pk + 1}/proof/").status_code == 404
