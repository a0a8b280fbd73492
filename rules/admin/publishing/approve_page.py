"""The page of a publication request: a second person approves or refuses it, its author withdraws it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.form_fields import LineField
from rules.admin.guide_pages import GuidePageAdmin
from rules.admin.links import change_url
from rules.admin.permissions import require_publisher
from rules.admin.publishing.review import FINGERPRINT_FIELD, PublicationReview
from rules.admin.recording import log_sentence, request_author
from rules.drafts.locks import guide_lock
from rules.models import Guide, PublicationRequest
from rules.publication.approvals import publication_request_approve, publication_request_delete
from rules.publication.publish import ConfirmationNeededError, PublicationRefusedError
from rules.publication.timeline import publication_sentence

OWN_REQUEST = "Vous avez demandé cette publication\u00a0: une autre personne doit l’approuver."
NO_REQUEST = "Aucune publication n’attend d’accord."
UNPUBLISHABLE = (
    "Le brouillon ne peut plus être publié\u00a0: rien n’est publié. Voici ce qui est à corriger."
)
NO_REASON = (
    "La preuve demande de dire pourquoi publier, et cette demande ne le dit pas\u00a0: rien n’est "
    "publié. La publication est à demander de nouveau, avec un motif."
)
OUTDATED = "Le brouillon a changé depuis la demande\u00a0: elle ne vaut plus, rien n’est publié."
NOT_YOURS = "Seule la personne qui a demandé la publication peut la retirer."


class RefusalForm(forms.Form):
    message = LineField(
        label="Pourquoi",
        max_length=300,
        widget=AdminTextInputWidget(attrs={"class": "vTextField"}),
        help_text="Votre message est gardé dans l’historique du guide.",
        error_messages={"required": "Dites pourquoi vous refusez."},
    )


class ApprovalAdmin(GuidePageAdmin):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(approve=self.approve_view) + super().get_urls()

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        require_publisher(request, "d’approuver une publication")
        form = RefusalForm(request.POST if request.POST.get("decision") == "refuse" else None)
        if request.method == "POST" and self._decide_request(request, guide, form):
            return redirect(change_url(guide))
        review = PublicationReview(guide)
        if review.publication_request is None:
            self.message_user(request, NO_REQUEST, messages.WARNING)
            return redirect(change_url(guide))
        context = {
            "title": "Publication demandée",
            "review": review,
            "form": form,
            "is_own_request": review.publication_request.author == request.user,
        }
        return self.render_page(request, "admin/rules/guide/approve.html", guide, **context)

    @transaction.atomic
    def _decide_request(self, request: HttpRequest, guide: Guide, form: RefusalForm) -> bool:
        """Approves, refuses or withdraws the publication request. Returns True if that was done.

        A second POST of the same form does nothing. Raises `PermissionDenied` if the user may not
        make this decision.
        """
        review = PublicationReview(guide_lock(guide=guide))
        publication_request = review.publication_request
        if publication_request is None:
            return False
        author = publication_request.author
        match request.POST.get("decision"):
            case "approve":
                return self._approve_request(request, review, publication_request)
            case "refuse" if form.is_valid():
                message = form.cleaned_data["message"]
                sentence = f"La publication demandée par {author} est refusée\u00a0: {message}"
            case "withdraw":
                if author != request.user and review.awaits_approval:
                    raise PermissionDenied(NOT_YOURS)
                sentence = f"La publication demandée par {author} est retirée."
            case _:
                return False
        publication_request_delete(publication_request=publication_request)
        log_sentence(request, guide, sentence)
        self.message_user(request, sentence)
        return True

    def _approve_request(
        self,
        request: HttpRequest,
        review: PublicationReview,
        publication_request: PublicationRequest,
    ) -> bool:
        """Publishes what was requested and returns True, or adds a message that says why it cannot.

        Raises `PermissionDenied` if the user made the request.
        """
        if publication_request.author == request.user:
            raise PermissionDenied(OWN_REQUEST)
        refusal = OUTDATED
        if review.awaits_approval:
            refusal = review.reason_to_review_again(request.POST.get(FINGERPRINT_FIELD, ""))
        try:
            if not refusal:
                approver = request_author(request)
                version = publication_request_approve(
                    publication_request=publication_request, approver=approver
                )
                self.message_user(request, publication_sentence(version, approver))
                return True
        except PublicationRefusedError:
            refusal = UNPUBLISHABLE
        except ConfirmationNeededError:
            refusal = NO_REASON
        self.message_user(request, refusal, messages.WARNING)
        return False
