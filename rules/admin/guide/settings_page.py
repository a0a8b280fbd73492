"""What holds at once, without publication: who must approve, and whether visitors may begin."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

from rules.admin.form_fields import MarkdownField
from rules.admin.guide_actions import GuideActions
from rules.admin.links import change_url
from rules.admin.permissions import require_publisher
from rules.admin.recording import log_on_guide, request_author
from rules.document.limits import MARKDOWN_LENGTH
from rules.drafts.locks import guide_lock
from rules.models import Guide, PublicationRequest
from rules.publication.approvals import publication_request_of
from rules.publication.guide_settings import guide_settings_update, may_lift_approval
from rules.sentences import quote_text

KEPT = "Seul un administrateur du site peut décider qu’une seule personne suffit."


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

    def __init__(self, *args: Any, guide: Guide, may_lift_approval: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(guide, name) for name in self.fields}
        if not may_lift_approval:
            field = self.fields["needs_approval"]
            field.disabled, field.help_text = True, f"{field.help_text} {KEPT}"

    def clean(self) -> None:
        """A disabled box comes with a hidden field: without it, someone tried to untick it."""
        box = self.fields["needs_approval"]
        if box.disabled and not box.widget.value_from_datadict(self.data, {}, "needs_approval"):
            self.add_error("needs_approval", KEPT)
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
        require_publisher(request, "de changer les réglages de ce guide")
        form = self._settled(request, guide) if request.method == "POST" else _form(request, guide)
        if form.is_valid():
            return redirect(change_url(guide))
        template = "admin/rules/guide/settings.html"
        return self.render_page(request, template, guide, title="Réglages", form=form)

    @transaction.atomic
    def _settled(self, request: HttpRequest, guide: Guide) -> SettingsForm:
        """The form that was sent, read and written under the guide's lock."""
        form = _form(request, guide_lock(guide=guide), request.POST)
        if form.is_valid():
            asked = publication_request_of(guide)
            before = guide_settings_update(
                guide=guide, author=request_author(request), **form.cleaned_data
            )
            for sentence in _changes(before, form.cleaned_data, asked):
                log_on_guide(request, guide, sentence)
                self.message_user(request, sentence)
        return form


def _form(request: HttpRequest, guide: Guide, sent: QueryDict | None = None) -> SettingsForm:
    return SettingsForm(
        sent, guide=guide, may_lift_approval=may_lift_approval(guide, request_author(request))
    )


def _changes(
    before: Guide, settings: dict[str, Any], asked: PublicationRequest | None
) -> list[str]:
    changes = []
    if settings["needs_approval"] != before.needs_approval:
        verb = "demande maintenant" if settings["needs_approval"] else "ne demande plus"
        changes.append(f"Publier {verb} l’accord d’une seconde personne.")
    if asked and not settings["needs_approval"]:
        changes.append(
            f"La publication demandée par {asked.author} n’attend plus d’accord\u00a0: la demande "
            "est retirée, rien n’est publié."
        )
    if before.closed and not settings["closed"]:
        changes.append("Le guide est rouvert aux nouveaux visiteurs.")
    elif settings["closed"] and not before.closed:
        words = quote_text(settings["closing_message"])
        changes.append(f"Le guide est fermé aux nouveaux visiteurs\u00a0: {words}.")
    elif settings["closing_message"] != before.closing_message:
        changes.append(
            f"Le message de fermeture devient {quote_text(settings['closing_message'])}."
        )
    return changes
