"""A guide with one visitor's answers, which pages, tries, the API and the text for support share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from rules.engine.compiled import CompiledGuide
from rules.engine.content import (
    Answers,
    ChoiceContent,
    GuideContent,
    OutcomeContent,
    QuestionContent,
    Scope,
)
from rules.engine.state import Answer, GivenOutcome, State
from rules.models import Version
from rules.proof.state_graph import StateGraph
from rules.publication.stored_proofs import version_graph
from rules.publication.versions import compiled_version
from rules.sentences import rule_sentence


class QuestionNotAskedError(ValueError):
    """The diagnostic does not ask this question: it is neither on the path nor being asked.

    `asked` is the key of the question being asked, or `None` if the diagnostic has ended.
    """

    def __init__(self, asked: str | None) -> None:
        super().__init__(asked)
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Because:
    """A rule that gave an outcome, as a sentence, with the answers that made it hold."""

    rule: str
    sentence: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class ExplainedOutcome:
    """An advice or a conclusion that was given, with the rules that gave it."""

    outcome: OutcomeContent
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A question with the choice that answers it."""

    question: QuestionContent
    choice: ChoiceContent


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question on the path, or the one being asked, as it stood when it was asked."""

    question: QuestionContent
    number: int
    """The position of the question on the path, from 1."""
    previous: str | None
    """The key of the question before it on the path."""
    choice: str | None
    """The key of the choice that answers it; `None` if the question is being asked."""
    after: tuple[int, int] | None
    """The smallest and the largest number of questions after it, `None` without a complete proof."""


@dataclass(frozen=True, eq=False)
class AnsweredGuide:
    """A compiled guide with one visitor's answers: what follows from them is computed at first use.

    The properties raise `UnknownAnswerError` if the guide does not know an answer.
    """

    compiled: CompiledGuide
    answers: Answers
    find_graph: Callable[[], StateGraph | None] = lambda: None
    """Returns the graph of all states of the guide, if there is one. It is called only if needed."""

    def with_answers(self, answers: Answers) -> "AnsweredGuide":
        """Returns the same guide with other answers."""
        return replace(self, answers=answers)

    @property
    def guide(self) -> GuideContent:
        return self.compiled.guide

    @cached_property
    def state(self) -> State:
        return self.compiled.resolve(self.answers)

    @cached_property
    def path(self) -> tuple[AnswerGiven, ...]:
        return describe_answers(self.guide, dict(self.state.answers))

    @property
    def ignored(self) -> tuple[AnswerGiven, ...]:
        """The answers off the path, which do not count at present."""
        return describe_answers(self.guide, {key: self.answers[key] for key in self.state.ignored})

    @property
    def question(self) -> QuestionContent | None:
        return self.guide.question[self.state.question] if self.state.question else None

    @cached_property
    def advice(self) -> tuple[ExplainedOutcome, ...]:
        return tuple(self._explain_outcomes(self.state.advice))

    @cached_property
    def outcomes(self) -> tuple[ExplainedOutcome, ...]:
        return tuple(self._explain_outcomes(self.state.outcomes))

    @property
    def newest_advice(self) -> tuple[ExplainedOutcome, ...]:
        """The advice given by rules that hold because of the last answer."""
        last = self.state.answers[-1:]
        return tuple(
            given
            for given in self.advice
            if any(set(last) & set(reason.answers) for reason in given.because)
        )

    @property
    def school_advice(self) -> tuple[ExplainedOutcome, ...]:
        """The advice to act upon that answers about the school have decided."""
        return tuple(
            given
            for given in self.advice
            if given.outcome.is_to_do
            and any(self._is_about_school(reason.answers) for reason in given.because)
        )

    @property
    def pupil_acts(self) -> tuple[ExplainedOutcome, ...]:
        """The conclusions to act upon, and then the advice to act upon that is not for the school."""
        school = self.school_advice
        return tuple(
            given
            for given in (*self.outcomes, *self.advice)
            if given.outcome.is_to_do and given not in school
        )

    @property
    def other_conclusions(self) -> tuple[ExplainedOutcome, ...]:
        """The conclusions without anything to do."""
        return tuple(given for given in self.outcomes if given.outcome.comes_last)

    @property
    def is_about_pupil(self) -> bool:
        """True if a question on the path is about the pupil."""
        return any(given.question.scope is Scope.PUPIL for given in self.path)

    def _is_about_school(self, answers: tuple[Answer, ...]) -> bool:
        questions = [self.guide.question[question] for question, _ in answers]
        return bool(questions) and all(one.scope is Scope.SCHOOL for one in questions)

    @property
    def remaining(self) -> tuple[int, int] | None:
        """The smallest and the largest number of questions left, `None` without a complete proof."""
        return self._remaining_after(self.state.answers) if self.state.question else (0, 0)

    def check_asked(self, question: str) -> None:
        """Raises `QuestionNotAskedError` if the question is neither on the path nor being asked."""
        if question not in {self.state.question, *dict(self.state.answers)}:
            raise QuestionNotAskedError(self.state.question)

    def find_asked_question(self, key: str) -> AskedQuestion:
        """Returns a question as it stood when it was asked. Raises `QuestionNotAskedError`."""
        self.check_asked(key)
        path = dict(self.state.answers)
        questions = [*path, key]
        position = questions.index(key)
        remaining = self._remaining_after(self.state.answers[:position])
        return AskedQuestion(
            self.guide.question[key],
            position + 1,
            questions[position - 1] if position else None,
            path.get(key),
            (remaining[0] - 1, remaining[1] - 1) if remaining else None,
        )

    def _remaining_after(self, path: Iterable[Answer]) -> tuple[int, int] | None:
        graph = self.find_graph()
        if graph is None or not graph.complete:
            return None
        return graph.remaining[graph.state_after(self.guide, dict(path))]

    def _explain_outcomes(self, outcomes: Iterable[GivenOutcome]) -> Iterable[ExplainedOutcome]:
        guide = self.guide.without_short_names  # visitors read these sentences
        for given in outcomes:
            because = (
                Because(reason.rule, rule_sentence(guide, guide.rule[reason.rule]), reason.answers)
                for reason in given.because
            )
            yield ExplainedOutcome(guide.outcome[given.outcome], tuple(because))


def answer_version(version: Version, answers: Answers) -> AnsweredGuide:
    """Returns a version with answers. Raises `VersionAlteredError`.

    The graph of the version is read once at most, even if `with_answers` changes the answers.
    """
    return AnsweredGuide(compiled_version(version), answers, cache(partial(version_graph, version)))


def describe_answers(guide: GuideContent, answers: Answers) -> tuple[AnswerGiven, ...]:
    return tuple(
        AnswerGiven(guide.question[question], guide.question[question].find_choice(choice))
        for question, choice in answers.items()
    )
