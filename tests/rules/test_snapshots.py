"""The drafts before the last changes: when they are taken, how many are stored, and what is undone."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings

from rules.document.files import WRITERS
from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.drafts import snapshots
from rules.drafts.acts import DraftChangedError, PreparedAct, act_apply, act_prepare, map_draft
from rules.drafts.content import draft_read, draft_write
from rules.drafts.guides import guide_import
from rules.drafts.locks import guide_lock
from rules.drafts.snapshots import SnapshotAlteredError, snapshot_content, snapshot_take
from rules.drafts.undo import UndoRefusedError, draft_revert, draft_undo
from rules.edits.acts.lead import lead_arrows
from rules.edits.arrows import guide_arrows
from rules.edits.checking.check_promise import Verdict
from rules.edits.edit import Edit, MappedDraft, RefusedActError
from rules.edits.promises import ShowsChanges
from rules.engine.content import ExampleContent, GuideContent, OutcomeContent, QuestionContent
from rules.models import ChangeEvent, Guide, Question, Snapshot
from rules.parcours.stops import Destination
from rules.proof.bounds import THOROUGH_BOUND, BoundKind, BoundReachedError
from rules.publication.publish import guide_publish
from rules.publication.restore import draft_reset
from rules.publication.review import PublicationReview
from tests.rules.documents import documented_guides, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(no_guide: None) -> Guide:
    return guide_import(content=parse_document(small_document()))


@pytest.fixture
def marc() -> User:
    return User.objects.create_user("marc")


def write_draft(guide: Guide, author: User | None = None, **parts: object) -> Snapshot:
    """Changes some parts of a draft, and returns the snapshot of what it was before."""
    guide.refresh_from_db()
    content = replace(draft_read(guide), **parts)  # type: ignore[arg-type]
    snapshot = draft_write(guide=guide, content=content, author=author)
    assert snapshot is not None
    return snapshot


def retitle_question(draft: GuideContent, index: int, title: str) -> tuple[QuestionContent, ...]:
    questions = list(draft.questions)
    questions[index] = replace(questions[index], title=title)
    return tuple(questions)


def exported_draft(guide: Guide) -> str:
    guide.refresh_from_db()
    return WRITERS["yaml"](draft_read(guide))


def test_a_change_stores_the_draft_before_it_and_its_sentences_know_it(guide: Guide) -> None:
    before = draft_read(guide)
    snapshot = write_draft(guide, title="Autre titre")
    assert snapshot_content(snapshot) == before
    assert {change.snapshot for change in guide.changes.all()} == {snapshot}
    assert snapshot.sentence == str(guide.changes.get())


def test_a_change_that_changes_nothing_stores_nothing(guide: Guide) -> None:
    assert draft_write(guide=guide, content=draft_read(guide)) is None
    assert not guide.snapshots.exists()


def test_a_draft_that_was_stored_last_is_not_stored_again(guide: Guide, marc: User) -> None:
    first = snapshot_take(guide=guide, before=draft_read(guide), sentence="Premier.", author=None)
    again = write_draft(guide, marc, title="Autre titre")
    assert again == first
    assert (again.author_name, "Autre titre" in again.sentence) == ("marc", True)


def test_the_oldest_snapshots_are_removed_and_their_sentences_stay(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "MAX_SNAPSHOTS", 3)
    for number in range(5):
        write_draft(guide, title=f"Titre {number}")
    assert [snapshot.number for snapshot in guide.snapshots.all()] == [5, 4, 3]
    assert [change.snapshot is None for change in guide.changes.all()] == [False] * 3 + [True] * 2


def test_an_altered_snapshot_is_not_read(guide: Guide) -> None:
    snapshot = write_draft(guide, title="Autre titre")
    text = zlib.decompress(snapshot.content).replace(b"Petit", b"Grand")
    for content in (zlib.compress(text), b"", zlib.compress(b"{}")):
        snapshot.content = content
        with pytest.raises(SnapshotAlteredError):
            snapshot_content(snapshot)


def test_an_unfinished_draft_is_stored_and_put_back(guide: Guide) -> None:
    rule = guide.rules.get(key="r2")
    rule.conditions.create(question=guide.questions.get(key="q2"), operator="same_as", position=2)
    Question.objects.create(guide=guide, key="vide", title="", position=9)
    before = exported_draft(guide)
    draft_undo(snapshot=write_draft(guide, title="Autre titre"), author=None)
    assert exported_draft(guide) == before


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=documented_guides(), second=documented_guides())
def test_undo_puts_back_the_same_bytes_and_redo_the_others(
    first: GuideContent, second: GuideContent
) -> None:
    guide = guide_import(content=first, replace_draft=True)
    before = exported_draft(guide)
    snapshot = draft_write(guide=guide, content=second, sentence="Import.")
    after = exported_draft(guide)
    if snapshot is None:
        return
    undone = draft_undo(snapshot=snapshot, author=None)
    assert exported_draft(guide) == before
    assert undone is not None
    draft_undo(snapshot=undone, author=None)
    assert exported_draft(guide) == after


def test_undo_redo_and_undo_again_say_what_they_do(guide: Guide) -> None:
    snapshot: Snapshot | None = write_draft(guide, title="Autre titre")
    said = []
    for _ in range(3):
        assert snapshot is not None
        snapshot = draft_undo(snapshot=snapshot, author=None)
        said.append(guide.changes.filter(event=ChangeEvent.DRAFT, kind="guide").first())
    sentence = "Le guide «\u00a0Petit guide\u00a0» s’appelle maintenant «\u00a0Autre titre\u00a0»."
    assert [str(change) for change in said] == [
        f"Annulé\u00a0: {sentence}",
        f"Rétabli\u00a0: {sentence}",
        f"Annulé\u00a0: {sentence}",
    ]


def test_undoing_twice_changes_nothing_the_second_time(guide: Guide) -> None:
    snapshot = write_draft(guide, title="Autre titre")
    assert draft_undo(snapshot=snapshot, author=None)
    assert draft_undo(snapshot=snapshot, author=None) is None
    assert guide.snapshots.count() == 2


def test_undo_keeps_what_others_have_changed_in_other_parts(guide: Guide, marc: User) -> None:
    snapshot = write_draft(guide, title="Autre titre")
    write_draft(guide, marc, questions=retitle_question(draft_read(guide), 0, "Et ceci ?"))
    draft_undo(snapshot=snapshot, author=None)
    draft = draft_read(Guide.objects.get())
    assert (draft.title, draft.questions[0].title) == ("Petit guide", "Et ceci ?")


def test_undo_is_refused_if_someone_has_changed_the_same_part_since(
    guide: Guide, marc: User
) -> None:
    draft = draft_read(guide)
    snapshot = write_draft(guide, questions=retitle_question(draft, 0, "Et ceci ?"))
    write_draft(guide, marc, questions=retitle_question(draft, 0, "Et cela ?"), title="Autre titre")
    now = exported_draft(guide)
    with pytest.raises(UndoRefusedError) as refused:
        draft_undo(snapshot=snapshot, author=None)
    [change] = refused.value.changes
    assert (change.kind, change.author_name) == ("question", "marc")
    assert exported_draft(guide) == now


def test_undo_is_refused_if_someone_uses_since_what_it_would_remove(
    guide: Guide, marc: User
) -> None:
    draft = draft_read(guide)
    added = OutcomeContent("nouvelle", "Nouvelle", final=True)
    snapshot = write_draft(guide, outcomes=(*draft.outcomes, added))
    example = ExampleContent("Un autre cas", {}, ("nouvelle",))
    write_draft(guide, marc, examples=(*draft.examples, example))
    with pytest.raises(UndoRefusedError) as refused:
        draft_undo(snapshot=snapshot, author=None)
    assert [change.kind for change in refused.value.changes] == ["example"]


def test_undo_is_refused_after_a_change_that_a_worker_of_an_earlier_release_has_made(
    guide: Guide,
) -> None:
    snapshot = write_draft(guide, title="Autre titre")
    guide.changes.create(sentence="La question change.", event=ChangeEvent.DRAFT)
    write_draft(guide, introduction="Bonjour")
    with pytest.raises(UndoRefusedError):
        draft_undo(snapshot=snapshot, author=None)


def test_a_draft_is_set_back_to_a_moment_and_this_can_be_undone(guide: Guide) -> None:
    before = exported_draft(guide)
    snapshot = write_draft(guide, title="Autre titre")
    write_draft(guide, introduction="Bonjour")
    later = exported_draft(guide)
    reverted = draft_revert(snapshot=snapshot, author=None)
    assert exported_draft(guide) == before
    assert reverted is not None
    draft_undo(snapshot=reverted, author=None)
    assert exported_draft(guide) == later


def test_undo_brings_back_the_address_of_a_guide_that_was_never_published(guide: Guide) -> None:
    draft = draft_read(guide)
    Guide.objects.filter(pk=guide.pk).update(slug="autre")
    guide.refresh_from_db()
    snapshot = snapshot_take(guide=guide, before=draft, sentence="L’adresse change.", author=None)
    draft_undo(snapshot=snapshot, author=None)
    assert Guide.objects.get().slug == draft.slug


def test_an_act_is_written_with_its_sentence_and_undone_to_the_same_bytes(
    guide: Guide, marc: User
) -> None:
    before = exported_draft(guide)
    snapshot = act_apply(guide=guide, prepared=prepare_new_title(guide), author=marc)
    assert snapshot is not None
    assert (snapshot.sentence, snapshot.author_name) == ("Le titre change.", "marc")
    assert str(guide.changes.first()) == "Le titre change."
    draft_undo(snapshot=snapshot, author=marc)
    assert exported_draft(guide) == before


def test_an_act_on_a_draft_that_changed_meanwhile_writes_nothing(guide: Guide) -> None:
    prepared = prepare_new_title(guide)
    write_draft(guide, introduction="Bonjour")
    with pytest.raises(DraftChangedError):
        act_apply(guide=guide, prepared=prepared, author=None)
    assert draft_read(Guide.objects.get()).title == "Petit guide"


@pytest.mark.parametrize("seed", range(6))
def test_arrows_that_are_led_elsewhere_come_back_with_the_same_bytes(
    shipped_guide: Guide, seed: int
) -> None:
    before, draft, chance = exported_draft(shipped_guide), draft_read(shipped_guide), Random(seed)
    mapped = map_draft(draft, THOROUGH_BOUND)
    arrow, _, _ = chance.choice([*guide_arrows(draft, mapped.parcours)])
    outcome = chance.choice([outcome for outcome in draft.outcomes if outcome.final])
    act = lead_arrows([arrow], Destination(outcomes=(outcome.key,)))
    try:
        prepared = act_prepare(draft, act, THOROUGH_BOUND)
    except RefusedActError:
        assert not shipped_guide.snapshots.exists()
        return
    assert prepared.verdict.is_proved
    snapshot = act_apply(guide=shipped_guide, prepared=prepared, author=None)
    assert snapshot is not None
    assert exported_draft(shipped_guide) != before
    draft_undo(snapshot=snapshot, author=None)
    assert exported_draft(shipped_guide) == before


def test_an_act_prepares_what_its_editor_was_shown_if_it_still_proposes_that(guide: Guide) -> None:
    draft = draft_read(guide)

    def propose_titles(_: MappedDraft) -> Iterator[Edit]:
        for title in "ABC":
            yield Edit(replace(draft, title=title), ShowsChanges(), title)
        raise BoundReachedError(BoundKind.SECONDS)

    def title_prepared(shown: str) -> str:
        digest = document_digest(canonical_json(replace(draft, title=shown)))
        return act_prepare(draft, propose_titles, THOROUGH_BOUND, shown=digest).edit.content.title

    assert (title_prepared("C"), title_prepared("D")) == ("C", "A")


def prepare_new_title(guide: Guide) -> PreparedAct:
    draft = draft_read(guide)
    edit = Edit(replace(draft, title="Autre titre"), ShowsChanges(), "Le titre change.")
    return PreparedAct(draft, edit, Verdict())


@pytest.mark.parametrize("door", ["import", "reset"])
def test_what_someone_changes_before_a_whole_draft_is_replaced_is_in_its_snapshot(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    version = guide_publish(review=PublicationReview(guide))

    def change_and_lock(*, guide: Guide) -> Guide:
        Guide.objects.filter(pk=guide.pk).update(title="Entre-temps")
        return guide_lock(guide=guide)

    monkeypatch.setattr("rules.drafts.guides.guide_lock", change_and_lock)
    monkeypatch.setattr("rules.publication.restore.guide_lock", change_and_lock)
    if door == "import":
        guide_import(content=parse_document(small_document()), replace_draft=True)
    else:
        draft_reset(version=version)
    assert snapshot_content(guide.snapshots.get()).title == "Entre-temps"
