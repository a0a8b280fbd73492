"""The second person: reads what was asked for, then approves or refuses it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.fields import LineField
from rules.admin.guide_actions import GuideActions
from rules.admin.links import change_url
from rules.admin.permissions import require_publisher
from rules.admin.publishing.review import PublicationReview
from rules.admin.recording import log_on_guide, request_author
from rules.drafts.locks import guide_lock
from rules.models import Guide, PublicationRequest
from rules.publication.approvals import publication_request_approve, publication_request_delete
from rules.publication.publish import ConfirmationNeededError, PublicationRefusedError
from rules.publication.timeline import publication_sentence

OWN = "Vous avez demandé cette publication\u00a0: une autre personne doit l’approuver."
GONE = "Aucune publication n’attend d’accord."
REFUSED = (
    "Le brouillon ne peut plus être publié\u00a0: rien n’est publié. Voici ce qui est à corriger."
)
NO_REASON = (
    "La preuve demande de dire pourquoi publier, et cette demande ne le dit pas\u00a0: rien n’est "
    "publié. La publication est à demander de nouveau, avec un motif."
)
VOID = "Le brouillon a changé depuis la demande\u00a0: elle ne vaut plus, rien n’est publié."


class RefusalForm(forms.Form):
    message = LineField(
        label="Pourquoi",
        max_length=300,
        widget=AdminTextInputWidget(attrs={"class": "vTextField"}),
        help_text="Votre message est gardé dans l’historique du guide.",
        error_messages={"required": "Dites pourquoi vous refusez."},
    )


class ApprovalAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(approve=self.approve_view) + super().get_urls()

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        require_publisher(request, "d’approuver une publication")
        form = RefusalForm(request.POST if request.POST.get("decision") == "refuse" else None)
        if request.method == "POST" and self._decide_on(request, guide, form):
            return redirect(change_url(guide))
        desk = PublicationReview(guide)
        if desk.asked is None:
            self.message_user(request, GONE, messages.WARNING)
            return redirect(change_url(guide))
        own = desk.asked.author == request.user
        context = {"title": "Publication demandée", "desk": desk, "form": form, "own": own}
        return self.page(request, "admin/rules/guide/approve.html", guide, **context)

    @transaction.atomic
    def _decide_on(self, request: HttpRequest, guide: Guide, form: RefusalForm) -> bool:
        """Whether the request is settled. A second click settles nothing twice."""
        desk = PublicationReview(guide_lock(guide=guide))
        if desk.asked is None:
            return False
        decisions: dict[str, Callable[..., str]] = {
            "approve": self._approve,
            "refuse": self._refuse,
            "withdraw": self._withdraw,
        }
        decide = decisions.get(request.POST.get("decision", ""))
        done = decide(request, desk, desk.asked, form) if decide else ""
        if done:
            self.message_user(request, done)
        return bool(done)

    def _approve(
        self,
        request: HttpRequest,
        desk: PublicationReview,
        asked: PublicationRequest,
        form: RefusalForm,
    ) -> str:
        if asked.author == request.user:
            raise PermissionDenied(OWN)
        words = desk.changed_since(request.POST.get("checked", "")) if desk.waits else VOID
        try:
            if not words:
                version = publication_request_approve(
                    publication_request=asked, approver=request_author(request)
                )
                return publication_sentence(version, request_author(request))
        except PublicationRefusedError:
            words = REFUSED
        except ConfirmationNeededError:
            words = NO_REASON
        self.message_user(request, words, messages.WARNING)
        return ""

    def _refuse(
        self,
        request: HttpRequest,
        desk: PublicationReview,
        asked: PublicationRequest,
        form: RefusalForm,
    ) -> str:
        if not form.is_valid():
            return ""
        message = form.cleaned_data["message"]
        done = f"La publication demandée par {asked.author} est refusée\u00a0: {message}"
        return self._drop(request, asked, done)

    def _withdraw(
        self,
        request: HttpRequest,
        desk: PublicationReview,
        asked: PublicationRequest,
        form: RefusalForm,
    ) -> str:
        if asked.author != request.user and desk.waits:
            raise PermissionDenied(
                "Seule la personne qui a demandé la publication peut la retirer."
            )
        return self._drop(
            request, asked, f"La publication demandée par {asked.author} est retirée."
        )

    def _drop(self, request: HttpRequest, asked: PublicationRequest, done: str) -> str:
        publication_request_delete(publication_request=asked)
        log_on_guide(request, asked.guide, done)
        return done
