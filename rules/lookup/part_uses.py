"""Finds the rules and the examples that use each question, choice and outcome of a guide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rules.counts import count_label
from rules.engine.content import Effect, GuideContent
from rules.engine.state import Answer

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Uses:
    """The positions of the rules and of the examples that use a part; false if there are none."""

    rules: tuple[int, ...] = ()
    examples: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules or self.examples)


@dataclass(frozen=True, slots=True)
class GuideUses:
    """The uses of each part of a guide. They are empty for a key that no rule or example names."""

    questions: Mapping[str, Uses]
    """The rules that ask a question or have a condition on it, the examples that answer it."""
    choices: Mapping[Answer, Uses]
    """The rules with a condition that names a choice, the examples that give it as an answer."""
    outcomes: Mapping[str, Uses]
    """The rules that give an outcome, the examples that expect it."""


def find_uses(guide: GuideContent) -> GuideUses:
    """Returns what uses each part of a guide, which may be an unfinished draft."""
    answers = [example.answers for example in guide.examples]
    choices_in_rules = (
        [(term.question, choice) for term in rule.when for choice in term.choices]
        for rule in guide.rules
    )
    return GuideUses(
        questions=_uses_by_key(
            (
                rule.questions | {rule.target} if rule.effect is Effect.ASK else rule.questions
                for rule in guide.rules
            ),
            answers,
        ),
        choices=_uses_by_key(choices_in_rules, (given.items() for given in answers)),
        outcomes=_uses_by_key(
            (() if rule.effect is Effect.ASK else (rule.target,) for rule in guide.rules),
            (example.outcomes for example in guide.examples),
        ),
    )


def uses_label(uses: Uses, *, masculine: bool = False, was_used: bool = False) -> str:
    """Returns « Utilisée par 3 règles, 4 cas types », of a question, a choice or a conclusion.

    The words are masculine for advice, « un conseil ». `was_used` is true of a part that is used
    in the live version.
    """
    ending = "" if masculine else "e"
    counts = ((len(uses.rules), "règle{s}"), (len(uses.examples), "cas type{s}"))
    labels = ", ".join(count_label(count, noun) for count, noun in counts if count)
    unused = "N’est plus" if was_used else "Pas encore"
    return f"Utilisé{ending} par {labels}" if labels else f"{unused} utilisé{ending}"


def _uses_by_key(
    keys_of_rules: Iterable[Iterable[Key]], keys_of_examples: Iterable[Iterable[Key]]
) -> Mapping[Key, Uses]:
    rules, examples = map(_positions_by_key, (keys_of_rules, keys_of_examples))
    return defaultdict(
        Uses,
        {
            key: Uses(tuple(rules.get(key, ())), tuple(examples.get(key, ())))
            for key in rules.keys() | examples.keys()
        },
    )


def _positions_by_key(keys_of_parts: Iterable[Iterable[Key]]) -> dict[Key, list[int]]:
    """Returns the positions of the rules, or of the examples, that name each key."""
    found: dict[Key, list[int]] = defaultdict(list)
    for position, keys in enumerate(keys_of_parts):
        for key in dict.fromkeys(keys):
            found[key].append(position)
    return found
