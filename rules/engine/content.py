"""The content of a guide as frozen values, which refer to each other by key.

`rules.document.parsing` checks that each key refers to something, so the code that evaluates a
guide need not check it again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

Answers = Mapping[str, str]
"""The keys of answered questions, each with the key of the choice that answers it."""


class Scope(StrEnum):
    """What a question is about."""

    SCHOOL = "school"
    PUPIL = "pupil"


class Tone(StrEnum):
    """How an outcome is presented to visitors."""

    INFO = "info"
    SUCCESS = "success"
    ACTION = "action"
    CONTACT = "contact"


CONCLUSION_TONES_TO_DO = (Tone.ACTION, Tone.CONTACT)
"""The tones of the conclusions that visitors have to act upon."""
ADVICE_TONES_TO_DO = (Tone.ACTION,)
"""The tones of the advice that visitors have to act upon."""


class Match(StrEnum):
    """How many of a rule's conditions must hold."""

    ALL = "all"
    ANY = "any"


class Effect(StrEnum):
    """What a rule does when it fires."""

    ASK = "ask"
    ADVISE = "advise"
    CONCLUDE = "conclude"


class Operator(StrEnum):
    """How a condition tests an answer; `rules.engine.operators` defines each operator."""

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


@dataclass(frozen=True)
class QuestionContent:
    key: str
    title: str
    choices: tuple[ChoiceContent, ...]
    help: str = ""
    scope: Scope = Scope.PUPIL
    short: str = ""
    """A short name for editors, which visitors never see; empty if the title is short enough."""
    for_pupil: str = ""
    """The question as a pupil is asked it, on paper; empty if there is none."""

    @property
    def name(self) -> str:
        """What editors call the question: its short name if it has one, or else its title."""
        return self.short or self.title

    @cached_property
    def choice(self) -> Mapping[str, ChoiceContent]:
        """The choices by their keys."""
        return {choice.key: choice for choice in self.choices}

    def find_choice(self, key: str) -> ChoiceContent:
        """Returns the choice with this key. The question must have it."""
        return self.choice[key]


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
    for_pupil: str = ""
    """The body as it is said to the pupil, in Markdown; empty if there is none."""

    @property
    def is_to_do(self) -> bool:
        """True if visitors have to act upon it."""
        return self.tone in (CONCLUSION_TONES_TO_DO if self.final else ADVICE_TONES_TO_DO)

    @property
    def lacks_text(self) -> bool:
        """True for a conclusion that says nothing but its title."""
        return self.final and not self.body.strip()

    @property
    def comes_last(self) -> bool:
        """True for a conclusion without anything to do: results show it after those with."""
        return self.final and not self.is_to_do


@dataclass(frozen=True, slots=True)
class ConditionContent:
    """One condition of a rule, about the answer to `question`.

    The operators `is` and `is_not` use `choices`; `same_as` and `differs_from` use `other`, the
    key of a second question.
    """

    question: str
    operator: Operator
    choices: tuple[str, ...] = ()
    other: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """The keys of the one or two questions whose answers the condition looks at."""
        return (self.question, self.other) if self.other else (self.question,)


@dataclass(frozen=True, slots=True)
class RuleContent:
    """A rule: if the conditions in `when` hold, it asks a question or gives an outcome.

    `target` is the key of that question or outcome.
    """

    key: str
    when: tuple[ConditionContent, ...]
    effect: Effect
    target: str
    match: Match = Match.ALL
    note: str = ""
    is_left_out: bool = False
    """True for a rule of an unfinished draft that cannot be evaluated yet: it never holds.

    Documents do not have this field (`rules.document.unfinished_drafts`).
    """

    @property
    def questions(self) -> frozenset[str]:
        """The keys of all questions in the conditions."""
        return frozenset(key for condition in self.when for key in condition.questions)


@dataclass(frozen=True, slots=True)
class ExampleContent:
    """Named answers, and the keys of the conclusions that they must give, in order."""

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
        """The questions by their keys."""
        return {question.key: question for question in self.questions}

    @cached_property
    def repeated_question_names(self) -> frozenset[str]:
        """The names that several questions have."""
        names = Counter(question.name for question in self.questions)
        return frozenset(name for name, count in names.items() if count > 1)

    @cached_property
    def without_short_names(self) -> "GuideContent":
        """The guide as visitors read it: its questions have only their titles."""
        if not any(question.short for question in self.questions):
            return self
        questions = tuple(replace(question, short="") for question in self.questions)
        return replace(self, questions=questions)

    @cached_property
    def outcome(self) -> Mapping[str, OutcomeContent]:
        """The outcomes by their keys."""
        return {outcome.key: outcome for outcome in self.outcomes}

    @cached_property
    def rule(self) -> Mapping[str, RuleContent]:
        """The rules by their keys."""
        return {rule.key: rule for rule in self.rules}

    @cached_property
    def rules_asking(self) -> Mapping[str, list[int]]:
        """The positions of the rules that ask each question, by its key."""
        return self._rules_by_target(ask=True)

    @cached_property
    def rules_giving(self) -> Mapping[str, list[int]]:
        """The positions of the rules that give each outcome, by its key."""
        return self._rules_by_target(ask=False)

    def _rules_by_target(self, *, ask: bool) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for position, rule in enumerate(self.rules):
            if (rule.effect is Effect.ASK) is ask:
                found.setdefault(rule.target, []).append(position)
        return found

    @cached_property
    def rule_number(self) -> Mapping[str, int]:
        """The number of each rule, from 1, by its key."""
        return {key: number for number, key in enumerate(self.rule, start=1)}
