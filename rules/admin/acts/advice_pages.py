"""The pages that give advice to some choices of a question, and take it away from them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from rules.admin.acts.offered_arrows import CHOICE
from rules.admin.acts.run_act import run_act
from rules.admin.acts.search_field import SearchField, SearchInput
from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import change_url, place_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.document.limits import TITLE_LENGTH
from rules.drafts.content import draft_read
from rules.edits.acts.advice import NewAdvice, give_advice, withdraw_advice
from rules.edits.rewriting.choice_conditions import QUESTION_HAS_CHANGED
from rules.engine.content import GuideContent, QuestionContent, Tone
from rules.models import Guide
from rules.parcours.anchors import line_anchor
from rules.sentences import TONE_LABELS, question_name
from rules.typed_text import leave_deleted_page


class AdviceForm(forms.Form):
    """Says which advice some choices get: one that the guide has, by its name, or a new one."""

    advice = SearchField(
        label="Conseil",
        max_length=TITLE_LENGTH,
        widget=SearchInput(attrs={"class": "vTextField", "autofocus": True}),
        help_text="Tapez quelques lettres de son titre. Un titre que le guide n’a pas encore crée un "
        "conseil.",
    )
    tone = forms.ChoiceField(
        label="Ton, s’il est nouveau",
        choices=[(tone.value, TONE_LABELS[tone]) for tone in Tone],
    )
    choice = forms.MultipleChoiceField(
        label="Réponses",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une réponse."},
    )

    def __init__(
        self, *args: Any, draft: GuideContent, question: QuestionContent, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        advice, choice = self.fields["advice"], self.fields[CHOICE]
        assert isinstance(advice, SearchField)
        assert isinstance(choice, forms.MultipleChoiceField)
        advice.creates = True
        advice.offer_names(
            {outcome.title: outcome for outcome in draft.outcomes if not outcome.final}
        )
        choice.choices = [(each.key, each.label) for each in question.choices]

    @property
    def advice_to_give(self) -> str | NewAdvice:
        found = self.cleaned_data["advice"]
        if isinstance(found, str):
            return NewAdvice(found, Tone(self.cleaned_data["tone"]))
        return str(found.key)


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/advise.html")
def advise_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    draft, (question, ticked) = draft_read(guide), asked_choices(request)
    asked = draft.question.get(question)
    if asked is None:
        return leave_deleted_page(request, QUESTION_HAS_CHANGED, change_url(guide))
    form = AdviceForm(request.POST or None, draft=draft, question=asked, initial={CHOICE: ticked})
    place = line_anchor(question, (*ticked, "")[0])
    context = {
        "title": f"Donner un conseil\u00a0: {question_name(draft, question)}",
        "form": form,
        "back": place_url(guide, place),
    }
    if form.is_valid():
        act = give_advice(form.advice_to_give, question, form.cleaned_data[CHOICE])
        return run_act(request, guide, act, place=place, form=context)
    return context


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/withdraw.html")
def withdraw_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    draft, (question, choices) = draft_read(guide), asked_choices(request)
    rule = draft.rule.get(request.GET.get("rule", ""))
    asked = draft.question.get(question)
    if rule is None or asked is None or not choices or not {*choices} <= asked.choice.keys():
        return leave_deleted_page(request, QUESTION_HAS_CHANGED, change_url(guide))
    place = line_anchor(question, (*choices, "")[0])
    context = {
        "title": "Ne plus donner un conseil",
        "advice": draft.outcome.get(rule.target),
        "question": question_name(draft, question),
        "choices": [asked.find_choice(choice).label for choice in choices],
        "back": place_url(guide, place),
    }
    if request.method == "POST":
        act = withdraw_advice(rule.key, question, choices)
        return run_act(request, guide, act, place=place, form=context)
    return context


def asked_choices(request: HttpRequest) -> tuple[str, list[str]]:
    """Returns the question and the choices that the query of the address gives."""
    return request.GET.get("question", ""), request.GET.getlist(CHOICE)
