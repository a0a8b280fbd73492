"""*Annuler la programmation*: a scheduled version never goes live, and nothing is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from rules.admin.admin_pages import Context, admin_page
from rules.admin.links import change_url
from rules.admin.permissions import PUBLISH_PERMISSION
from rules.admin.recording import request_author
from rules.models import Version
from rules.publication.cancel import NotScheduledError, reason_not_to_cancel, version_cancel
from rules.publication.timeline import TimelineEntry, scheduled_versions


@admin_page(
    PUBLISH_PERMISSION,
    template="admin/rules/version/cancel.html",
    title="Annuler la programmation",
    act="d’annuler une programmation",
)
def cancel_page(request: HttpRequest, pk: int) -> Context | HttpResponse:
    versions = Version.objects.select_related("guide").defer("document")
    version = get_object_or_404(versions, pk=pk)
    if request.method == "POST":
        try:
            messages.info(request, version_cancel(version=version, author=request_author(request)))
        except NotScheduledError as error:
            messages.warning(request, str(error))
        return redirect(change_url(version.guide))
    entry = TimelineEntry(version)
    if refusal := reason_not_to_cancel(entry):
        messages.warning(request, refusal)
        return redirect(change_url(version.guide))
    return {
        "guide": version.guide,
        "version": version,
        "live_version": entry.live_version,
        "still_scheduled": scheduled_versions(version.guide, without=version),
    }
