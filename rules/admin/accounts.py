"""The pages of accounts.

They say what an account still lacks before its owner can work; the login page says nothing of it,
since it must not tell which names exist. What an account has written stays, with its name, when it
is deleted.
"""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from rules.admin.account_words import FrenchPages
from rules.admin.recording import request_author
from rules.models import PublicationRequest
from rules.publication.approvals import account_requests_withdraw

CANNOT_WORK = "Le compte «\u00a0{name}\u00a0» ne peut pas encore travailler ici\u00a0: {missing}."

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(FrenchPages[User], UserAdmin[User]):
    new_title = "Nouvel utilisateur"
    another = "un autre utilisateur"

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        warn_of_missing_rights(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        warn_of_missing_rights(request, obj)
        return super().response_change(request, obj)

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


def warn_of_missing_rights(request: HttpRequest, account: User) -> None:
    """Warns whoever has saved an account that it cannot enter the admin or do anything there."""
    missing = [] if account.is_staff else ["cochez «\u00a0Statut équipe\u00a0»"]
    if not (account.is_superuser or account.groups.exists() or account.user_permissions.exists()):
        missing.append("choisissez un groupe")
    if missing and account.is_active:
        sentence = CANNOT_WORK.format(
            name=account.get_username(), missing=f"{' et '.join(missing)}, puis enregistrez"
        )
        messages.warning(request, sentence)
