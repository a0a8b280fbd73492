"""Scheduled versions that a publication overtakes: it goes live before them, so they never would.

Each of them is dropped, or it is rescheduled: its content, with what the publication corrects, is
scheduled again under the next number, for the same date.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from rules.document.problems import cap_problems
from rules.document.serialising import canonical_json
from rules.edits.merge import Merge, merge_contents
from rules.engine.content import GuideContent
from rules.models import ChangeEvent, Guide, Version
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.timeline import moment_label, scheduled_versions
from rules.publication.versions import VersionAlteredError, version_content

NOTHING_IS_CORRECTED = (
    "Aucune version n’est en ligne avant elle\u00a0: ce que la publication corrige n’est pas connu."
)
UNREADABLE = (
    "Cette version, ou celle qui est en ligne avant elle, a été altérée dans la base de données."
)


class OvertakenVersion:
    """A scheduled version that the publication of `publication` overtakes.

    `replaced` is the version that is live until the publication; None if there is none. What the
    publication corrects is its difference to `replaced`, so `replaced` is the base of the merge. The
    version that was live when this one was scheduled would be a worse base: a version that was
    scheduled before this one, and has gone live since, has changes that this one has too.
    """

    def __init__(
        self, version: Version, *, replaced: Version | None, publication: GuideContent
    ) -> None:
        self.version, self.replaced, self.publication = version, replaced, publication

    @cached_property
    def merge(self) -> Merge | None:
        """The content of the version with what the publication corrects; None if that is not known."""
        with suppress(VersionAlteredError):
            if self.replaced:
                base, ours = version_content(self.replaced), version_content(self.version)
                return merge_contents(base, ours, self.publication)
        return None

    @cached_property
    def check(self) -> PublicationCheck | None:
        """The check of the merged content; None if there is none, or if it has conflicts."""
        if self.merge is None or self.merge.conflicts:
            return None
        return publication_check(self.merge.content)

    @cached_property
    def is_contained(self) -> bool:
        """True if the publication has all that the version would still change: nothing is left to reschedule."""
        if self.merge is None or self.merge.conflicts:
            return False
        return canonical_json(self.merge.content) == canonical_json(self.publication)

    @cached_property
    def obstacles(self) -> Sequence[str]:
        """French sentences that say why the version cannot be rescheduled; empty if it can."""
        if self.merge is None:
            return [UNREADABLE if self.replaced else NOTHING_IS_CORRECTED]
        if self.check is None:
            return [conflict.sentence for conflict in self.merge.conflicts]
        return list(map(str, cap_problems(self.check.problems)))

    @property
    def needs_reason(self) -> bool:
        """True if the version can be rescheduled only with a reason, and was scheduled without one."""
        return bool(self.check and self.check.needs_reason and not self.version.reason)

    @property
    def name(self) -> str:
        """A name of the version: « la version 3, programmée pour le 3 décembre 2026 à 08:30 »."""
        date = moment_label(self.version.published_at)
        return f"la version {self.version.number}, programmée pour le {date}"

    def reason_to_decide_again(self, *, is_rescheduled: bool | None) -> str:
        """Returns why a decision about the version is none; empty if it is one.

        `is_rescheduled` is None if nobody has decided.
        """
        if self.is_contained or is_rescheduled is False:
            return ""
        if is_rescheduled is None:
            return f"Dites ce que devient {self.name}."
        if self.obstacles:
            return f"Vous ne pouvez pas garder {self.name}\u00a0: {' '.join(self.obstacles)}"
        return ""


def find_overtaken_versions(
    guide: Guide, publication: GuideContent, publish_at: datetime | None = None
) -> list[OvertakenVersion]:
    """Returns the scheduled versions that a publication at `publish_at`, by default now, overtakes.

    They are in order of date. Scheduled versions with an earlier date are not among them: they go
    live, and the publication after them.
    """
    starts_at = max(publish_at or timezone.now(), timezone.now())
    versions = [
        version for version in scheduled_versions(guide) if version.published_at >= starts_at
    ]
    due = (
        Version.objects.filter_due(starts_at)
        .filter(guide=guide)
        .exclude(number__in=[version.number for version in versions])
    )
    replaced = due.first()
    return [
        OvertakenVersion(version, replaced=replaced, publication=publication)
        for version in versions
    ]


def find_replacements(guide: Guide) -> Mapping[int, Version]:
    """Returns the versions that are scheduled again in place of overtaken ones, by the numbers of these.

    A version is replaced by the next one that was rescheduled for the same moment.
    """
    numbers = guide.changes.filter(event=ChangeEvent.RESCHEDULED).values("version_number")
    replacements = guide.versions.filter(number__in=numbers).defer("document")
    dates = guide.versions.values_list("number", "published_at")
    return {
        number: again
        for again in replacements.order_by("-number")
        for number, published_at in dates
        if number < again.number and published_at == again.published_at
    }


def versions_to_reschedule(
    overtaken: Sequence[OvertakenVersion], decisions: Mapping[str, bool]
) -> list[OvertakenVersion]:
    """Returns the versions that are rescheduled, by decisions for their numbers."""
    return [
        each
        for each in overtaken
        if decisions.get(str(each.version.number)) and not each.is_contained
    ]
