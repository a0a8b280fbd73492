"""`import_guide` reads a file into a draft and, with `--publish`, publishes it: all or nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from rules.document.files import dump_yaml
from rules.document.parsing import parse_document
from rules.drafts.cached_proofs import document_proof
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.guides import SHIPPED_GUIDE
from rules.management.commands import import_guide
from rules.models import Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.timeline import scheduled_versions
from tests.commands.calls import command_output, command_refusal
from tests.proof.proof_documents import write_exploding_file, write_warned_file
from tests.recorded_calls import record_calls
from tests.rules.documents import small_document

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("no_guide")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small guide as a JSON file."""
    return write_json(tmp_path / "guide.json", small_document())


def write_json(file: Path, document: dict[str, Any]) -> Path:
    file.write_text(json.dumps(document))
    return file


def write_faulty_file(folder: Path) -> Path:
    """Writes a guide that stops on a path; returns the file."""
    document = small_document()
    del document["rules"][-1]
    return write_json(folder / "faulty.json", document)


def test_a_json_file_becomes_a_draft(file: Path) -> None:
    assert command_output("import_guide", file) == "Le brouillon de petit est importé.\n"
    assert draft_read(Guide.objects.get()) == parse_document(small_document())


def test_a_yaml_file_becomes_a_draft(tmp_path: Path) -> None:
    file = tmp_path / "guide.yaml"
    file.write_text(dump_yaml(parse_document(small_document())))
    command_output("import_guide", file)
    assert draft_read(Guide.objects.get()) == parse_document(small_document())


def test_an_import_without_publish_creates_no_version(file: Path) -> None:
    command_output("import_guide", file)
    assert not Version.objects.exists()


def test_the_option_publish_makes_the_draft_live(file: Path) -> None:
    assert "La version 1 de petit est en ligne." in command_output(
        "import_guide", file, "--publish"
    )
    assert Version.objects.filter_live().count() == 1


@pytest.fixture
def scheduled_file(file: Path) -> Path:
    """A file that corrects the introduction of the small guide, whose second version is scheduled."""
    command_output("import_guide", file, "--publish")
    guide, tomorrow = Guide.objects.get(), timezone.now() + timedelta(days=1)
    Guide.objects.update(title="Autre titre")
    guide.refresh_from_db()
    guide_publish(review=PublicationReview(guide), publish_at=tomorrow)
    return write_json(file, small_document() | {"introduction": "Corrigée"})


@pytest.mark.parametrize(("decision", "titles"), [("keep", ["Autre titre"]), ("drop", [])])
def test_the_option_scheduled_says_what_becomes_of_a_scheduled_version(
    scheduled_file: Path, decision: str, titles: list[str]
) -> None:
    options = ["--publish", "--replace-draft", "--scheduled", decision]
    command_output("import_guide", scheduled_file, *options)
    versions = scheduled_versions(Guide.objects.get())
    assert [version.title for version in versions] == titles
    assert Version.objects.filter_live().get().number == 3


def test_a_scheduled_version_that_says_no_more_than_the_file_is_not_rescheduled(
    scheduled_file: Path,
) -> None:
    write_json(scheduled_file, small_document() | {"title": "Autre titre"})
    options = ["--publish", "--replace-draft", "--scheduled", "keep"]
    command_output("import_guide", scheduled_file, *options)
    assert scheduled_versions(Guide.objects.get()) == []


def test_nothing_is_imported_if_nobody_says_what_becomes_of_a_scheduled_version(
    scheduled_file: Path,
) -> None:
    refusal = command_refusal("import_guide", scheduled_file, "--publish", "--replace-draft")
    assert "Rien n’a été importé. Dites ce que devient la version 2" in refusal
    assert refusal.endswith("avec --scheduled keep ou --scheduled drop.")
    assert Guide.objects.get().title == "Autre titre"


def test_a_scheduled_version_that_cannot_be_rescheduled_is_not_imported_over(
    scheduled_file: Path,
) -> None:
    write_json(scheduled_file, small_document() | {"title": "Un troisième titre"})
    options = ["--publish", "--replace-draft", "--scheduled", "keep"]
    refusal = command_refusal("import_guide", scheduled_file, *options)
    assert refusal.endswith("Le titre du guide a changé des deux côtés.")
    assert Guide.objects.get().title == "Autre titre"


def test_a_file_is_proved_before_its_guide_is_locked(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = record_calls(monkeypatch, document_proof, guide_lock)
    command_output("import_guide", file, "--publish")
    assert calls == ["document_proof", "guide_lock", "guide_lock"]


@pytest.mark.parametrize("write_file", [write_exploding_file, write_faulty_file])
def test_a_file_that_cannot_be_published_takes_no_lock(
    write_file: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = record_calls(monkeypatch, guide_lock)
    command_refusal("import_guide", write_file(tmp_path), "--publish")
    assert calls == []


def test_a_draft_that_is_not_the_file_is_proved_itself(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def import_otherwise(*, content: GuideContent, replace_draft: bool) -> Guide:
        content = replace(content, outcomes=(), rules=(), examples=())
        return guide_import(content=content, replace_draft=replace_draft)

    monkeypatch.setattr(import_guide, "guide_import", import_otherwise)
    assert "rien n’est conclu" in command_refusal("import_guide", file, "--publish")
    assert not Guide.objects.exists()


def test_a_draft_that_may_not_be_replaced_is_refused_without_any_proof(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command_output("import_guide", file)
    calls = record_calls(monkeypatch, document_proof)
    assert "a déjà un brouillon" in command_refusal("import_guide", file, "--publish")
    assert calls == []


def test_a_guide_that_needs_approval_is_refused_without_any_proof(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command_output("import_guide", file)
    Guide.objects.update(needs_approval=True)
    calls = record_calls(monkeypatch, document_proof)
    refusal = command_refusal("import_guide", file, "--publish", "--replace-draft")
    assert "demande l’accord d’une seconde personne" in refusal
    assert calls == []


def test_warnings_are_shown_but_do_not_stop_publication(tmp_path: Path, capsys: Capture) -> None:
    output = command_output("import_guide", write_warned_file(tmp_path), "--publish")
    assert "La version 1 de petit est en ligne." in output
    assert "« Fin » et « Autre » sont conclus ensemble" in capsys.readouterr().err.replace(
        "\u00a0", " "
    )
    assert "avertissements" in Version.objects.get().reason


@pytest.mark.slow
def test_publishing_without_a_complete_proof_needs_a_reason(tmp_path: Path) -> None:
    refusal = command_refusal("import_guide", write_exploding_file(tmp_path), "--publish")
    assert refusal.startswith("Rien n’a été importé. Preuve inachevée : ")
    assert refusal.endswith("dites pourquoi : --unproved MOTIF.")
    assert not Guide.objects.exists()


@pytest.mark.slow
def test_the_reason_to_publish_without_a_complete_proof_is_stored(tmp_path: Path) -> None:
    file = write_exploding_file(tmp_path)
    command_output("import_guide", file, "--publish", "--unproved", "Relu par deux personnes.")
    assert Version.objects.get().reason == "Relu par deux personnes."


def test_a_reason_that_is_not_needed_is_not_stored(file: Path) -> None:
    command_output("import_guide", file, "--publish", "--unproved", "Relu par deux personnes.")
    assert Version.objects.get().reason == ""


def test_a_reason_that_is_too_long_is_refused(file: Path) -> None:
    assert (
        command_refusal("import_guide", file, "--unproved", "x" * 301) == "Ce motif est trop long."
    )


def test_a_guide_with_a_fault_is_neither_published_nor_imported(tmp_path: Path) -> None:
    assert "rien n’est demandé et rien n’est conclu" in command_refusal(
        "import_guide", write_faulty_file(tmp_path), "--publish", "--unproved", "Tant pis."
    )
    assert not Guide.objects.exists()


def test_the_shipped_guide_is_imported_and_published() -> None:
    assert "est en ligne" in command_output("import_guide", SHIPPED_GUIDE, "--publish")


def test_a_refused_publication_does_not_print_that_the_draft_was_imported(tmp_path: Path) -> None:
    wrong = {"name": "Faux", "answers": {}, "outcomes": small_document()["examples"][0]["outcomes"]}
    file = write_json(tmp_path / "guide.json", small_document() | {"examples": [wrong]})
    output = StringIO()
    with pytest.raises(CommandError, match="Rien n’a été importé"):
        call_command("import_guide", file, "--publish", stdout=output)
    assert output.getvalue() == ""


def test_a_draft_is_not_replaced_without_the_option_replace_draft(file: Path) -> None:
    command_output("import_guide", file)
    write_json(file, small_document() | {"title": "Autre"})
    assert command_refusal("import_guide", file) == (
        "Le guide petit a déjà un brouillon : ajoutez --replace-draft pour le remplacer."
    )
    assert Guide.objects.get().title == "Petit guide"


def test_the_option_replace_draft_replaces_a_draft(file: Path) -> None:
    command_output("import_guide", file)
    write_json(file, small_document() | {"title": "Autre"})
    command_output("import_guide", file, "--replace-draft")
    assert Guide.objects.get().title == "Autre"


def test_every_problem_is_listed_with_its_place(file: Path) -> None:
    document = small_document() | {"title": ""}
    document["rules"][0]["then"] = {"ask": "q9"}
    write_json(file, document)
    assert command_refusal("import_guide", file) == (
        "Rien n’a été importé :\n"
        "- règle 1 (« r1 »), « then », « ask » : la question « q9 » n’existe pas.\n"
        "- « title » : ce texte est vide."
    )
    assert not Guide.objects.exists()


def test_a_guide_with_a_failing_example_is_neither_published_nor_imported(file: Path) -> None:
    document = small_document()
    document["examples"][0]["outcomes"] = []
    assert "cas type 1" in command_refusal("import_guide", write_json(file, document), "--publish")
    assert not Guide.objects.exists()


def test_a_refused_publication_leaves_the_old_draft_unchanged(file: Path) -> None:
    command_output("import_guide", file)
    document = small_document() | {"title": "Autre"}
    document["examples"][0]["outcomes"] = []
    command_refusal("import_guide", write_json(file, document), "--publish", "--replace-draft")
    assert draft_read(Guide.objects.get()) == parse_document(small_document())


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"{", b"[1]", b"a: *b", b"\x00"])
def test_a_file_that_is_not_a_document_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert command_refusal("import_guide", file).startswith("Rien n’a été importé :\n- ")


def test_a_missing_file_is_refused_by_its_name(tmp_path: Path) -> None:
    assert command_refusal("import_guide", "absent.yaml") == (
        "Rien n’a été importé :\n- le fichier « absent.yaml » n’existe pas ou ne peut pas être lu."
    )
