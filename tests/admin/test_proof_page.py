"""*La preuve*: each finding of the proof with its link and its shortest answers."""

import re

import pytest
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import ConditionChoice, Guide, Version
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, page_text, parse_page
from tests.proof.large_guides import make_exploding_guide
from tests.proof.proof_documents import warned_document


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    return shipped_guide


def proof_text(client: Client, guide: Guide) -> str:
    return page_text(client.get(action_url(guide, "proof")))


def test_a_sound_guide_is_said_to_be_proved(guide: Guide, editor: Client) -> None:
    page = proof_text(editor, guide)
    assert "Rien à corriger : chaque visiteur arrive à une conclusion." in page
    assert "52 parcours possibles, 5 questions au plus, prouvé en" in page
    assert "Rien : les cas types passent par chaque réponse" in page


def test_a_fault_is_shown_with_its_answers_and_where_to_mend_it(
    guide: Guide, editor: Client
) -> None:
    guide.rules.get(key="aucune-methode").delete()
    response = editor.get(action_url(guide, "proof"))
    assert (
        "Le brouillon ne peut pas être publié : 2 points à corriger et 2 cas types en rouge."
        in page_text(response)
    )
    assert "Après la réponse « – (aucune) » à « Dans Pix Orga" in page_text(response)
    assert change_url(guide.questions.get(key="methode-pix-orga")) in page_links(response)
    tries = [url for url in page_links(response) if "/try/" in url]
    assert tries == [
        f"/admin/diagnostics/session/try/{guide.pk}/"
        "?liste-a-jour=oui&attribution-gar=oui&methode-pix-orga=aucune&_from=proof"
    ]


def test_a_forgotten_condition_comes_first_with_its_consequences_folded_below(
    guide: Guide, editor: Client
) -> None:
    slip = guide.rules.get(key="compte-a-associer")
    slip.conditions.all().delete()
    response = editor.get(action_url(guide, "proof"))
    (point,) = parse_page(response).select(".findings.fault:first-of-type > ol > li")
    page = " ".join(point.get_text(" ").split())
    assert re.search(r"La règle \d+ conclut dès le départ : \d+ éléments ne sont plus", page)
    assert point.a is not None
    assert point.a["href"] == change_url(slip)
    folded = [str(link["href"]) for link in point.select("details a")]
    assert change_url(guide.questions.get(key="methode-pix-orga")) in folded
    assert change_url(guide.outcomes.get(key="contacter-support-pix")) in folded
    assert change_url(slip) not in folded


def test_an_outcome_that_only_an_unreached_rule_gives_is_folded_below_it(
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
    assert re.search(r"Dans la version en ligne : règle 12, « Si “ ?Dans Pix Orga", page)


def test_an_altered_live_version_shows_no_rule(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="aucune-methode").delete()
    Version.objects.update(document="{}", sha256="0" * 64)
    assert "Dans la version en ligne" not in proof_text(editor, guide)


def test_rules_that_come_too_late_are_named(guide: Guide, editor: Client) -> None:
    asking = guide.rules.get(asks__key="attribution-gar")
    asking.conditions.all().delete()
    early = guide.rules.create(
        key="trop-tot", position=99, gives=guide.outcomes.get(key="contacter-support-pix")
    )
    early.conditions.create(
        question=guide.questions.get(key="liste-a-jour"), operator="answered", position=1
    )
    response = editor.get(action_url(guide, "proof"))
    assert "La question « Avez-vous attribué" in page_text(response)
    assert "Voir aussi : la règle 4 (→ Avez-vous attribué" in page_text(response)
    assert change_url(asking) in page_links(response)


def test_a_fault_is_mended_on_the_page_it_leads_to(guide: Guide, editor: Client) -> None:
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
    assert headings == ["Avertissements (1)", "Ce que les cas types ne montrent pas"]
    assert "la publication demandera pourquoi c’est voulu" in page_text(response)


def test_what_no_example_shows_is_listed(no_guide: None, editor: Client) -> None:
    guide = guide_import(content=parse_document(warned_document()))
    page = proof_text(editor, guide)
    assert "Question « Un » : aucun cas type ne répond « B »." in page
    assert "Conseil « Conseil » : aucun cas type n’y mène." in page
    assert "Règle 5 (→ Fin) : aucun cas type ne l’applique." in page


def test_what_no_visitor_meets_is_not_asked_of_examples(guide: Guide, editor: Client) -> None:
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    page = proof_text(editor, guide)
    assert "« En vain » n’est donnée à aucun visiteur" in page
    assert "aucun cas type" not in page


def test_red_examples_are_listed(guide: Guide, editor: Client) -> None:
    example = guide.examples.all()[0]
    example.outcomes.all().delete()
    response = editor.get(action_url(guide, "proof"))
    assert "Cas types en rouge (1)" in page_text(response)
    assert change_url(example) in page_links(response)


def test_the_guide_s_page_counts_as_the_proof_does(guide: Guide, editor: Client) -> None:
    guide.rules.get(key="compte-a-associer").conditions.all().delete()
    counted = "1 point à corriger et 16 cas types en rouge"
    assert f"ne peut pas être publié : {counted}." in proof_text(editor, guide)
    assert counted in page_text(editor.get(change_url(guide)))


def test_examples_in_red_leave_no_choice_unmet(guide: Guide, editor: Client) -> None:
    for example in guide.examples.all():
        example.outcomes.all().delete()
    page = proof_text(editor, guide)
    assert "16 cas types en rouge" in page
    assert "aucun cas type" not in page


def test_an_empty_guide_has_nothing_that_examples_could_show(
    no_guide: None, editor: Client
) -> None:
    guide = Guide.objects.create(slug="vide", title="Vide")
    page = proof_text(editor, guide)
    assert "1 point à corriger" in page
    assert "Ce que les cas types ne montrent pas" not in page


def test_an_unfinished_draft_says_what_comes_first(guide: Guide, editor: Client) -> None:
    guide.questions.create(key="vide", title="Vide", position=9)
    assert "Le brouillon n’est pas fini : les parcours seront vérifiés" in proof_text(editor, guide)


@pytest.mark.slow
def test_an_unfinished_proof_says_that_it_is_not_a_proof(no_guide: None, editor: Client) -> None:
    page = proof_text(editor, guide_import(content=make_exploding_guide(20)))
    assert "Rien de faux n’a été trouvé, mais tout n’a pas été vérifié." in page
    assert "Ce n’est pas une preuve" in page


def test_the_guide_s_page_counts_faults_and_warnings(no_guide: None, editor: Client) -> None:
    guide = guide_import(content=parse_document(warned_document()))
    response = editor.get(change_url(guide))
    assert "1 avertissement" in page_text(response)
    assert action_url(guide, "proof") in page_links(response)
    guide.outcomes.create(key="vain", title="En vain", position=99, final=True)
    assert "1 point à corriger" in page_text(editor.get(change_url(guide)))


def test_the_guide_s_page_leaves_a_long_proof_to_its_own_page(
    no_guide: None, editor: Client
) -> None:
    guide = guide_import(content=make_exploding_guide(20))
    assert "Trop de parcours pour tout vérifier ici : Lancer la preuve" in page_text(
        editor.get(change_url(guide))
    )


def test_strangers_see_no_proof(guide: Guide, log_in: LogIn) -> None:
    assert log_in("nina").get(action_url(guide, "proof")).status_code == 403


def test_a_guide_that_is_gone_has_no_proof(guide: Guide, editor: Client) -> None:
    assert editor.get(f"/admin/rules/guide/{guide.pk + 1}/proof/").status_code == 404
