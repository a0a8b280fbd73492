"""The page of a publication request: a second person approves or refuses it, its author withdraws it.

All editors can read it. Only people who may publish approve and refuse.
"""

from typing import Unpack

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.admin_pages import Context, guide_page
from rules.admin.form_fields import SentenceField
from rules.admin.links import change_url
from rules.admin.permissions import PUBLISH_PERMISSION, VIEW_PERMISSION, require_permissions
from rules.admin.publishing.presented_review import FINGERPRINT_FIELD, PresentedReview
from rules.admin.recording import log_sentence, request_author
from rules.models import ChangeEvent, ChangeMeaning, Guide, PublicationRequest
from rules.publication.approvals import (
    publication_request_approve,
    publication_request_delete,
)
from rules.publication.review import (
    OTHERWISE_PUBLISHED,
    PublicationReview,
    ReviewOutdatedError,
)
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
OVERTAKING_UNDECIDED = "Rien n’est publié\u00a0: la publication est à demander de nouveau."
OUTDATED = "Le brouillon a changé depuis la demande\u00a0: elle ne vaut plus, rien n’est publié."
AUTHOR_IS_GONE = (
    "Le compte de la personne qui a demandé cette publication n’existe plus\u00a0: la demande ne vaut "
    "plus, rien n’est publié."
)
NOT_YOURS = "Seule la personne qui a demandé la publication peut la retirer."


class RefusalForm(forms.Form):
    message = SentenceField(
        label="Pourquoi",
        help_text="Votre message est gardé dans l’historique du guide.",
        error_messages={"required": "Dites pourquoi vous refusez."},
    )


@guide_page(
    VIEW_PERMISSION, template="admin/rules/guide/approve.html", title="Publication demandée"
)
def approve_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    review = PresentedReview(guide)
    publication_request = review.publication_request
    if publication_request is None:
        messages.warning(request, NO_REQUEST)
        return redirect(change_url(guide))
    form = RefusalForm(request.POST if request.POST.get("decision") == "refuse" else None)
    try:
        if _decide_request(request, review, publication_request, form):
            return redirect(change_url(guide))
    except ReviewOutdatedError:  # the same POST is decided again, on a new review
        return approve_page(request, pk=guide.pk)
    return {
        "review": review,
        "form": form,
        "is_own_request": publication_request.author == request.user,
        "may_publish": request.user.has_perm(PUBLISH_PERMISSION),
    }


def _decide_request(
    request: HttpRequest,
    review: PublicationReview,
    publication_request: PublicationRequest,
    form: RefusalForm,
) -> bool:
    """Approves, refuses or withdraws a publication request. Returns True if that was done.

    Raises `PermissionDenied` if the user may not make this decision, `ReviewOutdatedError` if the
    review is outdated.
    """
    author, name = publication_request.author, publication_request.author_name
    if request.method == "POST" and author != request.user:
        require_permissions(request, [PUBLISH_PERMISSION], "d’approuver une publication")
    match request.POST.get("decision"):
        case "approve" if author == request.user:
            raise PermissionDenied(OWN_REQUEST)
        case "approve":
            return _approve_request(request, review)
        case "refuse" if form.is_valid():
            reason = form.cleaned_data["message"]
            sentence = f"La publication demandée par {name} est refusée\u00a0: {reason}"
            refused = ChangeEvent.REFUSED
            return _delete_request(request, review, sentence, event=refused, reason=reason)
        case "withdraw" if author != request.user and review.awaits_approval:
            raise PermissionDenied(NOT_YOURS)
        case "withdraw":
            sentence = f"La publication demandée par {name} est retirée."
            return _delete_request(request, review, sentence, event=ChangeEvent.WITHDRAWN)
    return False


def _delete_request(
    request: HttpRequest,
    review: PublicationReview,
    sentence: str,
    **meaning: Unpack[ChangeMeaning],
) -> bool:
    """Deletes the request and returns True, or adds a message that says that it is another one.

    `sentence` says why it is deleted. Raises `ReviewOutdatedError` if the review is outdated.
    """
    if not review.has_request_of_page(request.POST.get(FINGERPRINT_FIELD, "")):
        messages.warning(request, OTHERWISE_PUBLISHED)
        return False
    with transaction.atomic():
        publication_request_delete(review=review)
        log_sentence(request, review.guide, sentence, **meaning)
    messages.info(request, sentence)
    return True


def _approve_request(request: HttpRequest, review: PublicationReview) -> bool:
    """Publishes what was requested and returns True, or adds a message that says why it cannot.

    Raises `ReviewOutdatedError` if the review is outdated.
    """
    if refusal := _reason_not_to_approve(review, request.POST.get(FINGERPRINT_FIELD, "")):
        messages.warning(request, refusal)
        return False
    approver = request_author(request)
    version = publication_request_approve(review=review, approver=approver)
    messages.info(request, publication_sentence(version, approver))
    return True


def _reason_not_to_approve(review: PublicationReview, fingerprint: str) -> str:
    """Returns why what was requested on a page is not published; empty if it may be."""
    if not review.awaits_approval:
        author_is_gone = review.publication_request and not review.publication_request.author
        return AUTHOR_IS_GONE if author_is_gone else OUTDATED
    if changed := review.reason_to_review_again(fingerprint):
        return changed
    if review.check.problems:
        return UNPUBLISHABLE
    if undecided := review.reason_to_decide_on_overtaken:
        return f"{undecided} {OVERTAKING_UNDECIDED}"
    return NO_REASON if review.lacks_reason else ""
