"""Publish a guide: now, from a date on, or once a second person has approved."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.guide_actions import GuideActions
from rules.admin.links import change_url
from rules.admin.permissions import require_publisher
from rules.admin.publishing.publish_form import PublishForm
from rules.admin.publishing.review import CHANGED, PublicationReview
from rules.admin.recording import log_on_guide, request_author
from rules.drafts.locks import guide_lock
from rules.models import Guide
from rules.publication.approvals import publication_request_create
from rules.publication.publish import (
    ConfirmationNeededError,
    PublicationRefusedError,
    guide_publish,
)
from rules.publication.timeline import publication_sentence

ASKED = "La publication est demandée\u00a0: une autre personne doit l’approuver."


class PublicationAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(publish=self.publish_view) + super().get_urls()

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        require_publisher(request, "de publier ce guide")
        desk = PublicationReview(guide)
        sent = request.POST if request.method == "POST" else None
        # The proof is made here, before anyone has to wait for the lock.
        form = PublishForm(sent, needs_reason=desk.check.needs_reason)
        if sent is not None and self._publish(request, guide, form):
            return redirect(change_url(guide))
        template = "admin/rules/guide/publish.html"
        return self.page(request, template, guide, title="Publier", desk=desk, form=form)

    @transaction.atomic
    def _publish(self, request: HttpRequest, guide: Guide, form: PublishForm) -> bool:
        """Whether a version or a request was made. A second click makes no second one."""
        desk = PublicationReview(guide_lock(guide=guide))
        if words := _nothing_to_do(desk) or desk.changed_since(request.POST.get("checked", "")):
            self.message_user(request, words, messages.WARNING)
            return False
        if desk.check.problems or not form.is_valid():
            return False
        try:
            done = self._decide(request, desk.guide, form.said)
        except (PublicationRefusedError, ConfirmationNeededError):  # the form was of another draft
            self.message_user(request, CHANGED, messages.WARNING)
            return False
        self.message_user(request, done)
        return True

    def _decide(self, request: HttpRequest, guide: Guide, said: dict[str, Any]) -> str:
        if not guide.needs_approval:
            return publication_sentence(
                guide_publish(guide=guide, author=request_author(request), **said)
            )
        publication_request_create(guide=guide, author=request_author(request), **said)
        log_on_guide(request, guide, ASKED)
        return ASKED


def _nothing_to_do(desk: PublicationReview) -> str:
    if not desk.unpublished:
        return "Il n’y a rien à publier."
    return "Cette publication attend déjà l’accord d’une autre personne." if desk.waits else ""
