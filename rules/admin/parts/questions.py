"""The page of a question with its choices, and the list of questions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_stubs_ext import WithAnnotations

from rules.admin.acts.entrance_pages import Entrance, question_entrance
from rules.admin.acts.removal_forms import QuestionRemovalForm
from rules.admin.links import change_url
from rules.admin.parts.choices import ChoiceFormSet, ChoiceInline
from rules.admin.parts.ordering import OrderedPartAdmin
from rules.admin.parts.part_admin import PartForm
from rules.admin.parts.part_place import PartPlaces
from rules.drafts.rows import question_duplicate, rows_at_places, rows_renumber
from rules.engine.content import GuideContent
from rules.models import Question
from rules.parcours.anchors import stop_anchor

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec as Fieldsets

ON_THE_WAY = (
    "Pour poser une question entre deux autres, prenez plutôt le\u00a0<strong>+</strong> d’une réponse "
    "du parcours\u00a0: la question y est posée aussitôt. Celle-ci sera à poser ensuite."
)


class QuestionInList(TypedDict):
    choice_count: int


@admin.register(Question)
class QuestionAdmin(OrderedPartAdmin[Question]):
    fieldsets = [(None, {"fields": ["title", "short", "help", "scope", "for_pupil"]})]
    inlines = [ChoiceInline]
    list_display = ["title_link", "choice_count", "scope"]
    list_title = "Questions"
    new_title = "Nouvelle question"
    another = "une autre question"
    gone_sentence = "Cette question n’existe plus"
    removal_form = QuestionRemovalForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).annotate(choice_count=Count("choices"))

    @admin.display(description="question")
    def title_link(self, question: Question) -> SafeString:
        return format_html('<a href="{}">{}</a>', change_url(question), question)

    def key_source(self, row: Question) -> str:
        return row.title

    @admin.display(description="réponses")
    def choice_count(self, question: "WithAnnotations[Question, QuestionInList]") -> int:
        return question.choice_count

    def new_place_clause(self, row: Question, draft: GuideContent) -> str:
        return " dans les listes\u00a0; les visiteurs la rencontrent au même moment qu’avant"

    def row_anchor(self, row: Question) -> str:
        return stop_anchor(row.key)

    def part_key(self, row: Question, draft: GuideContent) -> str:
        if row.key not in draft.question:
            raise Question.DoesNotExist
        return row.key

    def draft_context(self, row: Question, draft: GuideContent) -> dict[str, object]:
        key = self.part_key(row, draft)
        return {"place": PartPlaces(row.guide, draft).find_question(key)}

    def find_entrance(self, row: Question, draft: GuideContent) -> Entrance | None:
        question = draft.question.get(row.key)
        if question is None or len(question.choices) < 2 or draft.rules_asking.get(row.key):
            return None  # what its choices lack comes first
        return question_entrance(row.guide, row.key)

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> "Fieldsets":
        """Says on the page of a new question how to put it on the way instead."""
        first, *others = super().get_fieldsets(request, obj)
        name, options = first
        return [first if obj else (name, {**options, "description": ON_THE_WAY}), *others]

    def duplicate_row(self, row: Question) -> Question:
        return question_duplicate(question=row)

    def save_related(
        self,
        request: HttpRequest,
        form: PartForm[Question],
        formsets: Iterable[ChoiceFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        [choices] = formsets
        ordered = rows_at_places(list(form.instance.choices.all()), choices.typed_places)
        rows_renumber(rows=ordered)
