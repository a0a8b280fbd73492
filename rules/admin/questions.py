"""A question and its choices in order."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rules.admin.drafts import DraftForm
from rules.admin.fields import FORM_FIELDS, LinesField
from rules.admin.links import change_url
from rules.admin.moving import MovingAdmin
from rules.keys import key_from
from rules.models import Choice, Question
from rules.selectors import rule_sentences
from rules.sentences import quoted
from rules.services import question_duplicate, rows_renumber
from rules.usage import Usage, choice_usage, question_usage

LAST = 10_000
"""An order after all others, until the choices are numbered again from 1."""


class ChoiceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's has no parameter
    position = forms.IntegerField(
        label="Ordre",
        required=False,
        min_value=0,
        max_value=LAST,
        help_text="Vide\u00a0: en dernier.",
    )
    aliases = LinesField(
        label="Autres écritures",
        required=False,
        help_text="Une par ligne\u00a0: d’autres façons d’écrire cette réponse dans une liste.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["position"] = None

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST if position is None else int(position)


class ChoiceFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # idem
    def clean(self) -> None:
        """Choices in use stay."""
        used = [_refusal(form.instance) for form in self.deleted_forms if form.instance.pk]
        if refusals := [refusal for refusal in used if refusal]:
            raise ValidationError(refusals)
        super().clean()

    def save_new(self, form: Any, commit: bool = True) -> Any:
        taken = {choice.key for choice in self.instance.choices.all()}
        form.instance.key = key_from(form.instance.label, taken=taken, fallback="reponse")
        return super().save_new(form, commit)


def _refusal(choice: Choice) -> str:
    """Why this choice cannot be deleted, or nothing."""
    usage = choice_usage(choice)
    if not usage:
        return ""
    sentences = rule_sentences(choice.question.guide) if usage.rules else {}
    places = [f"la règle «\u00a0{sentences[rule.key]}\u00a0»" for rule in usage.rules]
    places += [f"le cas type {quoted(example.name)}" for example in usage.examples]
    return f"La réponse {quoted(choice.label)} est utilisée par {', '.join(places)}."


class ChoiceInline(admin.StackedInline):  # type: ignore[type-arg]  # idem
    model = Choice
    template = "admin/rules/stacked.html"
    add_text = "Ajouter une réponse"
    form = ChoiceForm
    formset = ChoiceFormSet
    formfield_overrides = FORM_FIELDS
    fields = ["label", "position", "help", "aliases"]
    max_num = 100
    verbose_name_plural = "réponses, dans l’ordre"

    def get_extra(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> int:
        return 1 if obj else 3


@admin.register(Question)
class QuestionAdmin(MovingAdmin):
    form = DraftForm
    inlines = [ChoiceInline]
    list_display = ["title_link", "choice_count", "scope"]
    list_title = "Questions"
    new_title = "Nouvelle question"

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        fields = [(None, {"fields": ["title", "help", "scope"]})]
        key = [("Référence technique", {"fields": ["key"], "classes": ["collapse"]})]
        return fields + key if obj else fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        counted = Question.objects.annotate(choice_count=Count("choices"))
        return counted.select_related("guide")

    @admin.display(description="question")
    def title_link(self, question: Question) -> SafeString:
        return format_html('<a href="{}">{}</a>', change_url(question), question)

    @admin.display(description="réponses")
    def choice_count(self, question: Any) -> int:
        return int(question.choice_count)

    def usage(self, row: Question) -> Usage:
        return question_usage(row)

    def duplicate(self, row: Question) -> Question:
        return question_duplicate(question=row)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        rows_renumber(rows=list(form.instance.choices.all()))
