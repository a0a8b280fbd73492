"""What one click mends of what a proof has found."""

from dataclasses import replace

import pytest

from rules.edits.acts.mends import find_mend
from rules.edits.checking.check_promise import choose_edit
from rules.edits.edit import Edit, RefusedActError
from rules.edits.promises import RemovesFault
from rules.engine.compiled import CompiledGuide
from rules.engine.content import GuideContent
from rules.proof.bounds import ProofBound
from rules.proof.findings import Finding, FindingKind
from rules.proof.prove import prove_guide
from rules.proof.root_causes import place_key, rules_leading_to
from tests.edits.acts import map_draft
from tests.engine.guides import (
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    has_no_answer,
    make_question,
)
from tests.proof.broken import make_draft
from tests.proof.test_broken import BROKEN

P, Q = make_question("p", "a", "b"), make_question("q", "a", "b")
HIDDEN = make_draft(
    "", [P, Q], [ask_when("p"), conclude_when("end", has_answer("p")), ask_when("q")]
).guide
"""The second question is never asked: the first one is asked before it, and any answer concludes."""
FOUND = [
    pytest.param(draft.guide, finding, id=f"{draft.name}: {finding.kind}")
    for draft in BROKEN
    for finding in draft.findings
]
MENDED_KINDS = {
    FindingKind.UNREACHABLE,
    FindingKind.UNSATISFIABLE,
    FindingKind.SEVERAL_CONCLUSIONS,
    FindingKind.PREEMPTED,
    FindingKind.SAME_RULE,
    FindingKind.SAME_ANSWERS,
}


def mend_guide(guide: GuideContent, finding: Finding) -> Edit:
    """Returns the edit that mends a finding, after its promise was checked."""
    mend, draft = find_mend(guide, finding), map_draft(guide)
    assert mend
    edits = mend.act(draft)
    checked = choose_edit(draft, CompiledGuide(guide), edits, CompiledGuide, ProofBound())
    assert checked.verdict.is_proved
    assert checked.edit.promise == RemovesFault(
        finding.place, finding.kind.value, keys=finding.keys
    )
    return checked.edit


def find_all(guide: GuideContent) -> tuple[Finding, ...]:
    return prove_guide(CompiledGuide(guide)).findings


def find_unreachable_question(guide: GuideContent) -> Finding:
    unreachable = (found for found in find_all(guide) if found.kind is FindingKind.UNREACHABLE)
    return next(found for found in unreachable if found.place[0] == "questions")


def is_mended_elsewhere(guide: GuideContent, finding: Finding) -> bool:
    """True if nobody comes to a part although rules lead there: it is these rules that are mended."""
    kind, key = place_key(guide, finding.place)
    return kind != "rules" and bool(rules_leading_to(guide, kind, key))


@pytest.mark.parametrize(("guide", "finding"), FOUND)
def test_what_one_click_mends_is_gone_and_nothing_new_is_found(
    guide: GuideContent, finding: Finding
) -> None:
    mend = find_mend(guide, finding)
    if mend is None:
        assert finding.kind not in MENDED_KINDS or is_mended_elsewhere(guide, finding)
        return
    if mend.label.startswith("Placer"):
        return
    assert finding.kind in MENDED_KINDS
    newer = mend_guide(guide, finding).content
    assert len(find_all(newer)) < len(find_all(guide))


def test_a_question_is_asked_once_its_rule_is_placed_before_the_one_that_hides_it() -> None:
    finding = find_unreachable_question(HIDDEN)
    mend = find_mend(HIDDEN, finding)
    assert mend
    assert mend.label == "Placer la règle 3 avant la règle 1"
    assert [rule.key for rule in mend_guide(HIDDEN, finding).content.rules] == [
        "rule-2",
        "rule-0",
        "rule-1",
    ]


def test_the_rule_that_is_placed_comes_after_the_one_that_hides_its_question() -> None:
    never = ask_when("q", choice_is("p", "a"), choice_is("p", "b"))
    guide = make_draft("", [P, Q], [never, *HIDDEN.rules]).guide
    mend = find_mend(guide, find_unreachable_question(guide))
    assert mend
    assert mend.label == "Placer la règle 4 avant la règle 2"


def test_a_rule_that_would_hide_another_question_stays_at_its_place() -> None:
    rules = [
        ask_when("p"),
        ask_when("q", has_no_answer("p")),
        conclude_when("end", has_answer("q")),
    ]
    guide = make_draft("", [P, Q], rules).guide
    with pytest.raises(RefusedActError, match="Cela laisserait un point à corriger"):
        mend_guide(guide, find_unreachable_question(guide))


def test_a_mend_of_a_draft_that_someone_has_changed_is_refused() -> None:
    mend = find_mend(HIDDEN, find_unreachable_question(HIDDEN))
    assert mend
    with pytest.raises(RefusedActError, match="a changé entre-temps"):
        [*mend.act(map_draft(replace(HIDDEN, title="Autre")))]
