"""A preview of a Markdown text, under the field in which it is written."""

from typing import Any, TypeVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from rules.admin.editor_page_admin import EditorPageAdmin
from rules.document.limits import MARKDOWN_LENGTH
from rules.models import Guide, LegalPage, Outcome
from rules.templatetags.guide_markdown import markdown

MarkdownRow = TypeVar("MarkdownRow", bound=Outcome | LegalPage | Guide)


class PreviewAdmin(EditorPageAdmin[MarkdownRow]):
    """The page of a row with texts in Markdown. The field `preview` shows the first of them as HTML."""

    previewed_fields: tuple[str, ...] = ("body",)
    """The names of the fields that hold the Markdown."""
    as_html = staticmethod(markdown)
    """The function that renders the Markdown."""

    class Media:
        js = ["rules/preview.js"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name=self._preview_url_name()), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: MarkdownRow | None = None,
    ) -> HttpResponse:
        """Previews what the fields hold, which is not what is saved if the form was refused."""
        form = context["adminform"].form
        for name in self.previewed_fields:
            if name in form.fields:  # people who may only read have no fields
                setattr(form.instance, name, str(form[name].value() or "")[:MARKDOWN_LENGTH])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _preview_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"

    @admin.display(description="aperçu")
    def preview(self, row: MarkdownRow) -> SafeString:
        return self.preview_field(row, self.previewed_fields[0])

    def preview_field(self, row: MarkdownRow, name: str) -> SafeString:
        """Returns the text of a field as HTML, which `preview.js` updates while someone types."""
        return format_html(
            '<div class="preview" data-source="id_{}" data-url="{}">{}</div>',
            name,
            reverse(f"admin:{self._preview_url_name()}"),
            self.as_html(getattr(row, name)),
        )

    @method_decorator(require_POST)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Returns the posted Markdown as HTML, for `preview.js`."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponse(self.as_html(request.POST.get("text", "")[:MARKDOWN_LENGTH]))
