"""What was met on the walk, each with the answers that led there first: the shortest."""

from collections.abc import Mapping

from rules.engine.guide import Effect, Guide
from rules.engine.resolve import Step
from rules.engine.state import Answer
from rules.proof.residuals import questions_named

Path = tuple[Answer, ...]


class Sightings:
    """By rule position, question or outcome."""

    def __init__(self, guide: Guide) -> None:
        self._rules = guide.rules
        self.fired: dict[int, Path] = {}
        """Rules that hold somewhere."""
        self.asked: dict[str, Path] = {}
        self.given: dict[str, Path] = {}
        """Outcomes, advice and conclusions."""
        self.stuck: dict[Answer | None, Path] = {}
        """By the last answer given."""
        self.together: dict[tuple[str, ...], Path] = {}
        """Outcomes of which several conclude at once."""
        self.asking: set[int] = set()
        """Rules that fire where their question is asked."""
        self.cut_short: dict[int, Path] = {}
        """Rules whose question was not asked yet when a conclusion came."""
        self.settled: dict[int, Path] = {}
        """Rules whose questions were all answered."""
        self.failed: set[int] = set()
        """Rules that did not hold when all their questions were answered."""
        self._naming = _by_last_question(guide)

    def note(self, path: Path, now: Step) -> None:
        """What is seen in the state that `path` leads to."""
        concluded = self._note_rules(path, now)
        if now.question is not None:
            self.asked.setdefault(now.question, path)
        elif not concluded:
            self.stuck.setdefault(path[-1] if path else None, path)
        elif len(concluded) > 1:
            self.together.setdefault(tuple(concluded), path)
        if path:
            self._note_settled(path, now)

    def _note_rules(self, path: Path, now: Step) -> dict[str, None]:
        """The conclusions, in rule order."""
        answers, concluded = dict(path), dict[str, None]()
        for at in now.fired:
            rule = self._rules[at]
            self.fired.setdefault(at, path)
            if rule.effect is Effect.CONCLUDE:
                concluded[rule.target] = None
            if rule.effect is not Effect.ASK:
                self.given.setdefault(rule.target, path)
            elif rule.target == now.question:
                self.asking.add(at)
            elif now.question is None and rule.target not in answers:
                self.cut_short.setdefault(at, path)
        return concluded

    def _note_settled(self, path: Path, now: Step) -> None:
        """Of the rules that look at the last answer: those whose questions are now all answered."""
        answers = dict(path)
        for at, questions in self._naming.get(path[-1][0], ()):
            if questions <= answers.keys():
                self.settled.setdefault(at, path)
                if at not in now.fired:
                    self.failed.add(at)


def _by_last_question(guide: Guide) -> Mapping[str, list[tuple[int, frozenset[str]]]]:
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for at, rule in enumerate(guide.rules):
        questions = questions_named(rule)
        for question in questions:
            found.setdefault(question, []).append((at, questions))
    return found
