"""An edit reads its draft twice, before and after it, and proves it once the guide is free.

The redirect after the save of a rule asks once more for the proof, which is in the cache by then.
The page of a refused form, too, proves the draft and runs its examples once the guide is free.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client

from rules.admin.links import action_url, add_url, change_url, list_url
from rules.drafts.cached_proofs import document_proof
from rules.drafts.content import draft_read
from rules.models import Guide, Outcome, Rule
from rules.proof.bounds import QUICK_BOUND
from rules.publication.check import run_examples
from tests.admin.conftest import LogIn
from tests.admin.pages import Fields, fill_and_send, page_fields
from tests.admin.test_examples_from_tries import ANSWERS, EXAMPLE_NAME, example_url


@dataclass
class Spy:
    """Records what a request does with a draft."""

    calls: list[str]
    """The names of the functions that read, prove or evaluate a draft."""
    calls_in_transaction: list[str]
    """The names of those called within a transaction, which may hold the lock of the guide."""


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy = Spy([], [])

    def record(function: Callable[..., object]) -> Callable[..., object]:
        def recorded(*args: object) -> object:
            spy.calls.append(function.__name__)
            if connection.savepoint_ids:
                spy.calls_in_transaction.append(function.__name__)
            return function(*args)

        return recorded

    for function in (draft_read, document_proof, run_examples):
        name, recorded = function.__name__, record(function)
        for module in list(sys.modules.values()):
            if module.__name__ != __name__ and vars(module).get(name) is function:
                monkeypatch.setattr(module, name, recorded)
    return spy


def unused_outcome(guide: Guide) -> Outcome:
    return guide.outcomes.create(key="inutile", title="Inutile")


def form_url(guide: Guide, kind: str) -> str:
    """Returns the address of the form of the guide itself, or of one of its parts."""
    return (
        action_url(guide, "texts") if kind == "guide" else change_url(getattr(guide, kind).all()[0])
    )


def save_part(client: Client, row: Rule | Outcome, **changes: str) -> Callable[[], object]:
    typed = page_fields(client.get(change_url(row))) | changes
    return lambda: client.post(change_url(row), typed)


def count_draft_uses(spy: Spy, edit: Callable[[], object]) -> tuple[int, int, int]:
    """Returns how often an edit reads the draft, proves it, and works on it in a transaction.

    In a transaction, it may only be read twice: all other work counts.
    """
    spy.calls.clear()
    spy.calls_in_transaction.clear()
    edit()
    reads_in_transaction = spy.calls_in_transaction.count("draft_read")
    other_work = len(spy.calls_in_transaction) - min(2, reads_in_transaction)
    return spy.calls.count("draft_read"), spy.calls.count("document_proof"), other_work


def test_saving_a_rule_reads_the_draft_twice_and_its_proof_once_more_for_its_place_unlocked(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    save = save_part(editor, shipped_guide.rules.all()[3], note="Ma remarque")
    assert count_draft_uses(spy, save) == (2, 2, 0)
    assert shipped_guide.rules.all()[3].note == "Ma remarque"


def test_saving_a_rule_twice_by_a_double_click_reads_the_draft_twice_again(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    save = save_part(editor, shipped_guide.rules.all()[3], note="Ma remarque")
    save()
    assert count_draft_uses(spy, save) == (2, 2, 0)


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


def test_the_page_of_a_guide_shows_a_review_that_has_a_quick_check(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    review = editor.get(change_url(shipped_guide)).context["review"]
    spy.calls.clear()
    assert not review.check.problems
    assert (review.bound, spy.calls) == (QUICK_BOUND, [])


def test_the_list_of_rules_reads_the_draft_once(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    assert count_draft_uses(spy, lambda: editor.get(list_url(Rule, shipped_guide))) == (1, 0, 0)


@pytest.mark.parametrize(("page", "proofs"), [("change", 1), ("history", 0)])
def test_a_page_of_a_rule_reads_the_draft_once_and_its_form_proves_it_once(
    page: str, proofs: int, shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    url = change_url(shipped_guide.rules.all()[3]).replace("change", page)
    assert count_draft_uses(spy, lambda: editor.get(url)) == (1, proofs, 0)


INVALID_FORMS = [
    ("guide", {"title": ""}, (2, 0, 0)),
    ("rules", {"then": ""}, (3, 1, 0)),
    ("examples", {"name": ""}, (3, 0, 0)),
    ("questions", {"title": ""}, (3, 1, 0)),
]


@pytest.mark.parametrize(("kind", "typed", "uses"), INVALID_FORMS)
def test_an_invalid_form_is_shown_again_without_work_on_the_locked_draft(
    kind: str,
    typed: Fields,
    uses: tuple[int, int, int],
    shipped_guide: Guide,
    editor: Client,
    spy: Spy,
) -> None:
    url = form_url(shipped_guide, kind)
    form = page_fields(editor.get(url)) | typed
    assert count_draft_uses(spy, lambda: editor.post(url, form)) == uses


CONFLICTING_FORMS = [
    ("guide", "introduction", (2, 0, 0)),
    ("rules", "note", (3, 1, 0)),
    ("examples", "name", (3, 0, 0)),
    ("questions", "help", (3, 1, 0)),
]


@pytest.mark.parametrize(("kind", "field", "uses"), CONFLICTING_FORMS)
def test_a_conflicting_form_is_shown_again_without_work_on_the_locked_draft(
    kind: str,
    field: str,
    uses: tuple[int, int, int],
    shipped_guide: Guide,
    editor: Client,
    log_in: LogIn,
    spy: Spy,
) -> None:
    url = form_url(shipped_guide, kind)
    form = page_fields(editor.get(url)) | {field: "Le mien"}
    fill_and_send(log_in("olivier", "Éditeurs"), url, **{field: "Le sien"})
    assert count_draft_uses(spy, lambda: editor.post(url, form)) == uses


def test_an_example_that_is_made_from_a_try_reads_the_draft_twice(
    shipped_guide: Guide, editor: Client, spy: Spy
) -> None:
    shipped_guide.examples.get(name=EXAMPLE_NAME).delete()
    url = example_url(shipped_guide, **ANSWERS)
    assert count_draft_uses(spy, lambda: editor.post(url)) == (2, 0, 0)
    assert count_draft_uses(spy, lambda: editor.post(url, {"update": ""})) == (2, 0, 0)
