"""The list of versions of a guide, the page of a version, and *Revenir à cette version*."""

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
from rules.admin.form_fields import LineField
from rules.admin.links import action_url, change_url, list_url
from rules.admin.parts_of_guide import GUIDE_LIST_URL_NAME, PartsOfGuideAdmin, guide_from_request
from rules.admin.permissions import PUBLISH_PERMISSION, require_publisher
from rules.admin.problem_links import place_of_part, place_titles
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

STAGE_LABELS = {
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
class RestoreTexts:
    """The texts of the link and of the page that publish an earlier version again."""

    link: str
    title: str
    button: str
    reason: str = ""
    """The reason that is written in the form when the page opens."""


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
        return STAGE_LABELS[version.stage]

    @admin.display(description="preuve")
    def proved(self, version: Version) -> str:
        proof = _stored_proof(version)
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
            return redirect(GUIDE_LIST_URL_NAME)
        try:
            content = version_content(version)
        except VersionAlteredError:
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return redirect(list_url(Version, version.guide))
        may_publish = request.user.has_perm(PUBLISH_PERMISSION)
        context = content_entries(content) | {
            "title": f"Version {version.number}",
            "stage": version_stages(version.guide)[version.number],
            "has_live_content": _has_live_content(version),
            "proof_summary": _proof_summary(version),
            "may_restore": may_publish and not _reason_not_to_restore(version),
            "restore_texts": _restore_texts(version),
            "live_version": _live_version(version.guide),
        }
        return self._render_page(request, "admin/rules/version/content.html", version, **context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Redirects to the history of the guide, which includes that of its versions."""
        version = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return redirect(action_url(version.guide, "history") if version else GUIDE_LIST_URL_NAME)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = get_object_or_404(self.get_queryset(request), pk=pk)
        require_publisher(request, "de mettre une version en ligne")
        texts = _restore_texts(version)
        posted = request.POST if request.method == "POST" else None
        form = RestoreForm(posted, initial={"reason": texts.reason})
        problems = _problems_of_unproved(version)  # found before the guide is locked: it takes long
        if form.is_valid() and self._restore_version(request, version, form.cleaned_data["reason"]):
            return redirect(list_url(Version, version.guide))
        context = {
            "title": texts.title,
            "restore_texts": texts,
            "form": form,
            "stored_proof": _stored_proof(version),
            "problems": problems,
            "scheduled_versions": scheduled_versions(version.guide),
        }
        return self._render_page(request, "admin/rules/version/restore.html", version, **context)

    @transaction.atomic
    def _restore_version(self, request: HttpRequest, version: Version, reason: str) -> bool:
        """Publishes a version again, if nothing is against it, and adds a message about it.

        Returns False if the version has problems, which the page must show. A second POST of the
        same form does nothing.
        """
        guide_lock(guide=version.guide)
        if refusal := _reason_not_to_restore(version):
            self.message_user(request, refusal, messages.WARNING)
            return True
        try:
            author = request_author(request)
            new_version = version_restore(version=version, author=author, reason=reason)
        except VersionAlteredError:
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return True
        except PublicationRefusedError:
            return False
        self.message_user(request, restoration_sentence(version, new_version))
        return True

    def _render_page(
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


def _restore_texts(version: Version) -> RestoreTexts:
    """Returns the texts that say what publishing a version again does.

    For live content, it unschedules the scheduled versions. For a scheduled version, it publishes it
    at once. For another version, it goes back to it.
    """
    if _has_live_content(version):
        return RestoreTexts(
            "Annuler la programmation",
            "Annuler la programmation",
            "Oui, annuler la programmation",
            "Programmation annulée",
        )
    if version_stages(version.guide)[version.number] is Stage.SCHEDULED:
        return RestoreTexts(
            "Publier dès maintenant",
            f"Publier dès maintenant la version {version.number}",
            "Oui, publier dès maintenant",
            "Publication avancée",
        )
    return RestoreTexts(
        "Revenir à cette version",
        f"Revenir à la version {version.number}",
        "Oui, revenir à cette version",
    )


def _stored_proof(version: Version) -> VersionProof | None:
    """Returns the proof of a version; None if it was published before proofs were stored."""
    return getattr(version, "proof", None)


def _proof_summary(version: Version) -> str:
    proof = _stored_proof(version)
    if proof is None:
        return "Publiée sans preuve."
    if proof.longest is None:
        return "Publiée sans preuve complète\u00a0: tous les parcours n’ont pas pu être vérifiés."
    return figures_sentence(int(proof.paths), proof.longest, proof.seconds)


def _problems_of_unproved(version: Version) -> list[tuple[str, str]]:
    """Returns the part and the message of each problem of a version that has no stored proof."""
    if _stored_proof(version):
        return []
    try:
        content = version_content(version)
    except VersionAlteredError:
        return []
    titles = place_titles(content)
    problems = publication_check(content).problems
    return [
        (titles.get(place_of_part(problem.place), "Guide"), problem.message) for problem in problems
    ]


def _reason_not_to_restore(version: Version) -> str:
    """Returns why a version may not be published again; empty if it may.

    Content that is live already may be published again only if that unschedules another version.
    """
    stages = version_stages(version.guide)
    if _has_live_content(version) and Stage.SCHEDULED not in stages.values():
        return "Ce contenu est déjà en ligne."
    never_online = stages[version.number] in {Stage.SCHEDULED, Stage.SUPERSEDED}
    return NEVER_ONLINE if version.guide.needs_approval and never_online else ""


def _live_version(guide: Guide) -> Version | None:
    """Returns the live version of a guide without its document."""
    return Version.objects.filter_live().filter(guide=guide).defer("document").first()


def _has_live_content(version: Version) -> bool:
    """True if the live version has the same content as this version, or is this version."""
    live = _live_version(version.guide)
    return live is not None and live.sha256 == version.sha256
