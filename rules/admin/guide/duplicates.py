"""Two pages: one duplicates a guide, the other sets a draft back to the live version."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.admin_pages import Context, guide_page
from rules.admin.guide.new_guides import protect_new_guide
from rules.admin.links import change_url
from rules.admin.permissions import ADD_PERMISSION, CHANGE_PERMISSION
from rules.admin.publishing.take_page import take_version
from rules.admin.recording import log_sentence
from rules.drafts.draft_limits import LimitExceededError
from rules.drafts.guides import guide_duplicate
from rules.models import Guide
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError, altered_version_sentence


@guide_page(
    CHANGE_PERMISSION,
    template="admin/rules/guide/reset.html",
    title="Remettre le brouillon à la version en ligne",
)
def reset_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    live = guide_live_version(guide)
    if live is None:
        messages.warning(request, "Ce guide n’a jamais été publié.")
        return redirect(change_url(guide))
    if request.method != "POST":
        return {"live": live}
    try:
        take_version(request, live)
    except VersionAlteredError:
        messages.error(request, altered_version_sentence(live))
    return redirect(change_url(guide))


@guide_page(ADD_PERMISSION, template="admin/rules/guide/duplicate.html", title="Dupliquer le guide")
def duplicate_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    if request.method != "POST":
        return {}
    try:
        with transaction.atomic():
            copy = guide_duplicate(guide=guide)
            log_sentence(request, copy, f"Copie de «\u00a0{guide.title}\u00a0».")
            protect_new_guide(request, copy)
    except LimitExceededError as error:
        messages.error(request, f"Rien n’est copié. {error}")
        return redirect(change_url(guide))
    messages.info(request, "Voici la copie.")
    return redirect(change_url(copy))
