"""A try: the pages that visitors see, but with the answers in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.diagnostic_pages import Context, Links, question_page, start_page, state_page
from diagnostics.services import school_answers
from diagnostics.trials.trial_addresses import read_answers, trial_address
from rules.engine.content import Answers, OutcomeContent
from rules.engine.resolve import check_answers, known_answers

QUESTION, START, ORIGIN = "_question", "_start", "_from"
"""The query parameters that are no answers: a question to show again, whether to show the start
page, and the page that the editor came from. No key of a question begins with `_`.
"""
ORIGINS = ("proof", "replay", "compare")


@dataclass(frozen=True)
class Trial:
    """One page of a try, as its address describes it: a guide, the answers, and which page."""

    path: str
    """The path of the address, without the query."""
    answered: AnsweredGuide
    question: str = ""
    """The question to show again, if any."""
    is_start: bool = False
    """True if the start page is shown."""
    unknown_questions: tuple[str, ...] = ()
    """The questions in the address whose answers are left out, as the guide does not know them.

    `NO_LONGER_NAMED` stands for those whose keys cannot be read from a long address.
    """
    origin: str = ""
    """The page that the editor came from: one of `ORIGINS`, or empty."""

    def address_of(self, answers: Answers, **parameters: str) -> str:
        """Returns the address of the try with these answers and other query parameters."""
        origin = {ORIGIN: self.origin} if self.origin else {}
        return trial_address(self.path, answers, **parameters, **origin)

    def address_with_answer(self, question: str, choice: str) -> str:
        """Returns the address of the try with this answer added or changed.

        Raises `UnknownAnswerError` if the guide does not know the answer.
        """
        check_answers(self.answered.guide, {question: choice})
        return self.address_of({**self.answered.answers, question: choice})

    def address_after_choice(self, choice: str) -> str:
        """Returns the address to which the form of this page leads if `choice` is sent.

        Raises `QuestionNotAskedError` if the page shows a question that is not asked with these
        answers, and `UnknownAnswerError` if the question does not have the choice.
        """
        question = self.question or self.answered.state.question
        if self.is_start or question is None:
            return self.address_of(self.answered.answers)
        self.answered.check_asked(question)
        return self.address_with_answer(question, choice)

    @property
    def links(self) -> Links:
        answers = self.answered.answers
        school = school_answers(self.answered.guide, answers)
        return Links(
            start=self.address_of({}, **{START: "1"}),
            here=self.address_of(answers),
            question=lambda key: self.address_of(answers, **{QUESTION: key}),
            another_pupil=self.address_of(school, **{START: "1"}),
        )

    @property
    def question_for_pupil(self) -> str:
        """The question of this page as a pupil is asked it, or an empty text."""
        key = self.question or self.answered.state.question
        return self.answered.guide.question[key].for_pupil if key else ""

    @property
    def outcomes_for_pupil(self) -> list[OutcomeContent]:
        """The conclusions of this page that have a text for the pupil."""
        given = [] if self.question else self.answered.outcomes
        return [one.outcome for one in given if one.outcome.for_pupil]

    def template_and_page(self, error: str = "") -> tuple[str, Context]:
        """Returns the visitors' template of this page, and what it shows.

        `error` is what is wrong with the choice that was sent, if anything. Raises
        `QuestionNotAskedError` if the question of the page is not asked with these answers.
        """
        if self.is_start:
            return "diagnostics/start.html", start_page(self.answered)
        key = self.question or self.answered.state.question
        if key and (self.question or error):
            page = question_page(self.answered, self.links, key, error)
            return "diagnostics/question.html", page
        return state_page(self.answered, self.links)


def read_trial(unanswered: AnsweredGuide, path: str, query: Mapping[str, str]) -> Trial:
    """Reads a try from its address, and leaves out the answers that the guide does not know."""
    given = read_answers(unanswered.guide, query)
    answers = known_answers(unanswered.guide, given)
    return Trial(
        path,
        unanswered.with_answers(answers),
        question=query.get(QUESTION, ""),
        is_start=START in query,
        unknown_questions=tuple(key for key in given if key not in answers),
        origin=query.get(ORIGIN, "") if query.get(ORIGIN) in ORIGINS else "",
    )
