"""A try: the pages that visitors see, with the answers in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from diagnostics.pages import Links, Page, question_page, standing_page
from diagnostics.services import school_answers
from rules.engine.compiled import CompiledGuide
from rules.engine.guide import Answers
from rules.engine.resolve import UnknownAnswerError, check_answers

QUESTION, START = "_question", "_start"
"""Beside the answers in the address: a question shown again, the start page. No key has a `_`."""


@dataclass(frozen=True)
class Trial:
    path: str
    """The address without its answers."""
    compiled: CompiledGuide
    answers: Answers
    passed_over: tuple[str, ...] = field(default=())
    """Questions of the address whose answer the guide does not know."""

    def address(self, answers: Answers, **shown: str) -> str:
        query = urlencode({**answers, **shown})
        return f"{self.path}?{query}" if query else self.path

    def with_answer(self, question: str, choice: str) -> str:
        """Raises `UnknownAnswerError`."""
        check_answers(self.compiled.guide, {question: choice})
        return self.address({**self.answers, question: choice})

    @property
    def links(self) -> Links:
        kept = school_answers(self.compiled.guide, self.answers)
        return Links(
            start=self.address({}, **{START: "1"}),
            here=self.address(self.answers),
            question=lambda key: self.address(self.answers, **{QUESTION: key}),
            another_pupil=self.address(kept, **{START: "1"}),
        )

    def standing_page(self) -> tuple[str, Page]:
        state = self.compiled.resolve(self.answers)
        return standing_page(self.compiled.guide, state, self.links)

    def question_page(self, key: str, error: str = "") -> Page:
        """Raises `NotAskedError`."""
        state = self.compiled.resolve(self.answers)
        return question_page(self.compiled.guide, state, self.links, key, error)


def trial_read(path: str, compiled: CompiledGuide, query: Mapping[str, str]) -> Trial:
    """The try of an address. Answers that the guide does not know are passed over."""
    answers, passed_over = {}, []
    for question, choice in query.items():
        if question not in {QUESTION, START}:
            try:
                check_answers(compiled.guide, {question: choice})
                answers[question] = choice
            except UnknownAnswerError:
                passed_over.append(question)
    return Trial(path, compiled, answers, tuple(passed_over))
