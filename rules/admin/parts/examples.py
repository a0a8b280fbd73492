"""An example: an answer for each question, the conclusions expected, and what the check says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from rules.admin.links import change_url
from rules.admin.parts.part_admin import PartAdmin, PartForm
from rules.admin.problem_links import example_states
from rules.drafts.content import draft_read
from rules.drafts.rows import example_update
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.models import Choice, Example, Guide, Outcome, Question
from rules.publication.check import run_draft_examples
from rules.sentences import rule_sentence

EMPTY_LISTS = 3
"""Offered below the conclusions that are expected already."""


class ExampleForm(PartForm):
    """A list for each question (`answer-<id>`), and one for each conclusion (`outcome-<rank>`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = _answers(self.instance)
        self.questions = list(self.instance.guide.questions.prefetch_related("choices"))
        for question in self.questions:
            self.fields[f"answer-{question.pk}"] = _list(
                question.title,
                "— pas de réponse —",
                question.choices.all(),
                given.get(question.pk),
            )
        expected = _expected(self.instance)
        offered = list(self.instance.guide.outcomes.filter(Q(final=True) | Q(pk__in=expected)))
        now = [*expected, *[None] * EMPTY_LISTS]
        for rank, outcome in enumerate(now, 1):
            self.fields[f"outcome-{rank}"] = _list(
                f"Conclusion {rank}", "— aucune —", offered, outcome
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen: set[Outcome] = set()
        for name in self.outcome_names:
            outcome = cleaned.get(name)
            if outcome in seen:
                self.add_error(name, "Cette conclusion est déjà citée plus haut.")
            elif outcome:
                seen.add(outcome)
        return cleaned

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


def _list(
    label: str, empty: str, rows: Iterable[Choice | Outcome], now: int | None
) -> forms.TypedChoiceField:
    """A list of rows that costs no query of its own."""
    by_pk: dict[str, Model] = {str(row.pk): row for row in rows}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *((pk, str(row)) for pk, row in by_pk.items())],
        coerce=lambda pk: by_pk.get(str(pk)),
        empty_value=None,
        initial=now,
        required=False,
    )


def _answers(example: Example) -> dict[int, int]:
    """Question id to choice id."""
    if not example.pk:
        return {}
    return dict(example.answers.values_list("question_id", "choice_id"))


def _expected(example: Example) -> list[int]:
    return list(example.outcomes.values_list("outcome_id", flat=True)) if example.pk else []


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    form = ExampleForm
    readonly_fields = []
    list_display = ["name"]
    list_title = "Cas types"
    new_title = "Nouveau cas type"
    gone_sentence = "Ce cas type n’existe plus"

    def get_form(
        self, request: HttpRequest, obj: Example | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **kwargs | {"fields": ["name"]})

    def get_fieldsets(self, request: HttpRequest, obj: Example | None = None) -> Any:
        guide = self.edited_guide(request, obj)
        questions = guide.questions.all() if guide else Question.objects.none()
        lists = range(1, len(_expected(obj) if obj else []) + EMPTY_LISTS + 1)
        return [
            (None, {"fields": ["name"]}),
            ("Réponses du visiteur", {"fields": [f"answer-{row.pk}" for row in questions]}),
            (
                "Conclusions attendues, dans l’ordre",
                {"fields": [f"outcome-{rank}" for rank in lists]},
            ),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Example]:
        return Example.objects.select_related("guide")

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        if example := context["original"]:
            context["check"] = _check(example)
        return super().render_change_form(request, context, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Check:
    """What the check says of an example as it is saved: what is found beside what is expected."""

    words: str
    wrong: bool
    answers: tuple[Answer, ...]
    expected: list[str]
    found: list[str]
    fired: list[tuple[str, str]]
    """The rules that fired in the end, with the page and the sentence of each."""


def _check(example: Example) -> Check:
    draft = draft_read(example.guide)
    rank = list(example.guide.examples.values_list("pk", flat=True)).index(example.pk)
    results = run_draft_examples(draft)
    state = example_states(draft, results)[rank]
    answers = tuple(draft.examples[rank].answers.items())
    if results is None or not state.wrong:
        return Check(state.words, state.wrong, answers, [], [], [])
    result = results[rank]
    words = state.words if result.ignored else "il ne donne pas ce qui est attendu."
    expected, found = (
        [draft.outcome[key].title for key in keys]
        for keys in (result.example.outcomes, result.outcomes)
    )
    fired = _fired(example.guide, draft, result.fired)
    return Check(words, state.wrong, answers, expected, found, fired)


def _fired(guide: Guide, draft: GuideContent, keys: Collection[str]) -> list[tuple[str, str]]:
    return [
        (change_url(row), rule_sentence(draft, rule))
        for row, rule in zip(guide.rules.all(), draft.rules, strict=True)
        if rule.key in keys
    ]
