"""Scheduled versions: when they go live, how pages show them, and how they are published at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rules.admin.links import action_url, change_url, list_url
from rules.models import Guide, Version
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.timeline import Stage, live_version, version_stages
from tests.admin.pages import fill_and_send, page_text, parse_page


@pytest.fixture
def guide(shipped_guide: Guide) -> Guide:
    """A guide whose version 1 is live, and whose version 2 is scheduled in ten days."""
    publish_as(shipped_guide, "Titre de la version 2", days=10)
    return shipped_guide


def publish_as(guide: Guide, title: str, days: int = 0) -> Version:
    guide.title = title
    guide.save()
    return guide_publish(
        review=PublicationReview(guide), publish_at=timezone.now() + timedelta(days=days)
    )


def list_stages(guide: Guide) -> list[Stage]:
    """Returns the stage of each version, from version 1 on."""
    return [stage for _, stage in sorted(version_stages(guide).items())]


def test_version_2_is_scheduled_and_version_1_is_live(guide: Guide) -> None:
    assert list_stages(guide) == [Stage.LIVE, Stage.SCHEDULED]


def test_a_new_version_published_now_supersedes_the_scheduled_version(guide: Guide) -> None:
    publish_as(guide, "Titre de la version 3")
    assert list_stages(guide) == [Stage.OLD, Stage.SUPERSEDED, Stage.LIVE]


def test_a_new_version_for_a_later_date_leaves_the_scheduled_version(guide: Guide) -> None:
    publish_as(guide, "Titre de la version 3", days=11)
    assert list_stages(guide) == [Stage.LIVE, Stage.SCHEDULED, Stage.SCHEDULED]


def test_a_new_version_for_an_earlier_date_supersedes_the_scheduled_version(guide: Guide) -> None:
    publish_as(guide, "Titre de la version 3", days=9)
    assert list_stages(guide) == [Stage.LIVE, Stage.SUPERSEDED, Stage.SCHEDULED]


def test_the_list_shows_the_stage_of_each_version(guide: Guide, editor: Client) -> None:
    publish_as(guide, "Titre de la version 3")
    publish_as(guide, "Titre de la version 4", days=20)
    rows = parse_page(editor.get(list_url(Version, guide))).select(
        "#result_list tbody .field-stage"
    )
    assert [row.text for row in rows] == [
        "Programmée",
        "En ligne",
        "Ne sera jamais en ligne",
        "Ancienne",
    ]


def test_the_pages_of_the_guide_and_of_the_version_show_the_date(
    guide: Guide, editor: Client
) -> None:
    day = timezone.localtime(guide.versions.get(number=2).published_at)
    for page in (change_url(guide), change_url(guide.versions.get(number=2))):
        assert "rogrammée pour le" in page_text(editor.get(page))
        assert "rogrammée Programmée" not in page_text(editor.get(page))
        assert str(day.year) in page_text(editor.get(page))


def test_the_publish_page_says_that_the_scheduled_version_will_never_be_live(
    guide: Guide, publisher: Client
) -> None:
    guide.title = "Titre de la version 3"
    guide.save()
    page = page_text(publisher.get(action_url(guide, "publish")))
    assert "la version 2 ne sera jamais en ligne" in page.replace("\u00a0", " ")


def test_publishing_a_scheduled_version_at_once_requires_a_reason(
    guide: Guide, publisher: Client
) -> None:
    page = fill_and_send(publisher, action_url(guide.versions.get(number=2), "restore"), reason="")
    assert "Dites pourquoi." in page_text(page)
    assert guide.versions.count() == 2


def test_a_restored_version_has_the_proof_of_the_earlier_version(
    guide: Guide, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(guide.versions.get(number=2), "restore"), reason="Pressé")
    old, new = (guide.versions.get(number=number).proof for number in (2, 3))
    assert (new.paths, new.states) == (old.paths, old.states)


def test_the_page_says_that_the_draft_is_the_scheduled_version(
    guide: Guide, editor: Client
) -> None:
    assert "c’est ce que dit le brouillon" in page_text(editor.get(change_url(guide)))


def test_visitors_do_not_see_a_guide_whose_first_version_is_scheduled(
    guide: Guide, publisher: Client
) -> None:
    guide.versions.filter(number=1).update(published_at=timezone.now() + timedelta(days=1))
    assert Client().get(f"/{guide.slug}/").status_code == 404
    assert "Pas encore en ligne ;" in page_text(publisher.get(change_url(guide)))


def test_a_scheduled_draft_is_not_shown_as_unpublished(guide: Guide, editor: Client) -> None:
    page = editor.get("/admin/rules/guide/").getvalue().decode()
    assert "Programmé<" in page
    assert "Modifications non publiées" not in page
    assert "brouillon modifié" not in page_text(editor.get(change_url(guide)))


def test_a_draft_changed_after_its_scheduling_is_shown_as_unpublished(
    guide: Guide, editor: Client
) -> None:
    fill_and_send(editor, action_url(guide, "texts"), title="Encore un autre")
    assert "brouillon modifié" in page_text(editor.get(change_url(guide)))


def test_a_scheduled_version_can_be_published_at_once(guide: Guide, publisher: Client) -> None:
    page = publisher.get(change_url(guide.versions.get(number=2)))
    button = parse_page(page).find("a", string="Publier dès maintenant")
    assert button is not None
    fill_and_send(publisher, str(button["href"]))
    live = live_version(guide.slug)
    assert live is not None
    assert (live.number, live.title) == (3, "Titre de la version 2")


def test_a_version_links_to_its_comparison_with_the_live_version(
    guide: Guide, editor: Client
) -> None:
    first, second = (editor.get(change_url(guide.versions.get(number=number))) for number in (1, 2))
    link = parse_page(second).find("a", string="Comparer avec la version en ligne")
    assert link is not None
    assert "S’appelle maintenant « Titre de la version 2 » au lieu de" in page_text(
        editor.get(str(link["href"]))
    )
    assert parse_page(first).find("a", string="Comparer avec la version en ligne") is None
