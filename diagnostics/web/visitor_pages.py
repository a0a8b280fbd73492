"""What the templates show of a visitor's diagnostic."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from diagnostics import diagnostic_pages
from diagnostics.addresses import absolute_url, qr_code
from diagnostics.diagnostic_pages import Links, Page
from diagnostics.models import Session, Verdict
from diagnostics.selectors import newer_version
from diagnostics.support_text import support_text
from rules.publication.stored_proofs import version_graph
from rules.publication.versions import compiled_version


def diagnostic_page(request: HttpRequest, session: Session) -> tuple[str, Page]:
    """The template for where a diagnostic stands, and what it shows."""
    compiled, graph = compiled_version(session.version), version_graph(session.version)
    template, page = diagnostic_pages.state_page(compiled, session.answers, _links(session), graph)
    if "question" not in page:
        page |= _sheet(request, session)
    if page.get("support_links"):
        page["support_text"] = support_text(session)
    return template, page | _own(session)


def question_page(session: Session, key: str, error: str = "") -> Page:
    """Raises `NotAskedError` for a question that is neither on the path nor the one asked."""
    compiled = compiled_version(session.version)
    if key not in compiled.guide.question:
        raise Http404
    graph = version_graph(session.version)
    page = diagnostic_pages.question_page(
        compiled, session.answers, _links(session), key, error, graph
    )
    return page | _own(session)


def _own(session: Session) -> Page:
    """What only a visitor's diagnostic has: an end, what is said of it, a newer version."""
    return {
        "session": session,
        "verdicts": [solved for solved in Verdict if solved],
        "newer": None if session.version.guide.closed else newer_version(session),
    }


def _sheet(request: HttpRequest, session: Session) -> Page:
    """What a visitor takes away with the result."""
    here = absolute_url(request, reverse("web:diagnostic", args=[session.pk]))
    return {
        "resume_address": absolute_url(request, reverse("web:resume")),
        "qr_code": qr_code(here, "Code QR de cette page"),
        "school_class": reverse("web:school_class", args=[session.version.guide.slug]),
    }


def _links(session: Session) -> Links:
    return Links(
        start=reverse("web:start", args=[session.version.guide.slug]),
        here=reverse("web:diagnostic", args=[session.pk]),
        question=lambda key: reverse("web:question", args=[session.pk, key]),
        another_pupil=reverse("web:another_pupil", args=[session.pk]),
    )
