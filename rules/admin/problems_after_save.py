"""The warning after a save that leaves problems in a draft."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from rules.admin.links import action_url
from rules.admin.problem_links import save_counts
from rules.drafts.compiled_drafts import QUICK_PROOF_MAX_STATES
from rules.drafts.content import draft_read
from rules.models import Guide
from rules.publication.check import publication_check


def warn_of_problems(request: HttpRequest, guide: Guide) -> None:
    """Adds a message that counts the problems of a draft, as the page of its guide does.

    There is no message about a draft that cannot be evaluated yet: the page of its guide says why.
    If a draft takes long to prove, only its failing examples are counted.
    """
    if counts := save_counts(publication_check(draft_read(guide), QUICK_PROOF_MAX_STATES)):
        warning = 'Attention\u00a0: {} → <a href="{}">La preuve</a>.'
        messages.warning(request, format_html(warning, counts, action_url(guide, "proof")))
