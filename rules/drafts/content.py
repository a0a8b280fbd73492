"""The draft of a guide between its tables and its document."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from rules.comparison import compare_guides
from rules.drafts.history import changes_record
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
from rules.models import (
    Choice,
    Condition,
    ConditionChoice,
    Example,
    ExampleAnswer,
    ExampleOutcome,
    Guide,
    Outcome,
    Question,
    Rule,
)
from rules.sentences import rule_name, rule_sentence


def draft_read(guide: Guide) -> GuideContent:
    """The draft as it is, finished or not; `rules.document.parse` tells whether it is well-formed.

    Its cost is a fixed number of queries, whatever the size of the guide.
    """
    conditions = (
        "conditions__question",
        "conditions__other",
        "conditions__conditionchoice_set__choice",
    )
    rules = guide.rules.select_related("asks", "gives").prefetch_related(*conditions)
    examples = guide.examples.prefetch_related(
        "answers__question", "answers__choice", "outcomes__outcome"
    )
    return GuideContent(
        slug=guide.slug,
        title=guide.title,
        introduction=_unix(guide.introduction),
        questions=tuple(map(_question, guide.questions.prefetch_related("choices"))),
        outcomes=tuple(map(_outcome, guide.outcomes.all())),
        rules=tuple(map(_rule, rules)),
        examples=tuple(map(_example, examples)),
    )


@transaction.atomic
def draft_write(*, guide: Guide, content: GuideContent, author: User | None = None) -> None:
    """Replaces the whole draft. The slug stays: it is the address of the guide, not its content.

    A row whose key is in both drafts keeps its id: links to it and pages open on it stay right.
    What differs is written in the guide's history, but for the first content of a new guide.
    """
    before, kept = draft_read(guide), _Kept(guide)
    for old in (guide.examples, guide.rules, guide.outcomes, guide.questions):
        old.all().delete()
    guide.title, guide.introduction = content.title, content.introduction
    guide.save(update_fields=["title", "introduction"])
    questions = {row.key: row for row in _write_questions(guide, content, kept)}
    rows = _Rows(
        questions,
        _write_choices(content, questions, kept),
        {row.key: row for row in _write_outcomes(guide, content, kept)},
    )
    _write_rules(guide, content, rows, kept)
    _write_examples(guide, content, rows, kept)
    if before.questions or before.outcomes or before.rules or before.examples:
        changes = compare_guides(before, replace(content, slug=guide.slug))
        changes_record(guide=guide, changes=changes, author=author)


class _Kept:
    """The ids of a draft's rows, by what tells a row from the others of its table."""

    def __init__(self, guide: Guide) -> None:
        self._ids: dict[tuple[type[Model], Hashable], int] = {}
        for model in (Question, Outcome, Rule):
            self._keep(model, model._default_manager.filter(guide=guide).values_list("key", "pk"))
        choices = Choice.objects.filter(question__guide=guide)
        self._keep(
            Choice,
            (((q, key), pk) for q, key, pk in choices.values_list("question__key", "key", "pk")),
        )
        conditions = Condition.objects.filter(rule__guide=guide).order_by("rule", "position", "pk")
        self._keep(Condition, _ranked(conditions.values_list("rule__key", "pk")))
        self._keep(Example, _ranked(guide.examples.values_list("name", "pk")))

    def _keep(self, model: type[Model], ids: Iterable[tuple[Hashable, int]]) -> None:
        self._ids |= {(model, key): pk for key, pk in ids}

    def pk(self, model: type[Model], *key: Hashable) -> int | None:
        return self._ids.get((model, key[0] if len(key) == 1 else key))


def _ranked(named: Iterable[tuple[str, int]]) -> Iterable[tuple[tuple[str, int], int]]:
    """Rows of the same name, each by its rank among them."""
    seen: Counter[str] = Counter()
    for name, pk in named:
        seen[name] += 1
        yield (name, seen[name]), pk


Choices = dict[tuple[str, str], Choice]


class _Rows(NamedTuple):
    """What rules and examples refer to, by key; choices by question and key."""

    questions: dict[str, Question]
    choices: Choices
    outcomes: dict[str, Outcome]


def _unix(text: str) -> str:
    """Forms send Windows line ends."""
    return text.replace("\r\n", "\n")


def _question(row: Question) -> QuestionContent:
    return QuestionContent(
        key=row.key,
        title=row.title,
        help=_unix(row.help),
        scope=Scope(row.scope),
        choices=tuple(
            ChoiceContent(choice.key, choice.label, _unix(choice.help), tuple(choice.aliases))
            for choice in row.choices.all()
        ),
    )


def _outcome(row: Outcome) -> OutcomeContent:
    has_link = row.link_label or row.link_url
    return OutcomeContent(
        key=row.key,
        title=row.title,
        body=_unix(row.body),
        final=row.final,
        tone=Tone(row.tone),
        link=Link(row.link_label, row.link_url) if has_link else None,
    )


def _rule(row: Rule) -> RuleContent:
    effect, target = _effect(row)
    return RuleContent(
        key=row.key,
        when=tuple(map(_condition, row.conditions.all())),
        effect=effect,
        target=target,
        match=Match(row.match),
        note=_unix(row.note),
    )


def _effect(row: Rule) -> tuple[Effect, str]:
    if row.asks is not None:
        return Effect.ASK, row.asks.key
    assert row.gives is not None, "the database holds that a rule has one effect"
    effect = Effect.CONCLUDE if row.gives.final else Effect.ADVISE
    return effect, row.gives.key


def _condition(row: Condition) -> ConditionContent:
    return ConditionContent(
        question=row.question.key,
        operator=Operator(row.operator),
        choices=tuple(named.choice.key for named in row.conditionchoice_set.all()),
        other=row.other.key if row.other else "",
    )


def _example(row: Example) -> ExampleContent:
    return ExampleContent(
        name=row.name,
        answers={answer.question.key: answer.choice.key for answer in row.answers.all()},
        outcomes=tuple(expected.outcome.key for expected in row.outcomes.all()),
    )


def _write_questions(guide: Guide, content: GuideContent, kept: _Kept) -> list[Question]:
    return Question.objects.bulk_create(
        Question(
            pk=kept.pk(Question, question.key),
            guide=guide,
            key=question.key,
            title=question.title,
            help=question.help,
            scope=question.scope.value,
            position=position,
        )
        for position, question in enumerate(content.questions, 1)
    )


def _write_choices(content: GuideContent, questions: dict[str, Question], kept: _Kept) -> Choices:
    rows = Choice.objects.bulk_create(
        Choice(
            pk=kept.pk(Choice, question.key, choice.key),
            question=questions[question.key],
            key=choice.key,
            label=choice.label,
            help=choice.help,
            aliases=list(choice.aliases),
            position=position,
        )
        for question in content.questions
        for position, choice in enumerate(question.choices, 1)
    )
    return {(row.question.key, row.key): row for row in rows}


def _write_outcomes(guide: Guide, content: GuideContent, kept: _Kept) -> list[Outcome]:
    return Outcome.objects.bulk_create(
        Outcome(
            pk=kept.pk(Outcome, outcome.key),
            guide=guide,
            key=outcome.key,
            title=outcome.title,
            body=outcome.body,
            final=outcome.final,
            tone=outcome.tone.value,
            link_label=outcome.link.label if outcome.link else "",
            link_url=outcome.link.url if outcome.link else "",
            position=position,
        )
        for position, outcome in enumerate(content.outcomes, 1)
    )


def _write_rules(guide: Guide, content: GuideContent, rows: _Rows, kept: _Kept) -> None:
    written = Rule.objects.bulk_create(
        Rule(
            pk=kept.pk(Rule, rule.key),
            guide=guide,
            key=rule.key,
            match=rule.match.value,
            asks=rows.questions[rule.target] if rule.effect is Effect.ASK else None,
            gives=None if rule.effect is Effect.ASK else rows.outcomes[rule.target],
            note=rule.note,
            position=position,
        )
        for position, rule in enumerate(content.rules, 1)
    )
    _write_conditions(written, content.rules, rows, kept)


def _write_conditions(
    written: Iterable[Rule], rules: Iterable[RuleContent], rows: _Rows, kept: _Kept
) -> None:
    terms = [
        (row, position, term)
        for row, rule in zip(written, rules, strict=True)
        for position, term in enumerate(rule.when, 1)
    ]
    conditions = Condition.objects.bulk_create(
        Condition(
            pk=kept.pk(Condition, row.key, position),
            rule=row,
            question=rows.questions[term.question],
            operator=term.operator.value,
            other=rows.questions.get(term.other),
            position=position,
        )
        for row, position, term in terms
    )
    ConditionChoice.objects.bulk_create(
        ConditionChoice(condition=condition, choice=rows.choices[term.question, choice])
        for condition, (_, _, term) in zip(conditions, terms, strict=True)
        for choice in term.choices
    )


def _write_examples(guide: Guide, content: GuideContent, rows: _Rows, kept: _Kept) -> None:
    ranks = _ranked(
        (example.name, position) for position, example in enumerate(content.examples, 1)
    )
    written = Example.objects.bulk_create(
        Example(pk=kept.pk(Example, *name), guide=guide, name=name[0], position=position)
        for name, position in ranks
    )
    pairs = list(zip(written, content.examples, strict=True))
    ExampleAnswer.objects.bulk_create(
        ExampleAnswer(example=row, question=rows.questions[key], choice=rows.choices[key, choice])
        for row, example in pairs
        for key, choice in example.answers.items()
    )
    ExampleOutcome.objects.bulk_create(
        ExampleOutcome(example=row, outcome=rows.outcomes[key], position=position)
        for row, example in pairs
        for position, key in enumerate(example.outcomes, 1)
    )


def rule_names(guide: Guide) -> dict[str, str]:
    """How sentences call the rules of the draft, by key."""
    draft = draft_read(guide)
    return {rule.key: rule_name(draft, rule) for rule in draft.rules}


def rule_sentences(guide: Guide) -> dict[str, str]:
    """The rules of the draft as sentences, by key."""
    draft = draft_read(guide)
    return {rule.key: rule_sentence(draft, rule) for rule in draft.rules}
