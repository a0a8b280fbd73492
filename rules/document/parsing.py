"""Turns the raw values of a document into a guide.

A document that is not well-formed is refused with all its problems at once. So the functions below
always return something: after a problem, it is incomplete and `parse_document` drops it.
"""

from collections.abc import Iterable, Mapping

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
    """Returns the guide of a raw document. Raises `DocumentError`."""
    cursor = Cursor(document)
    guide = _parse_guide(cursor)
    if cursor.problems:
        raise DocumentError(cursor.problems)
    return guide


def _parse_guide(cursor: Cursor) -> GuideContent:
    fields = cursor.read_fields(
        required="format slug title questions outcomes rules", optional="introduction examples"
    )
    if fields["format"].value not in (None, FORMAT) or fields["format"].value is True:
        fields["format"].add_problem(f"seul le format {FORMAT} est connu.")
    questions = tuple(_parse_question(item) for item in fields["questions"].read_items())
    outcomes = tuple(_parse_outcome(item) for item in fields["outcomes"].read_items())
    question_by_key = {question.key: question for question in questions}
    outcome_by_key = {outcome.key: outcome for outcome in outcomes}
    rules = tuple(
        _parse_rule(item, question_by_key, outcome_by_key) for item in fields["rules"].read_items()
    )
    examples = fields["examples"].read_items() if "examples" in fields else ()
    for name in ("questions", "outcomes", "rules"):
        _note_repeated_keys(fields[name])
    slug = fields["slug"].read_key()
    if slug in limits.RESERVED_SLUGS:
        fields["slug"].add_problem(f"{quote_value(slug)} est une adresse réservée au site.")
    return GuideContent(
        slug=slug,
        title=fields["title"].read_title(),
        introduction=_read_optional_text(fields, "introduction"),
        questions=questions,
        outcomes=outcomes,
        rules=rules,
        examples=tuple(_parse_example(item, question_by_key, outcome_by_key) for item in examples),
    )


def _parse_question(cursor: Cursor) -> QuestionContent:
    fields = cursor.read_fields(required="key title choices", optional="help scope")
    choices = tuple(_parse_choice(item) for item in fields["choices"].read_items())
    if isinstance(fields["choices"].value, list) and len(choices) < 2:
        fields["choices"].add_problem("une question a au moins deux réponses.")
    _note_repeated_keys(fields["choices"])
    return QuestionContent(
        key=fields["key"].read_key(),
        title=fields["title"].read_title(),
        choices=choices,
        help=_read_optional_text(fields, "help"),
        scope=fields["scope"].read_member(Scope, Scope.PUPIL) if "scope" in fields else Scope.PUPIL,
    )


def _parse_choice(cursor: Cursor) -> ChoiceContent:
    fields = cursor.read_fields(required="key label", optional="help aliases")
    aliases = fields["aliases"].read_items() if "aliases" in fields else ()
    return ChoiceContent(
        key=fields["key"].read_key(),
        label=fields["label"].read_title(),
        help=_read_optional_text(fields, "help"),
        aliases=tuple(alias.read_title() for alias in aliases),
    )


def _parse_outcome(cursor: Cursor) -> OutcomeContent:
    fields = cursor.read_fields(required="key title final", optional="body tone link")
    return OutcomeContent(
        key=fields["key"].read_key(),
        title=fields["title"].read_title(),
        final=fields["final"].read_boolean(),
        body=_read_optional_text(fields, "body"),
        tone=fields["tone"].read_member(Tone, Tone.INFO) if "tone" in fields else Tone.INFO,
        link=_parse_link(fields["link"]) if "link" in fields else None,
    )


def _parse_link(cursor: Cursor) -> Link:
    fields = cursor.read_fields(required="label url")
    return Link(label=fields["label"].read_title(), url=fields["url"].read_url())


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
    """Returns what a rule does, and the key of the question or outcome that it does it to."""
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
    return ConditionContent(
        key, Operator(name), choices=_parse_choice_keys(operand, questions.get(key))
    )


def _parse_choice_keys(cursor: Cursor, question: QuestionContent | None) -> tuple[str, ...]:
    """Returns the keys that a list of choices names, without repetitions."""
    if cursor.value == []:
        cursor.add_problem("cette liste de réponses est vide.")
    choices = _choices_of(question)
    named = [
        item.read_reference(choices, "la réponse") if question else item.read_text()
        for item in cursor.read_items()
    ]
    return tuple(dict.fromkeys(named))


def _choices_of(question: QuestionContent | None) -> dict[str, ChoiceContent]:
    return {choice.key: choice for choice in question.choices} if question else {}


def _parse_example(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> ExampleContent:
    fields = cursor.read_fields(required="name answers outcomes")
    return ExampleContent(
        name=fields["name"].read_title(),
        answers=dict(_parse_example_answers(fields["answers"], questions)),
        outcomes=_parse_example_outcomes(fields["outcomes"], outcomes),
    )


def _parse_example_answers(cursor: Cursor, questions: Questions) -> Iterable[tuple[str, str]]:
    for key, choice in cursor.read_pairs():
        question = questions.get(key)
        if question is None:
            choice.add_problem(f"la question {quote_value(key)} n’existe pas.")
        elif choice.value is None:
            choice.add_problem("il manque la réponse.")
        else:
            yield key, choice.read_reference(_choices_of(question), "la réponse")


def _parse_example_outcomes(cursor: Cursor, outcomes: Outcomes) -> tuple[str, ...]:
    found: list[str] = []
    for item in cursor.read_items():
        outcome = outcomes.get(item.read_reference(outcomes, "le conseil"))
        if outcome is not None and not outcome.final:
            item.add_problem(f"{quote_value(outcome.key)} n’est pas une conclusion.")
        if outcome is not None and outcome.key in found:
            item.add_problem(f"{quote_value(outcome.key)} est citée deux fois.")
        found.append(outcome.key if outcome else "")
    return tuple(found)


def _read_optional_text(fields: dict[str, Cursor], name: str) -> str:
    return fields[name].read_text() if name in fields else ""


def _note_repeated_keys(cursor: Cursor) -> None:
    """Notes a problem at each item of a list whose key an earlier item has."""
    taken: set[str] = set()
    for index, item in enumerate(cursor.value if isinstance(cursor.value, list) else ()):
        key = item.get("key") if isinstance(item, dict) else None
        if isinstance(key, str) and key in taken:
            cursor.enter_value(index, item).add_problem(
                f"la clé {quote_value(key)} est déjà prise."
            )
        elif isinstance(key, str):
            taken.add(key)
