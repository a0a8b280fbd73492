"""What is done to a guide as a whole: publish, set the draft back, duplicate."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.actions import GuideActions
from rules.admin.history import guide_log
from rules.admin.links import change_url
from rules.admin.problems import to_mend
from rules.checks import publication_problems
from rules.document.serialising import canonical, digest
from rules.drafts import draft_read
from rules.models import Guide, Version
from rules.runtime import VersionAlteredError
from rules.selectors import guide_live_version, is_unpublished
from rules.services import (
    PublicationRefusedError,
    draft_reset,
    guide_duplicate,
    guide_lock,
    guide_publish,
)


class PublicationAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        own = self.action_paths(
            publish=self.publish_view, reset=self.reset_view, duplicate=self.duplicate_view
        )
        return own + super().get_urls()

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not request.user.has_perm("rules.publish_guide"):
            raise PermissionDenied
        if request.method == "POST" and self._publish(request, guide):
            return redirect(change_url(guide))
        draft = draft_read(guide)
        problems = publication_problems(draft)
        return self.page(
            request,
            "admin/rules/guide/publish.html",
            guide,
            title="Publier",
            unpublished=is_unpublished(draft, guide_live_version(guide)),
            checked=digest(canonical(draft)),
            to_mend=to_mend(guide, draft, problems),
        )

    @transaction.atomic
    def _publish(self, request: HttpRequest, guide: Guide) -> bool:
        """Whether a version was made. A second click on *Publier* makes no second one."""
        guide = guide_lock(guide=guide)
        draft = draft_read(guide)
        if not is_unpublished(draft, guide_live_version(guide)):
            self.message_user(request, "Il n’y a rien à publier.", messages.WARNING)
            return False
        if digest(canonical(draft)) != request.POST.get("checked"):
            changed = (
                "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."
            )
            self.message_user(request, changed, messages.WARNING)
            return False
        try:
            version = guide_publish(guide=guide, author=request.user)  # type: ignore[arg-type]  # logged in
        except PublicationRefusedError:
            return False
        published = f"La version {version.number} est en ligne."
        guide_log(request, guide, published)
        self.message_user(request, published)
        return True

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_change_permission(request, guide):
            raise PermissionDenied
        live = guide_live_version(guide)
        if live is None:
            self.message_user(request, "Ce guide n’a jamais été publié.", messages.WARNING)
            return redirect(change_url(guide))
        if request.method == "POST":
            self._reset(request, live)
            return redirect(change_url(guide))
        title = "Remettre le brouillon à la version en ligne"
        return self.page(request, "admin/rules/guide/reset.html", guide, title=title, live=live)

    def _reset(self, request: HttpRequest, live: Version) -> None:
        try:
            draft_reset(version=live)
        except VersionAlteredError:
            self.message_user(request, altered(live), messages.ERROR)
            return
        done = f"Le brouillon est remis à la version {live.number}."
        guide_log(request, live.guide, done)
        self.message_user(request, done)

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            template = "admin/rules/guide/duplicate.html"
            return self.page(request, template, guide, title="Dupliquer le guide")
        copy = guide_duplicate(guide=guide)
        guide_log(request, copy, f"Copie de «\u00a0{guide.title}\u00a0».")
        self.message_user(request, "Voici la copie.")
        return redirect(change_url(copy))


def altered(version: Version) -> str:
    return (
        f"La version {version.number} n’est plus celle qui a été publiée\u00a0: elle a été altérée "
        "dans la base de données. Prévenez l’équipe technique."
    )
