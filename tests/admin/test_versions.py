"""The versions of a guide: their list, the page of a version, and how a version is restored."""

import pytest
from django.test import Client

from rules.admin.links import action_url, change_url, list_url
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.models import Guide, Version, VersionProof
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.timeline import live_version
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_fields, page_links, page_text, parse_page


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide with two versions. The second version has another title."""
    shipped_guide.title = "Deuxième titre"
    shipped_guide.save()
    guide_publish(review=PublicationReview(shipped_guide))
    return shipped_guide


def get_version(guide: Guide, number: int) -> Version:
    return guide.versions.get(number=number)


def test_the_list_shows_which_version_is_live(guide: Guide, editor: Client) -> None:
    rows = parse_page(editor.get(list_url(Version, guide))).select("#result_list tbody tr")
    texts = [" ".join(row.get_text(" ").split()) for row in rows]
    assert texts[0].startswith("Version 2 En ligne")
    assert "En ligne" not in texts[1]


def test_the_page_of_a_version_shows_all_of_its_content(guide: Guide, editor: Client) -> None:
    page = page_text(editor.get(change_url(get_version(guide, 1))))
    assert "Avez-vous mis à jour la liste des élèves dans Pix Orga" in page
    assert "Associer le compte Pix au Médiacentre" in page
    assert "Toujours poser la question" in page


def test_restoring_a_version_publishes_its_content_as_a_new_version(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(get_version(guide, 1), "restore"), reason="Erreur")
    live = live_version(guide.slug)
    assert live is not None
    assert live.number == 3
    assert get_version(guide, 3).document == get_version(guide, 1).document
    assert get_version(guide, 3).note == "Retour à la version 1"


def test_a_second_click_on_restore_creates_no_second_version(
    guide: Guide, publisher: Client
) -> None:
    url = action_url(get_version(guide, 1), "restore")
    fields = page_fields(publisher.get(url)) | {"reason": "Erreur"}
    for _ in range(2):
        publisher.post(url, fields)
    assert guide.versions.count() == 3


def test_opening_the_page_that_restores_a_version_changes_nothing(
    guide: Guide, publisher: Client
) -> None:
    assert (
        publisher.get(
            action_url(get_version(guide, 1), "restore"), {"reason": "Erreur"}
        ).status_code
        == 200
    )
    assert guide.versions.count() == 2


def test_restoring_a_version_does_not_change_the_draft(guide: Guide, publisher: Client) -> None:
    fill_and_send(publisher, action_url(get_version(guide, 1), "restore"), reason="Erreur")
    guide.refresh_from_db()
    assert guide.title == "Deuxième titre"


def test_an_editor_cannot_restore_a_version(guide: Guide, editor: Client) -> None:
    url = action_url(get_version(guide, 1), "restore")
    assert url not in page_links(editor.get(change_url(get_version(guide, 1))))
    assert editor.get(url).status_code == 403
    assert editor.post(url).status_code == 403
    assert guide.versions.count() == 2


def test_the_live_version_cannot_be_restored(guide: Guide, publisher: Client) -> None:
    url = action_url(get_version(guide, 2), "restore")
    assert url not in page_links(publisher.get(change_url(get_version(guide, 2))))
    fill_and_send(publisher, url, reason="Erreur")
    assert guide.versions.count() == 2


def test_an_older_version_with_the_live_content_is_not_shown_as_live(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(get_version(guide, 1), "restore"), reason="Erreur")
    first, third = (publisher.get(change_url(get_version(guide, number))) for number in (1, 3))
    assert parse_page(third).select_one(".badge") is not None
    assert parse_page(first).select_one(".badge") is None
    assert action_url(get_version(guide, 1), "restore") not in page_links(first)
    fill_and_send(publisher, action_url(get_version(guide, 1), "restore"), reason="Erreur")
    assert guide.versions.count() == 3


def test_a_version_altered_in_the_database_is_reported_and_not_published(
    guide: Guide, publisher: Client
) -> None:
    altered = get_version(guide, 1)
    Version.objects.filter(pk=altered.pk).update(document="{}", sha256="0" * 64)
    page = publisher.get(change_url(altered), follow=True)
    assert "altérée" in page.getvalue().decode()
    fill_and_send(publisher, action_url(altered, "restore"), reason="Erreur")
    assert guide.versions.count() == 2


def test_the_draft_is_not_set_back_to_an_altered_version(guide: Guide, publisher: Client) -> None:
    Version.objects.filter(pk=get_version(guide, 2).pk).update(document="{}", sha256="0" * 64)
    page = publisher.post(action_url(guide, "reset"), follow=True)
    assert "altérée" in page.getvalue().decode()
    assert guide.rules.exists()


def delete_proof(guide: Guide, number: int) -> Version:
    """Deletes the proof of a version, as if the version had been published before proofs existed."""
    VersionProof.objects.filter(version=get_version(guide, number)).delete()
    return get_version(guide, number)


def version_text(client: Client, version: Version) -> str:
    return page_text(client.get(change_url(version))).replace("\u00a0", " ")


def test_the_page_of_a_version_shows_the_result_of_its_proof(guide: Guide, editor: Client) -> None:
    VersionProof.objects.update(seconds=0.054)
    sentence = "52 parcours possibles, 5 questions au plus, prouvé en 0,05 s."
    assert sentence in version_text(editor, get_version(guide, 1))


def test_the_page_of_a_version_shows_an_incomplete_proof_with_its_reason(
    guide: Guide, editor: Client
) -> None:
    VersionProof.objects.update(complete=False, paths="", longest=None, states=[])
    Version.objects.update(reason="Trop de parcours, relu à deux")
    page = version_text(editor, get_version(guide, 1))
    assert "Publiée sans preuve complète" in page
    assert "Trop de parcours, relu à deux" in page


def test_the_page_of_a_version_without_a_proof_says_so(guide: Guide, editor: Client) -> None:
    assert "Publiée sans preuve." in version_text(editor, delete_proof(guide, 1))


def test_the_list_shows_the_result_of_each_proof(guide: Guide, editor: Client) -> None:
    guide_publish(review=PublicationReview(guide))
    delete_proof(guide, 1)
    incomplete = VersionProof.objects.filter(version=get_version(guide, 2))
    incomplete.update(complete=False, paths="", longest=None)
    cells = parse_page(editor.get(list_url(Version, guide))).select(".field-proved")
    assert [cell.text for cell in cells] == ["52 parcours possibles", "incomplète", "aucune"]


def test_restoring_a_version_without_a_proof_proves_it(guide: Guide, publisher: Client) -> None:
    url = action_url(delete_proof(guide, 1), "restore")
    assert "son contenu vient d’être vérifié" in page_text(publisher.get(url))
    fill_and_send(publisher, url, reason="Erreur")
    assert get_version(guide, 3).proof.paths == "52"


def test_a_version_with_faults_cannot_be_restored(guide: Guide, publisher: Client) -> None:
    guide.rules.filter(key="aucune-methode").delete()
    document = canonical_json(draft_read(guide))
    faulty = Version.objects.filter(pk=delete_proof(guide, 1).pk)
    faulty.update(document=document, sha256=document_digest(document))
    url = action_url(faulty.get(), "restore")
    for page in (publisher.get(url), publisher.post(url, {"reason": "Erreur"})):
        assert page.status_code == 200
        assert "rien n’est demandé et rien n’est conclu" in page_text(page)
        assert parse_page(page).select("#content-start form") == []
    assert guide.versions.count() == 2


def test_the_history_of_a_version_redirects_to_that_of_its_guide(
    guide: Guide, editor: Client, log_in: LogIn
) -> None:
    url = change_url(get_version(guide, 1)).replace("change", "history")
    of_the_guide = f"/admin/rules/guide/{guide.pk}/history/"
    assert editor.get(url).headers["Location"] == of_the_guide
    assert log_in("zoe").get(url).status_code == 403
