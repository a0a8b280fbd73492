"""*Publier*: publishes a draft, now or for a later date, or requests its publication.

Editors who may not publish can only request it, and so can publishers if the guide needs the approval
of a second person.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import action_url, change_url
from rules.admin.permissions import (
    CHANGE_PERMISSION,
    PUBLISH_PERMISSION,
    publish_label,
    publishers_to_ask,
)
from rules.admin.publishing.presented_review import FINGERPRINT_FIELD, PresentedReview
from rules.admin.publishing.publish_form import PublishForm
from rules.admin.recording import log_sentence, request_author
from rules.comparison.change_sentences import capitalize_first
from rules.models import ChangeEvent, Guide
from rules.publication.approvals import publication_request_create
from rules.publication.overtaken_versions import OvertakenVersion, find_replacements
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview, ReviewOutdatedError
from rules.publication.timeline import publication_sentence

REQUEST_SENT = "La publication est demandée\u00a0: une autre personne doit l’approuver."


@guide_page(
    CHANGE_PERMISSION,
    template="admin/rules/guide/publish.html",
    act="de publier ce guide",
)
def publish_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    review = PresentedReview(guide)
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, review=review)
    if posted is not None:
        refusal = _reason_not_to_publish(review, posted.get(FINGERPRINT_FIELD, ""))
        if refusal:
            messages.warning(request, refusal)
        elif not review.check.problems and form.is_valid():
            try:
                _publish_draft(request, review, form)
            except ReviewOutdatedError:  # the same POST is decided again, on a new review
                return publish_page(request, pk=guide.pk)
            return redirect(change_url(guide))
    return {
        "title": publish_label(request),
        "review": review,
        "form": form,
        "only_requests": _only_requests(request, review),
        "publishers": publishers_to_ask(request),
    }


def _only_requests(request: HttpRequest, review: PublicationReview) -> bool:
    """True if someone else must approve what the user publishes."""
    return review.guide.needs_approval or not request.user.has_perm(PUBLISH_PERMISSION)


def _reason_not_to_publish(review: PublicationReview, fingerprint: str) -> str:
    """Returns why a page with this fingerprint publishes nothing; empty if it may publish."""
    if not review.has_unpublished_changes:
        return "Il n’y a rien à publier."
    if review.awaits_approval:
        return "Cette publication attend déjà l’accord d’une autre personne."
    return review.reason_to_review_again(fingerprint)


def _publish_draft(request: HttpRequest, review: PublicationReview, form: PublishForm) -> None:
    """Publishes the draft or, if someone else must approve it, requests its publication.

    Raises `ReviewOutdatedError` if the review is outdated.
    """
    author, options = request_author(request), form.publication_options
    if _only_requests(request, review):
        sentence = REQUEST_SENT
        with transaction.atomic():
            publication_request_create(
                review=review, author=author, reschedules=form.decisions, **options
            )
            log_sentence(request, review.guide, sentence, event=ChangeEvent.REQUESTED)
    else:
        version = guide_publish(
            review=review, author=author, rescheduled=form.rescheduled_versions, **options
        )
        sentence = publication_sentence(version)
    messages.info(request, sentence)
    if not _only_requests(request, review):
        _report_rescheduled(request, form.rescheduled_versions)


def _report_rescheduled(request: HttpRequest, overtaken: Sequence[OvertakenVersion]) -> None:
    """Says which versions are rescheduled, with a link that takes what they bring into the draft."""
    for each in overtaken:
        again = find_replacements(each.version.guide).get(each.version.number)
        if again is None:
            continue
        sentence = (
            "{}, devient la version {}. Le brouillon n’a pas encore ce qu’elle apporte\u00a0: "
            '<a href="{}">la reprendre dans le brouillon</a>.'
        )
        url = action_url(again, "take")
        messages.warning(
            request, format_html(sentence, capitalize_first(each.name), again.number, url)
        )
