"""*En faire un cas type*: a try kept as an example, or as what an example expects from now on."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from diagnostics.admin.draft_access import UNFINISHED_DRAFT_ERRORS, get_viewable_guide
from diagnostics.trials.trial import Trial
from diagnostics.trials.trial_examples import (
    ExampleExistsError,
    NotConcludedError,
    example_create_from_answers,
    example_expects,
    example_update_from_answers,
    identical_example,
)
from rules.admin.links import change_url
from rules.admin.recording import record_changes
from rules.engine.resolve import UnknownAnswerError
from rules.engine.state import Status
from rules.models import Example, Guide

OUTDATED = (
    ExampleExistsError,
    Example.DoesNotExist,
    NotConcludedError,
    UnknownAnswerError,
    *UNFINISHED_DRAFT_ERRORS,
)
"""Of a try that no longer is as its page showed it."""
ALREADY = "Un cas type a déjà ces réponses."
CHANGED = "Le brouillon a changé entre-temps\u00a0: voici ce qu’il répond maintenant."


class ExamplesFromTriesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's has no parameter
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.example_view)
        own = path("try/<int:pk>/example/", view, name="diagnostics_session_example")
        return [own, *super().get_urls()]

    def example_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = get_viewable_guide(request, pk)
        updates = "update" in request.POST
        if not request.user.has_perm("rules.change_example" if updates else "rules.add_example"):
            raise PermissionDenied
        if request.method != "POST":
            return redirect(_try_url(request, guide))
        try:
            example = _keep(request, guide, updates=updates)
        except OUTDATED as error:
            words = ALREADY if isinstance(error, ExampleExistsError) else CHANGED
            self.message_user(request, words, messages.WARNING)
            return redirect(_try_url(request, guide))
        self.message_user(
            request,
            "Le cas type attend maintenant ces conclusions."
            if updates
            else "Le cas type est créé. Donnez-lui le nom qui vous convient.",
        )
        return redirect(change_url(example))


def _keep(request: HttpRequest, guide: Guide, *, updates: bool) -> Example:
    keep = example_update_from_answers if updates else example_create_from_answers
    with record_changes(request, guide):
        return keep(guide=guide, answers=request.GET.dict())


def _try_url(request: HttpRequest, guide: Guide) -> str:
    """The try of the same answers."""
    return f"{reverse('admin:diagnostics_session_try', args=[guide.pk])}?{request.GET.urlencode()}"


def example_offer(request: HttpRequest, guide: Guide, trial: Trial) -> dict[str, Any]:
    """What the page of a try of the draft offers: a new example, or the one that is there."""
    draft, state = trial.compiled.guide, trial.compiled.resolve(trial.answers)
    if state.status is not Status.COMPLETED:
        return {}
    address = reverse("admin:diagnostics_session_example", args=[guide.pk])
    keep = f"{address}?{urlencode(state.answers)}"
    at = identical_example(draft, state)
    if at is None:
        return {"example": keep} if request.user.has_perm("rules.add_example") else {}
    updates = not example_expects(draft, at, state) and request.user.has_perm(
        "rules.change_example"
    )
    return {"same": guide.examples.all()[at], "update": keep if updates else ""}
