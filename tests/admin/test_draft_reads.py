"""An edit reads its draft twice, before and after it, and proves it once the guide is free."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client

from rules.admin import problems_after_save
from rules.admin.links import action_url, add_url, change_url, list_url
from rules.drafts import content
from rules.engine.content import GuideContent
from rules.models import Guide, Outcome, Rule
from rules.publication.check import PublicationCheck, publication_check
from tests.admin.pages import fill_and_send, page_fields


@dataclass
class Spy:
    """Counts what a request does with a draft."""

    reads: int = 0
    proofs: int = 0
    proofs_in_transaction: int = 0
    """The number of proofs within a transaction, which may hold the lock of the guide."""


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy, read = Spy(), content.draft_read

    def count_read(guide: Guide) -> GuideContent:
        spy.reads += 1
        return read(guide)

    def count_proof(draft: GuideContent, max_states: int) -> PublicationCheck:
        spy.proofs += 1
        spy.proofs_in_transaction += bool(connection.savepoint_ids)
        return publication_check(draft, max_states)

    for module in list(sys.modules.values()):
        if getattr(module, "draft_read", None) is read:
            monkeypatch.setattr(module, "draft_read", count_read)
    monkeypatch.setattr(problems_after_save, "publication_check", count_proof)
    return spy


def unused_outcome(guide: Guide) -> Outcome:
    return guide.outcomes.create(key="inutile", title="Inutile")


def save_part(client: Client, row: Rule | Outcome, **changes: str) -> Callable[[], object]:
    typed = page_fields(client.get(change_url(row))) | changes
    return lambda: client.post(change_url(row), typed)


def count_draft_uses(spy: Spy, edit: Callable[[], object]) -> tuple[int, int, int]:
    """Returns how often an edit reads the draft, proves it, and proves it in a transaction."""
    spy.reads = spy.proofs = spy.proofs_in_transaction = 0
    edit()
    return spy.reads, spy.proofs, spy.proofs_in_transaction


def test_saving_a_rule_reads_the_draft_twice_and_proves_it_once_unlocked(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    save = save_part(editor, shipped_guide.rules.all()[3], note="Ma remarque")
    assert count_draft_uses(spy, save) == (2, 1, 0)
    assert shipped_guide.rules.all()[3].note == "Ma remarque"


def test_saving_a_rule_twice_by_a_double_click_reads_the_draft_twice_again(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    save = save_part(editor, shipped_guide.rules.all()[3], note="Ma remarque")
    save()
    assert count_draft_uses(spy, save) == (2, 1, 0)


def test_adding_an_outcome_reads_the_draft_twice_and_proves_it_once_unlocked(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    def add() -> None:
        fill_and_send(editor, add_url(Outcome, shipped_guide), title="Nouveau")

    assert count_draft_uses(spy, add) == (2, 1, 0)


def test_deleting_an_outcome_reads_the_draft_twice_and_proves_it_once_unlocked(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    url = change_url(unused_outcome(shipped_guide)).replace("change", "delete")
    assert count_draft_uses(spy, lambda: editor.post(url)) == (2, 1, 0)
    assert not shipped_guide.outcomes.filter(key="inutile").exists()


@pytest.mark.parametrize("kind", ["questions", "rules"])
def test_moving_a_row_reads_the_draft_twice_and_proves_it_once_unlocked(
    kind: str, shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    url = action_url(getattr(shipped_guide, kind).all()[1], "move")
    assert count_draft_uses(spy, lambda: editor.post(url, {"direction": "up"})) == (2, 1, 0)


@pytest.mark.parametrize("kind", ["questions", "rules"])
def test_duplicating_a_row_reads_the_draft_twice(
    kind: str, shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    url = action_url(getattr(shipped_guide, kind).all()[1], "duplicate")
    assert count_draft_uses(spy, lambda: editor.post(url)) == (2, 0, 0)


def test_the_list_of_rules_reads_the_draft_once(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    assert count_draft_uses(spy, lambda: editor.get(list_url(Rule, shipped_guide))) == (1, 0, 0)


@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_page_of_a_rule_reads_the_draft_once(
    page: str, shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    url = change_url(shipped_guide.rules.all()[3]).replace("change", page)
    assert count_draft_uses(spy, lambda: editor.get(url)) == (1, 0, 0)
