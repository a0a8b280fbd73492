"""The page of a rule, and the list of rules. Both show a rule as a French sentence."""

from typing import Any, TypedDict, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django_stubs_ext import WithAnnotations

from rules.admin.acts.removal_forms import RuleRemovalForm
from rules.admin.admin_pages import render_admin_page
from rules.admin.form_fields import LongTextField
from rules.admin.links import action_url, add_url, change_url, ordered_list_url, place_url
from rules.admin.parts.conditions import ConditionInline, split_choices
from rules.admin.parts.ordering import OrderedPartAdmin
from rules.admin.parts.part_admin import PartForm
from rules.admin.parts.part_place import PartPlaces
from rules.admin.parts.rule_list import rule_list_context
from rules.admin.parts.shared_choices import unmatched_choices
from rules.admin.parts_of_guide import guide_from_request
from rules.drafts.content import draft_read
from rules.drafts.rows import rows_renumber, rule_duplicate
from rules.engine.content import GuideContent, RuleContent
from rules.models import Question, Rule
from rules.parcours.anchors import OUTSIDE_ANCHOR, stop_anchor
from rules.sentences import quote_text, rule_name, rule_sentence

MAX_LISTED_CHARACTERS = 1000
"""The characters of a rule's sentence in the list, whose purpose is the order of the rules.

A rule of 40 conditions is longer: its own page, that of the guide and *Tout relire* have it whole.
"""


class RuleForm(PartForm[Rule]):
    then = forms.ChoiceField(
        label="Effet", help_text="Ce que fait la règle quand ses conditions sont vraies."
    )

    class Meta:
        labels = {"match": "S’applique quand"}
        field_classes = {"note": LongTextField}  # which only editors read, and not as Markdown

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule, guide = self.instance, self.instance.guide
        field = self.fields["then"]
        assert isinstance(field, forms.ChoiceField)
        outcomes = list(guide.outcomes.all())
        field.choices = [
            ("", "---------"),
            ("Poser la question", [(f"ask-{row.pk}", str(row)) for row in guide.questions.all()]),
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


class RuleInList(TypedDict):
    """The texts of a rule that the list shows. They come from the draft, which the list reads once."""

    number: int
    name: str
    sentence: str


@admin.register(Rule)
class RuleAdmin(OrderedPartAdmin[Rule]):
    form = RuleForm
    inlines = [ConditionInline]
    fieldsets = [("Si", {"fields": ["match"]}), ("Alors", {"fields": ["then", "note"]})]
    list_display = ["rank", "sentence_link"]
    list_per_page = 60
    list_title = "Règles, dans leur ordre"
    new_title = "Nouvelle règle"
    another = "une autre règle"
    gone_sentence = "Cette règle n’existe plus"
    removal_form = RuleRemovalForm

    class Media:
        js = ["rules/rule.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        return super().get_queryset(request).select_related("asks", "gives")

    def changelist_view(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Shows the rules grouped by question or, if the address names a page, in their order."""
        guide = guide_from_request(request)
        if guide is None or PAGE_VAR in request.GET:
            return super().changelist_view(request, extra_context)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        context = rule_list_context(request, guide, draft_read(guide))
        context |= {
            "guide": guide,
            "title": "Règles",
            "order_url": ordered_list_url(self.model, guide),
            "place_url": action_url(guide, "place_rule"),
            "has_change_permission": self.has_change_permission(request),
        }
        context["url_to_add"] = add_url(Rule, guide) if self.has_add_permission(request) else ""
        return render_admin_page(request, "admin/rules/rule/list.html", context)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        if guide := guide_from_request(request):
            draft = draft_read(guide)
            numbers = {key: number for number, key in enumerate(draft.rule, 1)}
            changelist.result_list = [row for row in changelist.result_list if row.key in numbers]
            for row in changelist.result_list:
                rule, row.number = draft.rule[row.key], numbers[row.key]
                row.name, row.sentence = rule_name(draft, rule), rule_sentence(draft, rule)
        return changelist

    def copy_of_post(self, request: HttpRequest) -> QueryDict:
        return split_choices(request.POST)

    @admin.display(description="n°")
    def rank(self, rule: "WithAnnotations[Rule, RuleInList]") -> int:
        return rule.number

    @admin.display(description="règle")
    def sentence_link(self, rule: "WithAnnotations[Rule, RuleInList]") -> SafeString:
        shown = Truncator(rule.sentence).chars(MAX_LISTED_CHARACTERS)
        return format_html('<a href="{}">{}</a>', change_url(rule), shown)

    def page_context(self, request: HttpRequest, row: Rule | None) -> dict[str, object]:
        context = super().page_context(request, row)
        if row:
            return context | {"unmatched_choices": unmatched_choices(row)}
        guide = self.guide_of_row(request, row)
        if guide and not guide.questions.exists():
            context["first_question"] = add_url(Question, guide)
        return context

    def row_name(self, row: Rule, draft: GuideContent) -> str:
        return rule_name(draft, _find_rule(draft, row))

    def deleted_name(self, row: Rule, draft: GuideContent) -> str:
        sentence = rule_sentence(draft, _find_rule(draft, row)).removesuffix(".")
        return f"{self.row_name(row, draft)}, {quote_text(sentence)}"

    def part_key(self, row: Rule, draft: GuideContent) -> str:
        return _find_rule(draft, row).key

    def new_place_clause(self, row: Rule, draft: GuideContent) -> str:
        return f" et prend le numéro {draft.rule_number[row.key]}"

    def listed_name(self, row: Rule) -> str:
        return cast("WithAnnotations[Rule, RuleInList]", row).name

    def draft_context(self, row: Rule, draft: GuideContent) -> dict[str, object]:
        sentence = rule_sentence(draft, _find_rule(draft, row))
        place = PartPlaces(row.guide, draft).find_rule(row.key)
        title = f"Règle {draft.rule_number[row.key]}"
        return {"title": title, "subtitle": sentence, "place": place}

    def url_when_done(self, row: Rule, draft: GuideContent) -> str:
        """Returns the first line that a rule decides, or else where the page of its guide has it."""
        if row.key not in draft.rule:  # it was deleted
            return super().url_when_done(row, draft)
        place = PartPlaces(row.guide, draft).find_rule(row.key)
        if place.is_unreached:
            return place_url(row.guide, OUTSIDE_ANCHOR)
        return place.url or super().url_when_done(row, draft)

    def row_anchor(self, row: Rule) -> str:
        """Returns the id of the stop of the last question that a rule looks at, if there is one."""
        last = row.conditions.select_related("question").last() if row.pk else None
        return stop_anchor(last.question.key) if last else "parcours"

    def page_subtitle(self, row: Rule) -> str:
        draft = draft_read(row.guide)
        return rule_sentence(draft, _find_rule(draft, row))

    def key_source(self, row: Rule) -> str:
        target = row.asks or row.gives
        return target.key if target else ""

    def duplicate_row(self, row: Rule) -> Rule:
        return rule_duplicate(rule=row)

    def save_related(
        self, request: HttpRequest, form: PartForm[Rule], formsets: object, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        rows_renumber(rows=list(form.instance.conditions.all()))


def _find_rule(draft: GuideContent, row: Rule) -> RuleContent:
    """Returns the rule of a row in its draft.

    Raises `Rule.DoesNotExist` if someone deleted the row before the draft was read.
    """
    if row.key not in draft.rule:
        raise Rule.DoesNotExist
    return draft.rule[row.key]
