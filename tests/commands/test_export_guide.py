"""`export_guide` prints a draft or a version as a document, and refuses unknown or altered ones."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from rules.document.files import load_document
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.guides import SHIPPED_GUIDE
from rules.models import Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.commands.calls import command_output, command_refusal

SLUG = "corriger-comptes-pix"

pytestmark = pytest.mark.django_db


def exported_text(*arguments: str) -> str:
    """Returns exactly what the command prints, with its non-breaking spaces."""
    out = StringIO()
    call_command("export_guide", SLUG, *arguments, stdout=out)
    return out.getvalue()


def test_exporting_the_shipped_guide_gives_its_file_byte_for_byte(shipped_guide: Guide) -> None:
    assert exported_text() == SHIPPED_GUIDE.read_text()


@pytest.mark.parametrize("name", ["yaml", "json"])
def test_an_exported_guide_parses_back_to_the_same_draft(shipped_guide: Guide, name: str) -> None:
    assert parse_document(load_document(exported_text("--format", name))) == draft_read(
        shipped_guide
    )


def test_the_format_json_is_valid_json(shipped_guide: Guide) -> None:
    assert json.loads(exported_text("--format", "json"))["slug"] == SLUG


def test_a_version_is_exported_as_it_was_published(shipped_guide: Guide) -> None:
    before = exported_text()
    Guide.objects.update(title="Autre titre")
    guide_publish(review=PublicationReview(Guide.objects.get()))
    assert exported_text("--version", "1") == before
    assert "title: Autre titre" in exported_text("--version", "2")


def test_the_draft_is_the_default(shipped_guide: Guide) -> None:
    Guide.objects.update(title="Pas encore publié")
    assert "title: Pas encore publié" in exported_text()


def test_an_unfinished_draft_can_be_exported(shipped_guide: Guide) -> None:
    shipped_guide.questions.create(key="vide", title="Sans réponses", position=99)
    assert "title: Sans réponses" in exported_text()


@pytest.mark.parametrize("slug", ["absent", "Pas une clé", "\udcff", ""])
def test_an_unknown_guide_is_refused(slug: str) -> None:
    assert "n’existe pas" in command_refusal("export_guide", slug)


@pytest.mark.parametrize("number", [0, 2, 10**30, -1])
def test_an_unknown_version_is_refused(shipped_guide: Guide, number: int) -> None:
    refusal = command_refusal("export_guide", SLUG, f"--version={number}")
    assert refusal == f"Le guide {SLUG} n’a pas de version {number}."


def test_an_altered_version_is_not_exported(shipped_guide: Guide) -> None:
    Guide.objects.update(title="Altérée avant d’être lue")
    version = guide_publish(review=PublicationReview(Guide.objects.get()))
    Version.objects.filter(pk=version.pk).update(document=version.document + " ")
    assert "a été altérée" in command_refusal("export_guide", SLUG, "--version", 2)


def test_the_help_of_the_command_is_printed() -> None:
    with pytest.raises(SystemExit, match="0"):
        command_output("export_guide", "--help")
