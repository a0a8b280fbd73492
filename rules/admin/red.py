"""What is said after a save when examples no longer give what they should."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from rules.admin.links import action_url, change_url
from rules.checks import draft_examples
from rules.drafts import draft_read
from rules.models import Guide


def warn_of_red_examples(request: HttpRequest, guide: Guide) -> None:
    """Nothing is said of a draft that cannot be evaluated yet: its page says why."""
    results = draft_examples(draft_read(guide)) or []
    red = [at for at, result in enumerate(results) if not result.holds]
    if not red:
        return
    if len(red) == 1:
        url, words = change_url(guide.examples.all()[red[0]]), "1 cas type ne donne pas"
    else:
        url, words = action_url(guide, "proof"), f"{len(red)} cas types ne donnent pas"
    said = 'Attention\u00a0: <a href="{}">{}</a> ce qui est attendu.'
    messages.warning(request, format_html(said, url, words))
