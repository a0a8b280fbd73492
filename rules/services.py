"""Writes to what is known: each is whole or does not happen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Manager
from django.utils import timezone

from rules.checks import publication_check
from rules.document.limits import KEY_LENGTH, RESERVED_SLUGS, TITLE_LENGTH
from rules.document.problems import Problem
from rules.document.serialising import canonical, digest
from rules.drafts import draft_read, draft_write
from rules.engine import guide as values
from rules.history import change_create
from rules.keys import key_from
from rules.models import (
    Choice,
    Condition,
    ConditionChoice,
    Example,
    ExampleAnswer,
    ExampleOutcome,
    Guide,
    Outcome,
    PublicationRequest,
    Question,
    Rule,
    Version,
    VersionProof,
)
from rules.proof.proof import Proof
from rules.proofs import proof_keep
from rules.runtime import version_content, version_document
from rules.stages import online_words, restored_words

NEEDS_APPROVAL = (
    "La publication de ce guide demande l’accord d’une seconde personne\u00a0: "
    "demandez-la dans l’administration."
)

DraftRow = Question | Outcome | Rule | Example
Movable = Question | Rule


class PublicationRefusedError(ValueError):
    """A draft that may not be published, with all that is to mend."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class ConfirmationNeededError(ValueError):
    """A proof with warnings, or none: publication waits for someone to say why it is right."""

    def __init__(self, proof: Proof) -> None:
        super().__init__("publication needs a reason")
        self.proof = proof


class ApprovalKeptError(ValueError):
    """Who may publish a guide does not free it from the approval of a second person."""


class DraftExistsError(ValueError):
    """An import would replace a draft, and nobody asked for that."""


@transaction.atomic
def guide_import(
    *, content: values.Guide, replace_draft: bool = False, author: User | None = None
) -> Guide:
    guide, created = Guide.objects.get_or_create(
        slug=content.slug, defaults={"title": content.title}
    )
    if not created and not replace_draft:
        raise DraftExistsError(content.slug)
    guide_lock(guide=guide)
    draft_write(guide=guide, content=content, author=author)
    return guide


@transaction.atomic
def guide_publish(
    *,
    guide: Guide,
    author: User | None = None,
    approver: User | None = None,
    note: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Version:
    """The draft becomes the next version, live at once or from a time to come.

    Raises `PublicationRefusedError` and, where a person must say why, `ConfirmationNeededError`.
    """
    guide = guide_lock(guide=guide)
    if guide.needs_approval and approver in (None, author):
        raise PublicationRefusedError([Problem((), "", NEEDS_APPROVAL)])
    draft = draft_read(guide)
    proof = publishable_proof(draft, reason=reason)
    version = Version(guide=guide, title=draft.title, document=canonical(draft), author=author)
    version.note, version.reason = note, reason
    _version_create(version, at)
    proof_keep(version=version, proof=proof)
    PublicationRequest.objects.filter(guide=guide).delete()
    done = online_words(version, approver)
    change_create(part=guide, sentence=done, author=approver or author)
    return version


def publishable_proof(content: values.Guide, *, reason: str) -> Proof:
    """Raises `PublicationRefusedError` and, where a person must say why, `ConfirmationNeededError`."""
    check = publication_check(content)
    if check.proof is None or check.problems:
        raise PublicationRefusedError(check.problems)
    if check.needs_reason and not reason:
        raise ConfirmationNeededError(check.proof)
    return check.proof


@transaction.atomic
def version_restore(*, version: Version, reason: str, author: User | None = None) -> Version:
    """Publishes an earlier version's document again, as a new version. The draft stays.

    What was said of it then holds still: no new proof unless it never had one, no new approval.
    Raises `VersionAlteredError` and what `publishable_proof` does.
    """
    guide = guide_lock(guide=version.guide)
    document = version_document(version)
    new = Version(guide=guide, title=version.title, document=document, author=author)
    new.note, new.reason = f"Retour à la version {version.number}", reason
    _version_create(new)
    if proof := VersionProof.objects.filter(version=version).first():
        proof.version = new
        proof.save(force_insert=True)
    else:
        content = version_content(version)
        proof_keep(version=new, proof=publishable_proof(content, reason=reason))
    done = f"{restored_words(version, new)} Motif\u00a0: {reason}"
    change_create(part=guide, sentence=done, author=author)
    return new


@transaction.atomic
def draft_reset(*, version: Version, author: User | None = None) -> None:
    """Sets the draft back to what a version says. Raises `VersionAlteredError`."""
    guide_lock(guide=version.guide)
    draft_write(guide=version.guide, content=version_content(version), author=author)


@transaction.atomic
def guide_settle(
    *,
    guide: Guide,
    needs_approval: bool,
    closed: bool,
    closing_message: str,
    author: User | None = None,
) -> Guide:
    """Settings hold at once. Returns the guide as it was before. Raises `ApprovalKeptError`."""
    before, after = guide_lock(guide=guide), guide_lock(guide=guide)
    if not needs_approval and not may_free(before, author):
        raise ApprovalKeptError
    after.needs_approval, after.closed = needs_approval, closed
    after.closing_message = closing_message
    after.clean_fields()
    after.save(update_fields=["needs_approval", "closed", "closing_message"])
    if not needs_approval:
        PublicationRequest.objects.filter(guide=guide).delete()
    return before


def may_free(guide: Guide, author: User | None) -> bool:
    """Whether one may let the guide be published without the approval of a second person: who
    publishes it is bound by that, and does not undo it.
    """
    return not guide.needs_approval or (author is not None and author.is_superuser)


def guide_lock(*, guide: Guide) -> Guide:
    """The guide as it is now. Until the transaction ends, whoever else writes to it waits.

    Raises `Guide.DoesNotExist`: someone may have deleted it meanwhile.
    """
    return Guide.objects.select_for_update().get(pk=guide.pk)


def row_lock(*, row: Movable) -> None:
    """Reads a row again once nobody else writes to its guide.

    Raises its `DoesNotExist`: someone may have deleted it meanwhile.
    """
    guide_lock(guide=row.guide)
    row.refresh_from_db()


def guide_slug(*, title: str) -> str:
    """A free address for a new guide."""
    slugs = Guide.objects.values_list("slug", flat=True)
    return key_from(title, taken={*slugs, *RESERVED_SLUGS}, fallback="guide")


@transaction.atomic
def guide_duplicate(*, guide: Guide) -> Guide:
    """A new guide with the same draft, and no version."""
    guide = guide_lock(guide=guide)
    slug = guide_slug(title=f"{guide.slug[: KEY_LENGTH - len('-copie')]}-copie")
    copy = Guide.objects.create(slug=slug, title=_copied(guide.title))
    draft_write(guide=copy, content=replace(draft_read(guide), title=copy.title))
    return copy


@transaction.atomic
def row_create(*, row: DraftRow, title: str) -> None:
    """Saves a new row of a draft in the last place, with a key made from `title`."""
    guide_lock(guide=row.guide)
    row.position = 1 + max((other.position for other in _siblings(row)), default=0)
    if not isinstance(row, Example):
        row.key = _free_key(row, title)
    row.full_clean()
    row.save()


@transaction.atomic
def row_move(*, row: Movable, up: bool) -> bool:
    """Moves a question or a rule by one place; false where it is first or last already."""
    row_lock(row=row)
    rows = _siblings(row)
    at = rows.index(row)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return False
    rows[at], rows[to] = rows[to], rows[at]
    rows_renumber(rows=rows)
    return True


@transaction.atomic
def question_duplicate(*, question: Question) -> Question:
    """A copy with the same choices, just below."""
    row_lock(row=question)
    copy = Question(
        guide=question.guide,
        title=_copied(question.title),
        help=question.help,
        scope=question.scope,
    )
    row_create(row=copy, title=question.key)
    choices = list(question.choices.all())
    for choice in choices:
        choice.pk, choice.question = None, copy
    Choice.objects.bulk_create(choices)
    _place_below(copy, question)
    return copy


@transaction.atomic
def rule_duplicate(*, rule: Rule) -> Rule:
    """A copy with the same conditions and the same effect, just below."""
    row_lock(row=rule)
    copy = Rule(
        guide=rule.guide, match=rule.match, asks=rule.asks, gives=rule.gives, note=rule.note
    )
    row_create(row=copy, title=rule.key)
    for condition in rule.conditions.all():
        choices = list(condition.choices.all())
        condition.pk, condition.rule = None, copy
        condition.save()
        condition_choose(condition=condition, choices=choices)
    _place_below(copy, rule)
    return copy


@transaction.atomic
def rows_renumber(*, rows: Sequence[DraftRow | Choice | Condition]) -> None:
    """Saves the order of `rows` as their positions, from 1, where it changed."""
    moved = [row for position, row in enumerate(rows, 1) if row.position != position]
    for position, row in enumerate(rows, 1):
        row.position = position
    if moved:
        table: Manager[Any] = type(moved[0])._default_manager
        table.bulk_update(moved, ["position"])


@transaction.atomic
def condition_choose(*, condition: Condition, choices: Collection[Choice]) -> None:
    """Which choices a condition names. Those it names already are left as they are."""
    if set(condition.choices.all()) == set(choices):
        return
    condition.conditionchoice_set.all().delete()
    ConditionChoice.objects.bulk_create(
        ConditionChoice(condition=condition, choice=choice)
        for choice in sorted(choices, key=lambda choice: choice.position)
    )


@transaction.atomic
def example_write(
    *, example: Example, answers: Mapping[Question, Choice], outcomes: Sequence[Outcome]
) -> None:
    """What an example answers and expects. What is the same already is left as it is."""
    if {answer.question: answer.choice for answer in example.answers.all()} != answers:
        example.answers.all().delete()
        ExampleAnswer.objects.bulk_create(
            ExampleAnswer(example=example, question=question, choice=choice)
            for question, choice in answers.items()
        )
    if [expected.outcome for expected in example.outcomes.all()] != list(outcomes):
        example.outcomes.all().delete()
        ExampleOutcome.objects.bulk_create(
            ExampleOutcome(example=example, outcome=outcome, position=position)
            for position, outcome in enumerate(outcomes, 1)
        )


def _copied(title: str) -> str:
    mark = " (copie)"
    return f"{title[: TITLE_LENGTH - len(mark)]}{mark}"


def _siblings(row: DraftRow) -> list[DraftRow]:
    """All the rows of the same kind in the same guide, in order."""
    return list(type(row)._default_manager.filter(guide=row.guide))


def _free_key(row: Question | Outcome | Rule, title: str) -> str:
    taken = type(row)._default_manager.filter(guide=row.guide).values_list("key", flat=True)
    return key_from(title, taken=set(taken), fallback=str(row._meta.model_name))


def _place_below(row: Movable, upper: Movable) -> None:
    rows = _siblings(row)
    rows.remove(row)
    rows.insert(rows.index(upper) + 1, row)
    rows_renumber(rows=rows)


def _version_create(version: Version, at: datetime | None = None) -> None:
    """Gives it the next number, and the time from which it is live: now, unless `at` is to come."""
    last = version.guide.versions.order_by("-number").first()
    version.number = last.number + 1 if last else 1
    version.sha256 = digest(version.document)
    version.published_at = max(at or timezone.now(), timezone.now())
    version.clean_fields(exclude=["guide", "author"])
    version.save(force_insert=True)
