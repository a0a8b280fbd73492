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
class ChoiceContent:
    key: str
    label: str
    help: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionContent:
    key: str
    title: str
    choices: tuple[ChoiceContent, ...]
    help: str = ""
    scope: Scope = Scope.PUPIL

    def find_choice(self, key: str) -> ChoiceContent:
        return next(choice for choice in self.choices if choice.key == key)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OutcomeContent:
    key: str
    title: str
    final: bool
    body: str = ""
    tone: Tone = Tone.INFO
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class ConditionContent:
    """One term of a rule. `choices` serves `is` and `is_not`; `other` the two comparisons."""

    question: str
    operator: Operator
    choices: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class RuleContent:
    """When `when` holds, `effect` happens to `target`: a question's key or an outcome's."""

    key: str
    when: tuple[ConditionContent, ...]
    effect: Effect
    target: str
    match: Match = Match.ALL
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExampleContent:
    """Named answers and the final outcomes, in order, that they must give."""

    name: str
    answers: Answers
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class GuideContent:
    slug: str
    title: str
    questions: tuple[QuestionContent, ...]
    outcomes: tuple[OutcomeContent, ...]
    rules: tuple[RuleContent, ...]
    examples: tuple[ExampleContent, ...] = ()
    introduction: str = ""

    @cached_property
    def question(self) -> Mapping[str, QuestionContent]:
        return {question.key: question for question in self.questions}

    @cached_property
    def outcome(self) -> Mapping[str, OutcomeContent]:
        return {outcome.key: outcome for outcome in self.outcomes}

    @cached_property
    def rule(self) -> Mapping[str, RuleContent]:
        return {rule.key: rule for rule in self.rules}
