"""A tag for the editors' pages of a guide: how many visitors have an unfinished diagnostic."""

from django import template

from diagnostics.selectors import UnfinishedCount, count_unfinished
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
