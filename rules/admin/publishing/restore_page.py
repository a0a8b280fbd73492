"""*Revenir à cette version*: publishes an earlier or a scheduled version again, as a new version."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from rules.admin.admin_pages import Context, admin_page
from rules.admin.form_fields import SentenceField
from rules.admin.links import list_url
from rules.admin.permissions import CHANGE_PERMISSION, PUBLISH_PERMISSION
from rules.admin.presented_problems import ProblemPresenter
from rules.admin.publishing.overtaking_form import OvertakingForm
from rules.admin.publishing.presented_review import FINGERPRINT_FIELD
from rules.admin.publishing.take_page import draft_digest, take_version
from rules.admin.recording import request_author
from rules.drafts.cached_changes import sentences_for_visitors
from rules.drafts.locks import guide_lock
from rules.models import Version
from rules.publication.publish import PublicationRefusedError
from rules.publication.restore import Restoration, reason_not_to_restore, version_restore
from rules.publication.review import ReviewOutdatedError
from rules.publication.timeline import (
    Stage,
    TimelineEntry,
    restoration_sentence,
)
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    compared_version,
)
from rules.visitor_changes.visitor_sentences import VisitorSentences

VERSIONS_CHANGED = (
    "Quelqu’un a publié, programmé ou annulé une version entre-temps, ou une version programmée est "
    "en ligne\u00a0: rien n’est publié cette fois-ci. Vérifiez de nouveau."
)


@dataclass(frozen=True, slots=True)
class RestoreTexts:
    """The texts of the link and of the page that publish an earlier version again."""

    link: str
    title: str
    button: str
    reason: str = ""
    """The reason that is written in the form when the page opens."""


class RestoreForm(OvertakingForm):
    reason = SentenceField(
        label="Motif",
        help_text="Il est gardé avec la nouvelle version.",
        error_messages={"required": "Dites pourquoi."},
    )

    takes = forms.BooleanField(
        label="Remettre aussi le brouillon à cette version",
        required=False,
        help_text="Ce que le brouillon dit d’autre est alors remplacé. Vous pourrez l’annuler.",
    )

    def clean(self) -> None:
        self.clean_overtaken(self.overtaken)


@admin_page(
    PUBLISH_PERMISSION,
    template="admin/rules/version/restore.html",
    act="de mettre une version en ligne",
)
def restore_page(request: HttpRequest, pk: int) -> Context | HttpResponse:
    versions = Version.objects.select_related("guide", "proof").defer("document", "proof__states")
    version = get_object_or_404(versions, pk=pk)
    entry = TimelineEntry(version)
    texts = restore_texts(entry)
    posted = request.POST if request.method == "POST" else None
    restoration = Restoration(version)
    form = RestoreForm(posted, overtaken=restoration.overtaken, initial={"reason": texts.reason})
    draft_is_same = draft_digest(version.guide) == version.sha256
    if draft_is_same or not request.user.has_perm(CHANGE_PERMISSION):
        del form.fields["takes"]
    is_outdated = posted is not None and posted.get(FINGERPRINT_FIELD) != entry.fingerprint
    if (is_outdated or form.is_valid()) and _restore_version(request, restoration, form):
        return redirect(list_url(Version, version.guide))
    check = restoration.check
    return {
        "title": texts.title,
        "guide": version.guide,
        "version": version,
        "versions": list_url(Version, version.guide),
        "entry": entry,
        "restore_texts": texts,
        "form": form,
        "draft_is_same": draft_is_same,
        "is_proved": hasattr(version, "proof"),
        "problems": (
            ProblemPresenter(None, check.content).present_problems(check.problems) if check else []
        ),
        "sentences": _visitor_sentences(entry),
    }


def _visitor_sentences(entry: TimelineEntry) -> VisitorSentences | None:
    """Returns what changes for visitors of the live version; None if there is nothing to compare."""
    live = entry.live_version
    try:
        if live is None or entry.has_live_content:
            return None
        return sentences_for_visitors(compared_version(live), compared_version(entry.version))
    except VersionAlteredError:
        return None


@transaction.atomic
def _restore_version(request: HttpRequest, restoration: Restoration, form: RestoreForm) -> bool:
    """Publishes a version again, or refuses to, and adds a message that says which.

    Returns False if the page must be shown again: other versions are live or scheduled than when it
    was opened, or the version has problems, about which there is no message. A second POST of the
    same form does nothing.
    """
    version = restoration.version
    version.guide = guide_lock(guide=version.guide)
    entry = TimelineEntry(version)
    if refusal := reason_not_to_restore(entry):
        messages.warning(request, refusal)
        return True
    if request.POST.get(FINGERPRINT_FIELD) != entry.fingerprint or not form.is_valid():
        messages.warning(request, VERSIONS_CHANGED)
        return False
    try:
        new_version = version_restore(
            restoration=restoration,
            author=request_author(request),
            reason=form.cleaned_data["reason"],
            rescheduled=form.rescheduled_versions,
        )
    except ReviewOutdatedError:
        messages.warning(request, VERSIONS_CHANGED)
        return False
    except VersionAlteredError:
        messages.error(request, altered_version_sentence(version))
        return True
    except PublicationRefusedError:
        return False
    messages.info(request, restoration_sentence(version, new_version))
    if form.cleaned_data.get("takes"):
        take_version(request, new_version)
    return True


def restore_texts(entry: TimelineEntry) -> RestoreTexts:
    """Returns the texts that say what publishing a version again does.

    A version that was never live is published at once. For another version, it goes back to it.
    """
    if not entry.stage.was_ever_live:
        return RestoreTexts(
            "Publier dès maintenant",
            f"Publier dès maintenant la version {entry.version.number}",
            "Oui, publier dès maintenant",
            "Publication avancée" if entry.stage is Stage.SCHEDULED else "",
        )
    return RestoreTexts(
        "Revenir à cette version",
        f"Revenir à la version {entry.version.number}",
        "Oui, revenir à cette version",
    )
