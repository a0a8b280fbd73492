"""Visitors who walk random paths, check every state, and read back what was acknowledged."""

import json
import random
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Thread

from tests.faults.calls import Answer, Call, Caller
from tests.faults.doors import ApiDoor, Door, FormDoor
from tests.faults.known_diagnostics import ClockRange, KnownDiagnostic, SeenState
from tests.faults.sites import Site

VISITORS = 20
PAUSE_SECONDS = (0.05, 0.25)
"""The shortest and the longest time that a visitor reads a page."""
PAUSE_AFTER_FAILURE_SECONDS = 0.3
CHANGES_IN_100 = 15
"""How many of 100 answers change an earlier one instead of answering the question that is asked."""
ATTEMPTS_TO_READ_BACK = 20
API, FORM = ApiDoor(), FormDoor()


@dataclass
class Notes:
    """What the visitors of one scenario have sent and found."""

    calls: list[Call] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Visitor(Thread):
    """Walks random paths until `ended` is set, then reads all its diagnostics back."""

    def __init__(self, site: Site, door: Door, notes: Notes, ended: Event, seed: int) -> None:
        super().__init__()
        self.site, self.door, self.notes, self.ended = site, door, notes, ended
        self.chance = random.Random(seed)
        self.caller = Caller(site.address, notes.calls)
        self.diagnostics: list[KnownDiagnostic] = []
        self.state: SeenState | None = None
        """The state of the newest diagnostic; None if the visitor has to look at it."""

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                answer = self._take_step()
                pause = self.chance.uniform(*PAUSE_SECONDS)
                self.ended.wait(PAUSE_AFTER_FAILURE_SECONDS if answer.is_failure else pause)
            for diagnostic in list(self.diagnostics):
                self._read_back(diagnostic)
        except Exception as error:
            self.notes.wrong.append(f"a visitor does not understand an answer: {error!r}")
            raise

    def _take_step(self) -> Answer:
        """Sends one request, which depends on the state of the newest diagnostic."""
        diagnostic = self.diagnostics[-1] if self.diagnostics else None
        if diagnostic is None:
            return self._begin_diagnostic()
        if self.state is None:
            return self._look_at(diagnostic, self.door if diagnostic.version else API)
        if self.state.path and self.chance.randrange(100) < CHANGES_IN_100:
            question, _ = self.chance.choice(self.state.path)
            guide = self.site.guide_of_version(diagnostic.version)
            choices = [*guide.question[question].choice, *self.door.withdrawals]
            return self._send_answer(diagnostic, question, self.chance.choice(choices))
        if self.state.question:
            choice = self.chance.choice(self.state.choices)
            return self._send_answer(diagnostic, self.state.question, choice)
        return self._begin_diagnostic()

    def _begin_diagnostic(self) -> Answer:
        site, live_version, was_open = self.site, self.site.live_version, self.site.is_open
        earliest = site.clock_seconds
        answer = self.door.begin_diagnostic(self.caller)
        self.state = None
        if answer.is_success:
            diagnostic_id = self.door.diagnostic_id(answer)
            versions = range(live_version, site.newest_version + 1)
            begun = ClockRange(earliest, site.latest_clock_seconds)
            self.diagnostics.append(KnownDiagnostic(diagnostic_id, versions, begun))
        elif not answer.is_failure and was_open and site.is_open:
            self.notes.wrong.append(f"no diagnostic may begin: status {answer.status}")
        return answer

    def _look_at(self, diagnostic: KnownDiagnostic, door: Door) -> Answer:
        """Reads a diagnostic. At first this must be by the API, as only that says the version."""
        earliest = self.site.clock_seconds
        answer = door.read_diagnostic(self.caller, diagnostic.id)
        if answer.is_success and not diagnostic.version:
            diagnostic.version = int(json.loads(answer.body)["version"])
            if diagnostic.version not in diagnostic.possible_versions:
                self.notes.wrong.append(
                    f"begun on version {diagnostic.version}, not of {diagnostic.possible_versions}"
                )
        clock = ClockRange(earliest, self.site.latest_clock_seconds)
        self._check_answer(diagnostic, door, answer, clock)
        return answer

    def _send_answer(
        self, diagnostic: KnownDiagnostic, question: str, choice: str | None
    ) -> Answer:
        diagnostic.begin_change(question, choice)
        earliest = self.site.clock_seconds
        answer = self.door.send_answer(self.caller, diagnostic.id, question, choice)
        clock = ClockRange(earliest, self.site.latest_clock_seconds)
        if answer.is_success:
            diagnostic.confirm_change(question, choice)
            diagnostic.changed = clock
        self._check_answer(diagnostic, self.door, answer, clock)
        return answer

    def _check_answer(
        self, diagnostic: KnownDiagnostic, door: Door, answer: Answer, clock: ClockRange
    ) -> None:
        """Notes what is wrong with an answer about a diagnostic."""
        self.state = None
        if answer.status == HTTPStatus.GONE:
            if not diagnostic.may_have_expired(clock):
                self.notes.lost.append("a diagnostic has expired too early")
            self.diagnostics.remove(diagnostic)
        elif answer.is_success:
            if diagnostic.must_have_expired(clock):
                self.notes.wrong.append("a diagnostic has not expired")
            self._check_state(diagnostic, door, answer)
        elif not answer.is_failure and diagnostic.is_certain:
            self.notes.wrong.append(f"status {answer.status}: {answer.body[:300]!r}")

    def _check_state(self, diagnostic: KnownDiagnostic, door: Door, answer: Answer) -> None:
        guide = self.site.guide_of_version(diagnostic.version)
        self.state = door.parse_state(answer, guide)
        if self.state:
            self.notes.wrong += diagnostic.find_mistakes(self.state, guide)
            self.notes.lost += diagnostic.find_lost_answers(self.state)

    def _read_back(self, diagnostic: KnownDiagnostic) -> None:
        """Reads a diagnostic after all faults, as often as it takes."""
        for _ in range(ATTEMPTS_TO_READ_BACK):
            if not self._look_at(diagnostic, API).is_failure:
                return
            time.sleep(PAUSE_AFTER_FAILURE_SECONDS)
        self.notes.lost.append("a diagnostic cannot be read back")
