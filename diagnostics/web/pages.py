"""What the templates show of a visitor's diagnostic."""

from django.http import Http404
from django.urls import reverse

from diagnostics import pages
from diagnostics.models import Session
from diagnostics.pages import Links, Page
from diagnostics.selectors import session_state
from rules.runtime import compiled_version


def diagnostic_page(session: Session) -> tuple[str, Page]:
    """The template for where a diagnostic stands, and what it shows."""
    guide = compiled_version(session.version).guide
    template, page = pages.standing_page(guide, session_state(session), _links(session))
    return template, page | {"session": session}


def question_page(session: Session, key: str, error: str = "") -> Page:
    """Raises `NotAskedError` for a question that is neither on the path nor the one asked."""
    guide = compiled_version(session.version).guide
    if key not in guide.question:
        raise Http404
    page = pages.question_page(guide, session_state(session), _links(session), key, error)
    return page | {"session": session}


def _links(session: Session) -> Links:
    return Links(
        start=reverse("web:start", args=[session.version.guide.slug]),
        here=reverse("web:diagnostic", args=[session.pk]),
        question=lambda key: reverse("web:question", args=[session.pk, key]),
        another_pupil=reverse("web:another_pupil", args=[session.pk]),
    )
