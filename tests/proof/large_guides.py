"""Large guides whose rules look at few questions each, and one with a rule that looks at all of them."""

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
BLOCK_SIZE = 5


def make_chain_guide(size: int) -> GuideContent:
    """Returns a guide whose questions follow each other, with advice about one or two answers."""
    rules = [ask_when("q0")]
    for index in range(1, size):
        rules.append(ask_when(f"q{index}", has_answer(f"q{index - 1}")))
        rules.append(advise_when(f"tip-{index}", choice_is(f"q{index}", "b")))
        rules.append(advise_when(f"twice-{index}", same_choice(f"q{index}", f"q{index - 1}")))
    return _guide_of_rules(size, [*rules, *_concluding_rules(f"q{size - 1}")])


def make_diamond_guide(size: int) -> GuideContent:
    """Returns a guide whose questions come in threes.

    After the first question of three, either the second or the third is asked.
    """
    rules: list[RuleContent] = []
    before: tuple[ConditionContent, ...] = ()
    last = size - size % 3
    for index in range(0, last, 3):
        top, left, right = (f"q{index + step}" for step in range(3))
        rules.append(ask_when(top, *before, match=Match.ANY))
        rules.append(ask_when(left, choice_is(top, "a", "b")))
        rules.append(ask_when(right, choice_is(top, "c", "d")))
        rules.append(advise_when(f"left-{index}", choice_is(left, "a"), choice_is(top, "b")))
        rules.append(advise_when(f"right-{index}", same_choice(top, right)))
        before = (has_answer(left), has_answer(right))
    for index in range(last, size):
        rules.append(ask_when(f"q{index}", *before, match=Match.ANY))
        before = (has_answer(f"q{index}"),)
    ends = (
        conclude_when(f"end-{choice}", choice_is(term.question, choice))
        for term in before
        for choice in CHOICES
    )
    return _guide_of_rules(size, [*rules, *ends])


def make_block_guide(size: int) -> GuideContent:
    """Returns a guide whose questions come in blocks, with advice about all answers of a block."""
    rules = [ask_when("q0")]
    for index in range(1, size):
        rules.append(ask_when(f"q{index}", has_answer(f"q{index - 1}")))
    for index in range(0, size - BLOCK_SIZE + 1, BLOCK_SIZE):
        block = [f"q{index + step}" for step in range(BLOCK_SIZE)]
        rules.append(
            advise_when(f"any-{index}", *(choice_is(key, "a") for key in block), match=Match.ANY)
        )
        rules.append(advise_when(f"all-{index}", *(choice_is(key, "a", "b") for key in block)))
        rules.append(advise_when(f"ends-{index}", same_choice(block[0], block[-1])))
    return _guide_of_rules(size, [*rules, *_concluding_rules(f"q{size - 1}")])


def make_exploding_guide(size: int) -> GuideContent:
    """Returns a guide with a rule that compares all answers, so that few states can be merged."""
    half = size // 2
    pairs = [same_choice(f"q{index}", f"q{index + half}") for index in range(half)]
    rules = [
        ask_when("q0"),
        *(ask_when(f"q{index}", has_answer(f"q{index - 1}")) for index in range(1, size)),
    ]
    rules += [conclude_when("mirror", *pairs), conclude_when("other", has_answer(f"q{size - 1}"))]
    return _guide_of_rules(size, rules)


SHAPES = {
    "chain": make_chain_guide,
    "diamonds": make_diamond_guide,
    "blocks": make_block_guide,
    "exploding": make_exploding_guide,
}


def _concluding_rules(last: str) -> Iterator[RuleContent]:
    return (conclude_when(f"end-{choice}", choice_is(last, choice)) for choice in CHOICES)


def _guide_of_rules(size: int, rules: list[RuleContent]) -> GuideContent:
    questions: tuple[QuestionContent, ...] = tuple(
        make_question(f"q{index}", *CHOICES) for index in range(size)
    )
    final = {rule.target: rule.effect == "conclude" for rule in rules if rule.effect != "ask"}
    named = tuple(
        RuleContent(f"r{index}", rule.when, rule.effect, rule.target, rule.match)
        for index, rule in enumerate(rules)
    )
    outcomes = tuple(OutcomeContent(key, key, is_final) for key, is_final in final.items())
    return GuideContent("large", "Large", questions, outcomes, named)
