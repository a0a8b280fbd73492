"""Turns a guide into raw values, and into the canonical JSON text that identifies its content."""

import hashlib
import json
from typing import Any

from rules.document.parsing import FORMAT
from rules.engine.content import GuideContent, Operator, QuestionContent, RuleContent

Raw = dict[str, Any]


def guide_to_document(guide: GuideContent) -> Raw:
    """Returns the raw document of a guide, from which `parse_document` returns the same guide.

    The guide may be an unfinished draft, whose document `parse_document` would refuse.
    """
    return _drop_empty_fields(
        format=FORMAT,
        slug=guide.slug,
        title=guide.title,
        introduction=guide.introduction,
    ) | {
        "questions": [_question_to_raw(question) for question in guide.questions],
        "outcomes": [
            _drop_empty_fields(
                key=outcome.key,
                title=outcome.title,
                body=outcome.body,
                final=outcome.final,
                tone=outcome.tone.value,
                link=outcome.link and {"label": outcome.link.label, "url": outcome.link.url},
                for_pupil=outcome.for_pupil,
            )
            for outcome in guide.outcomes
        ],
        "rules": [_rule_to_raw(rule) for rule in guide.rules],
        "examples": [
            {
                "name": example.name,
                "answers": dict(example.answers),
                "outcomes": list(example.outcomes),
            }
            for example in guide.examples
        ],
    }


def canonical_json(guide: GuideContent) -> str:
    """Returns the canonical JSON text of a guide. Equal guides have equal texts."""
    return json.dumps(guide_to_document(guide), ensure_ascii=False, separators=(",", ":"))


def document_size(guide: GuideContent) -> int:
    """Returns the length of the canonical JSON text of a guide, in bytes."""
    return len(canonical_json(guide).encode())


def document_digest(text: str) -> str:
    """Returns the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _drop_empty_fields(**fields: object) -> Raw:
    """Returns the fields except those that are None, an empty text or an empty list."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _question_to_raw(question: QuestionContent) -> Raw:
    choices = [
        _drop_empty_fields(
            key=choice.key, label=choice.label, help=choice.help, aliases=list(choice.aliases)
        )
        for choice in question.choices
    ]
    return _drop_empty_fields(
        key=question.key,
        title=question.title,
        short=question.short,
        for_pupil=question.for_pupil,
        help=question.help,
        scope=question.scope.value,
    ) | {"choices": choices}


def _rule_to_raw(rule: RuleContent) -> Raw:
    conditions: list[Raw] = []
    for condition in rule.when:
        match condition.operator:
            case Operator.IS | Operator.IS_NOT as operator:
                comparison: Raw = {operator.value: list(condition.choices)}
            case Operator.SAME_AS | Operator.DIFFERS_FROM as operator:
                comparison = {operator.value: condition.other}
            case Operator.ANSWERED | Operator.UNANSWERED as operator:
                comparison = {"answered": operator is Operator.ANSWERED}
        conditions.append({"question": condition.question, **comparison})
    return {
        "key": rule.key,
        "match": rule.match.value,
        "when": conditions,
        "then": {rule.effect.value: rule.target},
    } | _drop_empty_fields(note=rule.note)
