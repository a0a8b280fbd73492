"""The list of guides, the start page of a guide, and the questions and result of a diagnostic."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from diagnostics.answered_guide import QuestionNotAskedError, answer_version
from diagnostics.diagnostic_pages import start_page, wrong_choice_sentence
from diagnostics.models import Session
from diagnostics.redirects import SeeOther
from diagnostics.selectors import newer_version, session_get
from diagnostics.services import (
    answer_record,
    session_create,
    session_create_for_another_pupil,
    session_create_with_answers_of,
)
from diagnostics.throttles.memory_limits import DIAGNOSTICS_BEGUN
from diagnostics.throttles.visitor_networks import visitor_network
from diagnostics.web.offline import file_kilobytes
from diagnostics.web.public_view import answers_of_link, open_version, public_view
from diagnostics.web.visitor_pages import diagnostic_page, question_page
from rules.engine.resolve import UnknownAnswerError
from rules.publication.timeline import live_version, live_versions, open_versions


@public_view("GET", "HEAD")
def guides(request: HttpRequest) -> HttpResponse:
    live = list(open_versions())
    if len(live) == 1:
        return redirect("web:start", live[0].guide.slug)
    closed = [] if live else list(live_versions())
    return render(request, "diagnostics/guides.html", {"versions": live, "closed": closed})


@public_view("GET", "HEAD", "POST")
def start(request: HttpRequest, slug: str) -> HttpResponse:
    version = open_version(slug)
    if request.method == "POST":
        DIAGNOSTICS_BEGUN.take(visitor_network(request))
        return _redirect_to_diagnostic(
            session_create(version=version, answers=answers_of_link(request, version))
        )
    page = start_page(answer_version(version, answers_of_link(request, version)))
    page |= {"version": version, "file_kilobytes": file_kilobytes(version)}
    return render(request, "diagnostics/start.html", page)


@cache_control(no_store=True)
@public_view("GET", "HEAD")
def diagnostic(request: HttpRequest, session_id: UUID) -> HttpResponse:
    template, page = diagnostic_page(request, session_get(session_id))
    return render(request, template, page)


@cache_control(no_store=True)
@public_view("GET", "HEAD", "POST")
def question(request: HttpRequest, session_id: UUID, key: str) -> HttpResponse:
    try:
        if request.method == "POST":
            return _record_answer(request, session_id, key)
        page = question_page(session_get(session_id), key)
    except QuestionNotAskedError:
        return SeeOther(reverse("web:diagnostic", args=[session_id]))
    return render(request, "diagnostics/question.html", page)


@cache_control(no_store=True)
@public_view("POST")
def another_pupil(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = session_get(session_id)
    version = live_version(session.version.guide.slug) or session.version
    DIAGNOSTICS_BEGUN.take(visitor_network(request))
    return _redirect_to_diagnostic(
        session_create_for_another_pupil(session=session, version=version)
    )


@cache_control(no_store=True)
@public_view("POST")
def carry_over(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Begins a diagnostic on the newer version, with answers of this one, which does not change.

    A double click begins two diagnostics, which does no harm.
    """
    session = session_get(session_id)
    newer = newer_version(session)
    if newer is None:
        return _redirect_to_diagnostic(session)
    DIAGNOSTICS_BEGUN.take(visitor_network(request))
    return _redirect_to_diagnostic(session_create_with_answers_of(session=session, version=newer))


def _record_answer(request: HttpRequest, session_id: UUID, key: str) -> HttpResponse:
    """Stores the answer, even if the question is not asked any more (changed in another tab)."""
    choice = request.POST.get("choice", "")
    try:
        session = answer_record(
            session_id=session_id, question=key, choice=choice, out_of_turn=True
        )
    except UnknownAnswerError:
        page = question_page(session_get(session_id), key, wrong_choice_sentence(choice))
        return render(request, "diagnostics/question.html", page, status=400)
    return _redirect_to_diagnostic(session)


def _redirect_to_diagnostic(session: Session) -> HttpResponse:
    """Leads to the question being asked, or to the result.

    Each question has an address of its own, so that the browser's way back leads from one to the other.
    """
    question = session.answered_guide.state.question
    if question:
        return SeeOther(reverse("web:question", args=[session.pk, question]))
    return SeeOther(reverse("web:diagnostic", args=[session.pk]))
