"""What the history of a guide says of its draft since the draft last was what is online."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import QuerySet

from rules.models import Change, ChangeEvent, Guide, Version

BEGINNINGS = {
    ChangeEvent.PUBLISHED,
    ChangeEvent.APPROVED,
    ChangeEvent.RESTORED,
    ChangeEvent.RESCHEDULED,
    ChangeEvent.RESET,
}
"""The events after which the changes of a draft are counted, if they are about the live version."""


class UnpublishedChanges:
    """The changes of a draft since its live version was made from it, or the draft was reset to it.

    A scheduled version is made from the draft when it is scheduled, not when it goes live. A version
    that was restored is not made from the draft: the changes are those since the restoration.
    """

    def __init__(self, guide: Guide, live_version: Version | None) -> None:
        self._guide, self._live = guide, live_version

    @cached_property
    def _beginning(self) -> Change | None:
        """The sentence of the history after which the changes are counted; None if there is none."""
        if self._live is None:
            return None
        about_live = self._guide.changes.filter(version_number=self._live.number)
        return about_live.filter(event__in=BEGINNINGS).first()

    @property
    def changes(self) -> QuerySet[Change]:
        """The changes, the newest first."""
        changes = self._guide.changes.filter(event=ChangeEvent.DRAFT)
        if self._beginning:
            return changes.filter(pk__gt=self._beginning.pk)
        return changes.filter(at__gt=self._live.published_at) if self._live else changes

    @cached_property
    def authors(self) -> Sequence[str]:
        """The names of the people who made the changes, in the order of their first change."""
        names = self.changes.order_by("pk").values_list("author_name", flat=True)
        return [name for name in dict.fromkeys(names) if name]

    @property
    def rescheduled_version(self) -> Version | None:
        """The live version if another one was published after it was scheduled, and it was rescheduled.

        The draft has not what it has brought, unless it was reset to it since.
        """
        beginning = self._beginning
        return self._live if beginning and beginning.event == ChangeEvent.RESCHEDULED else None

    @property
    def withdrawing_version(self) -> Version | None:
        """The live version if it restored an earlier one, and the draft was not reset to it since.

        The draft has then still what was withdrawn.
        """
        beginning = self._beginning
        return self._live if beginning and beginning.event == ChangeEvent.RESTORED else None
