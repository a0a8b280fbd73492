"""The pages of accounts: what an account has written stays, with its name, when it is deleted."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from rules.admin.recording import request_author
from rules.models import PublicationRequest
from rules.publication.approvals import account_requests_withdraw

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    def get_deleted_objects(
        self, objs: QuerySet[User] | Sequence[User], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Adds what Django does not know: requests that end, and accounts that have to stay.

        Django's own log would lose the entries of a deleted account, such as the guides and the
        accounts that it has deleted.
        """
        deleted, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        for waiting in PublicationRequest.objects.filter(author__in=objs).select_related("guide"):
            deleted.append(f"La demande de publier «\u00a0{waiting.guide}\u00a0» sera retirée.")
        entries = LogEntry.objects.filter(user__in=objs).exclude(content_type__model="legalpage")
        for name in sorted(set(entries.values_list("user__username", flat=True))):
            protected.append(
                f"Ce que {name} a fait sur des comptes ou des guides supprimés. Ce compte ne se "
                "supprime pas\u00a0: ouvrez-le et décochez «\u00a0Actif\u00a0»."
            )
        return deleted, counts, missing_permissions, protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self.delete_queryset(request, User.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for account in queryset:
            account_requests_withdraw(account=account, author=request_author(request))
        super().delete_queryset(request, queryset)
