"""What an edit promises is checked, and the first edit that keeps its promise is chosen."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rules.edits.arrows import Arrow
from rules.edits.checking.check_promise import CheckedEdit, check_promise, choose_edit
from rules.edits.edit import Edit, MappedDraft, RefusedActError
from rules.edits.promises import ChangesNothing, LeadsTo, Promise, ShowsChanges
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.parcours.build import build_parcours
from rules.parcours.stops import Destination
from rules.proof.bounds import THOROUGH_BOUND, BoundKind, Effort, ProofBound
from rules.proof.walk import Walk
from tests.engine.guides import ask_when, choice_is, compile_guide, conclude_when, make_question

GUIDE = compile_guide(
    [make_question("q", "a", "b"), make_question("r", "a", "b")],
    [
        ask_when("q"),
        ask_when("r", choice_is("q", "a")),
        conclude_when("end", choice_is("q", "b")),
        conclude_when("other", choice_is("r", "a", "b")),
    ],
)
ARROW = Arrow("q", "b", ("conclude-end",))
DRAFT = MappedDraft(GUIDE.guide, build_parcours(GUIDE.guide, Walk(GUIDE).graph))
LEADS = LeadsTo((ARROW,), Destination(outcomes=("other",)))


def test_an_edit_that_leads_an_arrow_elsewhere_and_changes_nothing_else_keeps_its_promise() -> None:
    newer = _with_conclusion("other")
    assert check_promise(GUIDE, CompiledGuide(newer), LEADS, THOROUGH_BOUND).is_proved


def test_a_path_that_does_not_come_to_the_promised_destination_breaks_the_promise() -> None:
    verdict = check_promise(GUIDE, GUIDE, LEADS, THOROUGH_BOUND)
    assert verdict.broken_by == (("q", "b"),)


def test_a_walk_that_reaches_its_bound_proves_nothing() -> None:
    verdict = check_promise(GUIDE, GUIDE, ChangesNothing(), ProofBound(states=1))
    assert (verdict.is_proved, verdict.broken_by) == (False, None)
    assert verdict.stopped_by is BoundKind.STATES


def test_the_first_edit_that_keeps_its_promise_is_chosen() -> None:
    edits = [_make_edit(_with_conclusion(key), LEADS) for key in ("end", "other", "other")]
    assert _choose_edit(edits).edit is edits[1]


def test_an_edit_that_could_not_be_checked_is_chosen_only_if_no_other_one_is_proved() -> None:
    unfinished = _make_edit(_with_conclusion("other"), LEADS)
    shown = _make_edit(_with_conclusion("other"), ShowsChanges())
    bound = ProofBound(states=1)
    assert _choose_edit([unfinished, shown], bound).edit is shown
    assert _choose_edit([unfinished], bound).verdict.stopped_by is BoundKind.STATES


def test_once_the_time_is_over_no_further_edit_is_compiled() -> None:
    edits = [_make_edit(_with_conclusion(key), LEADS) for key in ("other", "end", "other")]
    compiled: list[GuideContent] = []

    def compile_content(content: GuideContent) -> CompiledGuide:
        compiled.append(content)
        return CompiledGuide(content)

    checked = choose_edit(DRAFT, GUIDE, edits, compile_content, ProofBound(states=1, seconds=0))
    assert (checked.edit, compiled) == (edits[0], [edits[0].content])


def test_an_act_that_proposes_nothing_in_time_is_refused() -> None:
    with pytest.raises(RefusedActError, match="prend trop de temps"):
        choose_edit(DRAFT, GUIDE, _propose_late(), CompiledGuide, THOROUGH_BOUND)


def test_an_edit_that_was_proposed_in_time_is_chosen_even_if_the_next_one_is_not() -> None:
    unfinished = _make_edit(_with_conclusion("other"), LEADS)
    edits = _propose_late(unfinished)
    checked = choose_edit(DRAFT, GUIDE, edits, CompiledGuide, ProofBound(states=1))
    assert (checked.edit, checked.verdict.stopped_by) == (unfinished, BoundKind.STATES)


def test_an_act_whose_edits_all_break_their_promise_is_refused_with_the_rule_in_the_way() -> None:
    with pytest.raises(RefusedActError, match="après q\u00a0: b, où agit la règle 3") as refused:
        _choose_edit([_make_edit(_with_conclusion("other"), ChangesNothing())])
    assert refused.value.rule == "conclude-end"


def _propose_late(*edits: Edit) -> Iterator[Edit]:
    """Yields edits. Then the time of their act is over."""
    yield from edits
    Effort(ProofBound(seconds=-1)).check_time()


def _with_conclusion(target: str) -> GuideContent:
    """Returns the guide, with another conclusion on the arrow."""
    rules = list(GUIDE.guide.rules)
    rules[2] = replace(rules[2], target=target)
    return replace(GUIDE.guide, rules=tuple(rules))


def _make_edit(content: GuideContent, promise: Promise) -> Edit:
    return Edit(content, promise, "")


def _choose_edit(edits: list[Edit], bound: ProofBound = THOROUGH_BOUND) -> CheckedEdit:
    return choose_edit(DRAFT, GUIDE, edits, CompiledGuide, bound)
