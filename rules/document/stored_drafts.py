"""Reads the documents of drafts that were stored, which may be unfinished."""

from typing import Any

from rules.document.serialising import Raw
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Link,
    Match,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
    Scope,
    Tone,
)


def read_stored_draft(document: Raw) -> GuideContent:
    """Returns the draft from which `guide_to_document` made a document.

    Nothing is checked that the forms of editors do not check: a draft stays readable whatever a later
    release refuses in documents. Raises `LookupError`, `TypeError` or `ValueError` for what
    `guide_to_document` never makes.
    """
    return GuideContent(
        slug=document["slug"],
        title=document.get("title", ""),
        introduction=document.get("introduction", ""),
        questions=tuple(map(_read_question, document["questions"])),
        outcomes=tuple(map(_read_outcome, document["outcomes"])),
        rules=tuple(map(_read_rule, document["rules"])),
        examples=tuple(
            ExampleContent(raw["name"], raw["answers"], tuple(raw["outcomes"]))
            for raw in document["examples"]
        ),
    )


def _read_question(raw: Raw) -> QuestionContent:
    choices = (
        ChoiceContent(
            choice["key"],
            choice.get("label", ""),
            choice.get("help", ""),
            tuple(choice.get("aliases", ())),
        )
        for choice in raw["choices"]
    )
    return QuestionContent(
        key=raw["key"],
        title=raw.get("title", ""),
        choices=tuple(choices),
        help=raw.get("help", ""),
        scope=Scope(raw["scope"]),
        short=raw.get("short", ""),
        for_pupil=raw.get("for_pupil", ""),
    )


def _read_outcome(raw: Raw) -> OutcomeContent:
    link = raw.get("link")
    return OutcomeContent(
        key=raw["key"],
        title=raw.get("title", ""),
        final=raw["final"],
        body=raw.get("body", ""),
        tone=Tone(raw["tone"]),
        link=Link(link["label"], link["url"]) if link else None,
        for_pupil=raw.get("for_pupil", ""),
    )


def _read_rule(raw: Raw) -> RuleContent:
    [(effect, target)] = raw["then"].items()
    return RuleContent(
        key=raw["key"],
        when=tuple(map(_read_condition, raw["when"])),
        effect=Effect(effect),
        target=target,
        match=Match(raw["match"]),
        note=raw.get("note", ""),
    )


def _read_condition(raw: Raw) -> ConditionContent:
    operand: Any
    question, (name, operand) = raw["question"], [*raw.items()][1]
    if name == "answered":
        return ConditionContent(question, Operator.ANSWERED if operand else Operator.UNANSWERED)
    operator = Operator(name)
    if operator in (Operator.SAME_AS, Operator.DIFFERS_FROM):
        return ConditionContent(question, operator, other=operand)
    return ConditionContent(question, operator, tuple(operand))
