"""The messages that follow changes of drafts, each with the button that undoes the change."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from rules.admin.links import action_url
from rules.models import Guide, PublicationRequest, Snapshot, SnapshotStep


def message_with_undo(request: HttpRequest, sentence: str, snapshot: Snapshot | None) -> None:
    """Adds a message about a change of a draft, with a button that undoes it.

    `snapshot` was taken before the change. Without it, nothing has changed and there is no button. The
    button belongs to a form of the frame of all pages, so that it needs no script. Another message
    follows if a publication was requested of the draft before.
    """
    if snapshot is None:
        messages.info(request, sentence)
        return
    label = "Rétablir" if snapshot.step == SnapshotStep.UNDO else "Annuler"
    button = (
        '{} <button form="undo" formaction="{}" name="snapshot" value="{}" accesskey="z" '
        'title="Touche d’accès\u00a0: Z">{}</button>'
    )
    address = action_url(snapshot.guide, "undo")
    messages.info(request, format_html(button, sentence, address, snapshot.number, label))
    if outdated := find_outdated_request(snapshot.guide, snapshot.sha256):
        is_own = outdated.author_id == request.user.pk
        name = outdated.author_name
        whose = "votre demande de publication" if is_own else f"la publication demandée par {name}"
        warning = f"Le brouillon a changé\u00a0: {whose} ne vaut plus, elle est à refaire."
        messages.warning(request, warning)


def find_outdated_request(guide: Guide, digest: str) -> PublicationRequest | None:
    """Returns the request to publish a draft with this digest, which a change of the draft outdates."""
    return PublicationRequest.objects.filter(guide=guide, sha256=digest).first()
