"""A try: the pages that visitors see, with the answers in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from diagnostics.diagnostic_pages import Links, Page, question_page, start_page, state_page
from diagnostics.services import NotAskedError, school_answers
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers
from rules.engine.resolve import check_answers, known_answers
from rules.proof.state_graph import StateGraph

QUESTION, START, FROM = "_question", "_start", "_from"
"""Beside the answers in the address: a question shown again, the start page, the page one came
from. No key has a `_`.
"""
ORIGINS = ("proof", "replay")


@dataclass(frozen=True)
class Trial:
    path: str
    """The address without its answers."""
    compiled: CompiledGuide
    answers: Answers
    shown: str = ""
    """The question to show again, if any."""
    starts: bool = False
    """Whether it is the start page that is shown."""
    passed_over: tuple[str, ...] = ()
    """Questions of the address whose answer the guide does not know."""
    graph: StateGraph | None = None
    """The states of the guide, where all of them were walked."""
    origin: str = ""
    """One of `ORIGINS`, or none."""

    def address(self, answers: Answers, **shown: str) -> str:
        came = {FROM: self.origin} if self.origin else {}
        query = urlencode({**answers, **shown, **came})
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

    def page(self, error: str = "") -> tuple[str, Page]:
        """The visitors' template for what the address shows. Raises `NotAskedError`."""
        compiled, answers = self.compiled, self.answers
        if self.starts:
            return "diagnostics/start.html", start_page(compiled.guide, answers)
        key = self.shown or compiled.resolve(answers).question
        if key and (self.shown or error):
            page = question_page(compiled, answers, self.links, key, error, self.graph)
            return "diagnostics/question.html", page
        return state_page(compiled, answers, self.links, self.graph)

    def after(self, choice: str) -> str:
        """Where the page's form leads. Raises `NotAskedError` and `UnknownAnswerError`."""
        state = self.compiled.resolve(self.answers)
        question = self.shown or state.question
        if self.starts or question is None:
            return self.address(self.answers)
        if question not in {state.question, *dict(state.answers)}:
            raise NotAskedError(state.question)
        return self.with_answer(question, choice)


def read_trial(
    path: str, compiled: CompiledGuide, query: Mapping[str, str], graph: StateGraph | None
) -> Trial:
    """The try of an address. Answers that the guide does not know are passed over."""
    answers = known_answers(compiled.guide, query)
    passed_over = tuple(key for key in query if key not in {*answers, QUESTION, START, FROM})
    shown = query.get(QUESTION, "")
    origin = query.get(FROM, "") if query.get(FROM) in ORIGINS else ""
    return Trial(path, compiled, answers, shown, START in query, passed_over, graph, origin)
