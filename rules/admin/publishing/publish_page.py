"""*Publier*: publishes a draft, now or for a later date, or asks a second person to approve it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.guide_pages import GuidePageAdmin
from rules.admin.links import change_url
from rules.admin.permissions import require_publisher
from rules.admin.publishing.publish_form import PublishForm
from rules.admin.publishing.review import DRAFT_CHANGED, FINGERPRINT_FIELD, PublicationReview
from rules.admin.recording import log_sentence, request_author
from rules.drafts.locks import guide_lock
from rules.models import Guide
from rules.publication.approvals import publication_request_create
from rules.publication.publish import (
    ConfirmationNeededError,
    PublicationRefusedError,
    guide_publish,
)
from rules.publication.timeline import publication_sentence

REQUEST_SENT = "La publication est demandée\u00a0: une autre personne doit l’approuver."


class PublicationAdmin(GuidePageAdmin):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(publish=self.publish_view) + super().get_urls()

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        require_publisher(request, "de publier ce guide")
        review = PublicationReview(guide)
        posted = request.POST if request.method == "POST" else None
        # The draft is proved here, before the guide is locked, so that nobody waits for the proof.
        form = PublishForm(posted, needs_reason=review.check.needs_reason)
        if posted is not None and self._publish_draft(request, guide, form):
            return redirect(change_url(guide))
        template = "admin/rules/guide/publish.html"
        return self.render_page(request, template, guide, title="Publier", review=review, form=form)

    @transaction.atomic
    def _publish_draft(self, request: HttpRequest, guide: Guide, form: PublishForm) -> bool:
        """Publishes the draft or, if the guide needs approval, creates a publication request.

        Returns True if that was done. If not, the page is shown again, and most often a message says
        why. A second POST of the same form does nothing.
        """
        review = PublicationReview(guide_lock(guide=guide))
        refusal = review.reason_not_to_publish or review.reason_to_review_again(
            request.POST.get(FINGERPRINT_FIELD, "")
        )
        if refusal:
            self.message_user(request, refusal, messages.WARNING)
            return False
        if review.check.problems or not form.is_valid():
            return False
        author, options = request_author(request), form.publication_options
        try:
            if review.guide.needs_approval:
                publication_request_create(guide=review.guide, author=author, **options)
                log_sentence(request, review.guide, REQUEST_SENT)
                sentence = REQUEST_SENT
            else:
                version = guide_publish(guide=review.guide, author=author, **options)
                sentence = publication_sentence(version)
        except (PublicationRefusedError, ConfirmationNeededError):  # the draft changed meanwhile
            self.message_user(request, DRAFT_CHANGED, messages.WARNING)
            return False
        self.message_user(request, sentence)
        return True
