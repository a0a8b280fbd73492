"""The merge of two contents of a guide: what only one side has changed is taken, the rest is a conflict."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.comparison import PartKind
from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json
from rules.document.unfinished_drafts import find_unfinished_problems
from rules.edits.merge import Merge, merge_contents
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from tests.rules.documents import small_document

BASE = replace(
    parse_document(small_document()),
    examples=(
        ExampleContent("Cas", {"q1": "a"}, ("fin",)),
        ExampleContent("Autre", {"q1": "b", "q2": "a"}, ("fin",)),
    ),
)
Edit = Callable[[GuideContent], GuideContent]
Part = TypeVar("Part")


def rename_question(key: str, title: str) -> Edit:
    return lambda guide: replace(
        guide,
        questions=tuple(
            replace(part, title=title) if part.key == key else part for part in guide.questions
        ),
    )


def remove_question(key: str) -> Edit:
    return lambda guide: replace(
        guide, questions=tuple(part for part in guide.questions if part.key != key)
    )


def note_rule(key: str, note: str) -> Edit:
    return lambda guide: replace(
        guide,
        rules=tuple(replace(part, note=note) if part.key == key else part for part in guide.rules),
    )


def remove_rules(*keys: str) -> Edit:
    return lambda guide: replace(
        guide, rules=tuple(part for part in guide.rules if part.key not in keys)
    )


def add_rule(position: int, key: str, question: str = "q1", choice: str = "a") -> Edit:
    condition = ConditionContent(question, Operator.IS, (choice,))
    rule = RuleContent(key, (condition,), Effect.CONCLUDE, "fin")
    return lambda guide: replace(
        guide, rules=(*guide.rules[:position], rule, *guide.rules[position:])
    )


def order_rules(*keys: str) -> Edit:
    return lambda guide: replace(guide, rules=tuple(guide.rule[key] for key in keys))


def merge_edits(ours: Edit, theirs: Edit) -> Merge:
    return merge_contents(BASE, ours(BASE), theirs(BASE))


def rule_keys(merge: Merge) -> str:
    return " ".join(rule.key for rule in merge.content.rules)


def conflict_sentences(merge: Merge) -> list[str]:
    return [conflict.sentence for conflict in merge.conflicts]


def test_changes_of_different_parts_are_both_taken() -> None:
    merge = merge_edits(rename_question("q1", "Une"), note_rule("r2", "à revoir"))
    assert not merge.conflicts
    assert merge.content == note_rule("r2", "à revoir")(rename_question("q1", "Une")(BASE))


def test_a_part_that_both_sides_have_changed_in_different_ways_is_a_conflict() -> None:
    merge = merge_edits(rename_question("q1", "Une"), rename_question("q1", "Première"))
    [conflict] = merge.conflicts
    assert (conflict.kind, conflict.key) == (PartKind.QUESTION, "q1")
    assert conflict.sentence == "La question «\u00a0Première\u00a0» a changé des deux côtés."


def test_two_fields_of_one_question_are_not_put_together() -> None:
    def explain_question(guide: GuideContent) -> GuideContent:
        first, *others = guide.questions
        return replace(guide, questions=(replace(first, help="Aide"), *others))

    assert merge_edits(rename_question("q1", "Une"), explain_question).conflicts


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    merge = merge_edits(rename_question("q1", "Une"), rename_question("q1", "Une"))
    assert merge == Merge(rename_question("q1", "Une")(BASE), ())


@pytest.mark.parametrize("ours_removes", [True, False])
def test_a_part_that_one_side_removes_and_the_other_changes_is_a_conflict(
    *, ours_removes: bool
) -> None:
    edits = [remove_rules("r4"), note_rule("r4", "à garder")]
    merge = merge_edits(*(edits if ours_removes else reversed(edits)))
    [conflict] = merge.conflicts
    assert (conflict.kind, conflict.key) == (PartKind.RULE, "r4")
    assert "est supprimée d’un côté et a changé de l’autre." in conflict.sentence


def test_titles_and_introductions_are_merged_apart() -> None:
    merge = merge_edits(
        lambda guide: replace(guide, title="Autre titre"),
        lambda guide: replace(guide, introduction="Bonjour"),
    )
    assert merge == Merge(replace(BASE, title="Autre titre", introduction="Bonjour"), ())


def test_two_titles_are_a_conflict() -> None:
    merge = merge_edits(
        lambda guide: replace(guide, title="Un titre"),
        lambda guide: replace(guide, title="Un autre"),
    )
    assert conflict_sentences(merge) == ["Le titre du guide a changé des deux côtés."]


def test_a_part_is_added_after_the_part_that_it_follows_on_its_side() -> None:
    merge = merge_edits(add_rule(2, "ours"), add_rule(4, "theirs"))
    assert rule_keys(merge) == "r1 r2 ours r3 r4 theirs r5"


def test_a_removed_part_comes_back_to_its_place() -> None:
    """Undoing a removal merges the content before it with the draft of now."""
    after = remove_rules("r3")(BASE)
    merge = merge_contents(after, BASE, note_rule("r1", "note")(after))
    assert merge == Merge(note_rule("r1", "note")(BASE), ())


def test_the_order_that_one_side_has_changed_is_taken() -> None:
    for edits in (
        (order_rules("r3", "r1", "r2", "r4", "r5"), add_rule(5, "new")),
        (add_rule(5, "new"), order_rules("r3", "r1", "r2", "r4", "r5")),
    ):
        assert rule_keys(merge_edits(*edits)) == "r3 r1 r2 r4 r5 new"


def test_two_orders_of_the_rules_are_a_conflict() -> None:
    merge = merge_edits(
        order_rules("r2", "r1", "r3", "r4", "r5"), order_rules("r1", "r2", "r3", "r5", "r4")
    )
    assert conflict_sentences(merge) == ["L’ordre des règles a changé des deux côtés."]


def test_an_order_is_merged_with_a_removal() -> None:
    edits = [order_rules("r5", "r1", "r2", "r3", "r4"), remove_rules("r2")]
    for ours, theirs in (edits, edits[::-1]):
        assert merge_edits(ours, theirs) == Merge(remove_rules("r2")(edits[0](BASE)), ())


def test_two_orders_of_the_examples_are_no_conflict() -> None:
    third = ExampleContent("Troisième", {"q1": "a"}, ("fin",))
    base = replace(BASE, examples=(*BASE.examples, third))
    one, two, three = base.examples
    merge = merge_contents(
        base, replace(base, examples=(two, one, three)), replace(base, examples=(one, three, two))
    )
    assert merge == Merge(replace(base, examples=(one, three, two)), ())


def test_a_rule_that_names_a_question_which_the_other_side_has_removed_is_a_conflict() -> None:
    def remove_second_question(guide: GuideContent) -> GuideContent:
        guide = remove_rules("r3", "r5")(remove_question("q2")(guide))
        return replace(guide, examples=guide.examples[:1])

    merge = merge_edits(add_rule(5, "new", "q2"), remove_second_question)
    assert {(conflict.kind, conflict.key) for conflict in merge.conflicts} == {
        (PartKind.RULE, "new")
    }
    assert "utilise ce que l’autre côté a supprimé\u00a0: la question «\u00a0Deux\u00a0»." in str(
        conflict_sentences(merge)[0]
    )
    assert merge.content == remove_second_question(BASE)


def test_an_example_that_gives_an_answer_which_the_other_side_has_removed_is_a_conflict() -> None:
    base = replace(
        BASE,
        questions=tuple(
            replace(part, choices=(*part.choices, ChoiceContent("c", "Autre")))
            for part in BASE.questions
        ),
    )
    example = ExampleContent("Nouveau", {"q1": "c"}, ("fin",))
    merge = merge_contents(
        base,
        replace(base, examples=(*base.examples, example)),
        replace(base, questions=BASE.questions),
    )
    assert conflict_sentences(merge) == [
        "Le cas type «\u00a0Nouveau\u00a0» utilise ce que l’autre côté a supprimé\u00a0: la réponse "
        "«\u00a0Autre\u00a0» de la question «\u00a0Un\u00a0»."
    ]


def test_a_rule_that_concludes_with_what_has_become_advice_is_a_conflict() -> None:
    def make_advice(guide: GuideContent) -> GuideContent:
        outcomes = (*guide.outcomes[:1], replace(guide.outcomes[1], final=False))
        return replace(guide, outcomes=outcomes, examples=(), rules=guide.rules[:1])

    [conflict] = merge_edits(add_rule(5, "new"), make_advice).conflicts
    assert "la conclusion «\u00a0Fin\u00a0»" in conflict.sentence


def test_what_an_unfinished_draft_lacked_already_is_no_conflict() -> None:
    unknown = ExampleContent("Cas", {"q1": "z"}, ("fin",))
    theirs = replace(BASE, examples=(unknown, BASE.examples[1]))
    merge = merge_contents(BASE, rename_question("q2", "Double")(BASE), theirs)
    assert merge == Merge(rename_question("q2", "Double")(theirs), ())


def test_a_renamed_example_is_merged_with_its_former_self() -> None:
    one, two = BASE.examples
    renamed = replace(BASE, examples=(replace(one, name="Cas simple"), two))
    merge = merge_contents(BASE, renamed, replace(BASE, examples=(one,)))
    assert merge.content.examples == (replace(one, name="Cas simple"),)


def test_the_order_of_the_answers_of_an_example_is_a_change() -> None:
    one, two = BASE.examples
    turned = replace(two, answers={"q2": "a", "q1": "b"})
    merge = merge_contents(BASE, BASE, replace(BASE, examples=(one, turned)))
    assert list(merge.content.examples[1].answers) == ["q2", "q1"]


def edit_randomly(guide: GuideContent, chance: random.Random, name: str) -> GuideContent:
    """Changes, adds, removes or moves a part of a guide. What is new is named after `name`."""
    field = chance.choice(["title", "introduction", "questions", "outcomes", "rules", "examples"])
    if field == "title":
        return replace(guide, title=f"Titre {name}")
    if field == "introduction":
        return replace(guide, introduction=f"Bonjour {name}")
    if field == "questions":
        new = QuestionContent(name, name, guide.questions[0].choices if guide.questions else ())
        questions = list(guide.questions)
        change_list(questions, new, lambda part: replace(part, help=name), chance)
        return replace(guide, questions=tuple(questions))
    if field == "outcomes":
        outcomes = list(guide.outcomes)
        outcome = OutcomeContent(name, name, final=True)
        change_list(outcomes, outcome, lambda part: replace(part, body=name), chance)
        return replace(guide, outcomes=tuple(outcomes))
    if field == "rules":
        rules = list(guide.rules)
        rule = RuleContent(name, (), Effect.ASK, "q1")
        change_list(rules, rule, lambda part: replace(part, note=name), chance)
        return replace(guide, rules=tuple(rules))
    examples = list(guide.examples)
    example = ExampleContent(chance.choice(["Cas", name]), {"q1": "a"}, ())
    change_list(examples, example, lambda part: replace(part, outcomes=()), chance)
    return replace(guide, examples=tuple(examples))


def change_list(
    parts: list[Part], new: Part, change: Callable[[Part], Part], chance: random.Random
) -> None:
    position = chance.randint(0, len(parts))
    if position == len(parts) or chance.random() < 0.3:
        parts.insert(position, new)
        return
    part = parts.pop(position)
    if chance.random() < 0.5:
        parts.insert(position, change(part))
    elif chance.random() < 0.5:
        parts.insert(chance.randint(0, len(parts)), part)


@given(st.integers(0, 2**32))
def test_a_merge_with_an_unchanged_side_is_the_other_side(seed: int) -> None:
    chance = random.Random(seed)
    base = edit_often(BASE, chance, "b")
    side = edit_often(base, chance, "s")
    for ours, theirs in ((base, side), (side, base), (side, side)):
        merge = merge_contents(base, ours, theirs)
        assert not merge.conflicts
        assert canonical_json(merge.content) == canonical_json(side)


@given(st.integers(0, 2**32))
def test_a_merge_lacks_only_what_a_side_lacks(seed: int) -> None:
    chance = random.Random(seed)
    ours, theirs = edit_often(BASE, chance, "o"), edit_often(BASE, chance, "t")
    merge = merge_contents(BASE, ours, theirs)
    lacks = {
        problem.message
        for guide in (ours, theirs)
        for problem in find_unfinished_problems(canonical_json(guide))
    }
    found = find_unfinished_problems(canonical_json(merge.content))
    assert {problem.message for problem in found} <= lacks


def edit_often(guide: GuideContent, chance: random.Random, name: str) -> GuideContent:
    for number in range(chance.randint(0, 6)):
        guide = edit_randomly(guide, chance, f"{name}{number}")
    return guide


@given(st.integers(0, 2**32))
def test_edits_of_different_parts_are_merged_in_either_direction(seed: int) -> None:
    chance = random.Random(seed)
    edits: list[Edit] = [
        rename_question("q1", "Une"),
        rename_question("q2", "Double"),
        note_rule("r1", "note"),
        remove_rules("r4"),
        add_rule(0, "new"),
        lambda guide: replace(guide, title="Autre titre"),
        lambda guide: replace(guide, introduction="Bonjour"),
        lambda guide: replace(guide, examples=guide.examples[:1]),
        lambda guide: replace(guide, outcomes=guide.outcomes[::-1]),
    ]
    chance.shuffle(edits)
    ours = theirs = both = BASE
    for index, edit in enumerate(edits):
        both = edit(both)
        if index % 2:
            ours = edit(ours)
        else:
            theirs = edit(theirs)
    assert merge_contents(BASE, ours, theirs) == Merge(both, ())
    assert merge_contents(BASE, theirs, ours) == Merge(both, ())
