"""Raw values to a `Guide`. Well-formed documents only: all problems are listed at once."""

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
Outcomes = Mapping[str, OutcomeContent]


def parse_document(document: object) -> GuideContent:
    """The guide of a raw document (what JSON or YAML gives). Raises `DocumentError`."""
    cursor = Cursor(document)
    guide = _guide(cursor)
    if cursor.problems:
        raise DocumentError(cursor.problems)
    return guide


def _guide(cursor: Cursor) -> GuideContent:
    fields = cursor.fields(
        required="format slug title questions outcomes rules", optional="introduction examples"
    )
    if fields["format"].value not in (None, FORMAT) or fields["format"].value is True:
        fields["format"].problem(f"seul le format {FORMAT} est connu.")
    questions = tuple(_question(item) for item in fields["questions"].items())
    outcomes = tuple(_outcome(item) for item in fields["outcomes"].items())
    by_key = {question.key: question for question in questions}
    outcome_by_key = {outcome.key: outcome for outcome in outcomes}
    rules = tuple(_rule(item, by_key, outcome_by_key) for item in fields["rules"].items())
    examples = fields["examples"].items() if "examples" in fields else ()
    for name in ("questions", "outcomes", "rules"):
        _refuse_repeated_keys(fields[name])
    return GuideContent(
        slug=_slug(fields["slug"]),
        title=fields["title"].title(),
        introduction=_text(fields, "introduction"),
        questions=questions,
        outcomes=outcomes,
        rules=rules,
        examples=tuple(_example(item, by_key, outcome_by_key) for item in examples),
    )


def _slug(cursor: Cursor) -> str:
    slug = cursor.key()
    if slug in limits.RESERVED_SLUGS:
        cursor.problem(f"{quote_value(slug)} est une adresse réservée au site.")
    return slug


def _question(cursor: Cursor) -> QuestionContent:
    fields = cursor.fields(required="key title choices", optional="help scope")
    choices = tuple(_choice(item) for item in fields["choices"].items())
    if isinstance(fields["choices"].value, list) and len(choices) < 2:
        fields["choices"].problem("une question a au moins deux réponses.")
    _refuse_repeated_keys(fields["choices"])
    return QuestionContent(
        key=fields["key"].key(),
        title=fields["title"].title(),
        choices=choices,
        help=_text(fields, "help"),
        scope=fields["scope"].one_of(Scope, Scope.PUPIL) if "scope" in fields else Scope.PUPIL,
    )


def _choice(cursor: Cursor) -> ChoiceContent:
    fields = cursor.fields(required="key label", optional="help aliases")
    aliases = fields["aliases"].items() if "aliases" in fields else ()
    return ChoiceContent(
        key=fields["key"].key(),
        label=fields["label"].title(),
        help=_text(fields, "help"),
        aliases=tuple(alias.title() for alias in aliases),
    )


def _outcome(cursor: Cursor) -> OutcomeContent:
    fields = cursor.fields(required="key title final", optional="body tone link")
    return OutcomeContent(
        key=fields["key"].key(),
        title=fields["title"].title(),
        final=fields["final"].boolean(),
        body=_text(fields, "body"),
        tone=fields["tone"].one_of(Tone, Tone.INFO) if "tone" in fields else Tone.INFO,
        link=_link(fields["link"]) if "link" in fields else None,
    )


def _link(cursor: Cursor) -> Link:
    fields = cursor.fields(required="label url")
    return Link(label=fields["label"].title(), url=fields["url"].url())


def _rule(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> RuleContent:
    fields = cursor.fields(required="key then", optional="match when note")
    conditions = fields["when"].items() if "when" in fields else ()
    effect, target = _effect(fields["then"], questions, outcomes)
    return RuleContent(
        key=fields["key"].key(),
        when=tuple(_condition(item, questions) for item in conditions),
        effect=effect,
        target=target,
        match=fields["match"].one_of(Match, Match.ALL) if "match" in fields else Match.ALL,
        note=_text(fields, "note"),
    )


def _effect(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> tuple[Effect, str]:
    fields = cursor.fields(optional=" ".join(Effect))
    if len(fields) != 1:
        if isinstance(cursor.value, dict):
            cursor.problem(f"une règle a exactement un effet parmi\u00a0: {', '.join(Effect)}.")
        return Effect.ASK, ""
    [(name, target)] = fields.items()
    effect = Effect(name)
    if effect is Effect.ASK:
        return effect, target.reference(questions, "la question")
    outcome = outcomes.get(target.reference(outcomes, "le conseil"))
    if outcome is not None and outcome.final != (effect is Effect.CONCLUDE):
        word, name = ("une conclusion", "conclude") if outcome.final else ("un conseil", "advise")
        target.problem(f"{quote_value(outcome.key)} est {word}\u00a0: écrivez {quote_value(name)}.")
    return effect, outcome.key if outcome else ""


def _condition(cursor: Cursor, questions: Questions) -> ConditionContent:
    fields = cursor.fields(required="question", optional="is is_not same_as differs_from answered")
    key = fields.pop("question").reference(questions, "la question")
    if len(fields) != 1:
        if isinstance(cursor.value, dict):
            cursor.problem("une condition a exactement une comparaison.")
        return ConditionContent(key, Operator.ANSWERED)
    [(name, operand)] = fields.items()
    if name == "answered":
        return ConditionContent(
            key, Operator.ANSWERED if operand.boolean() else Operator.UNANSWERED
        )
    if name in {"same_as", "differs_from"}:
        return ConditionContent(key, Operator(name), other=_other(operand, key, questions))
    return ConditionContent(
        key, Operator(name), choices=_named_choices(operand, questions.get(key))
    )


def _other(cursor: Cursor, key: str, questions: Questions) -> str:
    other = cursor.reference(questions, "la question")
    if other == key:
        cursor.problem("une question ne se compare pas à elle-même.")
    return other


def _named_choices(cursor: Cursor, question: QuestionContent | None) -> tuple[str, ...]:
    """The choices of a list, each once."""
    if cursor.value == []:
        cursor.problem("cette liste de réponses est vide.")
    choices = _choices_of(question)
    named = [
        item.reference(choices, "la réponse") if question else item.text()
        for item in cursor.items()
    ]
    return tuple(dict.fromkeys(named))


def _choices_of(question: QuestionContent | None) -> dict[str, ChoiceContent]:
    return {choice.key: choice for choice in question.choices} if question else {}


def _example(cursor: Cursor, questions: Questions, outcomes: Outcomes) -> ExampleContent:
    fields = cursor.fields(required="name answers outcomes")
    return ExampleContent(
        name=fields["name"].title(),
        answers=dict(_example_answers(fields["answers"], questions)),
        outcomes=_example_outcomes(fields["outcomes"], outcomes),
    )


def _example_answers(cursor: Cursor, questions: Questions) -> Iterable[tuple[str, str]]:
    for key, choice in cursor.pairs():
        question = questions.get(key)
        if question is None:
            choice.problem(f"la question {quote_value(key)} n’existe pas.")
        elif choice.value is None:
            choice.problem("il manque la réponse.")
        else:
            yield key, choice.reference(_choices_of(question), "la réponse")


def _example_outcomes(cursor: Cursor, outcomes: Outcomes) -> tuple[str, ...]:
    found: list[str] = []
    for item in cursor.items():
        outcome = outcomes.get(item.reference(outcomes, "le conseil"))
        if outcome is not None and not outcome.final:
            item.problem(f"{quote_value(outcome.key)} n’est pas une conclusion.")
        if outcome is not None and outcome.key in found:
            item.problem(f"{quote_value(outcome.key)} est citée deux fois.")
        found.append(outcome.key if outcome else "")
    return tuple(found)


def _text(fields: dict[str, Cursor], name: str) -> str:
    return fields[name].text() if name in fields else ""


def _refuse_repeated_keys(cursor: Cursor) -> None:
    seen: set[str] = set()
    for at, item in enumerate(cursor.value if isinstance(cursor.value, list) else ()):
        key = item.get("key") if isinstance(item, dict) else None
        if isinstance(key, str) and key in seen:
            cursor.below(at, item).problem(f"la clé {quote_value(key)} est déjà prise.")
        elif isinstance(key, str):
            seen.add(key)
