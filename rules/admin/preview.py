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
    """The page of a row with a text in Markdown. The field `preview` shows that text as HTML."""

    previewed_field = "body"
    """The name of the field that holds the Markdown."""
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
        """Previews what the field holds, which is not what is saved if the form was refused."""
        form, name = context["adminform"].form, self.previewed_field
        if name in form.fields:  # people who may only read have no field
            setattr(form.instance, name, str(form[name].value() or "")[:MARKDOWN_LENGTH])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _preview_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"

    @admin.display(description="aperçu")
    def preview(self, row: MarkdownRow) -> SafeString:
        """Returns the text of a row as HTML, which `preview.js` updates while someone types."""
        return format_html(
            '<div class="preview" data-source="id_{}" data-url="{}">{}</div>',
            self.previewed_field,
            reverse(f"admin:{self._preview_url_name()}"),
            self.as_html(getattr(row, self.previewed_field)),
        )

    @method_decorator(require_POST)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Returns the posted Markdown as HTML, for `preview.js`."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponse(self.as_html(request.POST.get("text", "")[:MARKDOWN_LENGTH]))
