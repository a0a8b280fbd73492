"""The choices of a question, in order."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join

from rules.admin.conflicts.merged_forms import MergedForm
from rules.admin.form_fields import FORM_FIELDS, LAST_POSITION, LinesField
from rules.admin.links import change_url
from rules.admin.parts.shared_choices import alike_in_words, compared_with
from rules.admin.parts_of_guide import guide_from_request
from rules.drafts.content import rule_sentences
from rules.drafts.keys import free_key
from rules.drafts.references import choice_references
from rules.models import Choice, Question
from rules.sentences import quote_text


class ChoiceForm(MergedForm):
    others: ClassVar[list[Question]]
    """The guide's other questions, with their choices: read once for all the forms of a page."""

    compared: ClassVar[list[Question]]
    """Of them, those that a rule compares with this question."""

    position = forms.IntegerField(
        label="Ordre",
        required=False,
        min_value=0,
        max_value=LAST_POSITION,
        help_text="Vide\u00a0: en dernier.",
    )
    aliases = LinesField(
        label="Autres écritures",
        required=False,
        help_text="Une par ligne\u00a0: d’autres façons d’écrire cette réponse dans une liste.",
    )
    same = forms.TypedChoiceField(
        label="Même réponse que",
        required=False,
        empty_value=None,
        help_text="Pour les règles qui comparent deux questions\u00a0: cette réponse compte comme "
        "celle-ci d’une autre question.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["position"] = None
            self._offer_same()
        else:
            self.fields["same"].widget = forms.HiddenInput()
            self.fields["same"].disabled = True
            self.fields["label"].help_text = escape(alike_in_words(self.instance, self.compared))

    def _offer_same(self) -> None:
        field: Any = self.fields["same"]
        rows = {str(row.pk): row for other in self.others for row in other.choices.all()}
        by_question = [
            (other.title, [(row.pk, row.label) for row in other.choices.all()])
            for other in self.others
        ]
        field.choices = [("", "— aucune —"), *by_question]
        field.coerce = rows.get

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST_POSITION if position is None else int(position)


class ChoiceFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # Django's has no parameter
    def clean(self) -> None:
        """Choices in use stay; two choices of a question are never one."""
        used = [_refusal(form.instance) for form in self.deleted_forms if form.instance.pk]
        if refusals := [refusal for refusal in used if refusal]:
            raise ValidationError(refusals)
        self._refuse_same_labels()
        self._refuse_same_keys()
        super().clean()

    def _refuse_same_labels(self) -> None:
        seen: set[str] = set()
        for form in self._kept():
            label = str(form.cleaned_data.get("label", "")).casefold()
            if label and label in seen:
                form.add_error("label", "Une autre réponse de cette question s’écrit de même.")
            seen.add(label)

    def _refuse_same_keys(self) -> None:
        """A choice counts as one of another question once, whether by name or since it was made."""
        labels = {form.instance.key: form.instance.label for form in self._kept()}
        for form in self._kept():
            if not (same := form.cleaned_data.get("same")):
                continue
            if label := labels.get(same.key):
                message = f"La réponse {quote_text(label)} compte déjà comme celle-ci."
                form.add_error("same", message)
            labels[same.key] = str(form.cleaned_data.get("label", ""))

    def _kept(self) -> list[Any]:
        """The forms of choices that are there or are made, and not to delete."""
        there = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [form for form in there if not form.cleaned_data.get(DELETION_FIELD_NAME)]

    def save_new(self, form: Any, commit: bool = True) -> Any:
        same = form.cleaned_data["same"]
        form.instance.key = same.key if same else self._free_key(form.instance.label)
        return super().save_new(form, commit)

    def _free_key(self, label: str) -> str:
        """Unlike the keys of all choices, those of this form not yet saved among them."""
        named = [form.cleaned_data.get("same") for form in self.extra_forms]
        taken = {choice.key for choice in (*self.instance.choices.all(), *filter(None, named))}
        return free_key(label, taken=taken, fallback="reponse")


def _refusal(choice: Choice) -> str:
    """Why this choice cannot be deleted, with links to what uses it; or nothing."""
    usage = choice_references(choice)
    if not usage:
        return ""
    sentences = rule_sentences(choice.question.guide) if usage.rules else {}
    places = [(change_url(row), "Règle", sentences[row.key]) for row in usage.rules]
    places += [(change_url(row), "Cas type", row.name) for row in usage.examples]
    listed = format_html_join("", '<li>{1}\u00a0: <a href="{0}">{2}</a></li>', places)
    return format_html(
        "La réponse {} reste, car d’autres pages s’en servent\u00a0: <ul>{}</ul>",
        quote_text(choice.label),
        listed,
    )


class ChoiceInline(admin.StackedInline):  # type: ignore[type-arg]  # idem
    model = Choice
    template = "admin/rules/stacked.html"
    add_text = "Ajouter une réponse"
    form = ChoiceForm
    formset = ChoiceFormSet
    formfield_overrides = FORM_FIELDS
    fields = ["label", "position", "help", "aliases", "same"]
    max_num = 100
    verbose_name_plural = "réponses, dans l’ordre"

    class Media:
        js = ["rules/inlines.js"]

    def get_extra(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> int:
        return 1 if obj else 3

    def get_formset(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        guide = obj.guide if obj else guide_from_request(request)
        questions = guide.questions.prefetch_related("choices") if guide else ()
        formset.form.others = [row for row in questions if row != obj]
        pks = compared_with(obj) if obj else set()
        formset.form.compared = [row for row in formset.form.others if row.pk in pks]
        return formset
