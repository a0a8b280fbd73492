"""The choices of a question, as inline rows of its page."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from rules.admin.acts.removal_pages import choice_removal_url
from rules.admin.conflicts.merged_forms import MergedForm
from rules.admin.form_fields import FORM_FIELDS, LAST_POSITION, LinesField
from rules.admin.parts.limited_rows import LimitedFormSet
from rules.admin.parts.shared_choices import compared_question_ids, shared_choices_sentence
from rules.admin.parts.uses import deletion_refusal, present_uses
from rules.admin.parts_of_guide import guide_from_request
from rules.counts import count_label, format_number
from rules.document.keys import unused_key
from rules.document.labels import label_refusals
from rules.document.limits import CHOICE_LIMIT
from rules.drafts.content import draft_read
from rules.list_pages import ListPage, find_list_page
from rules.lookup.part_uses import find_uses
from rules.models import Choice, Question
from rules.sentences import quote_text

OptionGroup = tuple[str, list[tuple[int, str]]]
"""The title of a question, and the id and the label of each of its choices."""

FOLDED_FIELDS = ("help", "aliases", "same")
"""The fields of a choice that its row shows only when it is unfolded."""

MANY_CHOICES = 1_000
"""If the guide has more choices, the page of a new question has one row for a choice, not three.

Each row lists all of them.
"""


class SameChoiceSelect(forms.Select):
    """A list of all choices of the other questions, which may be 40,000.

    Where none is selected, its options are those that all new rows of the page share.
    """

    shared_options = SafeString()

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        if value:
            return super().render(name, value, attrs, renderer)
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", attributes, self.shared_options)


class ChoiceForm(MergedForm[Choice]):
    """The form of a choice.

    The field `same` of a new choice names a choice of another question that counts as the same
    answer. The new choice then gets the key of that choice.
    """

    other_questions: ClassVar[list[Question]]
    """The other questions of the guide with their choices, which all the forms of a page share."""

    same_choices: ClassVar[list[tuple[str, str] | OptionGroup]]
    """The options of the list of `same`: none, or a choice of one of these questions."""
    same_options: ClassVar[SafeString]
    """The HTML of these options."""
    compared_questions: ClassVar[list[Question]]
    """The other questions that some rule compares with the question of this choice."""

    position = forms.IntegerField(
        label="Ordre",
        required=False,
        min_value=0,
        max_value=LAST_POSITION,
        error_messages={
            "invalid": "Écrivez un nombre, à partir de 1.",
            "min_value": "Les places se comptent à partir de 1.",
            "max_value": f"Écrivez un nombre de 1 à {format_number(LAST_POSITION)}.",
        },
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
        widget=SameChoiceSelect,
        empty_value=None,
        help_text="Pour les règles qui comparent deux questions\u00a0: cette réponse compte comme "
        "celle-ci d’une autre question.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = self.fields["same"]
        assert isinstance(same, forms.TypedChoiceField)
        if self.instance._state.adding:
            self.initial["position"] = None
            same.choices = lambda: self.same_choices
            assert isinstance(same.widget, SameChoiceSelect)
            same.widget.shared_options = self.same_options
            same.coerce = {
                str(row.pk): row
                for question in self.other_questions
                for row in question.choices.all()
            }.get
        else:
            same.widget = forms.HiddenInput()
            same.disabled = True
            sentence = shared_choices_sentence(self.instance, self.compared_questions)
            self.fields["label"].help_text = escape(sentence)

    @property
    def has_folded_errors(self) -> bool:
        return not self.errors.keys().isdisjoint(FOLDED_FIELDS)

    @property
    def folded_content(self) -> str:
        """Says what is folded: « explication, 2 autres écritures, même réponse »."""
        field = self.fields["aliases"]
        assert isinstance(field, LinesField)
        aliases = len(field.to_python(self["aliases"].value()))
        contents = [
            "explication" if self["help"].value() else "",
            count_label(aliases, "autre{s} écriture{s}") if aliases else "",
            "même réponse" if self.fields["label"].help_text else "",
        ]
        return ", ".join(filter(None, contents))

    def is_multipart(self) -> bool:
        """Makes the page send long texts as they are: by default, accents take three times their length."""
        return True

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST_POSITION if position is None else int(position)


class ChoiceFormSet(LimitedFormSet[Choice, Question]):
    limit = CHOICE_LIMIT
    offered_questions: ClassVar[ListPage[OptionGroup]]
    """The questions whose choices the list of `same` offers: some of them, if they are very many."""

    @property
    def empty_form(self) -> forms.ModelForm[Choice]:
        """The row that scripts copy. `inlines.js` gives each copy the options of `same`."""
        form = super().empty_form
        form.fields["same"].widget = SameChoiceSelect()
        return form

    def clean(self) -> None:
        """Refuses to delete a choice in use, and refuses choices with one label, alias or key."""
        deleted = [
            form.instance
            for form in self.initial_forms
            if form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        if reasons := self.reasons_not_to_delete(deleted):
            raise ValidationError(reasons)
        remaining = self.remaining_forms
        spellings = [
            (str(form["label"].value() or ""), form.cleaned_data.get("aliases", []))
            for form in remaining
        ]
        for (index, field, *_), refusal in label_refusals(spellings):
            remaining[int(index)].add_error(str(field), capfirst(refusal))
        label_of_key = {form.instance.key: form.instance.label for form in remaining}
        for form in remaining:
            if same := form.cleaned_data.get("same"):
                if other := label_of_key.get(same.key):
                    message = f"La réponse {quote_text(other)} compte déjà comme celle-ci."
                    form.add_error("same", message)
                label_of_key[same.key] = str(form.cleaned_data.get("label", ""))
        super().clean()

    def reasons_not_to_delete(self, deleted: Sequence[Choice]) -> list[str]:
        """Returns a reason for each choice in use, with links to the rules and the examples."""
        if not deleted:
            return []
        guide = self.instance.guide
        draft = draft_read(guide)
        uses = find_uses(draft).choices
        used = ((choice, uses[self.instance.key, choice.key]) for choice in deleted)
        return [
            deletion_refusal(
                choice,
                present_uses(guide, draft, its_uses),
                choice_removal_url(guide, self.instance.key, choice.key),
            )
            for choice, its_uses in used
            if its_uses
        ]

    @property
    def typed_places(self) -> dict[Choice, int]:
        """The places of the saved choices that are new or whose number was changed."""
        return {
            form.instance: form.cleaned_data["position"]
            for form in self.forms
            if form in self.extra_forms or "position" in form.changed_data
            if form.instance.pk and not form.cleaned_data.get(DELETION_FIELD_NAME)
        }

    def save_new(self, form: forms.ModelForm[Choice], commit: bool = True) -> Choice:
        """Gives a new choice the key of `same` or, without one, a key that no other choice has."""
        if same := form.cleaned_data["same"]:
            form.instance.key = same.key
        else:
            form.instance.key = unused_key(
                form.instance.label, taken=self.taken_keys, fallback="reponse"
            )
            self.taken_keys.add(form.instance.key)
        return super().save_new(form, commit)

    @cached_property
    def taken_keys(self) -> set[str]:
        """The keys of the choices that stay and of those that new rows share with other questions."""
        deleted = [choice.pk for choice in self.deleted_objects]
        remaining = self.instance.choices.exclude(pk__in=deleted)
        shared = [form.cleaned_data.get("same") for form in self.extra_forms]
        return {choice.key for choice in (*remaining, *filter(None, shared))}


def _option_groups(groups: Iterable[OptionGroup]) -> SafeString:
    """Returns the HTML of an empty option, then of the choices of each question as a group."""
    return format_html(
        '<option value="" selected>— aucune —</option>{}',
        format_html_join(
            "",
            '<optgroup label="{}">{}</optgroup>',
            (
                (title, format_html_join("", '<option value="{}">{}</option>', options))
                for title, options in groups
            ),
        ),
    )


class ChoiceInline(admin.StackedInline[Choice, Question]):
    model = Choice
    template = "admin/rules/choices.html"
    add_text = "Ajouter une réponse"
    form = ChoiceForm
    formset = ChoiceFormSet
    formfield_overrides = FORM_FIELDS
    fieldsets = [
        (None, {"fields": ["label", "position"]}),
        (None, {"fields": FOLDED_FIELDS}),
    ]
    max_num = CHOICE_LIMIT.maximum
    verbose_name_plural = "réponses, dans l’ordre"

    class Media:
        js = ["rules/inlines.js"]

    def get_extra(self, request: HttpRequest, obj: Question | None = None, **kwargs: object) -> int:
        guide = guide_from_request(request)
        choices = Choice.objects.filter(question__guide=guide)
        return 1 if obj or choices.count() > MANY_CHOICES else 3

    def get_formset(
        self, request: HttpRequest, obj: Question | None = None, **kwargs: object
    ) -> type[forms.BaseInlineFormSet[Choice, Question, forms.ModelForm[Choice]]]:
        formset = super().get_formset(request, obj, **kwargs)
        assert issubclass(formset, ChoiceFormSet)
        assert issubclass(formset.form, ChoiceForm)
        guide = obj.guide if obj else guide_from_request(request)
        questions = guide.questions.prefetch_related("choices") if guide else ()
        others = [row for row in questions if row != obj]
        compared = compared_question_ids(obj) if obj else set()
        formset.form.other_questions = others
        groups = [
            (str(row), [(same.pk, same.label) for same in row.choices.all()]) for row in others
        ]
        formset.form.same_choices = [("", "— aucune —"), *groups]
        formset.offered_questions = find_list_page(request, "same", groups)
        formset.form.same_options = _option_groups(formset.offered_questions.rows)
        formset.form.compared_questions = [row for row in others if row.pk in compared]
        return formset
