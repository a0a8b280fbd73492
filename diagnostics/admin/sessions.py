"""The diagnostics of visitors, for support: searched by code and read, never changed or deleted."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from diagnostics.admin.urls import urlpatterns
from diagnostics.answered_guide import AnsweredGuide
from diagnostics.codes import normalize_code, parse_code
from diagnostics.models import Session
from diagnostics.selectors import session_by_code
from diagnostics.trials.traces import RuleLine, describe_traced_rules
from diagnostics.trials.trial_addresses import trial_address
from rules.admin.links import change_url, rule_urls
from rules.engine.state import Status
from rules.publication.versions import VersionAlteredError

STATUSES = {
    Status.IN_PROGRESS: "en cours",
    Status.COMPLETED: "terminé",
    Status.STUCK: "sans conclusion",
}
CODE_UNKNOWN = (
    "Aucun diagnostic n’a ce code. Faites-le relire\u00a0: un diagnostic est effacé {days} jours après "
    "sa dernière réponse."
)
NOT_A_CODE = (
    "Aucun code ne contient cela\u00a0: un code a huit lettres et chiffres, sans 0, O, 1, I ni L."
)


class SearchedDiagnostics(ChangeList):
    """The list, in which a code is searched by POST: it is never part of an address."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Session]:
        self.query = request.POST.get(SEARCH_VAR, "")
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        """Leaves out the links to other pages of a search: their addresses would not have the code."""
        super().get_results(request)
        self.is_cut = bool(self.query) and self.result_count > len(self.result_list)
        self.multi_page = self.multi_page and not self.query

    @property
    def search_error(self) -> str:
        """Why a search for a code finds nothing; empty if it finds something."""
        if not self.query or self.result_count:
            return ""
        is_code = parse_code(self.query) is not None
        return CODE_UNKNOWN.format(days=settings.SESSION_DAYS) if is_code else NOT_A_CODE


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin[Session]):
    actions = None
    list_display = ["code", "guide", "number", "status", "solved", "created_at", "updated_at"]
    list_filter = [("version__guide", admin.RelatedOnlyFieldListFilter), "solved", "updated_at"]
    list_per_page = 50
    search_fields = ["code"]
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        return urlpatterns + super().get_urls()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """Returns the diagnostics that have not expired: the purge may come later."""
        return (
            Session.objects.exclude_expired()
            .select_related("version__guide")
            .defer("version__document")
        )

    def get_fields(self, request: HttpRequest, obj: Session | None = None) -> tuple[str, ...]:
        """Returns the fields to show; ignored answers and the comment only if there are any."""
        fields = ("code", "guide", "version_page", "status", "created_at", "updated_at")
        answered = _answered_guide(obj) if obj else None
        left_out = ("left_out",) if answered and answered.state.ignored else ()
        comment = ("comment",) if obj and obj.comment else ()
        return (*fields, "answers_in_words", *left_out, "stands", "solved", *comment)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Session], search_term: str
    ) -> tuple[QuerySet[Session], bool]:
        return super().get_search_results(request, queryset, normalize_code(search_term))

    def changelist_view(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Redirects to a diagnostic if its whole code is searched, else shows the list.

        An address that contains a code, such as an old bookmark, leads to the list without it.
        """
        if SEARCH_VAR in request.GET:
            return redirect("admin:diagnostics_session_changelist")
        if self.has_view_permission(request):
            code = parse_code(request.POST.get(SEARCH_VAR, ""))
            session = session_by_code(code) if code else None
            if session:
                return redirect(change_url(session))
        return super().changelist_view(request, {"title": "Diagnostics"})

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return SearchedDiagnostics

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """Raises `Http404`: nobody changes a diagnostic here, so Django's history is always empty."""
        raise Http404

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Session | None = None,
    ) -> HttpResponse:
        if obj:
            context |= {"title": str(obj), "subtitle": None}
            context |= {"trace": _describe_trace(request, obj), "trace_of": "Trace du diagnostic"}
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
        try_url = reverse(
            "admin:diagnostics_session_try_version",
            args=[version.guide_id, version.number],
        )
        return format_html(
            '<p><a href="{}">Version {}</a></p><p><a href="{}">Voir ces réponses dans l’essai</a></p>',
            change_url(version),
            version.number,
            trial_address(try_url, session.answers),
        )

    @admin.display(description="état")
    def status(self, session: Session) -> str:
        answered = _answered_guide(session)
        return STATUSES[answered.state.status] if answered else "version altérée"

    @admin.display(description="réponses")
    def answers_in_words(self, session: Session) -> SafeString:
        answered = _answered_guide(session)
        answers = answered.path if answered else ()
        return _render_pairs((answer.question.title, answer.choice.label) for answer in answers)

    @admin.display(description="réponses qui ne comptent plus")
    def left_out(self, session: Session) -> SafeString:
        """Lists the stored answers whose questions are not asked after the earlier answers."""
        answered = _answered_guide(session)
        answers = answered.ignored if answered else ()
        return _render_pairs((answer.question.title, answer.choice.label) for answer in answers)

    @admin.display(description="où il en est")
    def stands(self, session: Session) -> SafeString:
        answered = _answered_guide(session)
        if answered is None:
            return _render_pairs([])
        if answered.state.status is Status.STUCK:
            return _render_pairs(
                [("Aucune conclusion\u00a0:", "le guide ne prévoit pas ces réponses.")]
            )
        if answered.question:
            return _render_pairs([("Question posée\u00a0:", answered.question.title)])
        return _render_pairs(
            ("Conclusion\u00a0:", given.outcome.title) for given in answered.outcomes
        )


def _answered_guide(session: Session) -> AnsweredGuide | None:
    """Returns the version of a diagnostic with its answers, or `None` if the version was altered."""
    try:
        return session.answered_guide
    except VersionAlteredError:
        return None


def _describe_trace(request: HttpRequest, session: Session) -> dict[str, Sequence[RuleLine]] | None:
    """Describes what each rule of the version does in the diagnostic, or `None` if it was altered.

    Users who may view rules get a link to the draft's rule of the same key.
    """
    may_view = request.user.has_perm("rules.view_rule")
    urls = rule_urls(session.version.guide) if may_view else {}
    answered = _answered_guide(session)
    return describe_traced_rules(answered, urls) if answered else None


def _render_pairs(pairs: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", "<p>{} <strong>{}</strong></p>", pairs)
