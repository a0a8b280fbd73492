"""*Essayer*: the try of a draft or of a version.

The editor sees the pages of visitors and, beside them, the trace: what each rule does and why.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt

from diagnostics.admin.examples_from_tries import example_offer
from diagnostics.answered_guide import AnsweredGuide, QuestionNotAskedError, answer_version
from diagnostics.diagnostic_pages import wrong_choice_sentence
from diagnostics.redirects import SeeOther
from diagnostics.trials.traces import describe_trace
from diagnostics.trials.trial import Trial, read_trial
from rules.admin.acts.mend_pages import dead_end_url
from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import change_url, rule_urls
from rules.admin.permissions import CHANGE_PERMISSION, VIEW_PERMISSION
from rules.drafts.cached_proofs import draft_proof
from rules.drafts.compiled_drafts import compiled_draft
from rules.drafts.content import draft_read
from rules.engine.resolve import UnknownAnswerError
from rules.engine.state import Status
from rules.models import Guide
from rules.proof.bounds import QUICK_BOUND
from rules.publication.versions import VersionAlteredError, altered_version_sentence


# A POST of a try only redirects to an address with one more answer: it needs no CSRF token.
@guide_page(VIEW_PERMISSION)
@csrf_exempt
def try_page(request: HttpRequest, guide: Guide) -> HttpResponse:
    draft = draft_read(guide)
    unanswered = AnsweredGuide(
        compiled_draft(draft), {}, lambda: draft_proof(draft, QUICK_BOUND).graph
    )
    trial = read_trial(unanswered, request.path_info, request.GET.dict())
    return _try_response(request, guide, trial, "Essai du brouillon", is_draft=True)


@guide_page(VIEW_PERMISSION)
@csrf_exempt
def try_version_page(request: HttpRequest, guide: Guide, number: int) -> HttpResponse:
    version = get_object_or_404(guide.versions, number=number)
    try:
        unanswered = answer_version(version, {})
    except VersionAlteredError:
        messages.error(request, altered_version_sentence(version))
        return redirect(change_url(guide))
    trial = read_trial(unanswered, request.path_info, request.GET.dict())
    return _try_response(request, guide, trial, f"Essai de la version {number}", is_draft=False)


def _try_response(
    request: HttpRequest, guide: Guide, trial: Trial, title: str, *, is_draft: bool
) -> HttpResponse:
    choice = request.POST.get("choice", "")
    try:
        if request.method == "POST":
            return SeeOther(trial.address_after_choice(choice))
        template, page = trial.template_and_page()
    except QuestionNotAskedError:
        return redirect(trial.links.here)
    except UnknownAnswerError:
        template, page = trial.template_and_page(wrong_choice_sentence(choice))
    if not trial.is_start:
        page["trace"] = describe_trace(trial, rule_urls(guide))
        page |= example_offer(request, guide, trial) if is_draft else {}
        page |= dead_end_notice(request, guide, trial) if is_draft else {}
    page |= {"template": template, "tried": title, "trial": trial}
    page |= {"draft": guide, "is_draft": is_draft}
    status = 400 if page.get("error") else 200
    return render(request, "diagnostics/trial.html", page, status=status)


def dead_end_notice(request: HttpRequest, guide: Guide, trial: Trial) -> Context:
    """Returns what the page of a try that is stuck shows: where its editor creates the missing rule.

    The address is empty for whoever may not change guides. Unless the try is stuck, returns nothing.
    """
    state = trial.answered.state
    if state.status is not Status.STUCK:
        return {}
    may_change = request.user.has_perm(CHANGE_PERMISSION)
    url = dead_end_url(guide, state.answers[-1:], back=trial.links.here) if may_change else ""
    return {"is_dead_end": True, "missing_rule": url}
