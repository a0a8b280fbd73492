"""An outcome, advice or conclusion, and how its Markdown looks."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from rules.admin.drafts import DraftAdmin, DraftForm
from rules.document.cursor import acceptable_url
from rules.document.limits import MARKDOWN_LENGTH
from rules.models import Outcome
from rules.templatetags.guide_markdown import markdown
from rules.usage import Usage, outcome_usage


class OutcomeForm(DraftForm):
    final = forms.TypedChoiceField(
        label="Nature",
        choices=[
            ("True", "Conclusion\u00a0: termine le diagnostic"),
            ("False", "Conseil\u00a0: donné en chemin, le diagnostic continue"),
        ],
        coerce=lambda value: str(value) == "True",
        widget=forms.RadioSelect,
        initial="True",
    )

    def clean_link_url(self) -> str:
        url = str(self.cleaned_data["link_url"])
        if url and not acceptable_url(url):
            raise forms.ValidationError(
                "Une adresse de lien commence par https:, http:, mailto: ou tel: "
                "et n’a pas d’espace."
            )
        return url

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        label, url = cleaned.get("link_label"), cleaned.get("link_url")
        if label and url == "":
            self.add_error("link_url", "Donnez aussi l’adresse du lien.")
        if url and label == "":
            self.add_error("link_label", "Donnez aussi le texte du lien.")
        return cleaned


@admin.register(Outcome)
class OutcomeAdmin(DraftAdmin):
    form = OutcomeForm
    readonly_fields = ["key", "preview"]
    list_display = ["title", "nature", "tone"]
    list_title = "Conseils et conclusions"
    new_title = "Nouveau conseil ou nouvelle conclusion"
    gone = "Ce conseil ou cette conclusion n’existe plus"

    class Media:
        js = ["rules/preview.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Outcome | None = None) -> Any:
        fields = [
            (None, {"fields": ["title", "final", "tone", "body", "preview"]}),
            ("Lien", {"fields": ["link_label", "link_url"]}),
        ]
        key = [("Référence technique", {"fields": ["key"], "classes": ["collapse"]})]
        return fields + key if obj else fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outcome]:
        return Outcome.objects.select_related("guide")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name="rules_outcome_preview"), *super().get_urls()]

    @admin.display(description="nature", ordering="final")
    def nature(self, outcome: Outcome) -> str:
        return "conclusion" if outcome.final else "conseil"

    @admin.display(description="aperçu")
    def preview(self, outcome: Outcome) -> SafeString:
        """The saved text; preview.js keeps it up with what is being written."""
        return format_html(
            '<div class="preview" data-source="id_body" data-url="{}">{}</div>',
            reverse("admin:rules_outcome_preview"),
            markdown(outcome.body),
        )

    @method_decorator(require_POST)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponse(markdown(request.POST.get("text", "")[:MARKDOWN_LENGTH]))

    def usage(self, row: Outcome) -> Usage:
        return outcome_usage(row)
