"""The list of guides, and the pages that create, show, edit and delete a guide.

The form of a guide has its title, its introduction and, until the first publication, its slug, which
is its public address. The page of a guide shows its draft, and links to the form.

The other pages about a guide, such as *Comparer*, are functions in modules of their own.
"""

from typing import Any, TypedDict

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.db import DatabaseError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django_stubs_ext import WithAnnotations

from rules.admin.admin_pages import render_admin_page
from rules.admin.conflicts.conflict_admin import ConflictAdmin, ConflictAwareForm
from rules.admin.form_fields import FORM_FIELDS
from rules.admin.guide.new_guides import protect_new_guide
from rules.admin.guide.overview import guide_overview
from rules.admin.guide.urls import urlpatterns
from rules.admin.history_pages import render_history
from rules.admin.links import change_url, list_url
from rules.admin.parts_of_guide import GUIDE_LIST_URL_NAME
from rules.admin.permissions import (
    PUBLISH_PERMISSION,
    get_permitted_row,
    publish_label,
    publishers_to_ask,
)
from rules.admin.preview import PreviewAdmin
from rules.admin.recording import DraftEdit, log_sentence
from rules.admin.undo_messages import message_with_undo
from rules.drafts.content import UnreadableDraftError
from rules.drafts.guides import unused_guide_slug
from rules.drafts.locks import guide_lock
from rules.models import Guide, Version
from rules.publication.guide_settings import may_lift_approval
from rules.publication.review import DraftStatus
from rules.sentences import quote_text
from rules.typed_text import leave_deleted_page

APPROVAL_KEEPS_GUIDE = (
    "Publier ce guide demande l’accord d’une seconde personne\u00a0: seul un administrateur du site "
    "peut le supprimer."
)
WRONG_SLUG = (
    "Une adresse s’écrit avec des lettres minuscules sans accent, des chiffres et des tirets\u00a0: "
    "corriger-comptes-pix, par exemple."
)


class GuideForm(ConflictAwareForm[Guide]):
    """The form of a guide. An empty slug is replaced by a slug made from the title."""

    class Meta:
        error_messages = {
            "slug": {"unique": "Un guide a déjà cette adresse.", "invalid": WRONG_SLUG}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = (
                "Ce qui suit le nom du site dans l’adresse du formulaire. Vide\u00a0: faite à "
                "partir du titre. Elle ne change plus après la première publication."
            )

    def clean_slug(self) -> str:
        slug, title = str(self.cleaned_data["slug"]), self.cleaned_data.get("title")
        return slug or unused_guide_slug(title=str(title or ""))


class GuideInList(TypedDict):
    live_number: int | None


@admin.register(Guide)
class GuideAdmin(PreviewAdmin[Guide], ConflictAdmin[Guide]):
    form = GuideForm
    previewed_fields = ("introduction",)
    gone_sentence = "Ce guide n’existe plus"
    formfield_overrides = FORM_FIELDS
    actions = None
    list_display = ["title", "live_number", "unpublished"]
    fields = ["title", "introduction", "preview", "slug"]
    change_form_template = "admin/rules/guide/texts.html"

    def get_urls(self) -> list[URLPattern]:
        texts = path(
            "<int:object_id>/texts/",
            self.admin_site.admin_view(self.texts_view),
            name="rules_guide_texts",
        )
        return [texts, *urlpatterns, *super().get_urls()]

    def guide_of_row(self, request: HttpRequest, row: Guide | None) -> Guide | None:
        return row

    def get_readonly_fields(self, request: HttpRequest, obj: Guide | None = None) -> list[str]:
        return ["preview", *(["slug"] if obj and obj.versions.exists() else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        live = Version.objects.filter_due().filter(guide=OuterRef("pk")).values("number")[:1]
        return Guide.objects.annotate(live_number=Subquery(live))

    @admin.display(description="version en ligne", empty_value="jamais publié")
    def live_number(self, guide: "WithAnnotations[Guide, GuideInList]") -> int | None:
        return guide.live_number

    @admin.display(description="brouillon")
    def unpublished(self, guide: Guide) -> str:
        try:
            status = DraftStatus(guide)
        except (UnreadableDraftError, DatabaseError):
            return "Ce brouillon ne se lit pas\u00a0: ouvrez le guide pour savoir que faire"
        if not status.has_unpublished_changes:
            return "À jour"
        return "Programmé" if status.is_scheduled else "Modifications non publiées"

    def changelist_view(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Guides"})

    @method_decorator(require_safe)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Shows the draft of a guide."""
        guide = get_permitted_row(self, request, object_id, self.has_view_permission)
        if guide is None:
            return self.redirect_to_guides(request)
        context = {
            "title": guide.title,
            "opts": self.opts,
            "original": guide,
            "has_add_permission": self.has_add_permission(request),
            "has_change_permission": self.has_change_permission(request, guide),
            **guide_overview(request, guide),
            "versions": list_url(Version, guide),
            "may_publish": request.user.has_perm(PUBLISH_PERMISSION),
            "publish_label": publish_label(request),
            "publishers": publishers_to_ask(request),
        }
        return render_admin_page(request, "admin/rules/guide/change_form.html", context)

    def texts_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Shows and saves the form of a guide."""
        return self.changeform_view(request, str(object_id))

    def page_context(self, request: HttpRequest, row: Guide | None) -> dict[str, object]:
        buttons = {"show_save_and_continue": False, "show_save_and_add_another": False}
        if row is None:
            return {"title": "Nouveau guide", "subtitle": None, **buttons}
        return {
            "title": "Titre et introduction",
            "subtitle": None,
            **buttons,
            "guide": row,
            "show_delete": not _reason_not_to_delete(row, request.user),
            "may_publish": request.user.has_perm(PUBLISH_PERMISSION),
        }

    def redirect_to_guides(self, request: HttpRequest) -> HttpResponse:
        return leave_deleted_page(request, f"{self.gone_sentence}.")

    def response_add(
        self, request: HttpRequest, obj: Guide, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Redirects to the page of the new guide, where questions and rules are added."""
        log_sentence(request, obj, "Le guide est créé.")
        protect_new_guide(request, obj)
        self.message_user(
            request, "Le guide est créé. Ajoutez sa première question, après le départ."
        )
        return redirect(change_url(obj))

    def report_save(self, request: HttpRequest, row: Guide, edit: DraftEdit) -> None:
        sentence = "Le titre et l’introduction sont enregistrés dans le brouillon."
        message_with_undo(request, sentence, edit.snapshot)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """Deletes a guide without versions, or shows a page that says why it may not be deleted."""
        guide = get_permitted_row(self, request, object_id, self.has_delete_permission)
        if guide is None:
            return self.redirect_to_guides(request)
        if request.method == "POST":
            with transaction.atomic():
                guide = guide_lock(guide=guide)
                if not _reason_not_to_delete(guide, request.user):
                    self.log_deletions(request, Guide.objects.filter(pk=guide.pk))
                    self.message_user(request, f"Supprimé\u00a0: guide {quote_text(guide.title)}.")
                    guide.delete()
                    return redirect(GUIDE_LIST_URL_NAME)
        if refusal := _reason_not_to_delete(guide, request.user):
            context = {"title": "Suppression impossible", "guide": guide, "detail": refusal}
            return render_admin_page(request, "admin/rules/refused.html", context)
        context = {"title": "Supprimer le guide", "guide": guide}
        return render_admin_page(request, "admin/rules/guide/delete.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        guide = get_permitted_row(self, request, object_id, self.has_view_permission)
        return render_history(request, guide) if guide else self.redirect_to_guides(request)


def _reason_not_to_delete(guide: Guide, user: User | AnonymousUser) -> str:
    """Returns why a user may not delete a guide; empty if the user may.

    Diagnostics of visitors need the versions of a published guide.
    """
    if guide.versions.exists():
        return "Ce guide a des versions\u00a0: il ne peut pas être supprimé, et elles sont gardées."
    return "" if may_lift_approval(guide, user) else APPROVAL_KEEPS_GUIDE
