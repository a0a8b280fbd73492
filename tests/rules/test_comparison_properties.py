"""Nothing that differs goes unsaid, whatever the guides; each change is told at the right part."""

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
from rules.document.serialising import canonical_json
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Link,
    Match,
    Operator,
    Scope,
    Tone,
)
from tests.rules.documents import TEXTS, TITLES, documented_guides

Mutation = tuple[GuideContent, PartKind, str]
Mutate = Callable[[st.DrawFn, GuideContent], Mutation | None]
slow_to_draw = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def said(changes: list[PartChange]) -> list[str]:
    told = [sentence for change in changes for sentence in change.sentences]
    return [words for sentence in told for words in (sentence.text, sentence.standalone)]


@slow_to_draw
@given(documented_guides(), documented_guides())
def test_a_comparison_is_empty_for_equal_guides_only(
    one: GuideContent, other: GuideContent
) -> None:
    assert compare_guides(one, one) == []
    assert (compare_guides(one, other) == []) == (canonical_json(one) == canonical_json(other))


def _with(guide: GuideContent, parts: str, at: int, **changes: object) -> GuideContent:
    rows = list(getattr(guide, parts))
    rows[at] = replace(rows[at], **changes)
    changed: dict[str, Any] = {parts: tuple(rows)}
    return replace(guide, **changed)


def _place(draw: st.DrawFn, rows: tuple[Any, ...]) -> int:
    return draw(st.integers(0, len(rows) - 1))


Value = TypeVar("Value", bound=Enum)


def _other(draw: st.DrawFn, values: type[Value], now: Value) -> Value:
    return draw(st.sampled_from([value for value in values if value is not now]))


def _text(draw: st.DrawFn, now: str, texts: st.SearchStrategy[str] = TEXTS) -> str:
    return draw(texts.filter(lambda text: text != now))


def guide_title(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    return replace(guide, title=_text(draw, guide.title, TITLES)), PartKind.GUIDE, ""


def guide_introduction(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    return replace(guide, introduction=_text(draw, guide.introduction)), PartKind.GUIDE, ""


def question_field(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    at = _place(draw, guide.questions)
    row = guide.questions[at]
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"title": _text(draw, row.title, TITLES)},
                {"help": _text(draw, row.help)},
                {"scope": _other(draw, Scope, row.scope)},
                {"choices": row.choices[::-1]},
                {"choices": row.choices[1:]},
            ]
        )
    )
    return _with(guide, "questions", at, **changes), PartKind.QUESTION, row.key


def choice_field(draw: st.DrawFn, guide: GuideContent) -> Mutation:
    at = _place(draw, guide.questions)
    row = guide.questions[at]
    which = _place(draw, row.choices)
    choice = row.choices[which]
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"label": _text(draw, choice.label, TITLES)},
                {"help": _text(draw, choice.help)},
                {"aliases": (*choice.aliases, "Autre écriture")},
            ]
        )
    )
    choices = (*row.choices[:which], replace(choice, **changes), *row.choices[which + 1 :])
    return _with(guide, "questions", at, choices=choices), PartKind.QUESTION, row.key


def outcome_field(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if not guide.outcomes:
        return None
    at = _place(draw, guide.outcomes)
    row = guide.outcomes[at]
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"title": _text(draw, row.title, TITLES)},
                {"body": _text(draw, row.body)},
                {"tone": _other(draw, Tone, row.tone)},
                {"final": not row.final},
                {"link": None if row.link else Link("Aide", "https://a.fr")},
            ]
        )
    )
    return _with(guide, "outcomes", at, **changes), PartKind.OUTCOME, row.key


def rule_field(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if not guide.rules:
        return None
    at = _place(draw, guide.rules)
    row = guide.rules[at]
    question = draw(st.sampled_from(guide.questions))
    added = ConditionContent(question.key, Operator.IS, (question.choices[0].key,))
    asked = question.key if (row.effect, row.target) != (Effect.ASK, question.key) else "ailleurs"
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"match": _other(draw, Match, row.match)},
                {"note": _text(draw, row.note)},
                {"when": (*row.when, added)},
                {"when": row.when[1:] if row.when else (added,)},
                {"effect": Effect.ASK, "target": asked},
            ]
        )
    )
    return _with(guide, "rules", at, **changes), PartKind.RULE, row.key


def example_field(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if (
        len({example.name for example in guide.examples}) != len(guide.examples)
        or not guide.examples
    ):
        return None
    at = _place(draw, guide.examples)
    row = guide.examples[at]
    question = draw(st.sampled_from(guide.questions))
    taken = {example.name for example in guide.examples}
    name = draw(TITLES.filter(lambda title: title not in taken))
    answered = {**row.answers, question.key: "jamais-vue"}
    changes: dict[str, Any] = draw(
        st.sampled_from(
            [{"name": name}, {"outcomes": (*row.outcomes, "fin")}, {"answers": answered}]
        )
    )
    changed = _with(guide, "examples", at, **changes)
    return changed, PartKind.EXAMPLE, changed.examples[at].name


def part_removed(draw: st.DrawFn, guide: GuideContent) -> Mutation | None:
    if not guide.rules:
        return None
    at = _place(draw, guide.rules)
    rules = guide.rules[:at] + guide.rules[at + 1 :]
    return replace(guide, rules=rules), PartKind.RULE, guide.rules[at].key


MUTATIONS: list[Mutate] = [
    guide_title,
    guide_introduction,
    question_field,
    choice_field,
    outcome_field,
    rule_field,
    example_field,
    part_removed,
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
@slow_to_draw
@given(data=st.data())
def test_one_change_is_told_at_its_part_only(mutate: Mutate, data: st.DataObject) -> None:
    guide = data.draw(documented_guides())
    mutation = data.draw(st.composite(mutate)(guide))
    if mutation is None:
        return
    changed, kind, key = mutation
    assert [(change.kind, change.key) for change in compare_guides(guide, changed)] == [(kind, key)]
    assert [(change.kind) for change in compare_guides(changed, guide)] == [kind]
    assert all(said(compare_guides(guide, changed)))


@given(st.permutations(range(8)))
def test_as_few_parts_as_possible_are_told_to_have_moved(order: list[int]) -> None:
    stayed = [order[at] for at in longest_increasing_subsequence(order)]
    assert stayed == sorted(stayed)
    assert len(stayed) == _longest(order)


def _longest(order: list[int]) -> int:
    best: list[int] = []
    for at, number in enumerate(order):
        before = [best[i] for i in range(at) if order[i] < number]
        best.append(1 + max(before, default=0))
    return max(best)


WORDS = st.lists(st.sampled_from(["un ", "deux ", "trois\n", "quatre"]), max_size=20).map("".join)


@given(WORDS, WORDS)
def test_the_segments_of_a_text_hold_both_texts(old: str, new: str) -> None:
    segments = text_segments(old, new)
    before = "".join(part.text for part in segments if part.mark is not Mark.ADDED)
    after = "".join(part.text for part in segments if part.mark is not Mark.REMOVED)
    signs = str.maketrans({"·": " ", "↵": ""})
    assert (before.translate(signs), after.translate(signs)) == (old, new)


@given(TEXTS, TEXTS)
def test_texts_that_differ_have_words_that_differ(old: str, new: str) -> None:
    marks = {part.mark for part in text_segments(old, new)}
    assert bool(marks & {Mark.ADDED, Mark.REMOVED}) == (old != new)
