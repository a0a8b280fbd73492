"""Scheduled versions with changes that the draft does not have, so that it would take them back later."""

from collections.abc import Sequence
from contextlib import suppress

from rules.comparison import PartKind, compare_guides
from rules.engine.content import GuideContent
from rules.models import Version
from rules.publication.versions import VersionAlteredError, compiled_version


def find_untaken_versions(
    draft: GuideContent, live: Version | None, scheduled: Sequence[Version]
) -> list[Version]:
    """Returns the scheduled versions that change a part which the draft has as the live version has it.

    A part that the draft changes too does not count: the draft may come from the scheduled version.
    """
    if live is None or not scheduled:
        return []
    untaken = []
    with suppress(VersionAlteredError):
        online = compiled_version(live).guide
        changed = find_changed_parts(online, draft)
        for version in scheduled:
            if not find_changed_parts(online, compiled_version(version).guide) <= changed:
                untaken.append(version)
    return untaken


def find_changed_parts(older: GuideContent, newer: GuideContent) -> set[tuple[PartKind, str]]:
    return {(change.kind, change.key) for change in compare_guides(older, newer)}
