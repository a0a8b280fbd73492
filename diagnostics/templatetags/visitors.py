"""Tags for the editors' pages: the unfinished diagnostics of visitors, and the address of a try."""

from collections.abc import Iterable

from django import template

from diagnostics.selectors import UnfinishedCount, count_unfinished
from diagnostics.trials.trial import ORIGIN
from diagnostics.trials.trial_addresses import trial_address
from rules.engine.state import Answer
from rules.models import Guide
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError

register = template.Library()


@register.simple_tag
def unfinished_on_live(guide: Guide) -> UnfinishedCount | None:
    """Counts the unfinished diagnostics on the live version of a guide.

    Returns `None` if the guide has no live version or that version was altered.
    """
    live = guide_live_version(guide)
    try:
        return count_unfinished(live) if live else None
    except VersionAlteredError:
        return None


@register.simple_tag
def address_of_try(path: str, answers: Iterable[Answer], origin: str) -> str:
    """Returns the address of a try; `origin` is the page that leads there, empty if it does not say."""
    return trial_address(path, dict(answers), **({ORIGIN: origin} if origin else {}))
