"""The pages of tries and of replays share the right to see a guide and the page of a faulty draft."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from rules.admin.problem_links import problem_links
from rules.document.problems import DocumentError
from rules.engine.compiled import RuleTooComplexError
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.check import publication_problems

UNUSABLE_DRAFT_ERRORS = (DocumentError, RuleTooComplexError)
"""The errors that compiling a draft raises if it can be neither tried nor replayed."""


def get_viewable_guide(request: HttpRequest, pk: int) -> Guide:
    """Returns the guide if the user may see it. Raises `PermissionDenied` and `Http404`."""
    if not request.user.has_perm("rules.view_guide"):
        raise PermissionDenied
    return get_object_or_404(Guide, pk=pk)


def unusable_draft_page(
    site: AdminSite, request: HttpRequest, guide: Guide, draft: GuideContent, title: str
) -> HttpResponse:
    """Returns a page that lists the problems of a draft, with links to where they are mended."""
    problems = problem_links(guide, draft, publication_problems(draft))
    context = site.each_context(request) | {"guide": guide, "title": title, "to_mend": problems}
    return TemplateResponse(request, "admin/diagnostics/unfinished_draft.html", context)
