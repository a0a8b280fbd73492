"""Short ASCII codes for everything that reaches durable_rules.

durable_rules compares names by a 32-bit hash and compares only a part of long strings, so it
never receives a text that somebody typed. Choices of different questions that have the same key
have the same code, so that "has the same answer as" compares two codes.
"""

from collections.abc import Mapping

from rules.engine.comparisons import Comparison
from rules.engine.content import Answers, GuideContent
from rules.engine.terms import UNANSWERED, Property, Term

Codes = tuple[str, ...]
"""A set of answers: for each question that a rule's conditions name, the code of its answer."""
PropertyNames = Mapping[Property, str]
"""The name that each property has in one ruleset: `p0`, `p1` and so on."""


class Encoding:
    """The codes of one guide.

    `questions` are the keys of the questions that the conditions of rules name, each with the keys
    of its choices.
    """

    def __init__(self, guide: GuideContent) -> None:
        keys = (choice.key for question in guide.questions for choice in question.choices)
        self._code_by_key = {UNANSWERED: "-"}
        self._code_by_key |= {key: f"c{index}" for index, key in enumerate(dict.fromkeys(keys))}
        self._key_by_code = {code: key for key, code in self._code_by_key.items()}
        named = {key for rule in guide.rules for key in rule.questions}
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
        """Returns the codes of a set of answers, without those that no condition names.

        Raises `KeyError` if a choice does not belong to its question.
        """
        return tuple([codes[answers.get(question)] for question, codes in self._codes_of_answers])

    def decode(self, codes: Codes) -> Answers:
        keys = (self._key_by_code[code] for code in codes)
        return {question: key for question, key in zip(self.questions, keys, strict=True) if key}

    def code_of_answer(self, answer: str) -> str:
        """Returns the code of an answer, which is the key of a choice or `UNANSWERED`."""
        return self._code_by_key[answer]

    def comparison_of_term(self, term: Term, names: PropertyNames) -> Comparison:
        """Returns a term as a comparison for durable_rules."""
        name = names[term.property]
        right = (
            {"$m": names[Property(term.other_question)]}
            if term.other_question
            else self._code_of_value(term.property, term.value)
        )
        return {name: right} if term.is_equality else {"$neq": {name: right}}

    def fact_members(self, question: str, names: PropertyNames) -> Mapping[str, str]:
        """Returns the part of a fact that tells the answer to a question, for each possible answer.

        The keys of the result are the codes of the answers; the values are JSON members, such as
        `"p0":"c3","p1":"in"` if two properties look at this question.
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
        """Returns the value of a property as durable_rules receives it.

        `INSIDE` and `OUTSIDE`, the values of a property that looks at a list of choices, are short
        ASCII texts and need no code.
        """
        if observed.choices and value != UNANSWERED:
            return value
        return self._code_by_key[value]
