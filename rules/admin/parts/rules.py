"""The page of a rule, and the list of rules. Both show a rule as a French sentence."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rules.admin.links import add_url, change_url
from rules.admin.parts.conditions import ConditionInline
from rules.admin.parts.ordering import OrderedPartAdmin
from rules.admin.parts.part_admin import PartForm
from rules.admin.parts.shared_choices import unmatched_choices
from rules.admin.parts_of_guide import guide_from_request
from rules.drafts.content import rule_names, rule_sentences
from rules.drafts.rows import rows_renumber, rule_duplicate
from rules.models import Question, Rule


class RuleForm(PartForm):
    then = forms.ChoiceField(
        label="Effet", help_text="Ce que fait la règle quand ses conditions sont vraies."
    )

    class Meta:
        labels = {"match": "S’applique quand"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule, guide = self.instance, self.instance.guide
        field: Any = self.fields["then"]
        outcomes = list(guide.outcomes.all())
        field.choices = [
            ("", "---------"),
            ("Poser la question", [(f"ask-{row.pk}", row.title) for row in guide.questions.all()]),
            ("Conseiller", [(f"give-{row.pk}", row.title) for row in outcomes if not row.final]),
            ("Conclure", [(f"give-{row.pk}", row.title) for row in outcomes if row.final]),
        ]
        given = f"give-{rule.gives_id}" if rule.gives_id else ""
        self.initial["then"] = f"ask-{rule.asks_id}" if rule.asks_id else given

    def clean_then(self) -> str:
        then = str(self.cleaned_data["then"])
        effect, pk = then.split("-")
        self.instance.asks_id = int(pk) if effect == "ask" else None
        self.instance.gives_id = int(pk) if effect == "give" else None
        return then


@admin.register(Rule)
class RuleAdmin(OrderedPartAdmin):
    form = RuleForm
    inlines = [ConditionInline]
    fieldsets = [("Si", {"fields": ["match"]}), ("Alors", {"fields": ["then", "note"]})]
    list_display = ["rank", "sentence_link"]
    list_title = "Règles"
    new_title = "Nouvelle règle"
    gone_sentence = "Cette règle n’existe plus"

    class Media:
        js = ["rules/rule.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        return super().get_queryset(request).select_related("asks", "gives")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        if guide := guide_from_request(request):
            sentences, names = rule_sentences(guide), rule_names(guide)
            ranks = {key: rank for rank, key in enumerate(sentences, 1)}
            for row in changelist.result_list:
                row.sentence, row.rank = sentences[row.key], ranks[row.key]
                row.name = names[row.key]
        return changelist

    @admin.display(description="n°")
    def rank(self, rule: Any) -> int:
        return int(rule.rank)

    @admin.display(description="règle")
    def sentence_link(self, rule: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', change_url(rule), rule.sentence)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        rule = context["original"]
        guide = self.guide_of_row(request, rule)
        if rule:
            context["unmatched_choices"] = unmatched_choices(rule)
        elif guide and not guide.questions.exists():
            context["first_question"] = add_url(Question, guide)
        return super().render_change_form(request, context, *args, **kwargs)

    def row_name(self, row: Rule) -> str:
        return getattr(row, "name", "") or rule_names(row.guide)[row.key]

    def page_subtitle(self, row: Any) -> str:
        return getattr(row, "sentence", "") or rule_sentences(row.guide)[row.key]

    def key_source(self, row: Rule) -> str:
        target = row.asks or row.gives
        return target.key if target else ""

    def duplicate_row(self, row: Rule) -> Rule:
        return rule_duplicate(rule=row)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        rows_renumber(rows=list(form.instance.conditions.all()))
