"""A guide that was stored before links, labels and aliases were refused works as it ever did.

The rows in `86ae2df.json` were written by this commit, when it had imported and published a guide
with one of each. `86ae2df.yaml` is what its command `export_guide` then wrote.
"""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read, draft_write
from rules.models import Guide, Version, VersionProof
from rules.proof.bounds import ProofBound
from rules.publication.publish import PublicationRefusedError, guide_publish
from rules.publication.review import PublicationReview
from rules.publication.timeline import live_version
from tests.admin.pages import fill_and_send, page_errors, page_text, parse_page
from tests.commands.calls import command_output, command_refusal
from tests.rules.documents import small_document

EXPORT: Path = settings.BASE_DIR / "tests/stored/86ae2df.yaml"
REFUSALS = [
    "« orga.pix.fr » n’est pas complète : ajoutez https:// devant",
    "« //pix.fr/compte » n’est pas complète : ajoutez https: devant",
    "« page » n’est pas complète",
    "« ftp://pix.fr/f » commence par « ftp: »",
    "« javascript:alert(1) » commence par « javascript: »",
    "« ftp://pix.fr » commence par « ftp: »",
    "« image.png » n’est pas complète",
    "« https://:80/ » n’est pas complète",
    "« Avez-vous un  compte ? » contient une marque invisible de sens d’écriture (U+202E)",
    "« Non  » contient une marque invisible de sens d’écriture (U+200F)",
    "ce texte n’a aucun caractère visible",
    "« OUI » se lit comme « Oui »",
    "« oui » est aussi le texte de la réponse « Oui »",
    "« nan » est aussi une autre écriture de la réponse « Non  »",
]
"""What is refused in the guide: each refusal with the words that are typed."""


@pytest.fixture
def guide(old_guide: Guide) -> Guide:
    return old_guide


def one_space(text: str) -> str:
    return text.replace("\u00a0", " ")


def missing_refusals(text: str) -> list[str]:
    """Returns the refusals that a text does not contain, whatever its spaces and capitals."""
    words = " ".join(text.casefold().split())
    return [refusal for refusal in REFUSALS if " ".join(refusal.casefold().split()) not in words]


@pytest.mark.parametrize("choice", ["oui", "oui-2", "vide", "non", "jamais"])
def test_its_version_is_evaluated_and_shows_refused_links_as_text(
    guide: Guide, client: Client, choice: str
) -> None:
    url = "/api/v1/guides/ancien/evaluate"
    answers = {"answers": {"compte": choice}}
    state = client.post(url, answers, content_type="application/json").json()
    assert state["status"] == "completed"
    assert state["advice"][0]["body_html"] == "<p>Fichiers et script</p>\n"
    assert "ftp://pix.fr<" in state["outcomes"][0]["body_html"]
    assert "<a" not in state["outcomes"][0]["body_html"]


def test_visitors_get_its_pages_without_links_to_refused_addresses(
    guide: Guide, client: Client
) -> None:
    page = BeautifulSoup(client.get("/ancien/").content, "html.parser")
    links = [str(link["href"]) for link in page.select("main a[href]")]
    assert "Pix Orga" in page.text
    assert "https://pix.fr/aide" in links
    assert "orga.pix.fr" not in links


@pytest.mark.parametrize("options", [(), ("--version", "1")])
def test_it_is_exported_byte_for_byte_as_it_was(guide: Guide, options: tuple[str, ...]) -> None:
    assert command_output("export_guide", "ancien", *options).encode() == EXPORT.read_bytes()


def test_it_is_compared_and_its_draft_is_set_back(guide: Guide, publisher: Client) -> None:
    stored = draft_read(guide)
    guide.questions.update(title="Autre titre")
    assert "Autre titre" in page_text(publisher.get(action_url(guide, "compare")))
    fill_and_send(publisher, action_url(guide, "reset"))
    assert draft_read(guide) == stored


@pytest.mark.parametrize("is_proved", [True, False])
def test_its_version_is_restored(guide: Guide, publisher: Client, is_proved: bool) -> None:
    document = small_document() | {"slug": "ancien"}
    draft_write(guide=guide, content=parse_document(document))
    guide_publish(review=PublicationReview(guide))
    if not is_proved:
        VersionProof.objects.all().delete()
    fill_and_send(publisher, action_url(guide.versions.get(number=1), "restore"), reason="Erreur")
    live = live_version("ancien")
    assert live is not None
    assert live.number == 3
    assert live.document == guide.versions.get(number=1).document


@pytest.mark.parametrize("page", ["proof", "publish", "graph", "read"])
def test_pages_about_its_draft_show_each_refusal_with_its_remedy(
    guide: Guide, publisher: Client, page: str
) -> None:
    guide.examples.update(name="Autre nom")  # otherwise there is nothing to publish
    assert missing_refusals(page_text(publisher.get(action_url(guide, page)))) == []


def test_the_page_of_the_guide_counts_the_refusals(guide: Guide, editor: Client) -> None:
    page = page_text(editor.get(change_url(guide)))
    assert f"{len(REFUSALS)} points à corriger" in page


@pytest.mark.usefixtures("no_cached_proof")
@pytest.mark.parametrize("state", ["not proved to its end", "unfinished"])
def test_a_save_counts_what_is_refused_and_unfinished_without_a_complete_proof(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    if state == "unfinished":
        guide.questions.create(key="vide", title="Vide", position=9)
    monkeypatch.setattr("rules.admin.problems_after_save.QUICK_BOUND", ProofBound(states=0))
    saved = fill_and_send(editor, change_url(guide.examples.all()[0]), name="Autre nom")
    page = editor.get(saved["Location"])
    count = len(REFUSALS) + (state == "unfinished")
    warning = f"Attention : {count} points à corriger → La preuve"
    assert warning in one_space(parse_page(page).get_text())


def test_its_draft_cannot_be_published(guide: Guide) -> None:
    guide.examples.update(name="Autre nom")
    with pytest.raises(PublicationRefusedError) as refused:
        guide_publish(review=PublicationReview(guide))
    assert missing_refusals(str(refused.value)) == []
    assert len(refused.value.problems) == len(REFUSALS)
    assert Version.objects.count() == 1


def test_its_export_cannot_be_imported(guide: Guide, editor: Client) -> None:
    refusal = command_refusal("import_guide", EXPORT, "--replace-draft")
    assert missing_refusals(refusal) == []
    assert "question 1 (« compte »), réponse 2 (« oui-2 »), « label » : " in one_space(refusal)
    page = editor.post("/admin/rules/guide/import/", {"text": EXPORT.read_text()})
    assert missing_refusals(page_text(page)) == []


def test_its_draft_is_checked_by_the_command(guide: Guide) -> None:
    assert missing_refusals(command_refusal("check_guide", "ancien")) == []


def test_its_question_can_be_saved_once_its_places_are_corrected(
    guide: Guide, editor: Client
) -> None:
    url = change_url(guide.questions.get())
    assert page_errors(fill_and_send(editor, url)).count("\u00a0:") == 8
    page = fill_and_send(
        editor,
        url,
        title="Avez-vous un compte ?",
        help="",
        choices__0__help="",
        choices__1__label="Oui, deux",
        choices__2__label="Je ne sais pas",
        choices__3__label="Non",
        choices__3__aliases="",
    )
    assert page_errors(page) == ""
    assert guide.questions.get().title == "Avez-vous un compte ?"
