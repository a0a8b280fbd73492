"""The conditions of a rule, as inline rows of its page.

Their lists offer the questions and the choices of the guide, and no others.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from rules.admin.conflicts.merged_forms import MergedForm
from rules.admin.form_fields import LAST_POSITION, KnownRowField
from rules.admin.parts.limited_rows import LimitedFormSet
from rules.admin.parts.shared_choices import have_shared_choice
from rules.admin.parts_of_guide import guide_from_request
from rules.document.limits import CONDITION_LIMIT
from rules.drafts.rows import conditions_set_choices
from rules.engine.content import Operator
from rules.engine.operators import OPERATORS, Operand
from rules.models import Choice, Condition, Question, Rule
from rules.sentences import quote_text


class ChoicesOfQuestion(forms.CheckboxSelectMultiple):
    """Check boxes for the choices of one question. `rule.js` adds those of another when it is picked.

    Without scripts, an editor who picks another question saves, and the page then shows its choices.
    """

    question: Question | None = None
    """The question; None if none is picked yet."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        context = self.get_context(name, value, attrs)
        context["question"] = self.question
        context["described_by"] = self.attrs.get("aria-describedby")
        return render_to_string("admin/rules/choices_of_question.html", context)


class ChoicesField(forms.TypedMultipleChoiceField):
    """Any choices of the guide. The field shows the choices of one question only."""

    widget = ChoicesOfQuestion

    def offer_choices(self, choices: Mapping[str, Choice], question: Question | None) -> None:
        """Accepts `choices`, by their ids, and shows the choices of `question`."""
        self.by_id = choices
        self.coerce = choices.get
        self.choices = lambda: [(pk, choice.label) for pk, choice in choices.items()]
        assert isinstance(self.widget, ChoicesOfQuestion)
        self.widget.question = question
        shown = question.choices.all() if question else ()
        self.widget.choices = [(choice.pk, choice.label) for choice in shown]

    def valid_value(self, value: object) -> bool:
        """Does what Django's field does, without a search through all choices of the guide."""
        return value in self.by_id


class OperatorSelect(forms.Select):
    """A list of operators that tells `rule.js` their operands: choices, a question or nothing."""

    def create_option(self, name: str, value: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-operand"] = OPERATORS[Operator(value)].operand.value
        return option


class ConditionForm(MergedForm[Condition]):
    questions: ClassVar[dict[str, Question]]
    """The questions of the guide with their choices, by their ids.

    All the conditions of a rule share them.
    """
    choices: ClassVar[dict[str, Choice]]
    """The choices of all these questions, by their ids."""

    question = KnownRowField(label="Question")
    operator = forms.ChoiceField(
        label="Comparaison",
        choices=[(operator.value, meaning.label) for operator, meaning in OPERATORS.items()],
        widget=OperatorSelect,
        initial=Operator.IS.value,
    )
    named = ChoicesField(label="Réponses", required=False)
    other = KnownRowField(label="Autre question", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [("", "---------"), *((pk, str(row)) for pk, row in self.questions.items())]
        for name in ("question", "other"):
            field = self.fields[name]
            assert isinstance(field, KnownRowField)
            field.rows, field.choices = self.questions, titles
        named = self.fields["named"]
        assert isinstance(named, ChoicesField)
        named.offer_choices(self.choices, self.questions.get(str(self["question"].value())))
        if self.instance.pk:
            self.initial["named"] = [
                row.choice_id for row in self.instance.conditionchoice_set.all()
            ]
        else:
            self.instance.position = LAST_POSITION

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        question, operator = cleaned.get("question"), cleaned.get("operator")
        if not question or not operator:
            return
        operand, named = OPERATORS[Operator(operator)].operand, cleaned.get("named")
        if operand is not Operand.CHOICES:
            cleaned["named"] = []
        elif foreign := [row.label for row in named or () if row.question_id != question.pk]:
            labels = ", ".join(map(quote_text, foreign))
            self.add_error("named", f"Pas une réponse à la question choisie\u00a0: {labels}.")
        elif named is not None and not named:
            self.add_error("named", "Cochez au moins une réponse.")
        if operand is Operand.QUESTION:
            self._check_other_question(question, cleaned.get("other"))
        else:
            cleaned["other"] = None

    def _check_other_question(self, question: Question, other: Question | None) -> None:
        if other == question:
            self.add_error("other", "Une question ne se compare pas à elle-même.")
        elif other:
            if not have_shared_choice(question, other):
                self.add_error(
                    "other",
                    "Ces deux questions n’ont aucune réponse en commun\u00a0: sur la page de l’une, "
                    "ajoutez des réponses avec «\u00a0Même réponse que\u00a0».",
                )
        elif "other" not in self.errors:
            self.add_error("other", "Choisissez la question à comparer.")

    def _get_validation_exclusions(self) -> set[str]:
        """Leaves out what the fields and `clean` check already: the model would make queries."""
        checked = {"question", "operator", "other"}
        return checked.union(super()._get_validation_exclusions())  # type: ignore[misc]


class ConditionFormSet(LimitedFormSet[Condition, Rule]):
    limit = CONDITION_LIMIT

    def save(self, commit: bool = True) -> list[Condition]:
        saved = super().save(commit)
        named = {form.instance: form.cleaned_data["named"] for form in self.saved_forms}
        conditions_set_choices(choices=named)
        return saved

    @property
    def choices_by_question(self) -> dict[int, list[tuple[int, str]]]:
        """The id and the label of each choice, by the id of its question, for `rule.js`."""
        assert issubclass(self.form, ConditionForm)
        return {
            row.pk: [(choice.pk, choice.label) for choice in row.choices.all()]
            for row in self.form.questions.values()
        }


def split_choices(posted: QueryDict) -> QueryDict:
    """Returns a copy of a posted form, in which each choice of a condition is a value of its own.

    `rule.js` sends them as one value, the ids separated by spaces, because 40 conditions may name
    200 choices each. Without scripts they are sent as ticks, one value for each choice.
    """
    data = posted.copy()
    for name in data:
        if re.fullmatch(r"conditions-\d{1,4}-named", name):
            data.setlist(name, " ".join(map(str, data.getlist(name))).split())
    return data


class ConditionInline(admin.StackedInline[Condition, Rule]):
    model = Condition
    template = "admin/rules/stacked.html"
    add_text = "Ajouter une condition"
    form = ConditionForm
    formset = ConditionFormSet
    fields = ["question", "operator", "named", "other"]
    extra = 1
    max_num = CONDITION_LIMIT.maximum

    class Media:
        js = ["rules/inlines.js"]

    def get_formset(
        self, request: HttpRequest, obj: Rule | None = None, **kwargs: object
    ) -> type[forms.BaseInlineFormSet[Condition, Rule, forms.ModelForm[Condition]]]:
        formset = super().get_formset(request, obj, **kwargs)
        assert issubclass(formset.form, ConditionForm)
        guide = obj.guide if obj else guide_from_request(request)
        questions = guide.questions.prefetch_related("choices") if guide else ()
        formset.form.questions = {str(row.pk): row for row in questions}
        formset.form.choices = {
            str(choice.pk): choice for row in questions for choice in row.choices.all()
        }
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Condition]:
        rows = super().get_queryset(request).select_related("question", "other")
        return rows.prefetch_related("conditionchoice_set")
