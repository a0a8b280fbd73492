"""Short ASCII codes for everything that reaches durable_rules.

It tells names apart by a 32-bit hash and compares long strings in part, so nothing that an
editor or a visitor typed is ever given to it. All questions share one alphabet: two equal
choice keys have one code, which makes "the same answer as" a plain comparison.
"""

from collections.abc import Mapping

from rules.engine.content import Answers, GuideContent
from rules.engine.durable import Comparison
from rules.engine.terms import UNANSWERED, Property, Term

Codes = tuple[str, ...]
"""A set of answers: one code for each question that rules look at."""
Names = Mapping[Property, str]
"""The name of each property in one ruleset."""


class Encoding:
    """The codes of one guide."""

    def __init__(self, guide: GuideContent) -> None:
        keys = (choice.key for question in guide.questions for choice in question.choices)
        self._codes = {UNANSWERED: "-"}
        self._codes |= {key: f"c{at}" for at, key in enumerate(dict.fromkeys(keys))}
        self._keys = {code: key for key, code in self._codes.items()}
        looked_at = _looked_at(guide)
        self.questions = {
            question.key: tuple(choice.key for choice in question.choices)
            for question in guide.questions
            if question.key in looked_at
        }
        self._rows = [(question, self._row(question)) for question in self.questions]

    def _row(self, question: str) -> dict[str | None, str]:
        row: dict[str | None, str] = {None: self._codes[UNANSWERED]}
        return row | {key: self._codes[key] for key in self.questions[question]}

    def encode(self, answers: Answers) -> Codes:
        """Raises KeyError for a choice that its question does not have."""
        return tuple([row[answers.get(question)] for question, row in self._rows])

    def decode(self, codes: Codes) -> Answers:
        keys = (self._keys[code] for code in codes)
        return {question: key for question, key in zip(self.questions, keys, strict=True) if key}

    def code(self, answer: str) -> str:
        return self._codes[answer]

    def comparison(self, term: Term, names: Names) -> Comparison:
        """A term as durable_rules reads it."""
        name = names[term.property]
        right = (
            {"$m": names[Property(term.other)]}
            if term.other
            else self._value(term.property, term.value)
        )
        return {name: right} if term.equal else {"$neq": {name: right}}

    def members(self, question: str, names: Names) -> Mapping[str, str]:
        """By the code of a question's answer: what a fact says of it, as JSON members."""
        own = [
            (looked_at, name) for looked_at, name in names.items() if looked_at.question == question
        ]
        return {
            self._codes[answer]: ",".join(
                f'"{name}":"{self._value(looked_at, looked_at.value(answer))}"'
                for looked_at, name in own
            )
            for answer in (UNANSWERED, *self.questions[question])
        }

    def _value(self, looked_at: Property, value: str) -> str:
        """Inside and outside are words of our own already."""
        if looked_at.choices and value != UNANSWERED:
            return value
        return self._codes[value]


def _looked_at(guide: GuideContent) -> set[str]:
    conditions = [condition for rule in guide.rules for condition in rule.when]
    return {key for condition in conditions for key in (condition.question, condition.other)}
