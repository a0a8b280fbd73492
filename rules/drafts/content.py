"""Reads the rows of a draft as one value, and writes such a value as the rows of a draft."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Unpack

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import QuerySet

from rules.comparison import example_keys, pair_examples
from rules.drafts.history import change_create, changes_record
from rules.drafts.row_ids import RowIds, row_ids
from rules.drafts.snapshots import snapshot_take
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
    ChangeMeaning,
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
    Snapshot,
)


class UnreadableDraftError(Exception):
    """Raised if the rows of a draft do not fit together, because someone has damaged the database."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(
            f"Le brouillon de «\u00a0{guide.title}\u00a0» ne se lit pas\u00a0: il a été abîmé dans la "
            "base de données. Prévenez l’équipe technique."
        )
        self.guide = guide


def draft_read(guide: Guide) -> GuideContent:
    """Returns the draft of a guide. It may be unfinished, so that `parse_document` would refuse it.

    Each table is read once, by the guide of its rows: neither the number of queries nor their length
    depends on the size of the guide. Raises `UnreadableDraftError`.
    """
    reader = _DraftReader(guide)
    try:
        return GuideContent(
            slug=guide.slug,
            title=guide.title,
            introduction=_unix_lines(guide.introduction),
            questions=tuple(reader.read_questions()),
            outcomes=tuple(reader.read_outcomes()),
            rules=tuple(reader.read_rules()),
            examples=tuple(reader.read_examples()),
        )
    except (LookupError, ObjectDoesNotExist, TypeError, ValueError) as error:
        raise UnreadableDraftError(guide) from error


def _unix_lines(text: str) -> str:
    """Replaces the Windows line ends that HTML forms send by Unix ones."""
    return text.replace("\r\n", "\n")


class _KeysById(dict[int, str]):
    """The keys of the rows of a draft, by their ids.

    The key of a row that someone has added meanwhile is read when it is needed. Raises
    `ObjectDoesNotExist` if the guide has no such row, even if another guide has it.
    """

    def __init__(self, rows: QuerySet[Question] | QuerySet[Choice] | QuerySet[Outcome]) -> None:
        self._rows = rows

    def __missing__(self, pk: int) -> str:
        return self._rows.get(pk=pk).key


class _DraftReader:
    """Reads the tables of a draft; rows find the rows that they name in Python, by their ids.

    Django would find them by a condition for each row (`prefetch_related`), and SQLite refuses a
    query of more than 1,000 such conditions. The database could find them by joins, but these would
    leave out the rows that name a row which is no longer there.

    `questions`, `choices` and `outcomes` are filled when these are read, before what names them.
    """

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.questions = _KeysById(guide.questions.all())
        self.choices = _KeysById(Choice.objects.filter(question__guide=guide))
        self.outcomes = _KeysById(guide.outcomes.all())

    def read_questions(self) -> Iterator[QuestionContent]:
        choices: dict[int, list[ChoiceContent]] = defaultdict(list)
        rows = Choice.objects.filter(question__guide=self.guide)
        for pk, question, key, label, help_text, aliases in rows.values_list(
            "pk", "question", "key", "label", "help", "aliases"
        ):
            self.choices[pk] = key
            if not isinstance(aliases, list) or not all(isinstance(text, str) for text in aliases):
                raise TypeError(f"the aliases of choice {pk} are not a list of texts")
            choice = ChoiceContent(key, label, _unix_lines(help_text), tuple(aliases))
            choices[question].append(choice)
        fields = ("pk", "key", "title", "help", "scope", "short", "for_pupil")
        for pk, key, title, help_text, scope, *others in self.guide.questions.values_list(*fields):
            self.questions[pk] = key
            own = tuple(choices[pk])
            yield QuestionContent(key, title, own, _unix_lines(help_text), Scope(scope), *others)

    def read_outcomes(self) -> Iterator[OutcomeContent]:
        for row in self.guide.outcomes.all():
            self.outcomes[row.pk] = row.key
            has_link = row.link_label or row.link_url
            yield OutcomeContent(
                key=row.key,
                title=row.title,
                body=_unix_lines(row.body),
                final=row.final,
                tone=Tone(row.tone),
                link=Link(row.link_label, row.link_url) if has_link else None,
                for_pupil=_unix_lines(row.for_pupil),
            )

    def read_rules(self) -> Iterator[RuleContent]:
        conditions = self._read_conditions()
        for pk, key, match, note, asked, given, final in self.guide.rules.values_list(
            "pk", "key", "match", "note", "asks", "gives", "gives__final"
        ):
            given_effect = Effect.CONCLUDE if final else Effect.ADVISE
            yield RuleContent(
                key=key,
                when=tuple(conditions[pk]),
                effect=Effect.ASK if asked else given_effect,
                target=self.questions[asked] if asked else self.outcomes[given],
                match=Match(match),
                note=_unix_lines(note),
            )

    def _read_conditions(self) -> dict[int, list[ConditionContent]]:
        """Returns the conditions of each rule, by the id of the rule."""
        named: dict[int, list[str]] = defaultdict(list)
        choices = ConditionChoice.objects.filter(condition__rule__guide=self.guide)
        for condition, choice in choices.values_list("condition", "choice"):
            named[condition].append(self.choices[choice])
        conditions: dict[int, list[ConditionContent]] = defaultdict(list)
        rows = Condition.objects.filter(rule__guide=self.guide)
        for pk, rule, question, operator, other in rows.values_list(
            "pk", "rule", "question", "operator", "other"
        ):
            conditions[rule].append(
                ConditionContent(
                    self.questions[question],
                    Operator(operator),
                    tuple(named[pk]),
                    self.questions[other] if other else "",
                )
            )
        return conditions

    def read_examples(self) -> Iterator[ExampleContent]:
        answers: dict[int, dict[str, str]] = defaultdict(dict)
        given = ExampleAnswer.objects.filter(example__guide=self.guide)
        for example, question, choice in given.values_list("example", "question", "choice"):
            answers[example][self.questions[question]] = self.choices[choice]
        outcomes: dict[int, list[str]] = defaultdict(list)
        expected = ExampleOutcome.objects.filter(example__guide=self.guide)
        for example, outcome in expected.values_list("example", "outcome"):
            outcomes[example].append(self.outcomes[outcome])
        for pk, name in self.guide.examples.values_list("pk", "name"):
            yield ExampleContent(name, answers[pk], tuple(outcomes[pk]))


def find_readable_draft(guide: Guide) -> GuideContent | None:
    """Returns the draft of a guide, or None if it cannot be read: whoever replaces it needs no more."""
    try:
        return draft_read(guide)
    except UnreadableDraftError:
        return None


@transaction.atomic
def draft_write(
    *,
    guide: Guide,
    content: GuideContent,
    before: GuideContent | None = None,
    author: User | None = None,
    sentence: str = "",
    **meaning: Unpack[ChangeMeaning],
) -> Snapshot | None:
    """Replaces the draft of a guide. The guide keeps its slug, whatever the slug of `content` is.

    A row that is in both drafts keeps its id, so that open pages and links still lead to it.
    `RowIds` says what identifies a row. The differences are added to the history of the guide,
    unless the old draft was empty or cannot be read; then `sentence`, with its meaning, if there is
    one. `before` is the old draft if the caller has read it already, under the lock of the guide.

    Returns a snapshot of the old draft, or None if it cannot be read or is the same.
    """
    before, snapshot = before or find_readable_draft(guide), None
    was_readable = before is not None
    if before is None:
        guide.examples.all().delete()
        before = GuideContent(guide.slug, guide.title, (), (), ())
    paired_examples, _ = pair_examples(before.examples, content.examples)
    ids = row_ids(guide, paired_examples)
    for rows in (guide.examples, guide.rules, guide.outcomes, guide.questions):
        rows.all().delete()
    guide.title, guide.introduction = content.title, content.introduction
    guide.save(update_fields=["title", "introduction"])
    _DraftWriter(guide, content, ids).write_rows()
    after = replace(content, slug=guide.slug)
    if before.questions or before.outcomes or before.rules or before.examples:
        snapshot = changes_record(
            guide=guide, before=before, after=after, author=author, sentence=sentence
        )
    elif sentence and was_readable and before != after:
        snapshot = snapshot_take(guide=guide, before=before, sentence=sentence, author=author)
    if sentence:
        change_create(part=guide, sentence=sentence, author=author, snapshot=snapshot, **meaning)
    return snapshot


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
                short=question.short,
                for_pupil=question.for_pupil,
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
                for_pupil=outcome.for_pupil,
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
