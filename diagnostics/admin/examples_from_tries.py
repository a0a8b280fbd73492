"""*En faire un cas type*: creates an example from a try, or updates the example that is like it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from diagnostics.diagnostic_pages import Context
from diagnostics.trials.trial import Trial
from diagnostics.trials.trial_addresses import read_answers, trial_address
from diagnostics.trials.trial_examples import (
    ExampleExistsError,
    NotConcludedError,
    example_create_from_answers,
    example_expects_conclusions,
    example_update_from_answers,
    find_identical_example,
)
from rules.admin.admin_pages import guide_page
from rules.admin.links import change_url
from rules.admin.permissions import VIEW_PERMISSION, require_permissions
from rules.admin.recording import record_changes
from rules.admin.undo_messages import message_with_undo
from rules.drafts.draft_limits import LimitExceededError
from rules.engine.resolve import UnknownAnswerError
from rules.engine.state import Status
from rules.models import Example, Guide

OUTDATED_TRY_ERRORS = (
    ExampleExistsError,
    Example.DoesNotExist,
    NotConcludedError,
    UnknownAnswerError,
)
"""The errors raised if the draft has changed since the page of the try was shown."""
EXAMPLE_EXISTS = "Un cas type a déjà ces réponses."
TRY_OUTDATED = "Le brouillon a changé entre-temps\u00a0: voici ce qu’il répond maintenant."


@guide_page(VIEW_PERMISSION)
def example_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    updates = "update" in request.POST
    require_permissions(request, ["rules.change_example" if updates else "rules.add_example"])
    if request.method != "POST":
        return redirect(_try_url(request, guide))
    save_example = example_update_from_answers if updates else example_create_from_answers
    try:
        with record_changes(request, guide) as edit:
            answers = read_answers(edit.before, request.GET.dict())
            example = save_example(guide=guide, draft=edit.before, answers=answers)
    except LimitExceededError as error:
        messages.error(request, f"Aucun cas type n’est créé. {error}")
        return redirect(_try_url(request, guide))
    except OUTDATED_TRY_ERRORS as error:
        exists = isinstance(error, ExampleExistsError)
        messages.warning(request, EXAMPLE_EXISTS if exists else TRY_OUTDATED)
        return redirect(_try_url(request, guide))
    message_with_undo(
        request,
        "Le cas type attend maintenant ces conclusions."
        if updates
        else "Le cas type est créé. Donnez-lui le nom qui vous convient.",
        edit.snapshot,
    )
    return redirect(change_url(example))


def _try_url(request: HttpRequest, guide: Guide) -> str:
    """Returns the address of the try with the answers in the query of this request."""
    return f"{reverse('admin:diagnostics_session_try', args=[guide.pk])}?{request.GET.urlencode()}"


def example_offer(request: HttpRequest, guide: Guide, trial: Trial) -> Context:
    """Returns what the page of a try shows about examples.

    Unless the try has ended, nothing. If no example has its answers, `example` is the address that
    creates one. Else `same` is that example, and `update` the address that makes it expect the
    conclusions of the try; empty if it expects them already. Rights are checked.
    """
    state = trial.answered.state
    if state.status is not Status.COMPLETED:
        return {}
    address = reverse("admin:diagnostics_session_example", args=[guide.pk])
    url = trial_address(address, dict(state.answers))
    position = find_identical_example(trial.answered)
    if position is None:
        return {"example": url} if request.user.has_perm("rules.add_example") else {}
    may_update = request.user.has_perm("rules.change_example")
    updates = may_update and not example_expects_conclusions(trial.answered, position)
    name = trial.answered.guide.examples[position].name
    same = guide.examples.all()[position : position + 1].first()
    if same is None or same.name != name:  # the examples have changed since the draft was read
        return {}
    return {"same": same, "update": url if updates else ""}
