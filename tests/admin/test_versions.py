"""What was published: the list, a version's page, and the way back to one."""

import pytest
from django.test import Client

from rules.admin.links import action_url, change_url, list_url
from rules.models import Guide, Version
from rules.selectors import live_version
from rules.services import guide_publish
from tests.admin.pages import links, soup, text


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """Two versions: the second has another title."""
    shipped_guide.title = "Deuxième titre"
    shipped_guide.save()
    guide_publish(guide=shipped_guide)
    return shipped_guide


def version(guide: Guide, number: int) -> Version:
    return guide.versions.get(number=number)


def test_the_list_shows_which_version_is_live(guide: Guide, editor: Client) -> None:
    rows = soup(editor.get(list_url(Version, guide))).select("#result_list tbody tr")
    shown = [" ".join(row.get_text(" ").split()) for row in rows]
    assert shown[0].startswith("Version 2 En ligne")
    assert "En ligne" not in shown[1]


def test_a_version_reads_whole(guide: Guide, editor: Client) -> None:
    page = text(editor.get(change_url(version(guide, 1))))
    assert "Avez-vous mis à jour la liste des élèves dans Pix Orga" in page
    assert "Associer le compte Pix au Médiacentre" in page
    assert "Toujours poser la question" in page


def test_going_back_publishes_the_older_content_as_a_new_version(
    guide: Guide, publisher: Client
) -> None:
    publisher.post(action_url(version(guide, 1), "restore"), {"reason": "Erreur"})
    live = live_version(guide.slug)
    assert live is not None
    assert live.number == 3
    assert version(guide, 3).document == version(guide, 1).document
    assert version(guide, 3).note == "Retour à la version 1"


def test_a_second_click_on_going_back_makes_no_second_version(
    guide: Guide, publisher: Client
) -> None:
    for _ in range(2):
        publisher.post(action_url(version(guide, 1), "restore"), {"reason": "Erreur"})
    assert guide.versions.count() == 3


def test_going_back_asks_first(guide: Guide, publisher: Client) -> None:
    assert (
        publisher.get(action_url(version(guide, 1), "restore"), {"reason": "Erreur"}).status_code
        == 200
    )
    assert guide.versions.count() == 2


def test_going_back_leaves_the_draft(guide: Guide, publisher: Client) -> None:
    publisher.post(action_url(version(guide, 1), "restore"), {"reason": "Erreur"})
    guide.refresh_from_db()
    assert guide.title == "Deuxième titre"


def test_an_editor_cannot_go_back(guide: Guide, editor: Client) -> None:
    url = action_url(version(guide, 1), "restore")
    assert url not in links(editor.get(change_url(version(guide, 1))))
    assert editor.get(url).status_code == 403
    assert editor.post(url).status_code == 403
    assert guide.versions.count() == 2


def test_the_live_version_is_not_gone_back_to(guide: Guide, publisher: Client) -> None:
    url = action_url(version(guide, 2), "restore")
    assert url not in links(publisher.get(change_url(version(guide, 2))))
    publisher.post(url, {"reason": "Erreur"})
    assert guide.versions.count() == 2


def test_an_older_version_of_the_same_content_is_not_said_to_be_live(
    guide: Guide, publisher: Client
) -> None:
    publisher.post(action_url(version(guide, 1), "restore"), {"reason": "Erreur"})
    first, third = (publisher.get(change_url(version(guide, number))) for number in (1, 3))
    assert soup(third).select_one(".badge") is not None
    assert soup(first).select_one(".badge") is None
    assert action_url(version(guide, 1), "restore") not in links(first)
    publisher.post(action_url(version(guide, 1), "restore"), {"reason": "Erreur"})
    assert guide.versions.count() == 3


def test_a_version_altered_in_the_database_is_said_and_not_published(
    guide: Guide, publisher: Client
) -> None:
    altered = version(guide, 1)
    Version.objects.filter(pk=altered.pk).update(document="{}", sha256="0" * 64)
    page = publisher.get(change_url(altered), follow=True)
    assert "altérée" in page.getvalue().decode()
    publisher.post(action_url(altered, "restore"), {"reason": "Erreur"})
    assert guide.versions.count() == 2


def test_an_altered_live_version_leaves_the_draft(guide: Guide, publisher: Client) -> None:
    Version.objects.filter(pk=version(guide, 2).pk).update(document="{}", sha256="0" * 64)
    page = publisher.post(action_url(guide, "reset"), follow=True)
    assert "altérée" in page.getvalue().decode()
    assert guide.rules.exists()
