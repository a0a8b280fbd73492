"""Short ASCII codes for everything that reaches durable_rules.

durable_rules compares names by a 32-bit hash and compares only a part of long strings, so it
never receives what an editor or a visitor typed. All questions share one alphabet of codes: two
choices with equal keys have the same code, so that "the same answer as" is a plain comparison.
"""

from collections.abc import Mapping

from rules.engine.content import Answers, GuideContent
from rules.engine.durable import Comparison
from rules.engine.terms import UNANSWERED, Property, Term

Codes = tuple[str, ...]
"""A set of answers: one code for each question that some rule names."""
PropertyNames = Mapping[Property, str]
"""The name of each property in one ruleset."""


class Encoding:
    """The codes of one guide.

    `questions` maps each question that some rule names to the keys of its choices.
    """

    def __init__(self, guide: GuideContent) -> None:
        keys = (choice.key for question in guide.questions for choice in question.choices)
        self._code_by_key = {UNANSWERED: "-"}
        self._code_by_key |= {key: f"c{index}" for index, key in enumerate(dict.fromkeys(keys))}
        self._key_by_code = {code: key for key, code in self._code_by_key.items()}
        conditions = [condition for rule in guide.rules for condition in rule.when]
        named = {key for condition in conditions for key in (condition.question, condition.other)}
        self.questions = {
            question.key: tuple(choice.key for choice in question.choices)
            for question in guide.questions
            if question.key in named
        }
        without_answer: dict[str | None, str] = {None: self._code_by_key[UNANSWERED]}
        self._codes_of_answers = [
            (question, without_answer | {key: self._code_by_key[key] for key in choices})
            for question, choices in self.questions.items()
        ]

    def encode(self, answers: Answers) -> Codes:
        """Raises KeyError for a choice that its question does not have."""
        return tuple([codes[answers.get(question)] for question, codes in self._codes_of_answers])

    def decode(self, codes: Codes) -> Answers:
        keys = (self._key_by_code[code] for code in codes)
        return {question: key for question, key in zip(self.questions, keys, strict=True) if key}

    def code_of_answer(self, answer: str) -> str:
        """Returns the code of a choice's key or of `UNANSWERED`."""
        return self._code_by_key[answer]

    def comparison_of_term(self, term: Term, names: PropertyNames) -> Comparison:
        """Returns a term in the form that durable_rules reads."""
        name = names[term.property]
        right = (
            {"$m": names[Property(term.other)]}
            if term.other
            else self._code_of_value(term.property, term.value)
        )
        return {name: right} if term.equal else {"$neq": {name: right}}

    def fact_members(self, question: str, names: PropertyNames) -> Mapping[str, str]:
        """Returns, by the code of the answer to a question, its properties in a fact.

        They are written as JSON members.
        """
        named = [item for item in names.items() if item[0].question == question]
        return {
            self._code_by_key[answer]: ",".join(
                f'"{name}":"{self._code_of_value(observed, observed.value_of(answer))}"'
                for observed, name in named
            )
            for answer in (UNANSWERED, *self.questions[question])
        }

    def _code_of_value(self, observed: Property, value: str) -> str:
        """Returns a property's value as durable_rules receives it.

        The values of a list's property, `INSIDE` and `OUTSIDE`, are short ASCII already.
        """
        if observed.choices and value != UNANSWERED:
            return value
        return self._code_by_key[value]
