"""The words of the pages of accounts and groups, in place of those of Django that are not French.

Django makes titles of the name of a model, such as « Modification de utilisateur », and stores the
names of permissions in English.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import ManyToManyField, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.text import capfirst

PERMISSION_VERBS = {"add": "ajouter", "change": "modifier", "delete": "supprimer", "view": "voir"}
"""The French verb of each permission that Django creates, by the beginning of its code name."""

Row = TypeVar("Row", bound=Model)


def permission_label(permission: Permission) -> str:
    """Returns « Guides | règle | modifier ». The permissions of this project have French names."""
    verb, _, model = permission.codename.partition("_")
    is_of_django = model == permission.content_type.model and verb in PERMISSION_VERBS
    name = PERMISSION_VERBS[verb] if is_of_django else permission.name
    return f"{permission.content_type} | {name}"


class PermissionsField(forms.ModelMultipleChoiceField[Permission]):
    def label_from_instance(self, obj: Permission) -> str:
        return permission_label(obj)


class FrenchPages(admin.ModelAdmin[Row]):
    """Pages with French titles, permissions and help texts. It comes before Django's own class."""

    new_title: str
    another: str
    """The end of the button « Enregistrer et ajouter … », such as « un autre groupe »."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name) if object_id else self.new_title
        context = {"title": title, "another": self.another} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def get_form(
        self, request: HttpRequest, obj: Row | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Row]]:
        """Writes help texts with typographic apostrophes, and « e-mail » as all pages write it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        for field in form.base_fields.values():
            field.help_text = str(field.help_text).replace("'", "’")
            field.label = str(field.label).replace("électronique", "e-mail")
        return form

    def formfield_for_manytomany(
        self,
        db_field: "ManyToManyField[Any, Any]",
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> forms.ModelMultipleChoiceField[Any] | None:
        assert request is not None, "Django always names it"
        own = {"form_class": PermissionsField} if db_field.related_model is Permission else {}
        return super().formfield_for_manytomany(db_field, request, **kwargs | own)

    def get_deleted_objects(
        self, objs: QuerySet[Row] | Sequence[Row], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Leaves out what belongs to a row alone: Django would name each such row, in English."""
        _, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        deleted = [str(row) for row in objs]
        name = self.opts.verbose_name_plural
        own_counts = {key: count for key, count in counts.items() if key == name}
        return deleted, own_counts, missing_permissions, protected

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: int
    ) -> HttpResponseRedirect:
        messages.success(request, f"Supprimé\u00a0: {obj_display}.")
        return redirect(f"admin:auth_{self.opts.model_name}_changelist")


admin.site.unregister(Group)


@admin.register(Group)
class AccountGroupAdmin(FrenchPages[Group], GroupAdmin):
    new_title = "Nouveau groupe"
    another = "un autre groupe"
