"""The pages that place a rule, or a question on the path, before or after another one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from rules.admin.acts.run_act import run_act
from rules.admin.acts.search_field import SearchField, SearchInput
from rules.admin.admin_pages import Context, guide_page
from rules.admin.form_fields import RadioButtons
from rules.admin.links import change_url, place_url, rule_list_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.drafts.acts import map_draft
from rules.drafts.content import draft_read
from rules.edits.acts.order import Side, place_rule
from rules.edits.acts.question_order import place_question
from rules.engine.content import GuideContent
from rules.models import Guide, Rule
from rules.parcours.anchors import stop_anchor
from rules.sentences import question_name, rule_name, rule_sentence
from rules.typed_text import leave_deleted_page


class PlaceForm(forms.Form):
    """Says beside which part another one is placed, and on which side."""

    side = forms.ChoiceField(
        label="Placer",
        widget=RadioButtons,
        choices=[(Side.AFTER, "après"), (Side.BEFORE, "avant")],
        initial=Side.AFTER,
    )
    other = SearchField(
        widget=SearchInput(attrs={"class": "vTextField", "autofocus": True}),
        error_messages={"required": "Dites à côté de quoi."},
    )

    def __init__(
        self, *args: Any, label: str, named: Mapping[str, str], listed: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, SearchField)
        other.label = label
        other.offer_names(named)
        other.widget.names = listed

    @property
    def place(self) -> tuple[Side, str]:
        return Side(self.cleaned_data["side"]), str(self.cleaned_data["other"])


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/place.html")
def place_question_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    draft, question = map_draft(draft_read(guide)), request.GET.get("question", "")
    if question not in draft.guide.question:
        return leave_deleted_page(request, "Cette question n’existe plus.", change_url(guide))
    others = (stop.question for stop in draft.parcours.stops if stop.question != question)
    named = {question_name(draft.guide, key): key for key in others}
    form = PlaceForm(request.POST or None, label="La question", named=named, listed=[*named])
    place = stop_anchor(question)
    context = {
        "title": f"Placer la question\u00a0: {question_name(draft.guide, question)}",
        "form": form,
        "back": place_url(guide, place),
    }
    if form.is_valid():
        act = place_question(question, *form.place)
        return run_act(request, guide, act, place=place, form=context)
    return context


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/place.html")
def place_rule_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    draft, key = draft_read(guide), request.GET.get("rule", "")
    rule = draft.rule.get(key)
    if rule is None:
        return leave_deleted_page(request, "Cette règle n’existe plus.", rule_list_url(guide))
    named, listed = name_rules(draft, key)
    form = PlaceForm(request.POST or None, label="La règle", named=named, listed=listed)
    back = f"{rule_list_url(guide)}#rule-{Rule.objects.get(guide=guide, key=key).pk}"
    context = {"title": f"Placer la {rule_name(draft, rule)}", "form": form, "back": back}
    if form.is_valid():
        return run_act(request, guide, place_rule(key, *form.place), back=back, form=context)
    return context


def name_rules(draft: GuideContent, placed: str) -> tuple[Mapping[str, str], list[str]]:
    """Returns the keys of the rules by whatever names them, and the names that a form lists.

    A rule can be named by its key, by its number, or by its number and its sentence.
    """
    sentences = {
        f"{number}. {rule_sentence(draft, draft.rule[key])}": key
        for key, number in draft.rule_number.items()
        if key != placed
    }
    numbers = {str(number): key for key, number in draft.rule_number.items()}
    return {key: key for key in draft.rule} | numbers | sentences, [*sentences]
