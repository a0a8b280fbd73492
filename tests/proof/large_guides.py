"""Large guides whose rules look at few answers each, and one whose last rules look at all."""

from collections.abc import Iterator

from rules.engine.content import (
    ConditionContent,
    GuideContent,
    Match,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from tests.engine.guides import (
    advise_when,
    ask_when,
    choice_is,
    conclude_when,
    has_answer,
    make_question,
    same_choice,
)

CHOICES = ("a", "b", "c", "d")
BLOCK = 5


def make_chain_guide(size: int) -> GuideContent:
    """One question after the other; advice looks at an answer, or compares it with the last."""
    rules = [ask_when("q0")]
    for at in range(1, size):
        rules.append(ask_when(f"q{at}", has_answer(f"q{at - 1}")))
        rules.append(advise_when(f"tip-{at}", choice_is(f"q{at}", "b")))
        rules.append(advise_when(f"twice-{at}", same_choice(f"q{at}", f"q{at - 1}")))
    return _guide(size, [*rules, *_ends(f"q{size - 1}")])


def make_diamond_guide(size: int) -> GuideContent:
    """Questions in threes: one answer leads past the second, the others past the third."""
    rules: list[RuleContent] = []
    before: tuple[ConditionContent, ...] = ()
    last = size - size % 3
    for at in range(0, last, 3):
        top, left, right = (f"q{at + step}" for step in range(3))
        rules.append(ask_when(top, *before, match=Match.ANY))
        rules.append(ask_when(left, choice_is(top, "a", "b")))
        rules.append(ask_when(right, choice_is(top, "c", "d")))
        rules.append(advise_when(f"left-{at}", choice_is(left, "a"), choice_is(top, "b")))
        rules.append(advise_when(f"right-{at}", same_choice(top, right)))
        before = (has_answer(left), has_answer(right))
    for at in range(last, size):
        rules.append(ask_when(f"q{at}", *before, match=Match.ANY))
        before = (has_answer(f"q{at}"),)
    ends = (
        conclude_when(f"end-{choice}", choice_is(term.question, choice))
        for term in before
        for choice in CHOICES
    )
    return _guide(size, [*rules, *ends])


def make_block_guide(size: int) -> GuideContent:
    """Blocks of questions that know nothing of each other, each with advice on all its answers."""
    rules = [ask_when("q0")]
    for at in range(1, size):
        rules.append(ask_when(f"q{at}", has_answer(f"q{at - 1}")))
    for at in range(0, size - BLOCK + 1, BLOCK):
        block = [f"q{at + step}" for step in range(BLOCK)]
        rules.append(
            advise_when(f"any-{at}", *(choice_is(key, "a") for key in block), match=Match.ANY)
        )
        rules.append(advise_when(f"all-{at}", *(choice_is(key, "a", "b") for key in block)))
        rules.append(advise_when(f"ends-{at}", same_choice(block[0], block[-1])))
    return _guide(size, [*rules, *_ends(f"q{size - 1}")])


def make_exploding_guide(size: int) -> GuideContent:
    """Whoever reaches the end must remember every answer: rules compare each with another."""
    half = size // 2
    pairs = [same_choice(f"q{at}", f"q{at + half}") for at in range(half)]
    rules = [
        ask_when("q0"),
        *(ask_when(f"q{at}", has_answer(f"q{at - 1}")) for at in range(1, size)),
    ]
    rules += [conclude_when("mirror", *pairs), conclude_when("other", has_answer(f"q{size - 1}"))]
    return _guide(size, rules)


SHAPES = {
    "chain": make_chain_guide,
    "diamonds": make_diamond_guide,
    "blocks": make_block_guide,
    "exploding": make_exploding_guide,
}


def _ends(last: str) -> Iterator[RuleContent]:
    return (conclude_when(f"end-{choice}", choice_is(last, choice)) for choice in CHOICES)


def _guide(size: int, rules: list[RuleContent]) -> GuideContent:
    questions: tuple[QuestionContent, ...] = tuple(
        make_question(f"q{at}", *CHOICES) for at in range(size)
    )
    final = {rule.target: rule.effect == "conclude" for rule in rules if rule.effect != "ask"}
    named = tuple(
        RuleContent(f"r{at}", rule.when, rule.effect, rule.target, rule.match)
        for at, rule in enumerate(rules)
    )
    outcomes = tuple(OutcomeContent(key, key, each) for key, each in final.items())
    return GuideContent("large", "Large", questions, outcomes, named)
