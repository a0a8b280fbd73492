"""The examples that are created of what visitors can reach and no example does."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document.limits import GUIDE_LIMITS
from rules.document.parsing import parse_document
from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.acts import missing_examples
from rules.edits.acts.missing_examples import create_missing_examples
from rules.edits.edit import RefusedActError
from rules.edits.promises import ChangesNothing
from rules.engine.compiled import CompiledGuide
from rules.engine.content import ExampleContent, GuideContent
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
from rules.engine.state import State, Status
from rules.proof.bounds import ProofBound
from rules.proof.coverage import Coverage, example_coverage
from tests.edits.acts import first_edit, make_guide
from tests.engine.guides import (
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    make_question,
    other_choice,
    same_choice,
)
from tests.proof.large_guides import make_chain_guide, make_diamond_guide
from tests.proof.small_guides import small_guides, unfinished_guides

Q, R = make_question("q", "a", "b"), make_question("r", "a", "b")
GUIDE = make_guide(
    (Q, R),
    ask_when("q"),
    ask_when("r", choice_is("q", "b")),
    conclude_when("early", choice_is("q", "a")),
    conclude_when("late", has_answer("r")),
)
FULL = replace(
    GUIDE, examples=(ExampleContent("plein", {}, ()),) * GUIDE_LIMITS["examples"].maximum
)


def created_examples(guide: GuideContent) -> tuple[ExampleContent, ...]:
    """Returns the examples that the act creates, after a look at everything else."""
    edit = first_edit(guide, create_missing_examples())
    assert edit.promise == ChangesNothing()
    assert replace(edit.content, examples=guide.examples) == guide
    assert edit.content.examples[: len(guide.examples)] == guide.examples
    return edit.content.examples[len(guide.examples) :]


def coverage_with(guide: GuideContent, examples: tuple[ExampleContent, ...]) -> Coverage:
    whole = replace(leave_out_unfinished_parts(guide), examples=(*guide.examples, *examples))
    coverage = example_coverage(CompiledGuide(whole))
    assert coverage
    return coverage


def test_few_examples_reach_everything_in_the_shipped_guide(shipped_document: str) -> None:
    guide = replace(parse_document(json.loads(shipped_document)), examples=())
    examples = created_examples(guide)
    assert coverage_with(guide, examples).is_complete
    assert len(examples) == 7


@pytest.mark.parametrize(
    ("guide", "count"), [(make_chain_guide(40), 4), (make_diamond_guide(40), 21)]
)
def test_one_example_reaches_what_stands_on_one_path(guide: GuideContent, count: int) -> None:
    assert len(created_examples(guide)) == count


def test_what_examples_reach_already_needs_no_new_one() -> None:
    guide = replace(GUIDE, examples=(ExampleContent("court", {"q": "a"}, ()),))
    assert [example.answers for example in created_examples(guide)] == [
        {"q": "b", "r": "a"},
        {"q": "b", "r": "b"},
    ]


def test_new_examples_have_names_of_their_own_and_expect_what_happens_now() -> None:
    assert {(example.name, example.outcomes) for example in created_examples(GUIDE)} == {
        ("early (q\u00a0: a)", ("early",)),
        ("late (r\u00a0: a)", ("late",)),
        ("late (r\u00a0: b)", ("late",)),
    }


def test_a_choice_whose_shortest_path_ends_in_a_dead_end_is_reached_on_another_one() -> None:
    first, second = make_question("q", "b", "c", "d"), make_question("r", "b", "d")
    goes_on, differs = choice_is("q", "c", "d"), other_choice("r", "q")
    guide = make_guide(
        (first, second, make_question("s", "a", "b")),
        ask_when("q"),
        conclude_when("short", choice_is("q", "b")),
        ask_when("r", goes_on),
        ask_when("s", goes_on, same_choice("r", "q")),
        ask_when("s", goes_on, differs),
        conclude_when("long", differs, choice_is("s", "a")),
    )
    guide = replace(guide, examples=(ExampleContent("", {"q": "c", "r": "b", "s": "a"}, ()),))
    created = [example.answers for example in created_examples(guide)]
    assert {"q": "c", "r": "d", "s": "a"} in created


@given(st.one_of(small_guides(), unfinished_guides()))
def test_every_choice_and_outcome_on_a_path_to_a_conclusion_is_reached(guide: GuideContent) -> None:
    concluded = [state for state in final_states(guide) if state.status is Status.COMPLETED]
    try:
        examples = created_examples(guide)
    except RefusedActError:
        examples = ()
    for example in examples:
        [state] = [state for state in concluded if dict(state.answers) == example.answers]
        assert example.outcomes == tuple(given.outcome for given in state.outcomes)
    left = coverage_with(guide, examples)
    choices = {answer for state in concluded for answer in state.answers}
    outcomes = {given.outcome for state in concluded for given in state.outcomes}
    assert not outcomes & {guide.outcomes[index].key for index in left.ungiven_outcomes}
    assert not choices & {
        (guide.questions[index].key, guide.questions[index].choices[choice].key)
        for index, choice in left.unanswered_choices
    }


def final_states(guide: GuideContent, answers: dict[str, str] | None = None) -> Iterator[State]:
    """Yields the state at the end of each path."""
    answers, evaluated = answers or {}, leave_out_unfinished_parts(guide)
    state = resolve(evaluated, answers, partial(fired_positions, evaluated.rules))
    if state.question is None:
        yield state
    else:
        for choice in guide.question[state.question].choices:
            yield from final_states(guide, {**answers, state.question: choice.key})


def test_what_no_path_to_a_conclusion_reaches_is_said_to_be_left() -> None:
    rules = [rule for rule in GUIDE.rules if rule.target != "late"]
    edit = first_edit(make_guide((Q, R), *rules), create_missing_examples())
    assert edit.sentence.startswith("1 cas type créé. Le reste de ce que les cas types")
    assert first_edit(GUIDE, create_missing_examples()).sentence == "3 cas types créés."


@pytest.mark.parametrize("guide", [replace(GUIDE, examples=created_examples(GUIDE)), FULL])
def test_the_act_is_refused_if_nothing_is_missing_or_there_is_no_room(guide: GuideContent) -> None:
    with pytest.raises(RefusedActError):
        first_edit(guide, create_missing_examples())


def test_the_act_is_refused_if_it_finds_nothing_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing_examples, "BOUND", ProofBound(seconds=-1))
    with pytest.raises(RefusedActError, match="prend trop de temps"):
        first_edit(GUIDE, create_missing_examples())
