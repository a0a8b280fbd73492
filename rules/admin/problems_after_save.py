"""The warning after a save that leaves problems in a draft."""

import logging

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from rules.admin.links import action_url
from rules.admin.presented_problems import problem_counts_after_save
from rules.drafts.compiled_drafts import QUICK_PROOF_MAX_STATES
from rules.engine.content import GuideContent
from rules.models import Guide
from rules.publication.check import publication_check

UNCHECKED = "Le brouillon est bien enregistré, mais il n’a pas pu être vérifié."

_logger = logging.getLogger("rules.admin")


def warn_of_problems(request: HttpRequest, guide: Guide, draft: GuideContent) -> None:
    """Adds a message that counts the problems of the draft of a guide, if it has any.

    If a draft takes too long to prove, only what is refused in its texts and its failing examples are
    counted. If it cannot be evaluated yet, only the refusals are: the page of its guide lists what is
    missing. Whatever goes wrong here, the draft was saved before: a message says so, in place of the
    page of an error.
    """
    try:
        counts = problem_counts_after_save(publication_check(draft, QUICK_PROOF_MAX_STATES))
    except Exception:
        _logger.exception("the check after a save failed")
        messages.warning(request, UNCHECKED)
        return
    if counts:
        warning = 'Attention\u00a0: {} → <a href="{}">La preuve</a>.'
        messages.warning(request, format_html(warning, counts, action_url(guide, "proof")))
