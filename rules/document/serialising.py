"""A `Guide` to raw values, always in the same order, and to the canonical text of a version."""

import hashlib
import json
from typing import Any

from rules.document.parsing import FORMAT
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)

Raw = dict[str, Any]


def guide_to_document(guide: GuideContent) -> Raw:
    """What `parse` reads back to the same guide. Unfinished drafts are written as they are."""
    return _filled(
        format=FORMAT,
        slug=guide.slug,
        title=guide.title,
        introduction=guide.introduction,
    ) | {
        "questions": [_question(question) for question in guide.questions],
        "outcomes": [_outcome(outcome) for outcome in guide.outcomes],
        "rules": [_rule(rule) for rule in guide.rules],
        "examples": [_example(example) for example in guide.examples],
    }


def canonical_json(guide: GuideContent) -> str:
    """The one JSON text of a guide: equal guides have equal texts."""
    return json.dumps(guide_to_document(guide), ensure_ascii=False, separators=(",", ":"))


def document_digest(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _filled(**fields: object) -> Raw:
    """Without the optional texts and lists that are empty."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _question(question: QuestionContent) -> Raw:
    return _filled(
        key=question.key, title=question.title, help=question.help, scope=question.scope.value
    ) | {"choices": [_choice(choice) for choice in question.choices]}


def _choice(choice: ChoiceContent) -> Raw:
    return _filled(
        key=choice.key, label=choice.label, help=choice.help, aliases=list(choice.aliases)
    )


def _outcome(outcome: OutcomeContent) -> Raw:
    link = outcome.link and {"label": outcome.link.label, "url": outcome.link.url}
    return _filled(
        key=outcome.key,
        title=outcome.title,
        body=outcome.body,
        final=outcome.final,
        tone=outcome.tone.value,
        link=link,
    )


def _rule(rule: RuleContent) -> Raw:
    return {
        "key": rule.key,
        "match": rule.match.value,
        "when": [_condition(condition) for condition in rule.when],
        "then": {rule.effect.value: rule.target},
    } | _filled(note=rule.note)


def _condition(condition: ConditionContent) -> Raw:
    name, operand = _comparison(condition)
    return {"question": condition.question, name: operand}


def _comparison(condition: ConditionContent) -> tuple[str, object]:
    match condition.operator:
        case Operator.IS | Operator.IS_NOT:
            return condition.operator.value, list(condition.choices)
        case Operator.SAME_AS | Operator.DIFFERS_FROM:
            return condition.operator.value, condition.other
        case Operator.ANSWERED | Operator.UNANSWERED:
            return "answered", condition.operator is Operator.ANSWERED


def _example(example: ExampleContent) -> Raw:
    return {
        "name": example.name,
        "answers": dict(example.answers),
        "outcomes": list(example.outcomes),
    }
