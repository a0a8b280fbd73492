"""The conditions of a rule, as inline rows of its page.

Their lists offer the questions and the choices of the guide, and no others.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from rules.admin.conflicts.merged_forms import MergedForm
from rules.admin.form_fields import LAST_POSITION
from rules.admin.parts.shared_choices import have_shared_choice
from rules.admin.parts_of_guide import guide_from_request
from rules.drafts.rows import condition_set_choices
from rules.engine.compiled import MAX_CONDITIONS
from rules.engine.content import Operator
from rules.engine.operators import OPERATORS, Operand
from rules.models import Choice, Condition, Question, Rule
from rules.sentences import quote_text


class ChoicesByQuestion(forms.CheckboxSelectMultiple):
    """Check boxes of choices by question. `rule.js` hides the choices of the other questions."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        context = self.get_context(name, value, attrs)
        return render_to_string("admin/rules/choices_by_question.html", context)


class ChoicesField(forms.ModelMultipleChoiceField[Choice]):
    """A list of choices. It refuses an id too large for the database; Django's field crashes."""

    def clean(self, value: object) -> QuerySet[Choice]:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid_list"]) from None


class OperatorSelect(forms.Select):
    """A list of operators that tells `rule.js` their operands: choices, a question or nothing."""

    def create_option(self, name: str, value: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-operand"] = OPERATORS[Operator(value)].operand.value
        return option


class ConditionForm(MergedForm[Condition]):
    questions: ClassVar[list[Question]]
    """The questions of the guide with their choices, which all the conditions of a rule share."""

    question = forms.ModelChoiceField(Question.objects.none(), label="Question")
    operator = forms.ChoiceField(
        label="Comparaison",
        choices=[(operator.value, meaning.label) for operator, meaning in OPERATORS.items()],
        widget=OperatorSelect,
        initial=Operator.IS.value,
    )
    named = ChoicesField(
        Choice.objects.none(), label="Réponses", required=False, widget=ChoicesByQuestion
    )
    other = forms.ModelChoiceField(Question.objects.none(), label="Autre question", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [("", "---------"), *((row.pk, row.title) for row in self.questions)]
        for name in ("question", "other"):
            self._offer_rows(name, Question, [row.pk for row in self.questions], titles)
        by_question = [
            (row.title, [(choice.pk, choice.label) for choice in row.choices.all()])
            for row in self.questions
        ]
        choices = [pk for _, group in by_question for pk, _ in group]
        self._offer_rows("named", Choice, choices, by_question)
        if self.instance.pk:
            self.initial["named"] = [
                row.choice_id for row in self.instance.conditionchoice_set.all()
            ]
        else:
            self.instance.position = LAST_POSITION

    def _offer_rows(
        self,
        name: str,
        model: type[Question | Choice],
        pks: list[int],
        choices: Sequence[tuple[object, object]],
    ) -> None:
        """Sets the rows that a field accepts, and the list that it shows without a query."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = model._default_manager.filter(pk__in=pks)
        field.choices = choices

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        question, operator = cleaned.get("question"), cleaned.get("operator")
        if not question or not operator:
            return
        operand, named = OPERATORS[Operator(operator)].operand, cleaned.get("named")
        if operand is not Operand.CHOICES:
            cleaned["named"] = Choice.objects.none()
        elif foreign := [row.label for row in named or () if row.question != question]:
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
            # The same questions in `self.questions` have their choices already: no query is made.
            pair = [self.questions[self.questions.index(row)] for row in (question, other)]
            if not have_shared_choice(*pair):
                self.add_error(
                    "other",
                    "Ces deux questions n’ont aucune réponse en commun\u00a0: sur la page de l’une, "
                    "ajoutez des réponses avec «\u00a0Même réponse que\u00a0».",
                )
        elif "other" not in self.errors:
            self.add_error("other", "Choisissez la question à comparer.")

    def _save_m2m(self) -> None:
        condition_set_choices(condition=self.instance, choices=self.cleaned_data["named"])


class ConditionInline(admin.StackedInline[Condition, Rule]):
    model = Condition
    template = "admin/rules/stacked.html"
    add_text = "Ajouter une condition"
    form = ConditionForm
    fields = ["question", "operator", "named", "other"]
    extra = 1
    max_num = MAX_CONDITIONS

    class Media:
        js = ["rules/inlines.js"]

    def get_formset(
        self, request: HttpRequest, obj: Rule | None = None, **kwargs: object
    ) -> type[forms.BaseInlineFormSet[Condition, Rule, forms.ModelForm[Condition]]]:
        formset = super().get_formset(request, obj, **kwargs)
        assert issubclass(formset.form, ConditionForm)
        guide = obj.guide if obj else guide_from_request(request)
        questions = guide.questions.prefetch_related("choices") if guide else ()
        formset.form.questions = list(questions)
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Condition]:
        rows = super().get_queryset(request).select_related("question", "other")
        return rows.prefetch_related("conditionchoice_set")
