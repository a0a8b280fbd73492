"""A guide as it is evaluated: frozen values, references by key, no database.

The document layer (`rules.document`) makes these from well-formed documents only,
so the code that receives a `Guide` need not check its references again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

Answers = Mapping[str, str]
"""Question key to choice key."""


class Scope(StrEnum):
    SCHOOL = "school"
    PUPIL = "pupil"


class Tone(StrEnum):
    INFO = "info"
    SUCCESS = "success"
    ACTION = "action"
    CONTACT = "contact"


class Match(StrEnum):
    ALL = "all"
    ANY = "any"


class Effect(StrEnum):
    ASK = "ask"
    ADVISE = "advise"
    CONCLUDE = "conclude"


class Operator(StrEnum):
    """What a condition compares; `rules.engine.operators` says what each one means."""

    IS = "is"
    IS_NOT = "is_not"
    SAME_AS = "same_as"
    DIFFERS_FROM = "differs_from"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str
    help: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    title: str
    choices: tuple[Choice, ...]
    help: str = ""
    scope: Scope = Scope.PUPIL

    def choice(self, key: str) -> Choice:
        return next(choice for choice in self.choices if choice.key == key)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Outcome:
    key: str
    title: str
    final: bool
    body: str = ""
    tone: Tone = Tone.INFO
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One term of a rule. `choices` serves `is` and `is_not`; `other` the two comparisons."""

    question: str
    operator: Operator
    choices: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """When `when` holds, `effect` happens to `target`: a question's key or an outcome's."""

    key: str
    when: tuple[Condition, ...]
    effect: Effect
    target: str
    match: Match = Match.ALL
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Named answers and the final outcomes, in order, that they must give."""

    name: str
    answers: Answers
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    slug: str
    title: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...] = ()
    introduction: str = ""

    @cached_property
    def question(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def outcome(self) -> Mapping[str, Outcome]:
        return {outcome.key: outcome for outcome in self.outcomes}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        return {rule.key: rule for rule in self.rules}
