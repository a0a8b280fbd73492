"""What the templates show of a visitor's diagnostic."""

from django.http import Http404
from django.urls import reverse

from diagnostics import pages
from diagnostics.models import Session
from diagnostics.pages import Links, Page
from diagnostics.selectors import newer_version, session_state
from rules.proofs import version_graph
from rules.runtime import compiled_version


def diagnostic_page(session: Session) -> tuple[str, Page]:
    """The template for where a diagnostic stands, and what it shows."""
    guide, graph = compiled_version(session.version).guide, version_graph(session.version)
    template, page = pages.standing_page(guide, session_state(session), _links(session), graph)
    return template, page | _own(session)


def question_page(session: Session, key: str, error: str = "") -> Page:
    """Raises `NotAskedError` for a question that is neither on the path nor the one asked."""
    guide = compiled_version(session.version).guide
    if key not in guide.question:
        raise Http404
    graph = version_graph(session.version)
    page = pages.question_page(guide, session_state(session), _links(session), key, error, graph)
    return page | _own(session)


def _own(session: Session) -> Page:
    """What only a visitor's diagnostic has: an end, and a newer version to go on with."""
    return {
        "session": session,
        "newer": None if session.version.guide.closed else newer_version(session),
    }


def _links(session: Session) -> Links:
    return Links(
        start=reverse("web:start", args=[session.version.guide.slug]),
        here=reverse("web:diagnostic", args=[session.pk]),
        question=lambda key: reverse("web:question", args=[session.pk, key]),
        another_pupil=reverse("web:another_pupil", args=[session.pk]),
    )
