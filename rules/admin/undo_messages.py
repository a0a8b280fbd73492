"""The messages that follow changes of drafts, each with the button that undoes the change."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from rules.admin.links import action_url
from rules.models import Snapshot, SnapshotStep


def message_with_undo(
    request: HttpRequest, sentence: str, snapshot: Snapshot | None, level: int = messages.INFO
) -> None:
    """Adds a message about a change of a draft, with a button that undoes it.

    `snapshot` was taken before the change. Without it, nothing has changed and there is no button. The
    button belongs to a form of the frame of all pages, so that it needs no script.
    """
    if snapshot:
        label = "Rétablir" if snapshot.step == SnapshotStep.UNDO else "Annuler"
        button = '{} <button form="undo" formaction="{}" name="snapshot" value="{}">{}</button>'
        address = action_url(snapshot.guide, "undo")
        sentence = format_html(button, sentence, address, snapshot.number, label)
    messages.add_message(request, level, sentence)
