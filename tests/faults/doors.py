"""The two doors by which a visitor comes: the API and the web form."""

import json
from http import HTTPStatus
from typing import Protocol

from bs4 import BeautifulSoup, Tag

from rules.engine.content import GuideContent
from tests.faults.calls import Answer, Caller
from tests.faults.known_diagnostics import SeenState

SLUG = "corriger-comptes-pix"
SESSIONS = "/api/v1/sessions"


class Door(Protocol):
    """How a visitor sends requests and reads their answers."""

    withdrawals: tuple[None, ...]
    """What stands for the withdrawal of an answer among its choices, if the door allows it."""

    def begin_diagnostic(self, caller: Caller) -> Answer: ...
    def diagnostic_id(self, begun: Answer) -> str: ...
    def read_diagnostic(self, caller: Caller, diagnostic_id: str) -> Answer: ...
    def send_answer(
        self, caller: Caller, diagnostic_id: str, question: str, choice: str | None
    ) -> Answer: ...
    def parse_state(self, answer: Answer, guide: GuideContent) -> SeenState | None:
        """Returns the state that a successful answer shows, or None if it shows none."""


class ApiDoor:
    withdrawals: tuple[None, ...] = (None,)

    def begin_diagnostic(self, caller: Caller) -> Answer:
        return caller.send_json("POST", SESSIONS, {"guide": SLUG})

    def diagnostic_id(self, begun: Answer) -> str:
        return str(json.loads(begun.body)["id"])

    def read_diagnostic(self, caller: Caller, diagnostic_id: str) -> Answer:
        return caller.get(f"{SESSIONS}/{diagnostic_id}")

    def send_answer(
        self, caller: Caller, diagnostic_id: str, question: str, choice: str | None
    ) -> Answer:
        """Sends an answer, or withdraws it if `choice` is None."""
        method, body = ("PUT", {"choice": choice}) if choice else ("DELETE", None)
        return caller.send_json(method, f"{SESSIONS}/{diagnostic_id}/answers/{question}", body)

    def parse_state(self, answer: Answer, guide: GuideContent) -> SeenState | None:
        found = json.loads(answer.body)
        question = found["question"]
        return SeenState(
            status=found["status"],
            path=tuple((given["question"], given["choice"]) for given in found["answers"]),
            ignored=tuple(found["ignored"]),
            question=question and question["key"],
            choices=tuple(choice["key"] for choice in question["choices"]) if question else (),
            advice=tuple(given["key"] for given in found["advice"]),
            outcomes=tuple(given["key"] for given in found["outcomes"]),
        )


class FormDoor:
    withdrawals: tuple[None, ...] = ()

    def begin_diagnostic(self, caller: Caller) -> Answer:
        """Opens the start page, and sends its form if it is there."""
        page = caller.get(f"/{SLUG}/")
        return page if page.is_failure else caller.send_form(f"/{SLUG}/")

    def diagnostic_id(self, begun: Answer) -> str:
        return begun.headers["Location"].split("/")[2]

    def read_diagnostic(self, caller: Caller, diagnostic_id: str) -> Answer:
        return caller.get(f"/diagnostics/{diagnostic_id}/")

    def send_answer(
        self, caller: Caller, diagnostic_id: str, question: str, choice: str | None
    ) -> Answer:
        assert choice, "the form has no way to withdraw an answer"
        path = f"/diagnostics/{diagnostic_id}/questions/{question}/"
        return caller.send_form(path, choice=choice)

    def parse_state(self, answer: Answer, guide: GuideContent) -> SeenState | None:
        """Returns the state that the page of a question or of a result shows; None if redirected.

        Pages show titles and labels: `guide` has their keys.
        """
        if answer.status != HTTPStatus.OK:
            return None
        page = BeautifulSoup(answer.body, "html.parser")
        questions = {question.title: question for question in guide.questions}
        path = []
        for line in page.select("dl.answers > div"):
            title, label, *_ = _texts_of(line, "dt, dd")
            choices = {choice.label: choice.key for choice in questions[title].choices}
            path.append((questions[title].key, choices[label]))
        set_aside = [_text_before_label(line) for line in page.select("div.set-aside li")]
        asked = page.select_one("form legend h1")
        outcomes = {outcome.title: outcome for outcome in guide.outcomes}
        # The section about a newer version has the class of an advice, too.
        headings = _texts_of(page, "div.advice > h2, div.advice > h3, ol.steps > li > h3")
        acts = _texts_of(page, "details.first > summary")
        headings += [act.removeprefix("À faire d’abord\u00a0: ") for act in acts]
        given = [outcomes[heading] for heading in headings]
        stuck = page.find("h1", string="Ce guide ne prévoit pas votre situation")
        return SeenState(
            status="in_progress" if asked else "stuck" if stuck else "completed",
            path=tuple(path),
            ignored=tuple(questions[title].key for title in set_aside),
            question=questions[asked.get_text(strip=True)].key if asked else None,
            choices=tuple(str(radio["value"]) for radio in page.select('input[name="choice"]')),
            advice=tuple(sorted(outcome.key for outcome in given if not outcome.final)),
            outcomes=tuple(sorted(outcome.key for outcome in given if outcome.final)),
        )


def _texts_of(element: Tag, selector: str) -> list[str]:
    return [found.get_text().strip() for found in element.select(selector)]


def _text_before_label(line: Tag) -> str:
    """Returns the title of a question whose answer is set aside, without the label of the answer."""
    return str(line.contents[0]).strip()
