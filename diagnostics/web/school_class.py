"""The page of a whole class, `/{slug}/classe/`: its form contains all answers; nothing is stored."""

import json
from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from diagnostics.answered_guide import answer_version
from diagnostics.class_groups import MAX_PUPILS, find_school_acts, group_pupils
from diagnostics.diagnostic_pages import Context
from diagnostics.evaluation import cache_evaluations
from diagnostics.services import school_answers
from diagnostics.throttles.large_batches import batch_turns
from diagnostics.throttles.memory_limits import BATCH_ROWS
from diagnostics.throttles.visitor_networks import visitor_network
from diagnostics.web.class_form import ClassForm, read_class_form
from diagnostics.web.public_view import answers_of_link, open_version, public_view
from rules.document.serialising import canonical_json
from rules.engine.content import (
    ADVICE_TONES_TO_DO,
    CONCLUSION_TONES_TO_DO,
    Answers,
    GuideContent,
    QuestionContent,
    Scope,
)
from rules.models import Version
from rules.publication.versions import compiled_version


@public_view("GET", "HEAD", "POST")
def school_class(request: HttpRequest, slug: str) -> HttpResponse:
    version = open_version(slug)
    if request.method != "POST":
        school = school_answers(compiled_version(version).guide, answers_of_link(request, version))
        return render(request, "diagnostics/classe.html", _start_page(version, school))
    form = read_class_form(compiled_version(version).guide, request.POST)
    if form.pupils:
        BATCH_ROWS.take(visitor_network(request), len(form.pupils))
        with batch_turns.take_turn(len(form.pupils)):
            template, page = "diagnostics/classe_suite.html", _next_page(version, form)
    else:
        template, page = "diagnostics/classe.html", _start_page(version, form.school)
    typed = {"count": form.count, "error": form.error, "max_pupils": MAX_PUPILS}
    response = render(request, template, page | typed, status=400 if form.error else 200)
    # The browser may store the page, so that its Back button shows the answers again.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _start_page(version: Version, school: Answers) -> Context:
    """Returns what the first page shows, which asks about the school and the number of pupils."""
    guide = compiled_version(version).guide.without_short_names
    document = json.loads(canonical_json(guide))
    outcomes = [{key: outcome[key] for key in ("key", "title")} for outcome in document["outcomes"]]
    return {
        "guide": guide,
        "version": version,
        "evaluate_url": reverse("api:evaluate_batch", args=[version.guide.slug]),
        "guide_url": reverse("api:guide", args=[version.guide.slug]),
        # The script needs only these parts of the guide's document.
        "words": json.dumps({"questions": document["questions"], "outcomes": outcomes}),
        # The script decides itself, by tones, what is to be done: a version that is published
        # while the page is open may have other outcomes. `outcomes` are conclusions, as in the API.
        "tones_to_do": json.dumps(
            {"outcomes": CONCLUSION_TONES_TO_DO, "advice": ADVICE_TONES_TO_DO}
        ),
        "school": _school_questions(guide, school),
        "max_pupils": MAX_PUPILS,
    }


def _next_page(version: Version, form: ClassForm) -> Context:
    """Returns what the next page shows: pupils in groups, to be asked or with conclusions."""
    unanswered = answer_version(version, {})
    guide, evaluate = unanswered.guide, cache_evaluations(unanswered.with_answers)
    pupils = [evaluate({**form.school, **answers}) for answers in form.pupils]
    groups = group_pupils(guide, pupils)
    modified = pupils[form.modified - 1].path if form.modified else ()
    modified_answers = [given for given in modified if given.question.scope is Scope.PUPIL]
    asked_of_school = [q for group in groups if (q := group.question) and q.scope is Scope.SCHOOL]
    return {
        "guide": guide,
        "version": version,
        "carried": form.carried,
        "waiting": sum(pupil.question is not None for pupil in pupils),
        "asked_of_school": asked_of_school,
        "asked": [g for g in groups if g.question and g.question not in asked_of_school],
        "ended": [group for group in groups if not group.question],
        "school_acts": find_school_acts(guide, pupils),
        "school": _school_questions(guide, form.school, asked_of_school),
        "modified": form.modified,
        "modified_answers": modified_answers,
    }


def _school_questions(
    guide: GuideContent, answers: Answers, asked: Collection[QuestionContent] = ()
) -> list[tuple[QuestionContent, str]]:
    """Returns each question about the school with its answer or "", except the questions `asked`."""
    return [
        (question, answers.get(question.key, ""))
        for question in guide.questions
        if question.scope is Scope.SCHOOL and question not in asked
    ]
