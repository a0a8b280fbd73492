"""Diagnostics as support sees them: nothing can be changed or deleted here."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from diagnostics.admin.replays import ReplaysAdmin
from diagnostics.admin.tries import TriesAdmin
from diagnostics.codes import normalize_code, parse_code
from diagnostics.descriptions import Description, describe_answers, describe_state
from diagnostics.models import Session
from diagnostics.selectors import session_by_code, session_state
from diagnostics.trials.traces import rules_in_words
from rules.admin.links import change_url
from rules.engine.state import Status
from rules.publication.versions import VersionAlteredError, compiled_version

STATUSES = {
    Status.IN_PROGRESS: "en cours",
    Status.COMPLETED: "terminé",
    Status.STUCK: "sans conclusion",
}


@admin.register(Session)
class SessionAdmin(ReplaysAdmin, TriesAdmin):
    actions = None
    list_display = ["code", "guide", "number", "status", "solved", "created_at", "updated_at"]
    list_filter = [("version__guide", admin.RelatedOnlyFieldListFilter), "solved", "updated_at"]
    list_per_page = 50
    search_fields = ["code"]
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """What is told to be erased is not shown, even before it is purged."""
        return (
            Session.objects.exclude_expired()
            .select_related("version__guide")
            .defer("version__document")
        )

    def get_fields(self, request: HttpRequest, obj: Session | None = None) -> tuple[str, ...]:
        """Without the answers that no longer count, and the comment, where there are none."""
        fields = ("code", "guide", "version_page", "status", "created_at", "updated_at")
        description = _description(obj) if obj else None
        left_out = ("left_out",) if description and description.state.ignored else ()
        comment = ("comment",) if obj and obj.comment else ()
        return (*fields, "answers_in_words", *left_out, "stands", "solved", *comment)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Session], search_term: str
    ) -> tuple[QuerySet[Session], bool]:
        return super().get_search_results(request, queryset, normalize_code(search_term))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A whole code opens its diagnostic at once."""
        if self.has_view_permission(request):
            code = parse_code(request.GET.get(SEARCH_VAR, ""))
            found = session_by_code(code) if code else None
            if found:
                return redirect(change_url(found))
        return super().changelist_view(request, {"title": "Diagnostics"})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Session | None = None,
    ) -> HttpResponse:
        if obj:
            context |= {"trace": _trace(request, obj), "trace_of": "Trace du diagnostic"}
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="guide", ordering="version__guide__title")
    def guide(self, session: Session) -> str:
        return session.version.guide.title

    @admin.display(description="version", ordering="version__number")
    def number(self, session: Session) -> int:
        return session.version.number

    @admin.display(description="version")
    def version_page(self, session: Session) -> SafeString:
        version = session.version
        tried = reverse(
            "admin:diagnostics_session_try_version",
            args=[version.guide_id, version.number],
            query=session.answers,
        )
        return format_html(
            '<p><a href="{}">Version {}</a></p><p><a href="{}">Voir ces réponses dans l’essai</a></p>',
            change_url(version),
            version.number,
            tried,
        )

    @admin.display(description="état")
    def status(self, session: Session) -> str:
        try:
            return STATUSES[session_state(session).status]
        except VersionAlteredError:
            return "version altérée"

    @admin.display(description="réponses")
    def answers_in_words(self, session: Session) -> SafeString:
        description = _description(session)
        answers = description.answers if description else ()
        return _list((answer.question.title, answer.choice.label) for answer in answers)

    @admin.display(description="réponses qui ne comptent plus")
    def left_out(self, session: Session) -> SafeString:
        """Answers to questions that are no longer asked since an earlier answer changed."""
        description = _description(session)
        if description is None:
            return _list([])
        ignored = {key: session.answers[key] for key in description.state.ignored}
        given = describe_answers(compiled_version(session.version).guide, ignored)
        return _list((answer.question.title, answer.choice.label) for answer in given)

    @admin.display(description="où il en est")
    def stands(self, session: Session) -> SafeString:
        description = _description(session)
        if description is None:
            return _list([])
        if description.state.status is Status.STUCK:
            return _list([("Aucune conclusion\u00a0:", "le guide ne prévoit pas ces réponses.")])
        if description.question:
            return _list([("Question posée\u00a0:", description.question.title)])
        return _list(("Conclusion\u00a0:", given.outcome.title) for given in description.outcomes)


def _description(session: Session) -> Description | None:
    """None where the version can no longer be trusted."""
    try:
        return describe_state(compiled_version(session.version).guide, session_state(session))
    except VersionAlteredError:
        return None


def _trace(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """With links to the rules that the draft still has, for those who may see them."""
    seen = request.user.has_perm("rules.view_rule")
    rules = session.version.guide.rules.all() if seen else ()
    urls = {rule.key: change_url(rule) for rule in rules}
    try:
        return rules_in_words(compiled_version(session.version), session.answers, urls)
    except VersionAlteredError:
        return None


def _list(pairs: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", "<p>{} <strong>{}</strong></p>", pairs)
