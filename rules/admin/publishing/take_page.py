"""*Reprendre dans le brouillon*: replaces the draft of a guide by the content of a version."""

import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from rules.admin.admin_pages import Context, admin_page
from rules.admin.change_groups import group_changes
from rules.admin.links import change_url, list_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.admin.recording import request_author
from rules.admin.undo_messages import message_with_undo
from rules.comparison import compare_guides
from rules.document.serialising import canonical_json, document_digest
from rules.drafts.cached_changes import compared_draft, sentences_for_visitors
from rules.drafts.content import find_readable_draft
from rules.drafts.locks import guide_lock
from rules.models import Guide, Version
from rules.publication.restore import (
    corrected_content,
    draft_reset,
    draft_reset_and_correct,
)
from rules.publication.timeline import guide_live_version, scheduled_versions
from rules.publication.untaken_versions import find_untaken_versions
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    compared_version,
)

BASE_FIELD = "base"
"""The button with the number of a version: what the draft corrects in it stays."""
CORRECTION_LOST = (
    "La correction touche les mêmes parties que la version {}\u00a0: elle n’est plus dans le brouillon, "
    "refaites-la. «\u00a0Annuler\u00a0» la retrouve."
)
COMPARED_FIELD = "compared"
"""The name of the hidden field that holds the digest of the draft with which the page compared."""


@admin_page(
    CHANGE_PERMISSION,
    template="admin/rules/version/take.html",
    title="Reprendre dans le brouillon",
    act="de changer ce brouillon",
)
def take_page(request: HttpRequest, pk: int) -> Context | HttpResponse:
    """Takes a version into the draft at once, unless the draft has changes that no version has.

    Then the page compares the two first.
    """
    version = get_object_or_404(Version.objects.select_related("guide"), pk=pk)
    try:
        if request.method == "POST" and _take_compared(request, version):
            return redirect(change_url(version.guide))
        return {"guide": version.guide, "version": version, **_compare_draft(version)}
    except VersionAlteredError:
        messages.error(request, altered_version_sentence(version))
        return redirect(list_url(Version, version.guide))


@transaction.atomic
def _take_compared(request: HttpRequest, version: Version) -> bool:
    """Takes a version into the draft, and adds a message. Returns False if nobody compared them.

    Raises `VersionAlteredError`.
    """
    guide = guide_lock(guide=version.guide)
    digest = draft_digest(guide)
    is_published = guide.versions.filter(sha256=digest).exists()
    if not is_published and request.POST.get(COMPARED_FIELD) != digest:
        return False
    number = request.POST.get(BASE_FIELD, "")
    base = (
        guide.versions.filter(number=number).first() if re.fullmatch("[0-9]{1,9}", number) else None
    )
    take_version(request, version, base)
    return True


def take_version(request: HttpRequest, version: Version, base: Version | None = None) -> None:
    """Takes a version into the draft, and adds a message. Raises `VersionAlteredError`.

    What the draft corrects in the version `base` stays, unless it is about the same parts.
    """
    if draft_digest(version.guide) == version.sha256:
        messages.info(request, f"Le brouillon dit déjà ce que dit la version {version.number}.")
        return
    if base and base.sha256 != draft_digest(version.guide):
        author = request_author(request)
        if snapshot := draft_reset_and_correct(version=version, base=base, author=author):
            message_with_undo(request, snapshot.sentence, snapshot)
            return
        messages.warning(request, CORRECTION_LOST.format(base.number))
    snapshot = draft_reset(version=version, author=request_author(request))
    sentence = f"Le brouillon est remis à la version {version.number}."
    message_with_undo(request, sentence, snapshot)


def draft_digest(guide: Guide) -> str:
    """Returns the digest of the draft of a guide; empty if it cannot be read."""
    draft = find_readable_draft(guide)
    return document_digest(canonical_json(draft)) if draft else ""


def _compare_draft(version: Version) -> Context:
    """Returns what the page says of the difference between the draft and the version.

    A scheduled version that the draft lacks is taken beside what the draft has changed since its `base`,
    the live version, unless both change the same part.
    """
    draft, compared = find_readable_draft(version.guide), compared_version(version)
    if draft is None:
        return {"digest": ""}
    base, corrected = guide_live_version(version.guide), None
    if base and version in find_untaken_versions(draft, base, scheduled_versions(version.guide)):
        corrected = corrected_content(draft, version, base)
    if corrected:
        compared = compared_draft(corrected)
    return {
        "base": base if corrected else None,
        "digest": document_digest(canonical_json(draft)),
        "changes": group_changes(version.guide, compare_guides(draft, compared.compiled.guide)),
        "sentences": sentences_for_visitors(compared_draft(draft), compared),
    }
