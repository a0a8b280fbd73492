"""The first page of the admin: the state of each guide, and what waits for the user."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import Tag
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rules.admin.guide import draft_summaries, front_page
from rules.admin.links import action_url, change_url
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.models import Choice, Guide
from rules.proof.prove import prove_guide
from rules.publication.check import run_examples
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import fill_and_send, page_links, parse_page
from tests.recorded_calls import record_calls
from tests.rules.documents import small_document

pytestmark = pytest.mark.usefixtures("session_without_end")

FRONT = "/admin/"


@pytest.fixture(autouse=True)
def no_summaries(db: None) -> None:
    cache.clear()


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """The only guide, with a live version, and a draft that says the same."""
    return import_numbered(1)


def import_numbered(number: int) -> Guide:
    content = replace(parse_document(small_document()), slug=f"guide-{number}")
    guide = guide_import(content=content)
    guide_publish(review=PublicationReview(guide))
    return guide


def find_states(client: Client) -> dict[str, str]:
    """Returns the state of each guide on the first page, by the address of its page."""
    page = parse_page(client.get(FRONT))
    return {
        str(link["href"]): " ".join(row.select(".state")[0].get_text(" ").split())
        for row in page.select(".guides li")
        for link in row.select(".title")
    }


def find_waiting(client: Client) -> list[Tag]:
    return parse_page(client.get(FRONT)).select(".waiting a")


def test_a_guide_is_live_and_its_draft_up_to_date(guide: Guide, editor: Client) -> None:
    state = find_states(editor)[change_url(guide)]
    assert state.startswith("En ligne : version 1, du ")
    assert "brouillon à jour" in state


def test_a_changed_draft_names_who_changed_it_and_what_is_to_mend(
    guide: Guide, editor: Client
) -> None:
    find_states(editor)
    fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Un autre titre")
    assert "brouillon modifié par edith" in find_states(editor)[change_url(guide)]
    guide.examples.all().delete()
    fill_and_send(editor, change_url(guide.rules.all()[0]).replace("/change/", "/delete/"))
    assert "à corriger" in find_states(editor)[change_url(guide)]


def test_a_closed_and_a_scheduled_guide_say_so(
    guide: Guide, publisher: Client, log_in: LogIn
) -> None:
    Guide.objects.update(title="Pour demain", closed=True)
    guide.refresh_from_db()
    tomorrow = timezone.now() + timedelta(days=1)
    for later in (tomorrow + timedelta(days=1), tomorrow):  # the first one never goes live
        guide_publish(review=PublicationReview(guide), publish_at=later)
    state = find_states(publisher)[change_url(guide)]
    assert "fermé aux nouveaux visiteurs" in state
    for client, may_open in ((publisher, True), (log_in("edith", "Éditeurs"), False)):
        for page in (FRONT, change_url(guide)):
            assert (action_url(guide, "settings") in page_links(client.get(page))) == may_open
    assert "version 2 programmée" not in state
    assert "version 3 programmée pour le" in state
    assert "c’est ce que dit le brouillon" in state


def test_what_waits_depends_on_who_looks(
    guide: Guide, editor: Client, publisher: Client, log_in: LogIn
) -> None:
    fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Un autre titre")
    assert find_waiting(publisher) == []
    fill_and_send(editor, action_url(guide, "publish"))
    [asked], [own] = find_waiting(publisher), find_waiting(editor)
    assert "edith demande de publier" in asked.text
    assert "attend un accord" in own.text
    assert {asked["href"], own["href"]} == {action_url(guide, "approve")}
    assert find_waiting(log_in("marc", "Éditeurs")) == []
    assert "edith attend votre accord" in find_states(publisher)[change_url(guide)]


def test_a_request_for_an_earlier_draft_waits_for_its_author_only(
    guide: Guide, editor: Client, publisher: Client
) -> None:
    fill_and_send(editor, change_url(guide.outcomes.all()[0]), title="Un autre titre")
    fill_and_send(editor, action_url(guide, "publish"))
    fill_and_send(publisher, change_url(guide.outcomes.all()[0]), title="Encore un autre")
    assert find_waiting(publisher) == []
    [own] = find_waiting(editor)
    assert "ne vaut plus" in own.text


def test_who_may_not_see_guides_sees_none(guide: Guide, log_in: LogIn) -> None:
    assert find_states(log_in("zoe")) == {}


def test_fifty_guides_take_as_many_queries_and_draft_reads_as_ten(
    no_guide: None, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_page, "SECONDS_FOR_DRAFTS", 60)
    counts = []
    for numbers in (range(10), range(10, 50)):
        for number in numbers:
            import_numbered(number)
        cache.clear()
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as queries:
            reads = record_calls(patch, draft_read)
            found = find_states(editor)
        assert len(reads) == front_page.MAX_DRAFTS_READ
        counts.append(len(queries))
        unverified = [state for state in found.values() if "brouillon à vérifier" in state]
        assert len(unverified) == len(found) - front_page.MAX_DRAFTS_READ
    assert counts[0] == counts[1]


def test_a_draft_is_read_once_until_it_changes(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = record_calls(monkeypatch, draft_read)
    for _ in range(2):
        find_states(editor)
    assert calls == ["draft_read"]
    fill_and_send(editor, action_url(guide, "texts"), title="Un autre titre")
    calls.clear()
    assert "brouillon modifié" in find_states(editor)[change_url(guide)]
    assert calls == ["draft_read"]


def test_a_large_draft_is_evaluated_by_the_page_of_its_guide_alone(
    guide: Guide, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        draft_summaries, "MAX_SIZE", guide.rules.count() + guide.examples.count() - 1
    )
    calls = record_calls(monkeypatch, draft_read, prove_guide, run_examples)
    assert "brouillon à vérifier" in find_states(editor)[change_url(guide)]
    assert calls == []
    editor.get(change_url(guide))
    calls.clear()
    assert "brouillon à jour" in find_states(editor)[change_url(guide)]
    fill_and_send(editor, action_url(guide, "texts"), title="Un autre titre")
    calls.clear()
    assert "brouillon à vérifier" in find_states(editor)[change_url(guide)]
    assert calls == []


def test_a_draft_that_cannot_be_read_leaves_the_page_whole(guide: Guide, editor: Client) -> None:
    Choice.objects.update(aliases=3)
    assert "ce brouillon ne se lit pas" in find_states(editor)[change_url(guide)]
