"""Examples get as much time as a page may take, and the next page goes on with the others."""

from collections.abc import Sequence
from itertools import count

import pytest
from django.test import Client

from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.engine.compiled import CompiledGuide
from rules.models import Guide
from rules.proof.finding_sentences import proof_sentence
from rules.publication import check
from rules.publication.check import ExampleResult, publication_check, run_examples
from tests.rules.documents import small_document


@pytest.fixture
def time_for_one_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the clock of `run_examples` go on by two thirds of its time at each look."""
    seconds = count(step=check.EXAMPLE_SECONDS * 2 / 3)
    monkeypatch.setattr(check, "thread_time", lambda: next(seconds))


def three_examples() -> CompiledGuide:
    document = small_document()
    [example] = document["examples"]
    document["examples"] = [example | {"name": name} for name in "abc"]
    return CompiledGuide(parse_document(document))


def results_known(results: Sequence[ExampleResult | None]) -> list[bool]:
    return [result is not None for result in results]


@pytest.mark.usefixtures("time_for_one_example")
def test_the_next_call_goes_on_with_the_examples_for_which_there_was_no_time() -> None:
    compiled = three_examples()
    known = [results_known(run_examples(compiled)) for _ in range(3)]
    assert known == [[True, False, False], [True, True, False], [True, True, True]]


@pytest.mark.usefixtures("time_for_one_example")
def test_a_guide_whose_examples_are_not_all_checked_is_published_with_a_reason_only() -> None:
    found = publication_check(three_examples().guide)
    assert list(found.problems) == []
    assert found.needs_reason
    assert found.proof
    sentence = proof_sentence(found.proof)
    assert "arrêtée avant le dernier cas type, à la limite de temps" in sentence
    assert "toutes parcourues. Ce qui est signalé est certain" in sentence


def test_pages_say_which_examples_are_not_checked(
    publisher: Client, shipped_guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert draft_read(shipped_guide).examples
    monkeypatch.setattr(check, "_cached_examples", {})
    monkeypatch.setattr(check, "thread_time", count(step=1_000).__next__)
    guide_page = publisher.get(f"/admin/rules/guide/{shipped_guide.pk}/change/").content.decode()
    example = shipped_guide.examples.all()[0]
    example_page = publisher.get(f"/admin/rules/example/{example.pk}/change/").content.decode()
    for page in (guide_page, example_page):
        assert "n’est pas vérifié\u00a0: les cas types de ce guide demandent trop de temps" in page
