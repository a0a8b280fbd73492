"""A rule as a line of a table: what it looks at, which answers, and what it does then."""

from typing import NamedTuple

from rules.engine.content import ConditionContent, GuideContent, Match, Operator, RuleContent
from rules.engine.operators import OPERATORS
from rules.sentences import question_name


class ConditionColumns(NamedTuple):
    """A condition of a rule, as the columns of a table."""

    link: str
    """The word before a condition that is not the first one: « et » or « ou »."""
    question: str
    answer: str
    """What the answer must be: « Mail ou Identifiant », « n’est pas Mail », « a une réponse »."""


def condition_columns(guide: GuideContent, rule: RuleContent) -> tuple[ConditionColumns, ...]:
    """Returns the conditions of a rule in their order."""
    link = "et" if rule.match is Match.ALL else "ou"
    return tuple(
        ConditionColumns(
            link if index else "",
            question_name(guide, condition.question),
            answer_words(guide, condition),
        )
        for index, condition in enumerate(rule.when)
    )


def answer_words(guide: GuideContent, condition: ConditionContent) -> str:
    """Returns what a condition asks of an answer, without the name of its question."""
    question = guide.question.get(condition.question)
    choices = question.choice if question else {}
    labels = [choices[key].label if key in choices else key for key in condition.choices]
    link = " ni " if condition.operator is Operator.IS_NOT else " ou "
    clause = OPERATORS[condition.operator].sentence.format(
        question="", choices=link.join(labels) or "…", other=question_name(guide, condition.other)
    )
    return clause.strip().removeprefix("est ")


def last_question(guide: GuideContent, rule: RuleContent) -> str:
    """Returns the key of the question that a rule looks at last, in the order of the guide.

    Visitors usually answer it last, so the rule acts on its answer. The key is empty for a rule
    without conditions.
    """
    looked_at = rule.questions
    return next((one.key for one in reversed(guide.questions) if one.key in looked_at), "")
