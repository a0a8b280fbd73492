"""Guides and documents for the tests: a small document, and random guides drawn by hypothesis."""

import json
from typing import Any

from hypothesis import strategies as st

from rules.document.limits import RESERVED_SLUGS, SHORT_NAME_LENGTH
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Link,
    Match,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
    Scope,
    Tone,
)

KEYS_THAT_YAML_MISREADS = (
    "no", "on", "y", "0", "007", "1e3", "0x1f", "0b1", "null", "true", "-", "--", "---",
    "2024-01-01", "1-1",
)  # fmt: skip
HOSTILE_TITLES = (
    "no", "~", "null", "1e3", "- a", "a: b", "a #b", "'", '"', "{a}", "[b", "&a", "*a", "!a", "|",
    ">", "%a", "@", "`", "---", "...", "<<", "=", "?", " espace ", "fin  ", "\ttab\t",
    "Prêt\u00a0?", "«\u00a0x\u00a0»", "🎓", "a\u2028", "a\u0085b", "\ufeffa", "\x80", "\ufffe",
    "<script>alert(1)</script>", "x" * 300, "12:30", "1_000", ".inf", "Attention : lire", "#1", "l'été",
)  # fmt: skip
HOSTILE_TEXTS = (
    "a\n\nb\n", "\n\na", " a\nb", "a \nb", "a\n ", "\ta\n\tb", "---\n...\n", "# a\n#b", "a\n\n\n",
    "- a\n- b", "1. a\n2. b", "\n", " \n ", "a\u2028\nb",
)  # fmt: skip

NESTED_DOCUMENT = "[" * 100_000 + "]" * 100_000
"""A text that is nested too deeply to be read as JSON."""

_CHARACTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[chr(code) for code in (*range(32), 127) if chr(code) != "\t"],
)
_KEYS = st.sampled_from(KEYS_THAT_YAML_MISREADS) | st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)
_SLUGS = _KEYS.filter(lambda key: key not in RESERVED_SLUGS)
_TITLES = st.sampled_from(HOSTILE_TITLES) | st.text(_CHARACTERS, min_size=1, max_size=300)
TITLES = _TITLES.filter(lambda title: bool(title.strip()))
SHORT_NAMES = TITLES.filter(lambda title: len(title) <= SHORT_NAME_LENGTH)
TEXTS = (
    st.just("") | st.sampled_from(HOSTILE_TEXTS) | st.text(_CHARACTERS | st.just("\n"), max_size=60)
)
_LINKS = st.builds(
    Link, TITLES, st.sampled_from(["https://a.fr/?b#c", "http://a", "mailto:a@b.fr", "tel:+33"])
)
_CHOICES = st.builds(ChoiceContent, _KEYS, TITLES, TEXTS, st.lists(TITLES, max_size=2).map(tuple))
_QUESTIONS = st.builds(
    QuestionContent,
    _KEYS,
    TITLES,
    st.lists(_CHOICES, min_size=2, max_size=4, unique_by=lambda choice: choice.key).map(tuple),
    TEXTS,
    st.sampled_from(Scope),
    st.just("") | SHORT_NAMES,
    st.just("") | TITLES,
)
_OUTCOMES = st.builds(
    OutcomeContent,
    _KEYS,
    TITLES,
    st.booleans(),
    TEXTS,
    st.sampled_from(Tone),
    st.none() | _LINKS,
    TEXTS,
)


@st.composite
def documented_guides(draw: st.DrawFn) -> GuideContent:
    """Draws well-formed guides of every shape, with keys and texts that YAML and HTML may misread."""
    questions = draw(st.lists(_QUESTIONS, min_size=1, max_size=4, unique_by=lambda q: q.key))
    outcomes = draw(st.lists(_OUTCOMES, max_size=4, unique_by=lambda outcome: outcome.key))
    keys = draw(st.lists(_KEYS, max_size=5, unique=True))
    names = draw(st.lists(TITLES, max_size=2))
    return GuideContent(
        slug=draw(_SLUGS),
        title=draw(TITLES),
        introduction=draw(TEXTS),
        questions=tuple(questions),
        outcomes=tuple(outcomes),
        rules=tuple(_draw_rule(draw, key, questions, outcomes) for key in keys),
        examples=tuple(_draw_example(draw, name, questions, outcomes) for name in names),
    )


def _draw_rule(
    draw: st.DrawFn, key: str, questions: list[QuestionContent], outcomes: list[OutcomeContent]
) -> RuleContent:
    targets: list[QuestionContent | OutcomeContent] = [*questions, *outcomes]
    target = draw(st.sampled_from(targets))
    effect = Effect.ASK
    if isinstance(target, OutcomeContent):
        effect = Effect.CONCLUDE if target.final else Effect.ADVISE
    when = tuple(_draw_condition(draw, questions) for _ in range(draw(st.integers(0, 3))))
    return RuleContent(key, when, effect, target.key, draw(st.sampled_from(Match)), draw(TEXTS))


def _draw_condition(draw: st.DrawFn, questions: list[QuestionContent]) -> ConditionContent:
    question = draw(st.sampled_from(questions))
    others = [other.key for other in questions if other is not question]
    comparisons = {Operator.SAME_AS, Operator.DIFFERS_FROM}
    operator = draw(
        st.sampled_from(
            [operator for operator in Operator if others or operator not in comparisons]
        )
    )
    if operator in comparisons:
        return ConditionContent(question.key, operator, other=draw(st.sampled_from(others)))
    if operator in {Operator.ANSWERED, Operator.UNANSWERED}:
        return ConditionContent(question.key, operator)
    choices = st.sampled_from([choice.key for choice in question.choices])
    named = draw(st.lists(choices, min_size=1, unique=True))
    return ConditionContent(question.key, operator, tuple(named))


def _draw_example(
    draw: st.DrawFn, name: str, questions: list[QuestionContent], outcomes: list[OutcomeContent]
) -> ExampleContent:
    answered = draw(st.lists(st.sampled_from(questions), unique_by=lambda q: q.key))
    final = [outcome.key for outcome in outcomes if outcome.final]
    expected = draw(st.lists(st.sampled_from(final), unique=True)) if final else []
    answers = {q.key: draw(st.sampled_from(q.choices)).key for q in answered}
    return ExampleContent(name, answers, tuple(expected))


def small_document() -> dict[str, Any]:
    """Returns the document of a small guide that can be published and has parts of every kind."""
    choices = [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]
    return {
        "format": 1,
        "slug": "petit",
        "title": "Petit guide",
        "questions": [
            {"key": "q1", "title": "Un", "choices": [*choices]},
            {"key": "q2", "title": "Deux", "choices": [*choices]},
        ],
        "outcomes": [
            {"key": "conseil", "title": "Conseil", "final": False},
            {"key": "fin", "title": "Fin", "final": True},
        ],
        "rules": [
            {"key": "r1", "then": {"ask": "q1"}},
            {
                "key": "r2",
                "when": [{"question": "q1", "is": ["a"]}],
                "then": {"conclude": "fin"},
            },
            {"key": "r3", "when": [{"question": "q1", "is": ["b"]}], "then": {"ask": "q2"}},
            {"key": "r4", "when": [{"question": "q1", "is": ["b"]}], "then": {"advise": "conseil"}},
            {
                "key": "r5",
                "when": [{"question": "q2", "answered": True}],
                "then": {"conclude": "fin"},
            },
        ],
        "examples": [{"name": "Cas", "answers": {"q1": "a"}, "outcomes": ["fin"]}],
    }


def document_with_a_long_rule() -> str:
    """Returns the small guide as JSON, with a second rule of 41 conditions, one too many."""
    document = small_document()
    document["rules"][1]["when"] *= 41
    return json.dumps(document)
