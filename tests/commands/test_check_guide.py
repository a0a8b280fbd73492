"""`check_guide` proves a draft or a file, and lists everything that forbids publication."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from rules.guides import SHIPPED_GUIDE
from rules.models import ExampleOutcome, Guide
from tests.commands.calls import command_output, command_refusal
from tests.proof.proof_documents import write_exploding_file, write_warned_file
from tests.rules.documents import small_document

SLUG = "corriger-comptes-pix"

pytestmark = pytest.mark.django_db


def test_a_draft_without_problems_may_be_published(shipped_guide: Guide) -> None:
    proof, *others = command_output("check_guide", SLUG).splitlines()
    assert proof.startswith("52 parcours possibles, 5 questions au plus, prouvé en 0,")
    assert others == ["Cas types vérifiés : 16.", f"{SLUG} peut être publié."]


def test_a_fault_is_listed_with_its_place_and_the_answers_that_show_it(
    shipped_guide: Guide,
) -> None:
    shipped_guide.rules.get(key="comptes-differents").delete()
    refusal = command_refusal("check_guide", SLUG)
    assert "- question 4 (« connexion-habituelle ») : après la réponse « " in refusal
    assert "rien n’est demandé et rien n’est conclu.\n  Réponses : « " in refusal


def test_the_consequences_of_a_fault_are_listed_below_it(shipped_guide: Guide) -> None:
    shipped_guide.rules.get(key="aucune-methode").conditions.all().delete()
    refusal = command_refusal("check_guide", SLUG)
    assert refusal.count("\n- règle ") == 1
    assert "conclut dès le départ : 3" in refusal
    assert "éléments ne sont plus atteints.\n  Et donc : la règle 2 (→ C’est parfait" in refusal
    assert "la conclusion « Contacter le support Pix »" in refusal


def test_faults_and_failing_examples_are_listed_together(tmp_path: Path) -> None:
    document = small_document()
    document["outcomes"].append({"key": "vain", "title": "Vain", "final": True})
    document["examples"][0]["outcomes"] = ["vain"]
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(document))
    assert command_refusal("check_guide", file) == (
        "Ce guide ne peut pas être publié :\n"
        "- conclusion 3 (« vain ») : la conclusion « Vain » n’est donnée à aucun visiteur : "
        "aucune règle ne la donne.\n"
        "Ces cas types ne donnent pas ce qui est attendu :\n"
        "- cas type 1 (« Cas ») : attendu : « Vain » ; obtenu : « Fin »."
    )


def test_warnings_are_listed_but_do_not_forbid_publication(tmp_path: Path) -> None:
    output = command_output("check_guide", write_warned_file(tmp_path))
    assert (
        "Avertissements :\n- conclusion 2 (« fin ») : « Fin » et « Autre » sont conclus" in output
    )
    assert "\n  Réponses : « Un » : « B », puis « Deux » : « A ».\n" in output
    assert output.endswith("petit peut être publié, en disant pourquoi.\n")


def test_remarks_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(small_document()))
    output = command_output("check_guide", file)
    assert "Remarques :\n- question 2 (« q2 ») : la réponse à « Deux » ne change rien" in output
    assert output.endswith("petit peut être publié.\n")


@pytest.mark.slow
def test_an_incomplete_proof_is_said_to_be_no_proof(tmp_path: Path) -> None:
    output = command_output("check_guide", write_exploding_file(tmp_path))
    assert output.startswith("Preuve inachevée : elle s’est arrêtée")
    assert output.endswith("peut être publié, en disant pourquoi.\n")


def test_a_file_is_checked_without_being_imported(no_guide: None) -> None:
    assert "peut être publié" in command_output("check_guide", SHIPPED_GUIDE)
    assert not Guide.objects.exists()


def test_a_failing_example_is_listed(shipped_guide: Guide) -> None:
    ExampleOutcome.objects.filter(example__position=1).delete()
    assert command_refusal("check_guide", SLUG) == (
        "Ce guide ne peut pas être publié :\n"
        "- cas type 1 (« Aucune méthode de connexion dans Pix Orga ») : attendu : "
        "aucune conclusion ; obtenu : « Communiquer un code de campagne à l’élève »."
    )


def test_an_unfinished_draft_is_refused(shipped_guide: Guide) -> None:
    shipped_guide.questions.create(key="vide", title="Vide", position=9)
    assert "au moins deux réponses" in command_refusal("check_guide", SLUG)


def test_every_problem_of_a_file_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(small_document() | {"title": "", "slug": "api"}))
    assert command_refusal("check_guide", file).count("\n- ") == 2


@pytest.mark.parametrize("name", ["absent", "absent.yaml", "\udcff"])
def test_a_name_that_is_neither_a_guide_nor_a_file_is_refused(no_guide: None, name: str) -> None:
    assert "n’existe pas ou ne peut pas être lu" in command_refusal("check_guide", name)


def test_what_changes_for_visitors_of_the_live_version_is_printed(shipped_guide: Guide) -> None:
    output = command_output("check_guide", SLUG, "--against").splitlines()
    assert output[1:3] == [
        "Pour les visiteurs, depuis la version 1 :",
        "Rien ne change pour les visiteurs.",
    ]


def test_what_a_file_changes_for_visitors_of_a_version_is_printed_before_its_refusal(
    shipped_guide: Guide, tmp_path: Path
) -> None:
    document = json.loads(shipped_guide.versions.get().document)
    (rule,) = (rule for rule in document["rules"] if rule["key"] == "aucune-methode")
    rule["then"] = {"conclude": "contacter-support-pix"}
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(document))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_guide", str(file), "--against", "1", stdout=out)
    _, printed = out.getvalue().replace("\u00a0", " ").split("depuis la version 1 :\n")
    assert printed.startswith(
        "4 parcours sur 52 changent.\n"
        "Conclusion qui n’est plus donnée : « Communiquer un code de campagne à l’élève ».\n"
        "- 4 parcours : « Communiquer un code de campagne à l’élève » → "
        "« Contacter le support Pix ».\n"
        "  Réponses : "
    )


def test_a_version_to_compare_with_that_does_not_exist_is_named(
    shipped_guide: Guide, tmp_path: Path
) -> None:
    refusal = command_refusal("check_guide", SLUG, "--against", "7")
    assert refusal == f"Le guide {SLUG} n’a pas de version 7."
    document = small_document()
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(document))
    refusal = command_refusal("check_guide", file, "--against")
    assert refusal == f"Le guide {document['slug']} n’a pas de version en ligne."
