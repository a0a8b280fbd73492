import json
from pathlib import Path

import pytest

from rules.guides import SHIPPED_GUIDE
from rules.models import ExampleOutcome, Guide
from tests.commands.calls import output, refusal
from tests.rules.documents import small_document

SLUG = "corriger-comptes-pix"

pytestmark = pytest.mark.django_db


def test_a_sound_draft_may_be_published(shipped_guide: Guide) -> None:
    assert output("check_guide", SLUG) == (f"{SLUG} peut être publié.\nCas types vérifiés : 16.\n")


def test_a_file_is_checked_without_being_imported() -> None:
    assert "peut être publié" in output("check_guide", SHIPPED_GUIDE)
    assert not Guide.objects.exists()


def test_a_failing_example_is_told(shipped_guide: Guide) -> None:
    ExampleOutcome.objects.filter(example__position=1).delete()
    assert refusal("check_guide", SLUG) == (
        "Ce guide ne peut pas être publié :\n"
        "- cas type 1 (« Aucune méthode de connexion dans Pix Orga ») : attendu : "
        "aucune conclusion ; obtenu : « Communiquer un code de campagne à l’élève »."
    )


def test_an_unfinished_draft_is_told(shipped_guide: Guide) -> None:
    shipped_guide.questions.create(key="vide", title="Vide", position=9)
    assert "au moins deux réponses" in refusal("check_guide", SLUG)


def test_every_problem_of_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(small_document() | {"title": "", "slug": "api"}))
    assert refusal("check_guide", file).count("\n- ") == 2


@pytest.mark.parametrize("name", ["absent", "absent.yaml", "\udcff"])
def test_neither_a_guide_nor_a_file(name: str) -> None:
    assert "n’existe pas ou ne peut pas être lu" in refusal("check_guide", name)
