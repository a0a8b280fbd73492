"""Tags of the editors' pages about a guide, which say how many visitors it has."""

from django import template

from diagnostics.selectors import UnfinishedCount, count_unfinished
from rules.models import Guide
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError

register = template.Library()


@register.simple_tag
def unfinished_on_live(guide: Guide) -> UnfinishedCount | None:
    """Counts the unfinished diagnostics on the live version, if there is one and it can be read."""
    live = guide_live_version(guide)
    try:
        return count_unfinished(live) if live else None
    except VersionAlteredError:
        return None
