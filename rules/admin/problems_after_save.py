"""The warning after a save that leaves problems in a draft."""

import logging

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from rules.admin.links import action_url
from rules.admin.presented_problems import place_of_part, problem_counts_after_save
from rules.counts import cap_list
from rules.document.problems import Place
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.proof.bounds import QUICK_BOUND
from rules.proof.finding_sentences import finding_sentence
from rules.proof.findings import FindingKind
from rules.proof.remedies import remedy_of_finding
from rules.publication.check import publication_check

MAX_MESSAGES = 10
"""How many messages say what the saved part is missing: a rule of 40 conditions may miss as much."""
UNCHECKED = "Le brouillon est bien enregistré, mais il n’a pas pu être vérifié."

_logger = logging.getLogger("rules.admin")


def warn_of_problems(
    request: HttpRequest, guide: Guide, draft: GuideContent, saved_part: Place = ()
) -> None:
    """Adds a message that counts the problems of the draft of a guide, if it has any.

    If a draft takes too long to prove, what the proof finds is not counted. Messages say what the part
    that was saved is missing, and why a rule never fires: the proof's page lists it for all parts.
    Whatever goes wrong here, the draft was saved before: a message says so, in place of the page of an
    error.
    """
    try:
        check = publication_check(draft, QUICK_BOUND)
        counts = problem_counts_after_save(check)
    except Exception:
        _logger.exception("the check after a save failed")
        messages.warning(request, UNCHECKED)
        return
    missing = (
        problem.message
        for problem in check.unfinished
        if saved_part and place_of_part(problem.place) == saved_part
    )
    for message in cap_list(missing, "point{s}", str, limit=MAX_MESSAGES):
        messages.warning(request, f"À compléter avant de publier\u00a0: {message}")
    for fault in check.proof.faults if saved_part[:1] == ("rules",) else ():
        if fault.place == saved_part and fault.kind is not FindingKind.UNFINISHED:
            sentence = finding_sentence(draft, fault)
            remedy = remedy_of_finding(draft, fault).sentence
            messages.warning(request, f"À corriger avant de publier\u00a0: {sentence} {remedy}")
    if counts:
        warning = 'Attention\u00a0: {} → <a href="{}">La preuve</a>.'
        messages.warning(request, format_html(warning, counts, action_url(guide, "proof")))
