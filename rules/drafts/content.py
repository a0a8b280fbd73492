"""Reads the rows of a draft as one value, and writes such a value as the rows of a draft."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from rules.comparison import example_keys, pair_examples
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

RowIds = Mapping[tuple[object, ...], int]
"""The ids of the rows of a draft, by model and by what identifies a row in the draft:

- `(Question, key)`, `(Outcome, key)`, `(Rule, key)`, `(Choice, key of the question, key)`;
- `(Condition, key of the rule, rank)`: the rank in the rule, from 1;
- `(Example, key)`: the key that `pair_examples` gives the example.
"""


def draft_read(guide: Guide) -> GuideContent:
    """Returns the draft of a guide. It may be unfinished, so that `parse_document` would refuse it.

    The number of queries does not depend on the size of the guide.
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
        introduction=_unix_lines(guide.introduction),
        questions=tuple(map(_question_content, guide.questions.prefetch_related("choices"))),
        outcomes=tuple(map(_outcome_content, guide.outcomes.all())),
        rules=tuple(map(_rule_content, rules)),
        examples=tuple(map(_example_content, examples)),
    )


def _unix_lines(text: str) -> str:
    """Replaces the Windows line ends that HTML forms send by Unix ones."""
    return text.replace("\r\n", "\n")


def _question_content(row: Question) -> QuestionContent:
    return QuestionContent(
        key=row.key,
        title=row.title,
        help=_unix_lines(row.help),
        scope=Scope(row.scope),
        choices=tuple(
            ChoiceContent(choice.key, choice.label, _unix_lines(choice.help), tuple(choice.aliases))
            for choice in row.choices.all()
        ),
    )


def _outcome_content(row: Outcome) -> OutcomeContent:
    has_link = row.link_label or row.link_url
    return OutcomeContent(
        key=row.key,
        title=row.title,
        body=_unix_lines(row.body),
        final=row.final,
        tone=Tone(row.tone),
        link=Link(row.link_label, row.link_url) if has_link else None,
    )


def _rule_content(row: Rule) -> RuleContent:
    if row.asks is not None:
        effect, target = Effect.ASK, row.asks.key
    else:
        assert row.gives is not None, (
            "a constraint of the database requires that a rule has one effect"
        )
        effect = Effect.CONCLUDE if row.gives.final else Effect.ADVISE
        target = row.gives.key
    return RuleContent(
        key=row.key,
        when=tuple(map(_condition_content, row.conditions.all())),
        effect=effect,
        target=target,
        match=Match(row.match),
        note=_unix_lines(row.note),
    )


def _condition_content(row: Condition) -> ConditionContent:
    return ConditionContent(
        question=row.question.key,
        operator=Operator(row.operator),
        choices=tuple(named.choice.key for named in row.conditionchoice_set.all()),
        other=row.other.key if row.other else "",
    )


def _example_content(row: Example) -> ExampleContent:
    return ExampleContent(
        name=row.name,
        answers={answer.question.key: answer.choice.key for answer in row.answers.all()},
        outcomes=tuple(expected.outcome.key for expected in row.outcomes.all()),
    )


@transaction.atomic
def draft_write(
    *,
    guide: Guide,
    content: GuideContent,
    before: GuideContent | None = None,
    author: User | None = None,
) -> None:
    """Replaces the draft of a guide. The guide keeps its slug, whatever the slug of `content` is.

    A row that is in both drafts keeps its id, so that open pages and links still lead to it.
    `RowIds` says what identifies a row. The differences are added to the history of the guide,
    unless the old draft was empty. `before` is the old draft if the caller has read it already,
    under the lock of the guide.
    """
    before = before or draft_read(guide)
    paired_examples, _ = pair_examples(before.examples, content.examples)
    ids = _row_ids(guide, paired_examples)
    for rows in (guide.examples, guide.rules, guide.outcomes, guide.questions):
        rows.all().delete()
    guide.title, guide.introduction = content.title, content.introduction
    guide.save(update_fields=["title", "introduction"])
    _DraftWriter(guide, content, ids).write_rows()
    if before.questions or before.outcomes or before.rules or before.examples:
        after = replace(content, slug=guide.slug)
        changes_record(guide=guide, before=before, after=after, author=author)


def _row_ids(guide: Guide, example_keys_in_order: Iterable[str]) -> RowIds:
    choices = Choice.objects.filter(question__guide=guide)
    conditions = Condition.objects.filter(rule__guide=guide).order_by("rule", "position", "pk")
    tables: dict[type[Model], Iterable[tuple[Any, ...]]] = {
        Question: guide.questions.values_list("key", "pk"),
        Choice: choices.values_list("question__key", "key", "pk"),
        Outcome: guide.outcomes.values_list("key", "pk"),
        Rule: guide.rules.values_list("key", "pk"),
        Condition: _add_ranks(conditions.values_list("rule__key", "pk")),
        Example: zip(
            example_keys_in_order, guide.examples.values_list("pk", flat=True), strict=True
        ),
    }
    return {(table, *key): pk for table, rows in tables.items() for *key, pk in rows}


def _add_ranks(rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """Yields the name, the rank among the rows of that name, and the number of each row."""
    ranks: Counter[str] = Counter()
    for name, number in rows:
        ranks[name] += 1
        yield name, ranks[name], number


@dataclass
class _DraftWriter:
    """Writes the rows of a draft after the old ones were deleted; a row in `ids` gets its old id.

    `questions`, `choices` and `outcomes` hold the rows written so far that later rows refer to, by
    key, or for a choice by the key of its question and its own key.
    """

    guide: Guide
    content: GuideContent
    ids: RowIds
    questions: dict[str, Question] = field(default_factory=dict)
    choices: dict[tuple[str, str], Choice] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def write_rows(self) -> None:
        self.write_questions()
        self.write_choices()
        self.write_outcomes()
        self.write_conditions(self.write_rules())
        self.write_examples()

    def write_questions(self) -> None:
        rows = Question.objects.bulk_create(
            Question(
                pk=self.ids.get((Question, question.key)),
                guide=self.guide,
                key=question.key,
                title=question.title,
                help=question.help,
                scope=question.scope.value,
                position=position,
            )
            for position, question in enumerate(self.content.questions, 1)
        )
        self.questions = {row.key: row for row in rows}

    def write_choices(self) -> None:
        rows = Choice.objects.bulk_create(
            Choice(
                pk=self.ids.get((Choice, question.key, choice.key)),
                question=self.questions[question.key],
                key=choice.key,
                label=choice.label,
                help=choice.help,
                aliases=list(choice.aliases),
                position=position,
            )
            for question in self.content.questions
            for position, choice in enumerate(question.choices, 1)
        )
        self.choices = {(row.question.key, row.key): row for row in rows}

    def write_outcomes(self) -> None:
        rows = Outcome.objects.bulk_create(
            Outcome(
                pk=self.ids.get((Outcome, outcome.key)),
                guide=self.guide,
                key=outcome.key,
                title=outcome.title,
                body=outcome.body,
                final=outcome.final,
                tone=outcome.tone.value,
                link_label=outcome.link.label if outcome.link else "",
                link_url=outcome.link.url if outcome.link else "",
                position=position,
            )
            for position, outcome in enumerate(self.content.outcomes, 1)
        )
        self.outcomes = {row.key: row for row in rows}

    def write_rules(self) -> list[Rule]:
        return Rule.objects.bulk_create(
            Rule(
                pk=self.ids.get((Rule, rule.key)),
                guide=self.guide,
                key=rule.key,
                match=rule.match.value,
                asks=self.questions[rule.target] if rule.effect is Effect.ASK else None,
                gives=None if rule.effect is Effect.ASK else self.outcomes[rule.target],
                note=rule.note,
                position=position,
            )
            for position, rule in enumerate(self.content.rules, 1)
        )

    def write_conditions(self, rules: Sequence[Rule]) -> None:
        """Writes conditions. `rules` are the rows of the rules, in the order of `content.rules`."""
        terms = [
            (row, position, term)
            for row, rule in zip(rules, self.content.rules, strict=True)
            for position, term in enumerate(rule.when, 1)
        ]
        conditions = Condition.objects.bulk_create(
            Condition(
                pk=self.ids.get((Condition, row.key, position)),
                rule=row,
                question=self.questions[term.question],
                operator=term.operator.value,
                other=self.questions.get(term.other),
                position=position,
            )
            for row, position, term in terms
        )
        ConditionChoice.objects.bulk_create(
            ConditionChoice(condition=condition, choice=self.choices[term.question, choice])
            for condition, (_, _, term) in zip(conditions, terms, strict=True)
            for choice in term.choices
        )

    def write_examples(self) -> None:
        keys = example_keys(example.name for example in self.content.examples)
        rows = Example.objects.bulk_create(
            Example(
                pk=self.ids.get((Example, key)),
                guide=self.guide,
                name=example.name,
                position=position,
            )
            for position, (key, example) in enumerate(
                zip(keys, self.content.examples, strict=True), 1
            )
        )
        examples = list(zip(rows, self.content.examples, strict=True))
        ExampleAnswer.objects.bulk_create(
            ExampleAnswer(
                example=row, question=self.questions[key], choice=self.choices[key, choice]
            )
            for row, example in examples
            for key, choice in example.answers.items()
        )
        ExampleOutcome.objects.bulk_create(
            ExampleOutcome(example=row, outcome=self.outcomes[key], position=position)
            for row, example in examples
            for position, key in enumerate(example.outcomes, 1)
        )
