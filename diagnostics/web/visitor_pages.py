"""Builds the values that the templates show of a visitor's diagnostic."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from diagnostics import diagnostic_pages
from diagnostics.addresses import absolute_url, qr_code
from diagnostics.diagnostic_pages import Context, Links
from diagnostics.models import Session, Verdict
from diagnostics.selectors import newer_version
from diagnostics.services import school_answers
from diagnostics.support_text import support_text

MAX_QUERY_LENGTH = 2_000
"""The length of the longest query that a link contains: servers refuse lines of some 4,000 characters."""


def diagnostic_page(request: HttpRequest, session: Session) -> tuple[str, Context]:
    """Returns the template of a diagnostic's question or result, and what that page shows."""
    template, page = diagnostic_pages.state_page(session.answered_guide, _links_of_session(session))
    if "question" not in page:
        address = absolute_url(request, reverse("web:diagnostic", args=[session.pk]))
        page["resume_address"] = absolute_url(request, reverse("web:resume"))
        page["qr_code"] = qr_code(address, "Code QR de cette page")
        page["school_class"] = _class_link(session)
    if page.get("support_links"):
        page["support_text"] = support_text(session)
    return template, page | _part_of_visitor(session)


def question_page(session: Session, key: str, error: str = "") -> Context:
    """Returns what the page of a question shows, with an `error` about the choice, if any.

    Raises `Http404` if the guide has no such question, and `QuestionNotAskedError` if the question
    is neither being asked nor among those answered so far.
    """
    answered = session.answered_guide
    if key not in answered.guide.question:
        raise Http404
    page = diagnostic_pages.question_page(answered, _links_of_session(session), key, error)
    return page | _part_of_visitor(session)


def _part_of_visitor(session: Session) -> Context:
    """Returns what only visitors have, not tries: a session, verdicts, and maybe a newer version."""
    return {
        "session": session,
        "verdicts": [solved for solved in Verdict if solved],
        "newer": None if session.version.guide.closed else newer_version(session),
    }


def _class_link(session: Session) -> str:
    """Returns the address of the page of a whole class, with the answers about the school if they fit."""
    address = reverse("web:school_class", args=[session.version.guide.slug])
    query = urlencode(school_answers(session.answered_guide.guide, session.answers))
    return f"{address}?{query}" if 0 < len(query) <= MAX_QUERY_LENGTH else address


def _links_of_session(session: Session) -> Links:
    return Links(
        start=reverse("web:start", args=[session.version.guide.slug]),
        here=reverse("web:diagnostic", args=[session.pk]),
        question=lambda key: reverse("web:question", args=[session.pk, key]),
        another_pupil=reverse("web:another_pupil", args=[session.pk]),
    )
