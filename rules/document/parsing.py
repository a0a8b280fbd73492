"""Turns the raw values of a document into a guide.

If a document is not well-formed, the error lists all its problems. Therefore the private functions
below continue after a problem and return incomplete content, which `parse_document` then discards.
"""

from collections.abc import Mapping
from dataclasses import replace

from rules.document import limits
from rules.document.cursor import Cursor
from rules.document.problems import DocumentError, quote_value
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

FORMAT = 1

Questions = Mapping[str, QuestionContent]
"""The questions of the document by their keys."""
Outcomes = Mapping[str, OutcomeContent]
"""The outcomes of the document by their keys."""


def parse_document(document: object) -> GuideContent:
    """Returns the guide of a raw document. Raises `DocumentError` if it is not well-formed."""
    cursor = Cursor(document)
    fields = cursor.read_fields(
        required="format slug title questions outcomes rules", optional="introduction examples"
    )
    if fields["format"].value not in (None, FORMAT) or fields["format"].value is True:
        fields["format"].add_problem(f"seul le format {FORMAT} est connu.")
    questions = {part.key: part for part in map(_parse_question, fields["questions"].read_items())}
    outcomes = {part.key: part for part in map(_parse_outcome, fields["outcomes"].read_items())}
    rules = [_parse_rule(item, questions, outcomes) for item in fields["rules"].read_items()]
    for name in ("questions", "outcomes", "rules"):
        _note_repeated_keys(fields[name])
    slug = fields["slug"].read_key("une adresse")
    title, introduction = fields["title"].read_title(), _read_optional_text(fields, "introduction")
    items = fields["examples"].read_items() if "examples" in fields else ()
    examples = tuple(_parse_example(item, questions, outcomes) for item in items)
    if cursor.problems:
        raise DocumentError(cursor.problems)
    return GuideContent(
        slug=slug,
        title=title,
        questions=tuple(questions.values()),
        outcomes=tuple(outcomes.values()),
        rules=tuple(rules),
        examples=examples,
        introduction=introduction,
    )


def _parse_question(cursor: Cursor) -> QuestionContent:
    fields = cursor.read_fields(required="key title choices", optional="short for_pupil help scope")
    choices = []
    for item in fields["choices"].read_items():
        parts = item.read_fields(required="key label", optional="help aliases")
        aliases = parts["aliases"].read_items() if "aliases" in parts else ()
        choice = ChoiceContent(
            key=parts["key"].read_key(),
            label=parts["label"].read_title(),
            help=_read_optional_text(parts, "help"),
            aliases=tuple(alias.read_title() for alias in aliases),
        )
        choices.append(choice)
    if isinstance(fields["choices"].value, list) and len(choices) < 2:
        fields["choices"].add_problem("une question a au moins deux réponses.")
    _note_repeated_keys(fields["choices"])
    return QuestionContent(
        key=fields["key"].read_key(),
        title=fields["title"].read_title(),
        choices=tuple(choices),
        help=_read_optional_text(fields, "help"),
        scope=fields["scope"].read_member(Scope, Scope.PUPIL) if "scope" in fields else Scope.PUPIL,
        short=fields["short"].read_title(limits.SHORT_NAME_LENGTH) if "short" in fields else "",
        for_pupil=fields["for_pupil"].read_title() if "for_pupil" in fields else "",
    )


def _parse_outcome(cursor: Cursor) -> OutcomeContent:
    fields = cursor.read_fields(required="key title final", optional="body tone link for_pupil")
    outcome = OutcomeContent(
        key=fields["key"].read_key(),
        title=fields["title"].read_title(),
        final=fields["final"].read_boolean(),
        body=_read_optional_text(fields, "body"),
        tone=fields["tone"].read_member(Tone, Tone.INFO) if "tone" in fields else Tone.INFO,
        for_pupil=_read_optional_text(fields, "for_pupil"),
    )
    if "link" not in fields:
        return outcome
    link = fields["link"].read_fields(required="label url")
    return replace(outcome, link=Link(link["label"].read_title(), link["url"].read_url()))


def _parse_rule(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> RuleContent:
    fields = cursor.read_fields(required="key then", optional="match when note")
    conditions = fields["when"].read_items() if "when" in fields else ()
    effect, target = _parse_effect(fields["then"], questions, outcomes)
    return RuleContent(
        key=fields["key"].read_key(),
        when=tuple(_parse_condition(item, questions) for item in conditions),
        effect=effect,
        target=target,
        match=fields["match"].read_member(Match, Match.ALL) if "match" in fields else Match.ALL,
        note=_read_optional_text(fields, "note"),
    )


def _parse_effect(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> tuple[Effect, str]:
    """Returns the effect of a rule, and the key of the question or outcome that it asks or gives."""
    fields = cursor.read_fields(optional=" ".join(Effect))
    if len(fields) != 1:
        if isinstance(cursor.value, dict):
            cursor.add_problem(f"une règle a exactement un effet parmi\u00a0: {', '.join(Effect)}.")
        return Effect.ASK, ""
    [(name, target)] = fields.items()
    effect = Effect(name)
    if effect is Effect.ASK:
        return effect, target.read_reference(questions, "la question")
    outcome = outcomes.get(target.read_reference(outcomes, "le conseil"))
    if outcome is not None and outcome.final != (effect is Effect.CONCLUDE):
        noun, name = ("une conclusion", "conclude") if outcome.final else ("un conseil", "advise")
        target.add_problem(
            f"{quote_value(outcome.key)} est {noun}\u00a0: écrivez {quote_value(name)}."
        )
    return effect, outcome.key if outcome else ""


def _parse_condition(cursor: Cursor, questions: Questions) -> ConditionContent:
    fields = cursor.read_fields(
        required="question", optional="is is_not same_as differs_from answered"
    )
    key = fields.pop("question").read_reference(questions, "la question")
    if len(fields) != 1:
        if isinstance(cursor.value, dict):
            cursor.add_problem("une condition a exactement une comparaison.")
        return ConditionContent(key, Operator.ANSWERED)
    [(name, operand)] = fields.items()
    if name == "answered":
        return ConditionContent(
            key, Operator.ANSWERED if operand.read_boolean() else Operator.UNANSWERED
        )
    if name in {"same_as", "differs_from"}:
        other = operand.read_reference(questions, "la question")
        if other == key:
            operand.add_problem("une question ne se compare pas à elle-même.")
        return ConditionContent(key, Operator(name), other=other)
    if operand.value == []:
        operand.add_problem("cette liste de réponses est vide.")
    question = questions.get(key)
    named = [
        item.read_reference(question.choice, "la réponse") if question else item.read_text()
        for item in operand.read_items()
    ]
    return ConditionContent(key, Operator(name), choices=tuple(dict.fromkeys(named)))


def _parse_example(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> ExampleContent:
    fields = cursor.read_fields(required="name answers outcomes")
    name, answers, conclusions = fields["name"].read_title(), dict[str, str](), list[str]()
    for key, choice in fields["answers"].read_pairs():
        if key not in questions:
            choice.add_problem(f"la question {quote_value(key)} n’existe pas.")
        elif choice.value is None:
            choice.add_missing_problem("il manque la réponse.")
        else:
            answers[key] = choice.read_reference(questions[key].choice, "la réponse")
    for item in fields["outcomes"].read_items():
        outcome = outcomes.get(item.read_reference(outcomes, "le conseil"))
        if outcome is not None and not outcome.final:
            item.add_problem(f"{quote_value(outcome.key)} n’est pas une conclusion.")
        if outcome is not None and outcome.key in conclusions:
            item.add_problem(f"{quote_value(outcome.key)} est citée deux fois.")
        conclusions.append(outcome.key if outcome else "")
    return ExampleContent(name, answers, tuple(conclusions))


def _read_optional_text(fields: dict[str, Cursor], name: str) -> str:
    return fields[name].read_text() if name in fields else ""


def _note_repeated_keys(cursor: Cursor) -> None:
    """Adds a problem for each item of a list that has the same key as an earlier item."""
    taken: set[str] = set()
    for index, item in enumerate(cursor.value if isinstance(cursor.value, list) else ()):
        key = item.get("key") if isinstance(item, dict) else None
        if isinstance(key, str) and key in taken:
            cursor.enter_value(index, item).add_problem(
                f"la clé {quote_value(key)} est déjà prise."
            )
        elif isinstance(key, str):
            taken.add(key)
