"""The limits of documents: how many parts they may have, and how long they may be."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.counts import format_number
from rules.document.limits import (
    CHOICE_LIMIT,
    CONDITION_LIMIT,
    GUIDE_LIMITS,
    MAX_DOCUMENT_BYTES,
    CountLimit,
    count_refusals,
    size_refusal,
)
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError
from rules.document.refused_texts import find_guide_refusals, parse_written_document
from rules.drafts.draft_limits import LimitExceededError, check_draft_size
from rules.engine.compiled import MAX_CONDITIONS
from rules.engine.content import ChoiceContent, ConditionContent, Operator
from rules.publication.check import publication_check
from tests.rules.documents import small_document

LIMITS: dict[tuple[str | int, ...], CountLimit] = {
    (name,): limit for name, limit in GUIDE_LIMITS.items()
} | {
    ("questions", 1, "choices"): CHOICE_LIMIT,
    ("rules", 1, "when"): CONDITION_LIMIT,
}
RAW_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*GUIDE_LIMITS, "choices", "when"]) | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
)


def document_with_counts(counts: dict[tuple[str | int, ...], int]) -> dict[str, Any]:
    """Returns a raw document whose lists at these places have so many items."""
    document: dict[str, Any] = {name: [{}, {}] for name in GUIDE_LIMITS}
    for (name, *inner), count in sorted(counts.items(), key=lambda item: len(item[0])):
        if inner:
            document[str(name)][1] = {str(inner[-1]): [{}] * count}
        else:
            document[str(name)] = [{} for _ in range(count)]
    return document


@given(st.fixed_dictionaries({place: st.integers(-1, 1) for place in LIMITS}))
def test_each_list_that_is_longer_than_its_limit_is_refused_and_no_other(
    differences: dict[tuple[str | int, ...], int],
) -> None:
    counts = {place: LIMITS[place].maximum + more for place, more in differences.items()}
    refused = dict(count_refusals(document_with_counts(counts)))
    assert set(refused) == {place for place, more in differences.items() if more > 0}
    for place, sentence in refused.items():
        numbers = (format_number(counts[place]), format_number(LIMITS[place].maximum))
        assert all(number in sentence for number in numbers)


@given(RAW_VALUES)
def test_any_raw_value_has_its_lists_counted(value: object) -> None:
    assert list(count_refusals(value)) == []


def test_a_refusal_names_the_limit_and_the_number_found() -> None:
    document = document_with_counts({("rules",): 10_001})
    [(_, sentence)] = count_refusals(document)
    assert sentence == "ce guide a 10\u00a0001 règles\u00a0; le maximum est 10\u00a0000."


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_document_may_be_as_large_as_the_limit_and_not_larger(more: int) -> None:
    assert bool(size_refusal(MAX_DOCUMENT_BYTES + more, "ce document")) == (more > 0)


def test_the_engine_takes_as_many_conditions_as_a_document() -> None:
    assert CONDITION_LIMIT.maximum <= MAX_CONDITIONS


def test_an_import_beyond_a_limit_is_refused_with_its_place() -> None:
    document = small_document()
    document["rules"][0]["when"] = [
        {"question": document["questions"][0]["key"], "answered": True}
    ] * 41
    with pytest.raises(DocumentError) as refused:
        parse_written_document(document)
    assert str(refused.value).replace("\u00a0", " ") == (
        "règle 1 (« r1 »), « when » : cette règle a 41 conditions ; le maximum est 40 : "
        "coupez-la en plusieurs."
    )
    assert len(parse_document(document).rules[0].when) == 41


def test_a_draft_beyond_a_limit_is_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = parse_document(small_document())
    monkeypatch.setitem(GUIDE_LIMITS, "questions", CountLimit(0, "ce guide", "questions"))
    monkeypatch.setattr("rules.document.limits.MAX_DOCUMENT_BYTES", 100)
    # What this test finds under its own limits is not left in the cache for other tests.
    monkeypatch.setattr("rules.publication.check.guide_refusals", find_guide_refusals)
    found = [str(problem).replace("\u00a0", " ") for problem in publication_check(draft).problems]
    assert (
        f"« questions » : ce guide a {len(draft.questions)} questions ; le maximum est 0." in found
    )
    assert any(problem.startswith("ce guide fait") for problem in found)


def test_a_change_may_not_add_parts_beyond_a_limit_but_may_leave_fewer() -> None:
    guide = parse_document(small_document())
    maximum = GUIDE_LIMITS["examples"].maximum
    fitting, long, longer = (
        replace(guide, examples=guide.examples * (maximum + more)) for more in range(3)
    )
    check_draft_size(longer, long)
    with pytest.raises(LimitExceededError, match=r"aurait 1.001 cas types"):
        check_draft_size(fitting, long)


def test_a_change_may_not_give_a_rule_or_a_question_more_than_is_allowed() -> None:
    guide = parse_document(small_document())
    rule, question = guide.rules[0], guide.questions[0]
    condition = ConditionContent(question.key, Operator.ANSWERED)
    long, longer = (replace(rule, when=(condition,) * count) for count in (41, 42))
    choices = tuple(ChoiceContent(f"c{number}", f"Choix {number}") for number in range(201))
    long_rule, longer_rule = (
        replace(guide, rules=(one, *guide.rules[1:])) for one in (long, longer)
    )
    wide = replace(guide, questions=(replace(question, choices=choices), *guide.questions[1:]))
    check_draft_size(longer_rule, long_rule)
    with pytest.raises(LimitExceededError, match=r"^Règle 1 .* aurait 41 conditions"):
        check_draft_size(guide, long_rule)
    with pytest.raises(LimitExceededError, match=r"aurait 201 réponses"):
        check_draft_size(guide, wide)
