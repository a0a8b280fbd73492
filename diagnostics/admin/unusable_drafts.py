"""The page of a draft that can be neither tried nor replayed, because of its problems."""

from django.http import HttpRequest, HttpResponse

from rules.admin.admin_pages import render_admin_page
from rules.admin.presented_problems import ProblemPresenter
from rules.document.problems import DocumentError
from rules.engine.compiled import RuleTooComplexError
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.check import publication_problems

UNUSABLE_DRAFT_ERRORS = (DocumentError, RuleTooComplexError)
"""The errors that compiling a draft raises if it can be neither tried nor replayed."""


def unusable_draft_page(
    request: HttpRequest, guide: Guide, draft: GuideContent, title: str
) -> HttpResponse:
    """Returns a page that lists the problems of a draft, with links to where they are mended."""
    problems = ProblemPresenter(guide, draft).present_problems(publication_problems(draft))
    context = {"guide": guide, "title": title, "problems": problems}
    return render_admin_page(request, "admin/diagnostics/unfinished_draft.html", context)
