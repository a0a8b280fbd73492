"""The acts that mend what the proof has found, each done by a button beside it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rules.admin.act_buttons import ORIGIN, ActButton, url_of_origin
from rules.admin.acts.offered_arrows import BACK, arrows_query
from rules.admin.acts.run_act import run_act
from rules.admin.admin_pages import Context, guide_page
from rules.admin.links import action_url
from rules.admin.permissions import CHANGE_PERMISSION
from rules.drafts.cached_proofs import draft_proof
from rules.drafts.content import draft_read
from rules.edits.acts.mends import Mend, find_mend
from rules.edits.arrows import Arrow
from rules.edits.checking.removed_faults import name_finding
from rules.engine.content import GuideContent
from rules.engine.state import Answer
from rules.models import Guide
from rules.parcours.anchors import outcome_anchor, stop_anchor
from rules.proof.findings import Finding

FINDING = "finding"
"""The field that names a finding of the proof."""
MAX_BACK_LENGTH = 1000
OUTSIDE_ID = "hors-du-parcours"
"""The id, on the page of a guide, of the part with what no path leads to."""
GONE = "Ce point n’est plus là\u00a0: il a été corrigé entre-temps."


def finding_button(
    guide: Guide, draft: GuideContent, finding: Finding, origin: str = ""
) -> ActButton | None:
    """Returns the button that mends a finding; None if no act does.

    Unless an origin is given, the act leads back to the place of the finding on the page of the guide.
    """
    mend = find_mend(draft, finding)
    if mend is None:
        return None
    match finding.place:
        case ("questions", int(index)):
            place = stop_anchor(draft.questions[index].key)
        case ("outcomes", int(index)):
            place = outcome_anchor(draft.outcomes[index].key)
        case _:
            place = OUTSIDE_ID
    fields = [(FINDING, finding_token(draft, finding)), (ORIGIN, origin or place)]
    return ActButton(mend.label, action_url(guide, "mend"), fields, mend.about)


def dead_end_url(guide: Guide, last_answers: Iterable[Answer], back: str = "") -> str:
    """Returns the address of the form that leads on from dead ends.

    They come after these answers to one question, or at the start if there are none. The act leads back
    to the address `back` unless it is empty, or so long that two of it might be refused.
    """
    arrows = [Arrow(*answer, ()) for answer in last_answers] or [Arrow("", "", ())]
    query = arrows_query(arrows)
    if 0 < len(back) <= MAX_BACK_LENGTH:
        query += f"&{urlencode({BACK: back})}"
    return f"{action_url(guide, 'lead')}?{query}"


def finding_token(draft: GuideContent, finding: Finding) -> str:
    """Returns a text that names a finding also when other parts of the draft have moved."""
    name = name_finding(draft, finding)
    return ".".join([name.kind, *name.part, *name.keys])


@guide_page(CHANGE_PERMISSION, template="admin/rules/acts/refused.html", title="Corriger")
def mend_page(request: HttpRequest, guide: Guide) -> Context | HttpResponse:
    back = url_of_origin(guide, request.POST.get(ORIGIN, ""))
    if request.method != "POST":
        return redirect(back)
    mend = find_named_mend(draft_read(guide), request.POST.get(FINDING, ""))
    if mend is None:
        messages.warning(request, GONE)
        return redirect(back)
    return run_act(request, guide, mend.act, back=back, form={"back": back})


def find_named_mend(draft: GuideContent, token: str) -> Mend | None:
    """Returns what mends the finding that a token names; None if there is no such finding any more."""
    for finding in draft_proof(draft).findings:
        if finding_token(draft, finding) == token:
            return find_mend(draft, finding)
    return None
