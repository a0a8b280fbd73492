"""Several people who save, publish or approve at the same time wait for one another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from rules.admin.links import action_url, add_url
from rules.drafts.acts import DraftChangedError, PreparedAct, act_apply
from rules.drafts.content import draft_read, draft_write
from rules.drafts.locks import guide_lock
from rules.edits.checking.check_promise import Verdict
from rules.edits.edit import Edit
from rules.edits.promises import ShowsChanges
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Question, VersionProof
from rules.proof.bounds import ProofBound
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.conftest import LogIn
from tests.admin.pages import page_fields

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def run_together(*actions: Callable[[], int]) -> list[int]:
    """Runs actions at the same time, each in its own thread, and returns their results in order."""

    def run(action: Callable[[], int]) -> int:
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


@pytest.fixture(autouse=True)
def _patience(settings: Settings) -> None:
    """Lets each request wait for all others, which takes long on a busy machine."""
    settings.DATABASE_SECONDS = settings.DATABASE_LOCK_SECONDS = 60


@pytest.fixture
def editors(shipped_guide: Guide, log_in: LogIn) -> list[Client]:
    return [log_in(f"editor-{rank}", "Responsables de publication") for rank in range(8)]


def test_rules_moved_at_the_same_time_get_distinct_positions(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    keys = set(shipped_guide.rules.values_list("key", flat=True))
    urls = [action_url(rule, "move") for rule in shipped_guide.rules.all()[4:12]]
    actions = [
        lambda client=client, url=url: client.post(url, {"direction": "up"}).status_code
        for client, url in zip(editors, urls, strict=True)
    ]
    assert run_together(*actions) == [302] * 8
    positions = list(shipped_guide.rules.values_list("position", flat=True))
    assert positions == list(range(1, len(keys) + 1))
    assert set(shipped_guide.rules.values_list("key", flat=True)) == keys


def test_publications_at_the_same_time_create_one_version(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    Guide.objects.filter(pk=shipped_guide.pk).update(title="Nouveau titre")
    url = action_url(shipped_guide, "publish")
    form = page_fields(editors[0].get(url))
    actions = [lambda client=client: client.post(url, form).status_code for client in editors]
    run_together(*actions)
    numbers = shipped_guide.versions.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_a_version_that_goes_live_while_a_publication_waits_is_not_rescheduled(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    guides = Guide.objects.filter(pk=shipped_guide.pk)
    guides.update(title="Programmé")
    tomorrow = timezone.now() + timedelta(days=1)
    guide_publish(review=PublicationReview(guides.get()), publish_at=tomorrow)
    guides.update(title=shipped_guide.title, introduction="Corrigée")
    url = action_url(shipped_guide, "publish")
    form = page_fields(editors[0].get(url))
    assert form["version-2"] == ["reschedule"]
    goes_live_at = timezone.now() + timedelta(seconds=0.7)
    shipped_guide.versions.filter(number=2).update(published_at=goes_live_at)

    def hold_the_lock() -> int:
        with transaction.atomic():
            guide_lock(guide=shipped_guide)
            sleep(max(0.0, (goes_live_at - timezone.now()).total_seconds()))
        return 0

    def publish_draft() -> int:
        return editors[0].post(url, form).status_code

    assert run_together(hold_the_lock, publish_draft) == [0, 200]
    numbers = shipped_guide.versions.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_a_guide_can_be_locked_by_others_while_it_is_proved(
    shipped_guide: Guide, editors: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    proved = []

    def lock_guide() -> int:
        with transaction.atomic():
            return Guide.objects.select_for_update(nowait=True).get(pk=shipped_guide.pk).pk

    def check_while_others_lock(content: GuideContent, *bounds: ProofBound) -> PublicationCheck:
        assert run_together(lock_guide) == [shipped_guide.pk]
        proved.append(content.title)
        return publication_check(content, *bounds)

    for name in ("review.publication_check", "restore.soundness_check"):
        monkeypatch.setattr(f"rules.publication.{name}", check_while_others_lock)
    first = shipped_guide.versions.get()
    Guide.objects.filter(pk=shipped_guide.pk).update(title="Nouveau titre")
    url = action_url(shipped_guide, "publish")
    editors[0].post(url, page_fields(editors[0].get(url)))
    url = action_url(first, "restore")
    opened = page_fields(editors[1].get(url)) | {"reason": "Erreur"}
    VersionProof.objects.filter(version=first).delete()
    editors[1].post(url, opened)
    assert shipped_guide.versions.count() == 3
    assert proved == ["Nouveau titre", "Nouveau titre", first.title]


def test_publications_for_one_date_at_the_same_time_create_one_version(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    Guide.objects.filter(pk=shipped_guide.pk).update(title="Nouveau titre")
    url = action_url(shipped_guide, "publish")
    form = page_fields(editors[0].get(url)) | {
        "when": "later",
        "date": "2100-01-01",
        "time": "08:00",
    }
    run_together(*[lambda client=client: client.post(url, form).status_code for client in editors])
    assert shipped_guide.versions.count() == 2


def test_approvals_at_the_same_time_create_one_version(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    values = {"title": "Nouveau titre", "needs_approval": True}
    Guide.objects.filter(pk=shipped_guide.pk).update(**values)
    requester, *others = editors
    url = action_url(shipped_guide, "publish")
    requester.post(url, page_fields(requester.get(url)))
    url = action_url(shipped_guide, "approve")
    form = page_fields(others[0].get(url))
    actions = [lambda client=client: client.post(url, form).status_code for client in others]
    assert run_together(*actions) == [302] * len(others)
    assert shipped_guide.versions.count() == 2


def test_an_approval_or_a_refusal_at_the_same_time_takes_effect_but_not_both(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    values = {"title": "Nouveau titre", "needs_approval": True}
    Guide.objects.filter(pk=shipped_guide.pk).update(**values)
    requester, approving, refusing, *_ = editors
    url = action_url(shipped_guide, "publish")
    requester.post(url, page_fields(requester.get(url)))
    url = action_url(shipped_guide, "approve")
    form = page_fields(approving.get(url))
    refusal = form | {"decision": "refuse", "message": "Non"}
    run_together(
        lambda: approving.post(url, form).status_code,
        lambda: refusing.post(url, refusal).status_code,
    )
    sentences = [change.sentence for change in shipped_guide.changes.all()]
    settled = [
        sentence for sentence in sentences if "approuvée" in sentence or "refusée" in sentence
    ]
    assert len(settled) == 1
    assert not PublicationRequest.objects.exists()


def test_questions_with_the_same_title_added_at_the_same_time_get_distinct_keys(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    url = add_url(Question, shipped_guide)
    form = {
        "title": "Même titre ?",
        "scope": "pupil",
        "choices-TOTAL_FORMS": "0",
        "choices-INITIAL_FORMS": "0",
    }
    actions = [lambda client=client: client.post(url, form).status_code for client in editors]
    assert run_together(*actions) == [302] * 8
    assert shipped_guide.questions.filter(key__startswith="meme-titre").count() == 8


def test_a_change_that_is_undone_by_many_at_the_same_time_is_undone_once(
    shipped_guide: Guide, editors: list[Client]
) -> None:
    before = draft_read(shipped_guide)
    draft_write(guide=shipped_guide, content=replace(before, title="Autre titre"))
    url, fields = action_url(shipped_guide, "undo"), {"snapshot": "1"}
    run_together(*(lambda one=one: one.post(url, fields).status_code for one in editors))
    assert draft_read(Guide.objects.get(pk=shipped_guide.pk)) == before
    assert shipped_guide.snapshots.count() == 2


def test_of_acts_prepared_on_one_draft_one_is_written_and_the_others_are_told(
    shipped_guide: Guide,
) -> None:
    draft = draft_read(shipped_guide)
    titles = [f"Titre {number}" for number in range(6)]

    def write_title(title: str) -> int:
        edit = Edit(replace(draft, title=title), ShowsChanges(), title)
        prepared = PreparedAct(draft, edit, Verdict())
        try:
            act_apply(guide=shipped_guide, prepared=prepared, author=None)
        except DraftChangedError:
            return 0
        return 1

    written = run_together(*(lambda title=title: write_title(title) for title in titles))
    [title] = [title for title, is_written in zip(titles, written, strict=True) if is_written]
    assert Guide.objects.get(pk=shipped_guide.pk).title == title
    assert shipped_guide.snapshots.get().sentence == title
