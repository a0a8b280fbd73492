"""What is said after a save that leaves something to mend."""

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
    """As the guide's page counts. Nothing is said of a draft that cannot be evaluated yet: its
    page says why; of one that takes long to prove, only its examples are.
    """
    if counted := save_counts(publication_check(draft_read(guide), QUICK_PROOF_MAX_STATES)):
        said = 'Attention\u00a0: {} → <a href="{}">La preuve</a>.'
        messages.warning(request, format_html(said, counted, action_url(guide, "proof")))
