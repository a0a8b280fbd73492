"""The page of an example: its answers, the conclusions that it expects, and whether it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Q
from django.http import HttpRequest

from rules.admin.act_buttons import EXAMPLES, unanswered_buttons
from rules.admin.links import change_url
from rules.admin.parts.part_admin import PartAdmin, PartForm
from rules.admin.presented_problems import example_statuses
from rules.drafts.content import find_readable_draft
from rules.drafts.rows import example_update
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.models import Choice, Example, Guide, Outcome, Question
from rules.publication.check import run_draft_examples
from rules.sentences import rule_sentence

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec as Fieldsets

EMPTY_OUTCOME_LISTS = 3
"""The number of empty lists in which an editor can add conclusions."""
MAX_FULL_OUTCOME_LISTS = 10
"""How many lists offer all conclusions. Those after them offer their own only, which can be removed.

A page of 1,000 lists of 1,000 conclusions each would be too long to open.
"""


class ExampleForm(PartForm[Example]):
    """A form with a list for each question (`answer-<id>`) and conclusion (`outcome-<rank>`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example, guide = self.instance, self.instance.guide
        answers = example.answers.values_list("question_id", "choice_id") if example.pk else ()
        choice_ids = dict(answers)
        self.questions = list(guide.questions.prefetch_related("choices"))
        for question in self.questions:
            choices, choice_id = question.choices.all(), choice_ids.get(question.pk)
            self.fields[f"answer-{question.pk}"] = _row_field(
                str(question), "— pas de réponse —", choices, choice_id
            )
        expected = _expected_outcome_ids(example)
        offered = list(guide.outcomes.filter(Q(final=True) | Q(pk__in=expected)))
        for rank, outcome_id in enumerate([*expected, *[None] * EMPTY_OUTCOME_LISTS], 1):
            is_full = rank <= MAX_FULL_OUTCOME_LISTS or outcome_id is None
            rows = offered if is_full else [row for row in offered if row.pk == outcome_id]
            self.fields[f"outcome-{rank}"] = _row_field(
                f"Conclusion {rank}", "— aucune —", rows, outcome_id
            )

    def clean(self) -> None:
        super().clean()
        chosen: set[Outcome] = set()
        for name in self.outcome_names:
            outcome = self.cleaned_data.get(name)
            if outcome in chosen:
                self.add_error(name, "Cette conclusion est déjà citée plus haut.")
            elif outcome:
                chosen.add(outcome)

    @property
    def outcome_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("outcome-")]

    def _save_m2m(self) -> None:
        cleaned = self.cleaned_data
        answers = {question: cleaned[f"answer-{question.pk}"] for question in self.questions}
        outcomes = [cleaned[name] for name in self.outcome_names]
        example_update(
            example=self.instance,
            answers={question: choice for question, choice in answers.items() if choice},
            outcomes=[outcome for outcome in outcomes if outcome],
        )


def _row_field(
    label: str, empty: str, rows: Iterable[Choice | Outcome], selected_id: int | None
) -> forms.TypedChoiceField:
    """Returns a field that offers `rows`, which are read already: the field makes no query."""
    by_pk: dict[str, Model] = {str(row.pk): row for row in rows}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *((pk, str(row)) for pk, row in by_pk.items())],
        coerce=lambda pk: by_pk.get(str(pk)),
        empty_value=None,
        initial=selected_id,
        required=False,
    )


def _expected_outcome_ids(example: Example) -> list[int]:
    return list(example.outcomes.values_list("outcome_id", flat=True)) if example.pk else []


@admin.register(Example)
class ExampleAdmin(PartAdmin[Example]):
    form = ExampleForm
    readonly_fields = []
    list_display = ["name"]
    list_title = "Cas types"
    new_title = "Nouveau cas type"
    another = "un autre cas type"
    gone_sentence = "Ce cas type n’existe plus"

    def list_context(self, guide: Guide) -> dict[str, object]:
        """Returns what the list shows besides its rows: the questions that examples do not answer."""
        draft = find_readable_draft(guide)
        results = run_draft_examples(draft) if draft else []
        return {"unanswered": unanswered_buttons(guide, draft, results, EXAMPLES) if draft else []}

    def get_form(
        self,
        request: HttpRequest,
        obj: Example | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[PartForm[Example]]:
        return super().get_form(request, obj, change, **kwargs | {"fields": ["name"]})

    def get_fieldsets(self, request: HttpRequest, obj: Example | None = None) -> "Fieldsets":
        guide = self.guide_of_row(request, obj)
        questions = guide.questions.all() if guide else Question.objects.none()
        lists = range(1, len(_expected_outcome_ids(obj) if obj else []) + EMPTY_OUTCOME_LISTS + 1)
        return [
            (None, {"fields": ["name"]}),
            ("Réponses du visiteur", {"fields": [f"answer-{row.pk}" for row in questions]}),
            (
                "Conclusions attendues, dans l’ordre",
                {"fields": [f"outcome-{rank}" for rank in lists]},
            ),
        ]

    def draft_context(self, row: Example, draft: GuideContent) -> dict[str, object]:
        return {"check": _check_example(row, draft)}


@dataclass(frozen=True, slots=True)
class ExampleCheck:
    """Whether a saved example holds. If not: what it expects, and what the draft gives."""

    sentence: str
    wrong: bool
    answers: tuple[Answer, ...]
    expected: list[str]
    """The titles of the conclusions that the example expects."""
    found: list[str]
    """The titles of the conclusions that the draft gives."""
    fired: list[tuple[str, str]]
    """The page and the sentence of each rule that fires for all these answers."""


def _check_example(example: Example, draft: GuideContent) -> ExampleCheck:
    """Runs a saved example. Raises `Example.DoesNotExist` if someone has just deleted it."""
    ids = list(example.guide.examples.values_list("pk", flat=True))
    if example.pk not in ids:
        raise Example.DoesNotExist
    index = ids.index(example.pk)
    results = run_draft_examples(draft)
    status = example_statuses(draft, results)[index]
    answers = tuple(draft.examples[index].answers.items())
    result = results[index]
    if result is None or result.holds:
        return ExampleCheck(status.sentence, status.wrong, answers, [], [], [])
    explains = result.question or result.ignored  # otherwise two lists show what differs
    sentence = status.sentence if explains else "il ne donne pas ce qui est attendu."
    expected, found = (
        [draft.outcome[key].title for key in keys]
        for keys in (result.example.outcomes, result.outcomes)
    )
    fired = [
        (change_url(row), rule_sentence(draft, draft.rule[row.key]))
        for row in example.guide.rules.all()
        if row.key in result.fired
    ]
    return ExampleCheck(sentence, status.wrong, answers, expected, found, fired)
