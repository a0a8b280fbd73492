"""Properties of comparisons of random guides: every change is found, and only in the changed part."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.comparison import Mark, PartChange, PartKind, compare_guides
from rules.comparison.order_changes import longest_increasing_subsequence
from rules.comparison.text_changes import text_segments
from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json
from rules.engine.content import (
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Link,
    Match,
    Operator,
    Scope,
    Tone,
)
from tests.rules.documents import SHORT_NAMES, TEXTS, TITLES, documented_guides, small_document

Mutation = tuple[GuideContent, PartKind, str]
"""A guide after a change of one part, and the kind and the key of this part."""
Mutate = Callable[[st.DrawFn, GuideContent], Mutation | None]
slow_to_draw = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def all_texts(changes: list[PartChange]) -> list[str]:
    sentences = [sentence for change in changes for sentence in change.sentences]
    return [text for sentence in sentences for text in (sentence.text, sentence.standalone)]


@pytest.mark.slow
@slow_to_draw
@given(documented_guides(), documented_guides())
def test_a_comparison_is_empty_for_equal_guides_only(
    guide: GuideContent, other: GuideContent
) -> None:
    assert compare_guides(guide, guide) == []
    assert (compare_guides(guide, other) == []) == (canonical_json(guide) == canonical_json(other))


def _change_part(guide: GuideContent, kind: str, index: int, **changes: object) -> GuideContent:
    parts = list(getattr(guide, kind))
    parts[index] = replace(parts[index], **changes)
    changed: dict[str, Any] = {kind: tuple(parts)}
    return replace(guide, **changed)


def _draw_position(draw: st.DrawFn, parts: tuple[Any, ...]) -> int:
    return draw(st.integers(0, len(parts) - 1))


Value = TypeVar("Value", bound=Enum)


def _draw_other(draw: st.DrawFn, values: type[Value], now: Value) -> Value:
    return draw(st.sampled_from([value for value in values if value is not now]))


def _draw_other_text(draw: st.DrawFn, now: str, texts: st.SearchStrategy[str] = TEXTS) -> str:
    return draw(texts.filter(lambda text: text != now))


def mutate_guide_title(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    return replace(guide, title=_draw_other_text(draw, guide.title, TITLES)), PartKind.GUIDE, ""


def mutate_guide_introduction(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    return (
        replace(guide, introduction=_draw_other_text(draw, guide.introduction)),
        PartKind.GUIDE,
        "",
    )


def mutate_question(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    index = _draw_position(draw, guide.questions)
    part = guide.questions[index]
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"title": _draw_other_text(draw, part.title, TITLES)},
                {"short": _draw_other_text(draw, part.short, st.just("") | SHORT_NAMES)},
                {"help": _draw_other_text(draw, part.help)},
                {"scope": _draw_other(draw, Scope, part.scope)},
                {"choices": part.choices[::-1]},
                {"choices": part.choices[1:]},
            ]
        )
    )
    return _change_part(guide, "questions", index, **changes), PartKind.QUESTION, part.key


def mutate_choice(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    index = _draw_position(draw, guide.questions)
    part = guide.questions[index]
    choice_index = _draw_position(draw, part.choices)
    choice = part.choices[choice_index]
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"label": _draw_other_text(draw, choice.label, TITLES)},
                {"help": _draw_other_text(draw, choice.help)},
                {"aliases": (*choice.aliases, "Autre écriture")},
            ]
        )
    )
    choices = (
        *part.choices[:choice_index],
        replace(choice, **changes),
        *part.choices[choice_index + 1 :],
    )
    return _change_part(guide, "questions", index, choices=choices), PartKind.QUESTION, part.key


def mutate_outcome(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if not guide.outcomes:
        return None
    index = _draw_position(draw, guide.outcomes)
    part = guide.outcomes[index]
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"title": _draw_other_text(draw, part.title, TITLES)},
                {"body": _draw_other_text(draw, part.body)},
                {"tone": _draw_other(draw, Tone, part.tone)},
                {"final": not part.final},
                {"link": None if part.link else Link("Aide", "https://a.fr")},
            ]
        )
    )
    return _change_part(guide, "outcomes", index, **changes), PartKind.OUTCOME, part.key


def mutate_rule(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if not guide.rules:
        return None
    index = _draw_position(draw, guide.rules)
    part = guide.rules[index]
    question = draw(st.sampled_from(guide.questions))
    added = ConditionContent(question.key, Operator.IS, (question.choices[0].key,))
    asked = question.key if (part.effect, part.target) != (Effect.ASK, question.key) else "ailleurs"
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"match": _draw_other(draw, Match, part.match)},
                {"note": _draw_other_text(draw, part.note)},
                {"when": (*part.when, added)},
                {"when": part.when[1:] if part.when else (added,)},
                {"effect": Effect.ASK, "target": asked},
            ]
        )
    )
    return _change_part(guide, "rules", index, **changes), PartKind.RULE, part.key


def mutate_example(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if (
        len({example.name for example in guide.examples}) != len(guide.examples)
        or not guide.examples
    ):
        return None
    index = _draw_position(draw, guide.examples)
    part = guide.examples[index]
    question = draw(st.sampled_from(guide.questions))
    taken = {example.name for example in guide.examples}
    name = draw(TITLES.filter(lambda title: title not in taken))
    answered = {**part.answers, question.key: "jamais-vue"}
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [{"name": name}, {"outcomes": (*part.outcomes, "fin")}, {"answers": answered}]
        )
    )
    changed = _change_part(guide, "examples", index, **changes)
    return changed, PartKind.EXAMPLE, changed.examples[index].name


def remove_rule(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if not guide.rules:
        return None
    index = _draw_position(draw, guide.rules)
    rules = guide.rules[:index] + guide.rules[index + 1 :]
    return replace(guide, rules=rules), PartKind.RULE, guide.rules[index].key


MUTATIONS: list[Mutate] = [
    mutate_guide_title,
    mutate_guide_introduction,
    mutate_question,
    mutate_choice,
    mutate_outcome,
    mutate_rule,
    mutate_example,
    remove_rule,
]


@pytest.mark.slow
@slow_to_draw
@given(data=st.data())
def test_one_change_is_found_in_the_changed_part_only(data: st.DataObject) -> None:
    guide = data.draw(documented_guides())
    for mutate in MUTATIONS:  # drawing a guide takes longer than changing it
        mutation = data.draw(st.composite(mutate)(guide), label=mutate.__name__)
        if mutation is None:
            continue
        changed, kind, key = mutation
        changes = compare_guides(guide, changed)
        assert [(change.kind, change.key) for change in changes] == [(kind, key)]
        assert [change.kind for change in compare_guides(changed, guide)] == [kind]
        assert all(all_texts(changes))


@given(st.permutations(range(8)))
def test_as_few_parts_as_possible_count_as_moved(order: list[int]) -> None:
    stayed = [order[index] for index in longest_increasing_subsequence(order)]
    assert stayed == sorted(stayed)
    assert len(stayed) == _longest_increasing_length(order)


def _longest_increasing_length(order: list[int]) -> int:
    """Returns the length of the longest increasing subsequence, by its definition."""
    best: list[int] = []
    for index, number in enumerate(order):
        before = [best[i] for i in range(index) if order[i] < number]
        best.append(1 + max(before, default=0))
    return max(best)


SHORT_TEXTS = st.lists(st.sampled_from(["un ", "deux ", "trois\n", "quatre"]), max_size=20).map(
    "".join
)


@given(SHORT_TEXTS, SHORT_TEXTS)
def test_the_segments_of_two_texts_contain_both_texts(old: str, new: str) -> None:
    segments = text_segments(old, new)
    before = "".join(part.text for part in segments if part.mark is not Mark.ADDED)
    after = "".join(part.text for part in segments if part.mark is not Mark.REMOVED)
    signs = str.maketrans({"·": " ", "↵": ""})
    assert (before.translate(signs), after.translate(signs)) == (old, new)


@given(TEXTS, TEXTS)
def test_segments_are_added_or_removed_exactly_if_the_texts_differ(old: str, new: str) -> None:
    marks = {part.mark for part in text_segments(old, new)}
    assert bool(marks & {Mark.ADDED, Mark.REMOVED}) == (old != new)


EXAMPLES = st.builds(
    ExampleContent, st.sampled_from("AB"), st.sampled_from([{}, {"q1": "a"}]), st.just(())
)


@given(st.lists(EXAMPLES, min_size=1, max_size=6), st.data())
def test_one_act_on_an_example_is_one_sentence_whatever_twins_it_has(
    examples: list[ExampleContent], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(examples) - 1))
    renamed = replace(examples[index], name=data.draw(st.sampled_from("ABC")))
    rewritten = replace(examples[index], answers={"q1": "b"})
    instead = data.draw(
        st.sampled_from([[], [renamed], [rewritten], [replace(renamed), examples[index]]])
    )
    changed = [*examples[:index], *instead, *examples[index + 1 :]]
    guide = parse_document(small_document())
    changes = compare_guides(
        replace(guide, examples=tuple(map(replace, examples))),
        replace(guide, examples=tuple(map(replace, changed))),
    )
    expected = 0 if changed == examples else 1
    assert len([sentence for change in changes for sentence in change.sentences]) == expected
