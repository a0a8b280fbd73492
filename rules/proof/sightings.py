"""What was met on the walk, each with the answers that led there first: the shortest."""

from collections.abc import Mapping, Sequence

from rules.engine.guide import Effect, Guide, Rule
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
        self.failed: set[int] = set()
        """Rules that did not hold when all their questions were answered; not all of them."""
        self._naming = _naming(guide)
        self._asks = {question.key: _asking(guide, question.key) for question in guide.questions}

    def note(self, path: Path, now: Step, before: frozenset[int] = frozenset()) -> None:
        """What is seen in the state that `path` leads to; `before` fired a step earlier already."""
        fired = frozenset(now.fired)
        self._note_fired(path, fired - before)
        if now.question is not None:
            self.asked.setdefault(now.question, path)
            self.asking |= self._asks[now.question] & fired
        else:
            self._note_end(path, now)
        if path:
            self._note_failed(path, fired)

    def _note_fired(self, path: Path, fired: frozenset[int]) -> None:
        for at in fired:
            self.fired.setdefault(at, path)
            if self._rules[at].effect is not Effect.ASK:
                self.given.setdefault(self._rules[at].target, path)

    def _note_end(self, path: Path, now: Step) -> None:
        if concluded := outcomes_of(self._rules, now):
            if len(concluded) > 1:
                self.together.setdefault(concluded, path)
            for question in self._asks.keys() - dict(path).keys():
                for at in self._asks[question].intersection(now.fired):
                    self.cut_short.setdefault(at, path)
        else:
            self.stuck.setdefault(path[-1] if path else None, path)

    def _note_failed(self, path: Path, fired: frozenset[int]) -> None:
        """Of the rules that look at the last answer: those whose questions are now all answered."""
        answers = dict(path)
        for at, questions in self._naming.get(path[-1][0], ()):
            if at not in fired and questions <= answers.keys():
                self.failed.add(at)


def outcomes_of(rules: Sequence[Rule], now: Step) -> tuple[str, ...]:
    """The conclusions of a state, in rule order."""
    fired = (rules[at] for at in now.fired)
    return tuple(dict.fromkeys(rule.target for rule in fired if rule.effect is Effect.CONCLUDE))


def _asking(guide: Guide, question: str) -> frozenset[int]:
    return frozenset(
        at
        for at, rule in enumerate(guide.rules)
        if rule.effect is Effect.ASK and rule.target == question
    )


def _naming(guide: Guide) -> Mapping[str, list[tuple[int, frozenset[str]]]]:
    """By question: the rules that look at it, and all the questions that they look at."""
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for at, rule in enumerate(guide.rules):
        questions = questions_named(rule)
        for question in questions:
            found.setdefault(question, []).append((at, questions))
    return found
