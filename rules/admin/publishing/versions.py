"""What was published: a list for each guide, each version's content, *Revenir à cette version*."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rules.admin.content_entries import content_entries
from rules.admin.fields import LineField
from rules.admin.links import action_url, change_url, list_url
from rules.admin.parts_of_guide import GUIDE_LIST, PartsOfGuideAdmin, guide_from_request
from rules.admin.permissions import PUBLISH_PERMISSION, require_publisher
from rules.admin.problem_links import place_titles
from rules.admin.recording import request_author
from rules.drafts.locks import guide_lock
from rules.models import Guide, Version, VersionProof
from rules.proof.finding_sentences import figures_sentence, path_count_label
from rules.publication.check import publication_check
from rules.publication.publish import PublicationRefusedError
from rules.publication.restore import version_restore
from rules.publication.timeline import (
    Stage,
    restoration_sentence,
    scheduled_versions,
    version_stages,
)
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    version_content,
)

STAGES = {
    Stage.LIVE: "En ligne",
    Stage.SCHEDULED: "Programmée",
    Stage.SUPERSEDED: "Ne sera jamais en ligne",
    Stage.OLD: "Ancienne",
}
NEVER_ONLINE = (
    "Cette version n’a jamais été en ligne\u00a0: dans ce guide, la mettre en ligne demande "
    "l’accord d’une seconde personne."
)


@dataclass(frozen=True, slots=True)
class Restoring:
    """How going to a version is told: what it comes to depends on where the version stands."""

    link: str
    title: str
    button: str
    reason: str = ""


class RestoreForm(forms.Form):
    reason = LineField(
        label="Motif",
        max_length=300,
        widget=AdminTextInputWidget(attrs={"class": "vTextField"}),
        help_text="Il est gardé avec la nouvelle version.",
        error_messages={"required": "Dites pourquoi."},
    )


@admin.register(Version)
class VersionAdmin(PartsOfGuideAdmin):
    list_display = ["number_link", "stage", "published_at", "author", "proved", "note", "reason"]
    list_display_links = None
    list_title = "Versions publiées"
    sortable_by = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/restore/", view, name="rules_version_restore"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        rows = Version.objects.select_related("guide", "author", "proof")
        return rows.defer("document", "proof__states")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        guide = guide_from_request(request)
        stages = version_stages(guide) if guide else {}
        for version in changelist.result_list:
            version.stage = stages[version.number]
        return changelist

    @admin.display(description="numéro")
    def number_link(self, version: Version) -> SafeString:
        return format_html('<a href="{}">Version {}</a>', change_url(version), version.number)

    @admin.display(description="état")
    def stage(self, version: Any) -> str:
        return STAGES[version.stage]

    @admin.display(description="preuve")
    def proved(self, version: Version) -> str:
        proof = _proof(version)
        if proof is None:
            return "aucune"
        return path_count_label(int(proof.paths)) if proof.complete else "incomplète"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        version = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        if version is None:
            return redirect(GUIDE_LIST)
        try:
            content = version_content(version)
        except VersionAlteredError:
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return redirect(list_url(Version, version.guide))
        may_publish = request.user.has_perm(PUBLISH_PERMISSION)
        context = content_entries(content) | {
            "title": f"Version {version.number}",
            "stage": version_stages(version.guide)[version.number],
            "says_the_same": _says_what_is_live(version),
            "proof_words": _proof_words(version),
            "may_restore": may_publish and not _keeps_from_restoring(version),
            "restoring": _restoring(version),
            "live": _live(version.guide),
        }
        return self._page(request, "admin/rules/version/content.html", version, **context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """All that happens in a guide is in the guide's history."""
        version = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return redirect(action_url(version.guide, "history") if version else GUIDE_LIST)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = get_object_or_404(self.get_queryset(request), pk=pk)
        require_publisher(request, "de mettre une version en ligne")
        restoring = _restoring(version)
        sent = request.POST if request.method == "POST" else None
        form = RestoreForm(sent, initial={"reason": restoring.reason})
        to_mend = _faults(version)  # before anyone has to wait for the lock
        if form.is_valid() and self._restore(request, version, form.cleaned_data["reason"]):
            return redirect(list_url(Version, version.guide))
        context = {
            "title": restoring.title,
            "restoring": restoring,
            "form": form,
            "proved": _proof(version),
            "to_mend": to_mend,
            "scheduled": scheduled_versions(version.guide),
        }
        return self._page(request, "admin/rules/version/restore.html", version, **context)

    @transaction.atomic
    def _restore(self, request: HttpRequest, version: Version, reason: str) -> bool:
        """False where its faults are to be shown. A second click makes no second version."""
        guide_lock(guide=version.guide)
        if refused := _keeps_from_restoring(version):
            self.message_user(request, refused, messages.WARNING)
            return True
        try:
            new = version_restore(version=version, author=request_author(request), reason=reason)
        except VersionAlteredError:
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return True
        except PublicationRefusedError:
            return False
        self.message_user(request, restoration_sentence(version, new))
        return True

    def _page(
        self, request: HttpRequest, template: str, version: Version, **context: Any
    ) -> HttpResponse:
        context |= self.admin_site.each_context(request)
        context |= {
            "opts": self.opts,
            "guide": version.guide,
            "version": version,
            "versions": list_url(Version, version.guide),
        }
        return TemplateResponse(request, template, context)


def _restoring(version: Version) -> Restoring:
    """What waits for its time is called off by publishing again what is live."""
    if _says_what_is_live(version):
        return Restoring(
            "Annuler la programmation",
            "Annuler la programmation",
            "Oui, annuler la programmation",
            "Programmation annulée",
        )
    if version_stages(version.guide)[version.number] is Stage.SCHEDULED:
        return Restoring(
            "Publier dès maintenant",
            f"Publier dès maintenant la version {version.number}",
            "Oui, publier dès maintenant",
            "Publication avancée",
        )
    return Restoring(
        "Revenir à cette version",
        f"Revenir à la version {version.number}",
        "Oui, revenir à cette version",
    )


def _proof(version: Version) -> VersionProof | None:
    """None of a version from before there were proofs."""
    return getattr(version, "proof", None)


def _proof_words(version: Version) -> str:
    proof = _proof(version)
    if proof is None:
        return "Publiée sans preuve."
    if proof.longest is None:
        return "Publiée sans preuve complète\u00a0: tous les parcours n’ont pas pu être vérifiés."
    return figures_sentence(int(proof.paths), proof.longest, proof.seconds)


def _faults(version: Version) -> list[tuple[str, str]]:
    """Where and what, of a version that was never proved; one that was, had none."""
    if _proof(version):
        return []
    try:
        content = version_content(version)
    except VersionAlteredError:
        return []
    names = place_titles(content)
    problems = publication_check(content).problems
    return [(names.get(one.place[:2], "Guide"), one.message) for one in problems]


def _keeps_from_restoring(version: Version) -> str:
    """Why one may not go back to it; empty when one may. What waits for its time is called off by
    going back to what is live.
    """
    stages = version_stages(version.guide)
    if _says_what_is_live(version) and Stage.SCHEDULED not in stages.values():
        return "Ce contenu est déjà en ligne."
    never_online = stages[version.number] in {Stage.SCHEDULED, Stage.SUPERSEDED}
    return NEVER_ONLINE if version.guide.needs_approval and never_online else ""


def _live(guide: Guide) -> Version | None:
    return Version.objects.live().filter(guide=guide).defer("document").first()


def _says_what_is_live(version: Version) -> bool:
    """Of the live version, and of those it repeats: going back to them would change nothing."""
    live = _live(version.guide)
    return live is not None and live.sha256 == version.sha256
