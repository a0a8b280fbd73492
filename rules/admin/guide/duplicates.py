"""Two pages: one duplicates a guide, the other sets a draft back to the live version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.guide_pages import GuidePageAdmin
from rules.admin.links import change_url
from rules.admin.recording import log_sentence, request_author
from rules.drafts.guides import guide_duplicate
from rules.models import Guide
from rules.publication.restore import draft_reset
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError, altered_version_sentence


class DuplicatesAdmin(GuidePageAdmin):
    def get_urls(self) -> list[URLPattern]:
        own = self.action_paths(reset=self.reset_view, duplicate=self.duplicate_view)
        return own + super().get_urls()

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_change_permission(request, guide):
            raise PermissionDenied
        live = guide_live_version(guide)
        if live is None:
            self.message_user(request, "Ce guide n’a jamais été publié.", messages.WARNING)
            return redirect(change_url(guide))
        if request.method == "POST":
            try:
                with transaction.atomic():
                    draft_reset(version=live, author=request_author(request))
                    sentence = f"Le brouillon est remis à la version {live.number}."
                    log_sentence(request, guide, sentence)
                self.message_user(request, sentence)
            except VersionAlteredError:
                self.message_user(request, altered_version_sentence(live), messages.ERROR)
            return redirect(change_url(guide))
        title = "Remettre le brouillon à la version en ligne"
        return self.render_page(
            request, "admin/rules/guide/reset.html", guide, title=title, live=live
        )

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            template = "admin/rules/guide/duplicate.html"
            return self.render_page(request, template, guide, title="Dupliquer le guide")
        with transaction.atomic():
            copy = guide_duplicate(guide=guide)
            log_sentence(request, copy, f"Copie de «\u00a0{guide.title}\u00a0».")
        self.message_user(request, "Voici la copie.")
        return redirect(change_url(copy))
