"""What holds at once, without publication: who must approve, and whether visitors may begin."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.actions import GuideActions
from rules.admin.desk import publisher_only
from rules.admin.fields import MarkdownField
from rules.admin.history import guide_log
from rules.admin.links import change_url
from rules.document.limits import MARKDOWN_LENGTH
from rules.models import Guide
from rules.sentences import quoted
from rules.services import guide_settle


class SettingsForm(forms.Form):
    needs_approval = forms.BooleanField(
        label="Publier demande l’accord d’une seconde personne",
        required=False,
        help_text="Une publication attend alors l’accord d’un autre responsable de publication.",
    )
    closed = forms.BooleanField(
        label="Fermer le guide aux nouveaux visiteurs",
        required=False,
        help_text="Les diagnostics déjà commencés peuvent être terminés.",
    )
    closing_message = MarkdownField(
        label="Message aux visiteurs",
        required=False,
        max_length=MARKDOWN_LENGTH,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text="Affiché à la place du formulaire quand le guide est fermé. Markdown accepté.",
    )

    def clean(self) -> None:
        if (
            self.cleaned_data.get("closed")
            and not self.cleaned_data.get("closing_message", "").strip()
        ):
            self.add_error(
                "closing_message",
                "Dites aux visiteurs pourquoi le guide est fermé, et vers qui se tourner.",
            )


class SettingsAdmin(GuideActions):
    def get_urls(self) -> list[URLPattern]:
        return self.action_paths(settings=self.settings_view) + super().get_urls()

    def settings_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_object_or_404(Guide, pk=pk)
        publisher_only(request)
        now = {name: getattr(guide, name) for name in SettingsForm.base_fields}
        form = SettingsForm(request.POST if request.method == "POST" else None, initial=now)
        if form.is_valid():
            self._settle(request, guide, form.cleaned_data)
            return redirect(change_url(guide))
        template = "admin/rules/guide/settings.html"
        return self.page(request, template, guide, title="Réglages", form=form)

    @transaction.atomic
    def _settle(self, request: HttpRequest, guide: Guide, settings: dict[str, Any]) -> None:
        before = guide_settle(guide=guide, **settings)
        for sentence in _changes(before, settings):
            guide_log(request, guide, sentence)
            self.message_user(request, sentence)


def _changes(before: Guide, settings: dict[str, Any]) -> list[str]:
    changes = []
    if settings["needs_approval"] != before.needs_approval:
        verb = "demande maintenant" if settings["needs_approval"] else "ne demande plus"
        changes.append(f"Publier {verb} l’accord d’une seconde personne.")
    if before.closed and not settings["closed"]:
        changes.append("Le guide est rouvert aux nouveaux visiteurs.")
    elif settings["closed"] and not before.closed:
        words = quoted(settings["closing_message"])
        changes.append(f"Le guide est fermé aux nouveaux visiteurs\u00a0: {words}.")
    elif settings["closing_message"] != before.closing_message:
        changes.append(f"Le message de fermeture devient {quoted(settings['closing_message'])}.")
    return changes
