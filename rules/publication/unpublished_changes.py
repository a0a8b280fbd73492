"""What the history of a guide says of its draft since the draft last was what is online."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import Q, QuerySet

from rules.models import Change, Guide, Version

OWN_SENTENCES = ("Le guide «", "L’adresse du guide ", "L’introduction ")
"""How sentences about the title, the address and the introduction of a guide begin.

The other sentences about a guide as a whole are not about its draft.
"""


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
        number = self._live.number
        return self._guide.changes.filter(
            Q(sentence__startswith=f"La version {number} est ")
            | Q(sentence__startswith=f"Le brouillon est remis à la version {number}.")
            | Q(
                sentence__startswith="Retour à la version ",
                sentence__contains=f"\u00a0: la version {number} est en ligne.",
            ),
            kind=Change.GUIDE,
        ).first()

    @property
    def changes(self) -> QuerySet[Change]:
        """The changes, the newest first."""
        of_draft = ~Q(kind=Change.GUIDE)
        for words in OWN_SENTENCES:
            of_draft |= Q(sentence__startswith=words)
        changes = self._guide.changes.filter(of_draft)
        if self._beginning:
            return changes.filter(pk__gt=self._beginning.pk)
        return changes.filter(at__gt=self._live.published_at) if self._live else changes

    @cached_property
    def authors(self) -> Sequence[str]:
        """The names of the people who made the changes, in the order of their first change."""
        names = self.changes.order_by("pk").values_list("author_name", flat=True)
        return [name for name in dict.fromkeys(names) if name]

    @property
    def withdrawing_version(self) -> Version | None:
        """The live version if it restored an earlier one, and the draft was not reset to it since.

        The draft has then still what was withdrawn.
        """
        is_restored = self._beginning and self._beginning.sentence.startswith("Retour à ")
        return self._live if is_restored else None
