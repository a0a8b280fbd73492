"""What the pages about a guide say of its visitors."""

from django import template

from diagnostics.selectors import UnfinishedCount, count_unfinished
from rules.models import Guide
from rules.publication.timeline import guide_live_version
from rules.publication.versions import VersionAlteredError

register = template.Library()


@register.simple_tag
def unfinished_on_live(guide: Guide) -> UnfinishedCount | None:
    live = guide_live_version(guide)
    try:
        return count_unfinished(live) if live else None
    except VersionAlteredError:
        return None
