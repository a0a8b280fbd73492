"""The list of versions of a guide, and the page of a version."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_stubs_ext import WithAnnotations

from rules.admin.admin_pages import render_admin_page
from rules.admin.content_entries import content_entries
from rules.admin.links import action_url, change_url, list_url
from rules.admin.parts_of_guide import GUIDE_LIST_URL_NAME, PartsOfGuideAdmin, guide_from_request
from rules.admin.permissions import CHANGE_PERMISSION, PUBLISH_PERMISSION, get_permitted_row
from rules.admin.publishing.cancel_page import cancel_page
from rules.admin.publishing.restore_page import restore_page, restore_texts
from rules.admin.publishing.take_page import take_page
from rules.models import ChangeEvent, Guide, Version, VersionProof
from rules.proof.finding_sentences import figures_sentence, path_count_label
from rules.publication.overtaken_versions import find_replacements
from rules.publication.restore import reason_not_to_restore
from rules.publication.timeline import Stage, TimelineEntry, version_stages
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    version_content,
)

STAGE_LABELS = {
    Stage.LIVE: "En ligne",
    Stage.SCHEDULED: "Programmée",
    Stage.SUPERSEDED: "Ne sera jamais en ligne",
    Stage.CANCELLED: "Annulée",
    Stage.OLD: "Ancienne",
}


Column = Callable[[Version], str | bool]


class VersionInList(TypedDict):
    stage: Stage
    approver: str
    replacement: int
    """The number of the version that is scheduled again in its place; 0 if there is none."""


@admin.register(Version)
class VersionAdmin(PartsOfGuideAdmin[Version]):
    list_display = [
        *("number_link", "stage", "live_since", "scheduled_for", "take_button"),
        *("author_name", "approver", "proved", "what_is_new", "why"),
    ]
    list_display_links = None
    list_title = "Versions publiées"
    sortable_by = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        restore = path("<int:pk>/restore/", restore_page, name="rules_version_restore")
        cancel = path("<int:pk>/cancel/", cancel_page, name="rules_version_cancel")
        take = path("<int:pk>/take/", take_page, name="rules_version_take")
        return [restore, cancel, take, *super().get_urls()]

    def get_list_display(self, request: HttpRequest) -> list[str | Column]:
        hidden = set() if request.user.has_perm(CHANGE_PERMISSION) else {"take_button"}
        return [column for column in self.list_display if column not in hidden]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        rows = Version.objects.select_related("guide", "proof", "cancellation")
        return rows.defer("document", "proof__states")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        guide = guide_from_request(request)
        stages = version_stages(guide) if guide else {}
        approvers = find_approvers(guide) if guide else {}
        replacements = find_replacements(guide) if guide else {}
        for version in changelist.result_list:
            again = replacements.get(version.number)
            version.replacement = again.number if again else 0
            version.stage = stages[version.number]
            version.approver = approvers.get(version.number, "")
        return changelist

    @admin.display(description="numéro")
    def number_link(self, version: Version) -> SafeString:
        return format_html('<a href="{}">Version {}</a>', change_url(version), version.number)

    @admin.display(description="état")
    def stage(self, version: "WithAnnotations[Version, VersionInList]") -> str:
        if version.stage is Stage.SUPERSEDED and version.replacement:
            return f"Remplacée par la version {version.replacement}"
        return STAGE_LABELS[version.stage]

    @admin.display(description="publiée le")
    def live_since(self, version: "WithAnnotations[Version, VersionInList]") -> datetime | None:
        return version.published_at if version.stage.was_ever_live else None

    @admin.display(description="programmée pour le")
    def scheduled_for(self, version: "WithAnnotations[Version, VersionInList]") -> datetime | None:
        return None if version.stage.was_ever_live else version.published_at

    @admin.display(description="approuvée par")
    def approver(self, version: "WithAnnotations[Version, VersionInList]") -> str:
        return version.approver

    @admin.display(description="note")
    def what_is_new(self, version: Version) -> str:
        return version.note

    @admin.display(description="motif")
    def why(self, version: Version) -> str:
        return version.reason

    @admin.display(description="brouillon")
    def take_button(self, version: Version) -> SafeString:
        """Shows a button of the form around the list, which takes the version into the draft."""
        url = action_url(version, "take")
        button = (
            '<button class="button" formaction="{}">Reprendre <span class="visually-hidden">'
            "la version {} </span>dans le brouillon</button>"
        )
        return format_html(button, url, version.number)

    @admin.display(description="preuve")
    def proved(self, version: Version) -> str:
        proof = _stored_proof(version)
        if proof is None:
            return "aucune"
        return path_count_label(int(proof.paths)) if proof.complete else "incomplète"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        version = get_permitted_row(self, request, object_id, self.has_view_permission)
        if version is None:
            return redirect(GUIDE_LIST_URL_NAME)
        try:
            content = version_content(version)
        except VersionAlteredError:
            self.message_user(request, altered_version_sentence(version), messages.ERROR)
            return redirect(list_url(Version, version.guide))
        entry = TimelineEntry(version)
        may_publish = request.user.has_perm(PUBLISH_PERMISSION)
        context = content_entries(content) | {
            "title": f"Version {version.number}",
            "guide": version.guide,
            "version": version,
            "versions": list_url(Version, version.guide),
            "entry": entry,
            "proof_summary": _proof_summary(version),
            "may_restore": may_publish and not reason_not_to_restore(entry),
            "may_take": request.user.has_perm(CHANGE_PERMISSION),
            "may_cancel": may_publish and entry.stage is Stage.SCHEDULED,
            "restore_texts": restore_texts(entry),
        }
        return render_admin_page(request, "admin/rules/version/content.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """Redirects to the history of the guide, which includes that of its versions."""
        version = get_permitted_row(self, request, object_id, self.has_view_permission)
        return redirect(action_url(version.guide, "history") if version else GUIDE_LIST_URL_NAME)


def find_approvers(guide: Guide) -> dict[int, str]:
    """Returns the name of the person who approved each version, as the history of the guide says it."""
    approvals = guide.changes.filter(event=ChangeEvent.APPROVED)
    names = approvals.values_list("version_number", "author_name")
    return {number: name for number, name in names if number}


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
