"""A whole class on one page: `/{slug}/classe/`. Nothing is stored: the form carries all answers."""

import json
from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from diagnostics.class_groups import MAX_PUPILS, group_advice_to_act_upon, group_pupils
from diagnostics.descriptions import AnswerGiven, Description
from diagnostics.diagnostic_pages import Page
from diagnostics.evaluation import evaluate_once_each, version_evaluator
from diagnostics.web.class_form import ClassForm, read_class_form
from diagnostics.web.public_view import open_version, public_view
from rules.document.serialising import canonical_json
from rules.engine.content import Answers, GuideContent, QuestionContent, Scope
from rules.models import Version
from rules.publication.versions import compiled_version


@public_view("GET", "HEAD", "POST")
def school_class(request: HttpRequest, slug: str) -> HttpResponse:
    version = open_version(slug)
    if request.method == "POST":
        return _answered(request, version)
    return render(request, "diagnostics/classe.html", _start_page(version, {}))


def _answered(request: HttpRequest, version: Version) -> HttpResponse:
    form = read_class_form(compiled_version(version).guide, request.POST)
    if form.pupils:
        template, page = "diagnostics/classe_suite.html", _next_page(version, form)
    else:
        template, page = "diagnostics/classe.html", _start_page(version, form.school)
    typed = {"count": form.count, "error": form.error, "max_pupils": MAX_PUPILS}
    response = render(request, template, page | typed, status=400 if form.error else 200)
    # Kept by the browser alone, so that its way back finds a page that nothing else holds.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _start_page(version: Version, school: Answers) -> Page:
    guide = compiled_version(version).guide
    return {
        "guide": guide,
        "version": version,
        "evaluate_url": reverse("api:evaluate_batch", args=[guide.slug]),
        "guide_url": reverse("api:guide", args=[guide.slug]),
        "words": _words(guide),
        "school": _school(guide, school),
        "max_pupils": MAX_PUPILS,
    }


def _words(guide: GuideContent) -> str:
    """What the script needs of the document: asked for apart, it would come whole."""
    document = json.loads(canonical_json(guide))
    outcomes = [{"key": one["key"], "title": one["title"]} for one in document["outcomes"]]
    return json.dumps({"questions": document["questions"], "outcomes": outcomes})


def _next_page(version: Version, form: ClassForm) -> Page:
    guide, evaluate = (
        compiled_version(version).guide,
        evaluate_once_each(version_evaluator(version)),
    )
    pupils = [evaluate({**form.school, **own}) for own in form.pupils]
    groups = group_pupils(guide, pupils)
    asked_of_school = [q for group in groups if (q := group.question) and q.scope is Scope.SCHOOL]
    return {
        "guide": guide,
        "kept": form.kept,
        "waiting": sum(pupil.question is not None for pupil in pupils),
        "asked_of_school": asked_of_school,
        "asked": [g for g in groups if g.question and g.question not in asked_of_school],
        "ended": [group for group in groups if not group.question],
        "to_do": group_advice_to_act_upon(guide, pupils),
        "school": _school(guide, form.school, asked_of_school),
        "modified": form.modified,
        "modified_answers": _own_answers(pupils[form.modified - 1]) if form.modified else (),
    }


def _school(
    guide: GuideContent, answers: Answers, asked: Collection[QuestionContent] = ()
) -> list[tuple[QuestionContent, str]]:
    """The questions about the school that are not asked apart, each with its answer."""
    return [
        (question, answers.get(question.key, ""))
        for question in guide.questions
        if question.scope is Scope.SCHOOL and question not in asked
    ]


def _own_answers(pupil: Description) -> list[AnswerGiven]:
    return [answer for answer in pupil.answers if answer.question.scope is Scope.PUPIL]
