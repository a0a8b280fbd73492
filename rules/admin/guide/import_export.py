"""Two pages: one exports a guide as a document, the other imports a document into a draft."""

import re
from contextlib import suppress

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from rules.admin.admin_pages import Context, admin_page, guide_page, render_admin_page
from rules.admin.change_groups import group_changes
from rules.admin.guide.new_guides import protect_new_guide
from rules.admin.links import change_url, list_url
from rules.admin.permissions import ADD_PERMISSION, CHANGE_PERMISSION, VIEW_PERMISSION
from rules.admin.presented_problems import PresentedProblem
from rules.admin.problems_after_save import warn_of_problems
from rules.admin.recording import log_sentence, request_author
from rules.admin.undo_messages import message_with_undo
from rules.comparison import compare_guides
from rules.document.files import WRITERS, decode_document, load_document
from rules.document.limits import file_size_refusal
from rules.document.problems import DocumentError, Problem
from rules.document.refused_texts import parse_written_document
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.content import draft_read, draft_write, find_readable_draft
from rules.drafts.guides import IMPORT_SENTENCE, DraftExistsError, guide_import
from rules.drafts.locks import guide_lock
from rules.engine.content import GuideContent
from rules.models import Guide, Version
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    version_content,
)

DRAFT_DIGEST_FIELD = "compared"
"""The name of the hidden field that holds the digest of the draft that the page compares."""
IMPORT_TEMPLATE = "admin/rules/guide/import.html"

FIELD_LABELS = {"file": "Fichier", "text": "Texte collé"}
"""The labels of the two fields in which a document is given."""
MISSING = "choisissez un fichier, ou collez un texte."
COMPARISON_OUTDATED = (
    "Le brouillon a changé entre-temps\u00a0: rien n’est importé. Comparez de nouveau."
)


@guide_page(VIEW_PERMISSION)
def export_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    version = None  # the draft
    if "version" in request.GET:
        number = request.GET["version"]
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise Http404
        version = get_object_or_404(guide.versions, number=number)
    try:
        content = version_content(version) if version else draft_read(guide)
    except VersionAlteredError:
        assert version is not None, "only a version can be altered"
        messages.error(request, altered_version_sentence(version))
        return redirect(list_url(Version, guide))
    return _document_response(content, version, request.GET.get("format", "yaml"))


@admin_page(ADD_PERMISSION, CHANGE_PERMISSION)
def import_page(request: HttpRequest) -> HttpResponse:
    """Shows what a posted document changes and, if the editor confirms that, imports it."""
    if request.method != "POST":
        return _render_import_page(request, IMPORT_TEMPLATE, {})
    try:
        content = parse_written_document(load_document(_read_posted_text(request)))
    except DocumentError as error:
        field = "text" if _pasted_text(request) and "file" not in request.FILES else "file"
        problems = [
            PresentedProblem(FIELD_LABELS[field], str(problem), f"#id_{field}")
            for problem in error.problems
        ]
        refused = {"text": _pasted_text(request), "problems": problems, "wrong_field": field}
        return _render_import_page(request, IMPORT_TEMPLATE, refused, status=400)
    if DRAFT_DIGEST_FIELD in request.POST and (guide := _import_document(request, content)):
        return redirect(change_url(guide))
    # Its text, without line ends, takes less room in a form than the text that was posted.
    context = {"text": canonical_json(content), **_compare_document(content)}
    return _render_import_page(request, "admin/rules/guide/import_compared.html", context)


def _render_import_page(
    request: HttpRequest, template: str, context: Context, status: int = 200
) -> HttpResponse:
    frame = {"add": True, "title": "Importer un guide"}
    return render_admin_page(request, template, {**frame, **context}, status)


def _import_document(request: HttpRequest, content: GuideContent) -> Guide | None:
    """Replaces a draft with a document, or creates its guide, and returns the guide.

    Does nothing and returns None if the draft has changed since the page compared it. A message
    says what was done.
    """
    guide, snapshot = None, None
    # Someone else may create or delete the guide at the same moment.
    with suppress(DraftExistsError, Guide.DoesNotExist), transaction.atomic():
        old = Guide.objects.filter(slug=content.slug).first()
        before = find_readable_draft(guide_lock(guide=old)) if old else None
        if request.POST[DRAFT_DIGEST_FIELD] == _draft_digest(before):
            if old:
                snapshot = draft_write(
                    guide=old,
                    content=content,
                    before=before,
                    author=request_author(request),
                    sentence=IMPORT_SENTENCE,
                )
            guide = old or guide_import(content=content)
            if old is None:
                log_sentence(request, guide, IMPORT_SENTENCE)
                protect_new_guide(request, guide)
    if guide:
        message_with_undo(request, "Le document est importé dans le brouillon.", snapshot)
        warn_of_problems(request, guide, content)
    else:
        messages.warning(request, COMPARISON_OUTDATED)
    return guide


def _compare_document(content: GuideContent) -> Context:
    guide = Guide.objects.filter(slug=content.slug).first()
    before = find_readable_draft(guide) if guide else None
    return {
        "guide": guide,
        "content": content,
        "draft_digest": _draft_digest(before),
        "same": _draft_digest(before) == _draft_digest(content),
        "changes": group_changes(guide, compare_guides(before, content)) if before else [],
    }


def _draft_digest(draft: GuideContent | None) -> str:
    return document_digest(canonical_json(draft)) if draft else ""


def _read_posted_text(request: HttpRequest) -> str:
    """Returns the text of the uploaded file or, without a file, the pasted text.

    Raises `DocumentError` if it is empty or not UTF-8, or if the file is too large.
    """
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        if refusal := file_size_refusal(file.size or 0):
            raise DocumentError([Problem((), "", refusal)])
        raw: bytes = file.read()
    else:
        raw = _pasted_text(request).encode()
    if not raw.strip():
        raise DocumentError([Problem((), "", MISSING)])
    return decode_document(raw)


def _pasted_text(request: HttpRequest) -> str:
    """Returns the pasted text with Unix line ends; browsers send Windows line ends, which are longer."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def _document_response(
    content: GuideContent, version: Version | None, file_format: str
) -> HttpResponse:
    if file_format not in WRITERS:
        raise Http404
    name = f"{content.slug}-{f'version-{version.number}' if version else 'brouillon'}.{file_format}"
    return HttpResponse(
        WRITERS[file_format](content),
        content_type=f"application/{file_format}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
