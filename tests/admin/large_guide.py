"""Guides as large as an editor may make them, for tests and for the benchmark of the pages.

- `large_guide`: 200 questions of 5 choices, 600 rules and 300 examples.
- `largest_guide`: every limit of a guide at once, within the 5 MB of a document.

Both ask `q0`, whose choices lead to five branches. The proof of the second one is not complete.
"""

from collections.abc import Iterator
from itertools import pairwise

from rules.drafts.guides import guide_import
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
from rules.models import Guide
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview

LETTERS = "abcde"
QUESTION_COUNT = 200
BRANCHES = [
    [f"q{number}" for number in range(1 + start, QUESTION_COUNT, len(LETTERS))]
    for start in range(len(LETTERS))
]
"""The questions of each branch, in the order in which they are asked."""
IS_ANY_BUT_A = tuple(LETTERS[1:])


def large_guide() -> GuideContent:
    rules = [*_branch_rules(), *_advice_rules(201)]
    return _make_guide("grand", 5, ["fin", "conseil"], rules, 300)


def largest_guide() -> GuideContent:
    """Most of its rules advise; 1,580 of these have forty conditions each, the others have one."""
    outcomes = ["fin", "conseil", *(f"conseil-{number}" for number in range(998))]
    rules = [*_branch_rules(), *_advice_rules(201)]
    rules += _long_rules(1_580)
    rules += [
        RuleContent(f"r{number}", (_choice_is(f"q{number % 200}", "e"),), Effect.ADVISE, target)
        for number in range(10_000 - len(rules))
        for target in [outcomes[1 + number % 999]]
    ]
    return _make_guide("immense", 200, outcomes, rules, 1_000)


def _make_guide(
    slug: str, choices: int, outcomes: list[str], rules: list[RuleContent], examples: int
) -> GuideContent:
    offered = tuple(
        ChoiceContent(key, f"Réponse {key}")
        for key in [*LETTERS, *(f"c{number}" for number in range(choices - len(LETTERS)))]
    )
    return GuideContent(
        slug,
        f"Guide {slug}",
        tuple(
            QuestionContent(f"q{number}", f"Question {number}\u00a0?", offered)
            for number in range(QUESTION_COUNT)
        ),
        tuple(OutcomeContent(key, key, final=key == "fin") for key in outcomes),
        tuple(rules),
        tuple(_make_example(number) for number in range(examples)),
    )


def _branch_rules() -> Iterator[RuleContent]:
    """Yields 399 rules: they ask `q0` and the questions of the branch that its answer chooses.

    The answer `a` to a question of a branch concludes, and any answer to the last one does.
    """
    yield RuleContent("debut", (), Effect.ASK, "q0")
    others = ConditionContent("q0", Operator.IS_NOT, tuple(LETTERS[:-1]))
    for letter, branch in zip(LETTERS, BRANCHES, strict=True):
        begins = others if letter == LETTERS[-1] else _choice_is("q0", letter)
        yield RuleContent(f"branche-{letter}", (begins,), Effect.ASK, branch[0])
        for key, following in pairwise(branch):
            yield RuleContent(f"suite-{key}", (_choice_is_not(key, "a"),), Effect.ASK, following)
            yield RuleContent(f"fin-{key}", (_choice_is(key, "a"),), Effect.CONCLUDE, "fin")
        answered = ConditionContent(branch[-1], Operator.ANSWERED)
        yield RuleContent(f"fin-{branch[-1]}", (answered,), Effect.CONCLUDE, "fin")


def _advice_rules(count: int) -> Iterator[RuleContent]:
    """Yields rules that name four choices of a question each."""
    for number in range(count):
        when = (_choice_is(f"q{1 + number % 199}", *IS_ANY_BUT_A),)
        yield RuleContent(f"conseil-{number}", when, Effect.ADVISE, "conseil")


def _long_rules(count: int) -> Iterator[RuleContent]:
    for number in range(count):
        branch = BRANCHES[number % len(BRANCHES)]
        keys = [*branch[number % 7 :], *branch[: number % 7], "q0"][:40]
        when = tuple(_choice_is_not(key, LETTERS[number % 4]) for key in keys)
        yield RuleContent(f"long-{number}", when, Effect.ADVISE, "conseil")


def _make_example(number: int) -> ExampleContent:
    """Returns an example that ends after up to 38 questions of a branch."""
    index = number % len(BRANCHES)
    path = BRANCHES[index][: 1 + number % 38]
    before = dict.fromkeys(path[:-1], IS_ANY_BUT_A[number % 4])
    answers = {"q0": LETTERS[index], **before, path[-1]: "a"}
    return ExampleContent(f"Cas {number}", answers, ("fin",))


def _choice_is(key: str, *choices: str) -> ConditionContent:
    return ConditionContent(key, Operator.IS, choices)


def _choice_is_not(key: str, *choices: str) -> ConditionContent:
    return ConditionContent(key, Operator.IS_NOT, choices)


def publish_guide(content: GuideContent) -> Guide:
    """Imports a guide and publishes it."""
    guide = guide_import(content=content)
    guide_publish(review=PublicationReview(guide), reason="Pour un essai")
    return guide
