"""What was published: a list for each guide, each version's content, *Revenir à cette version*."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rules.admin.history import guide_log
from rules.admin.links import change_url, list_url
from rules.admin.publication import altered
from rules.admin.reading import reading
from rules.admin.scoped import GUIDES, ScopedAdmin, guide_named
from rules.models import Guide, Version
from rules.runtime import VersionAlteredError, version_content
from rules.services import guide_lock, version_restore


@admin.register(Version)
class VersionAdmin(ScopedAdmin):
    list_display = ["number_link", "live", "published_at", "author", "note"]
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
        return Version.objects.select_related("guide", "author").defer("document")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        live = _live(guide_named(request))
        for version in changelist.result_list:
            version.is_live = version == live
        return changelist

    @admin.display(description="numéro")
    def number_link(self, version: Version) -> SafeString:
        return format_html('<a href="{}">Version {}</a>', change_url(version), version.number)

    @admin.display(description="état")
    def live(self, version: Any) -> str:
        return "En ligne" if version.is_live else ""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        version = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        if version is None:
            return redirect(GUIDES)
        try:
            content = version_content(version)
        except VersionAlteredError:
            self.message_user(request, altered(version), messages.ERROR)
            return redirect(list_url(Version, version.guide))
        return self._page(
            request,
            "admin/rules/version/content.html",
            version,
            title=f"Version {version.number}",
            is_live=version == _live(version.guide),
            says_the_same=_says_what_is_live(version),
            may_restore=request.user.has_perm("rules.publish_guide"),
            **reading(content),
        )

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = get_object_or_404(self.get_queryset(request), pk=pk)
        if not request.user.has_perm("rules.publish_guide"):
            raise PermissionDenied
        if request.method == "POST":
            self._restore(request, version)
            return redirect(list_url(Version, version.guide))
        title = f"Revenir à la version {version.number}"
        return self._page(request, "admin/rules/version/restore.html", version, title=title)

    @transaction.atomic
    def _restore(self, request: HttpRequest, version: Version) -> None:
        """A second click makes no second version."""
        guide_lock(guide=version.guide)
        if _says_what_is_live(version):
            self.message_user(request, "Ce contenu est déjà en ligne.", messages.WARNING)
            return
        try:
            new = version_restore(version=version, reason="", author=request.user)  # type: ignore[arg-type]  # logged in
        except VersionAlteredError:
            self.message_user(request, altered(version), messages.ERROR)
            return
        done = f"Retour à la version {version.number}\u00a0: la version {new.number} est en ligne."
        guide_log(request, version.guide, done)
        self.message_user(request, done)

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


def _live(guide: Guide | None) -> Version | None:
    return Version.objects.live().filter(guide=guide).defer("document").first()


def _says_what_is_live(version: Version) -> bool:
    """Of the live version, and of those it repeats: going back to them would change nothing."""
    live = _live(version.guide)
    return live is not None and live.sha256 == version.sha256
