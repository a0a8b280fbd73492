"""Guide documents in and out: files that are read back to the same guide."""

import re
from typing import Any, NoReturn

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from rules.admin.change_groups import group_changes
from rules.admin.guide_actions import GuideActions
from rules.admin.links import change_url, list_url
from rules.admin.problems_after_save import warn_of_problems
from rules.admin.recording import log_on_guide, request_author
from rules.comparison import compare_guides
from rules.document.files import WRITERS, load_document
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Problem
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read
from rules.drafts.guides import DraftExistsError, guide_import
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Guide, Version
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    version_content,
)

LARGEST = 256 * 1024
"""Bytes of a document that the admin reads; a guide of a hundred long questions has half of it."""

TOO_LARGE = f"ce document dépasse {LARGEST // 1024} Ko."
NOT_TEXT = "ce fichier n’est pas un texte en UTF-8."
MISSING = "choisissez un fichier, ou collez un texte."
CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est importé. Comparez de nouveau."


class ImportExportAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        importing = path("import/", view, name="rules_guide_import")
        return [importing, *self.action_paths(export=self.export_view), *super().get_urls()]

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        version = _version_asked(request, guide)
        try:
            content = version_content(version) if version else draft_read(guide)
        except VersionAlteredError:
            assert version is not None, "a draft has no digest"
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return redirect(list_url(Version, guide))
        return _file(content, version, request.GET.get("format", "yaml"))

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Reads a document, shows what it changes and, once that is confirmed, writes it."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return self._import_page(request)
        try:
            text = _text_sent(request)
            content = parse_document(load_document(text))
        except DocumentError as error:
            return self._import_page(request, text=_pasted(request), problems=error.problems)
        if "compared" in request.POST and (guide := self._write(request, content)):
            return redirect(change_url(guide))
        return self._comparison_page(request, text, content)

    def _write(self, request: HttpRequest, content: GuideContent) -> Guide | None:
        """Only over the draft that the document was compared with."""
        try:
            guide = self._write_over(request, content)
        except (DraftExistsError, Guide.DoesNotExist):  # made or deleted in this very moment
            guide = None
        if guide:
            self.message_user(request, "Le document est importé dans le brouillon.")
            warn_of_problems(request, guide)
        else:
            self.message_user(request, CHANGED, messages.WARNING)
        return guide

    @transaction.atomic
    def _write_over(self, request: HttpRequest, content: GuideContent) -> Guide | None:
        old = Guide.objects.filter(slug=content.slug).first()
        before = draft_read(guide_lock(guide=old)) if old else None
        if request.POST["compared"] != _digest(before):
            return None
        replacing = old is not None
        guide = guide_import(
            content=content, replace_draft=replacing, author=request_author(request)
        )
        log_on_guide(request, guide, "Import d’un document dans le brouillon.")
        return guide

    def _import_page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        status = 400 if context.get("problems") else 200
        return self._page(request, "admin/rules/guide/import.html", context, status)

    def _comparison_page(
        self, request: HttpRequest, text: str, content: GuideContent
    ) -> HttpResponse:
        guide = Guide.objects.filter(slug=content.slug).first()
        before = draft_read(guide) if guide else None
        context = {
            "guide": guide,
            "content": content,
            "text": text,
            "compared": _digest(before),
            "same": before is not None and canonical_json(before) == canonical_json(content),
            "changes": group_changes(guide, compare_guides(before, content)) if before else [],
        }
        return self._page(request, "admin/rules/guide/import_compared.html", context)

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "add": True, "title": "Importer un guide"}
        return TemplateResponse(request, template, context, status=status)


def _digest(draft: GuideContent | None) -> str:
    return document_digest(canonical_json(draft)) if draft else ""


def _text_sent(request: HttpRequest) -> str:
    """Of the file that was chosen, else of what was pasted. Raises `DocumentError`."""
    sent = request.FILES.get("file")
    raw = sent.read(LARGEST + 1) if isinstance(sent, UploadedFile) else _pasted(request).encode()
    if len(raw) > LARGEST:
        _refuse(TOO_LARGE)
    if not raw.strip():
        _refuse(MISSING)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(NOT_TEXT)


def _pasted(request: HttpRequest) -> str:
    """Without the Windows line ends that forms send: they would count in its size."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def _refuse(message: str) -> NoReturn:
    raise DocumentError([Problem((), "", message)])


def _version_asked(request: HttpRequest, guide: Guide) -> Version | None:
    """None for the draft."""
    if "version" not in request.GET:
        return None
    number = request.GET["version"]
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise Http404
    return get_object_or_404(guide.versions, number=number)


def _file(content: GuideContent, version: Version | None, written: str) -> HttpResponse:
    if written not in WRITERS:
        raise Http404
    name = f"{content.slug}-{f'version-{version.number}' if version else 'brouillon'}.{written}"
    return HttpResponse(
        WRITERS[written](content),
        content_type=f"application/{written}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
