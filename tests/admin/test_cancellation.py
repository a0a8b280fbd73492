"""*Annuler la programmation*: the version never goes live, and nothing is published or changed."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diagnostics.selectors import newer_version
from diagnostics.services import session_create
from rules.admin.links import action_url, change_url, list_url
from rules.document.parsing import parse_document
from rules.drafts.guides import guide_import
from rules.models import Cancellation, Guide, Version
from rules.publication.cancel import NotScheduledError, version_cancel
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from rules.publication.timeline import Stage, live_version, live_versions, version_stages
from tests.admin.pages import fill_and_send, page_fields, page_links, page_text, parse_page
from tests.rules.documents import small_document


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """A guide whose version 1 is live, and whose version 2 is scheduled in ten days."""
    guide = guide_import(content=parse_document(small_document()))
    guide_publish(review=PublicationReview(guide))
    schedule_title(guide, "Titre de la version 2", days=10)
    return guide


@pytest.fixture
def scheduled(guide: Guide) -> Version:
    return guide.versions.get(number=2)


def schedule_title(guide: Guide, title: str, days: int) -> Version:
    guide.title = title
    guide.save()
    publish_at = timezone.now() + timedelta(days=days)
    return guide_publish(review=PublicationReview(guide), publish_at=publish_at)


def pass_its_date(version: Version) -> None:
    """Lets the date of a scheduled version come: moves it into the past."""
    Version.objects.filter(pk=version.pk).update(published_at=timezone.now())


def live_number_in(guide: Guide, days: int) -> int:
    as_of = timezone.now() + timedelta(days=days)
    return Version.objects.filter_live(as_of).get(guide=guide).number


def list_stages(guide: Guide) -> list[Stage]:
    """Returns the stage of each version, from version 1 on."""
    return [stage for _, stage in sorted(version_stages(guide).items())]


def plain_text(client: Client, url: str) -> str:
    return page_text(client.get(url)).replace("\u00a0", " ")


def test_two_clicks_cancel_a_scheduled_version_and_publish_nothing(
    guide: Guide, scheduled: Version, publisher: Client
) -> None:
    before = list(Version.objects.order_by("pk").values())
    page = parse_page(publisher.get(change_url(guide)))
    [button] = page.find_all("a", string="Annuler la programmation")
    asked = plain_text(publisher, str(button["href"]))
    assert "Rien n’est publié : la version 1 reste en ligne" in asked
    assert not Cancellation.objects.exists()
    fill_and_send(publisher, str(button["href"]))
    assert list(Version.objects.order_by("pk").values()) == before
    assert Cancellation.objects.get().author_name == "paul"
    assert list_stages(guide) == [Stage.LIVE, Stage.CANCELLED]
    assert live_number_in(guide, days=20) == 1


def test_a_version_goes_live_unless_it_is_cancelled(guide: Guide, scheduled: Version) -> None:
    assert live_number_in(guide, days=20) == 2
    version_cancel(version=scheduled)
    pass_its_date(scheduled)
    live = live_version(guide.slug)
    assert live is not None
    assert live.number == 1
    assert [version.number for version in live_versions()] == [1]


def test_visitors_and_programs_keep_the_live_version_after_the_cancelled_date(
    guide: Guide, scheduled: Version, client: Client
) -> None:
    session = session_create(version=guide.versions.get(number=1), answers={})
    addresses = (
        f"/{guide.slug}/",
        f"/api/v1/guides/{guide.slug}",
        "/api/v1/guides",
        "/integration/",
    )
    before = [client.get(address) for address in addresses]
    version_cancel(version=scheduled)
    pass_its_date(scheduled)
    after = [client.get(address) for address in addresses]
    assert [page.content for page in after] == [page.content for page in before]
    assert after[1].headers["ETag"] == before[1].headers["ETag"]
    assert newer_version(session) is None


def test_a_cancelled_version_brings_back_the_one_that_it_superseded(
    guide: Guide, publisher: Client
) -> None:
    third = schedule_title(guide, "Titre de la version 3", days=9)
    assert list_stages(guide) == [Stage.LIVE, Stage.SUPERSEDED, Stage.SCHEDULED]
    url = action_url(third, "cancel")
    assert "La version 2 sera en ligne le" in plain_text(publisher, url)
    fill_and_send(publisher, url)
    assert list_stages(guide) == [Stage.LIVE, Stage.SCHEDULED, Stage.CANCELLED]
    assert live_number_in(guide, days=20) == 2


def test_the_first_version_of_a_guide_can_be_cancelled(no_guide: None, publisher: Client) -> None:
    guide = guide_import(content=parse_document(small_document()))
    first = schedule_title(guide, "Pas encore", days=3)
    page = fill_and_send(publisher, action_url(first, "cancel"))
    assert "Jamais publié" in plain_text(publisher, page.headers["Location"])
    pass_its_date(first)
    assert Client().get(f"/{guide.slug}/").status_code == 404


def test_a_version_whose_moment_has_come_meanwhile_is_not_cancelled(
    guide: Guide, scheduled: Version, publisher: Client
) -> None:
    url = action_url(scheduled, "cancel")
    assert publisher.get(url).status_code == 200
    pass_its_date(scheduled)
    page = publisher.post(url, follow=True)
    assert "La version 2 est en ligne depuis le" in page.getvalue().decode()
    assert "sa programmation ne peut plus être annulée" in page.getvalue().decode()
    assert not Cancellation.objects.exists()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "La version 1 a été en ligne dès le"),
        (2, "ne sera jamais en ligne : il n’y a rien à annuler"),
        (3, "La version 3 est en ligne depuis le"),
        (4, "est déjà annulée"),
    ],
)
def test_a_version_that_is_not_scheduled_is_not_cancelled(
    guide: Guide, publisher: Client, number: int, sentence: str
) -> None:
    schedule_title(guide, "Titre de la version 3", days=0)
    version_cancel(version=schedule_title(guide, "Titre de la version 4", days=5))
    url = action_url(guide.versions.get(number=number), "cancel")
    for page in (publisher.get(url, follow=True), publisher.post(url, follow=True)):
        assert sentence in page.getvalue().decode().replace("\u00a0", " ")
    assert Cancellation.objects.count() == 1


def test_a_version_that_goes_live_within_seconds_is_not_cancelled(
    guide: Guide, scheduled: Version
) -> None:
    """Otherwise visitors could meet it before the cancellation is stored."""
    for seconds, is_cancelled in ((4, False), (60, True)):
        publish_at = timezone.now() + timedelta(seconds=seconds)
        Version.objects.filter(pk=scheduled.pk).update(published_at=publish_at)
        scheduled.refresh_from_db()
        with nullcontext() if is_cancelled else pytest.raises(NotScheduledError, match="secondes"):
            version_cancel(version=scheduled)
        assert Cancellation.objects.exists() == is_cancelled


def test_a_second_click_on_cancel_changes_nothing(scheduled: Version, guide: Guide) -> None:
    version_cancel(version=scheduled)
    with pytest.raises(NotScheduledError):
        version_cancel(version=scheduled)
    assert guide.changes.filter(sentence__contains="est annulée").count() == 1


def test_the_history_the_list_and_the_version_say_who_cancelled_it(
    guide: Guide, scheduled: Version, publisher: Client
) -> None:
    fill_and_send(publisher, action_url(scheduled, "cancel"))
    history = plain_text(publisher, f"/admin/rules/guide/{guide.pk}/history/")
    assert "La programmation de la version 2, prévue pour le" in history
    version = plain_text(publisher, change_url(scheduled))
    assert "Annulée le" in version
    assert "par paul. Était programmée pour le" in version
    cells = parse_page(publisher.get(list_url(Version, guide))).select(".field-stage")
    assert [cell.text for cell in cells] == ["Annulée", "En ligne"]
    assert "Version 2, annulée, était programmée pour le" in plain_text(
        publisher, action_url(guide, "compare")
    )


def test_only_versions_that_were_live_have_a_date_of_publication(
    guide: Guide, editor: Client
) -> None:
    schedule_title(guide, "Titre de la version 3", days=0)
    version_cancel(version=schedule_title(guide, "Titre de la version 4", days=5))
    schedule_title(guide, "Titre de la version 5", days=6)
    page = parse_page(editor.get(list_url(Version, guide)))
    assert [text.get_text(strip=True) for text in page.select("thead th")][2:4] == [
        "Publiée le",
        "Programmée pour le",
    ]
    live, planned = (page.select(f".field-{name}") for name in ("live_since", "scheduled_for"))
    assert [cell.text != "-" for cell in live] == [False, False, True, False, True]
    assert [cell.text != "-" for cell in planned] == [True, True, False, True, False]


def test_a_cancelled_version_can_be_published_at_once(
    guide: Guide, scheduled: Version, publisher: Client
) -> None:
    version_cancel(version=scheduled)
    page = parse_page(publisher.get(change_url(scheduled)))
    button = page.find("a", string="Publier dès maintenant")
    assert button is not None
    fill_and_send(publisher, str(button["href"]), reason="Finalement")
    live = live_version(guide.slug)
    assert live is not None
    assert (live.number, live.title, live.reason) == (3, "Titre de la version 2", "Finalement")


@pytest.mark.parametrize("act", ["cancels it", "schedules another one", "publishes another one"])
def test_a_page_that_publishes_at_once_is_shown_again_after_someone_else_acts(
    guide: Guide, scheduled: Version, publisher: Client, act: str
) -> None:
    url = action_url(scheduled, "restore")
    opened = page_fields(publisher.get(url))
    if act == "cancels it":
        version_cancel(version=scheduled)
    else:
        schedule_title(guide, "Autre titre", days=5 if act == "schedules another one" else 0)
    count = guide.versions.count()
    page = publisher.post(url, opened)
    text = page_text(page).replace("\u00a0", " ")
    assert page.status_code == 200
    assert "entre-temps" in text
    assert ("Sa programmation a été annulée." in text) == (act == "cancels it")
    assert guide.versions.count() == count
    dropped = {"version-3": "drop"} if act == "schedules another one" else {}
    publisher.post(url, page_fields(page) | {"reason": "Tout de même"} | dropped)
    assert guide.versions.count() == count + 1


def test_a_cancelled_version_is_not_published_by_one_person_where_two_must_agree(
    guide: Guide, scheduled: Version, publisher: Client
) -> None:
    version_cancel(version=scheduled)
    Guide.objects.update(needs_approval=True)
    url = action_url(scheduled, "restore")
    assert url not in page_links(publisher.get(change_url(scheduled)))
    fill_and_send(publisher, url, reason="Finalement")
    assert guide.versions.count() == 2


def test_a_draft_whose_version_is_cancelled_can_be_published_again(
    guide: Guide, scheduled: Version, publisher: Client
) -> None:
    version_cancel(version=scheduled)
    assert "brouillon modifié" in plain_text(publisher, change_url(guide))
    fill_and_send(publisher, action_url(guide, "publish"))
    assert list_stages(guide) == [Stage.OLD, Stage.CANCELLED, Stage.LIVE]


def test_an_editor_cannot_cancel(guide: Guide, scheduled: Version, editor: Client) -> None:
    url = action_url(scheduled, "cancel")
    assert url not in page_links(editor.get(change_url(guide)))
    assert url not in page_links(editor.get(change_url(scheduled)))
    for page in (editor.get(url), editor.post(url)):
        assert page.status_code == 403
        assert "Votre compte ne permet pas d’annuler une programmation." in page_text(page)
        assert change_url(guide) in page_links(page)
    assert not Cancellation.objects.exists()


def test_the_live_version_is_read_in_one_query_that_sorts_no_other_guide(
    guide: Guide, scheduled: Version
) -> None:
    version_cancel(version=scheduled, author=User.objects.create_user("anne"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        live_version(guide.slug)
    [query] = [found["sql"] for found in queries]
    assert query.count("SELECT") == 1
    assert 'ORDER BY "rules_version"."number" DESC LIMIT 1' in query
