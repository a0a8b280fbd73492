"""Leads arrows to another question or to other conclusions."""

from collections.abc import Iterable, Sequence

from rules.edits.arrows import Arrow
from rules.edits.edit import Act, Edit, MappedDraft
from rules.edits.new_parts import NewConclusion, NewQuestion
from rules.parcours.stops import Destination

NewDestination = Destination | NewQuestion | NewConclusion
"""An existing question, existing conclusions, or a part that the act creates."""


def lead_arrows(arrows: Sequence[Arrow], destination: NewDestination) -> Act:
    """Returns the act that leads some arrows to a destination."""

    def propose_edits(draft: MappedDraft) -> Iterable[Edit]:
        raise NotImplementedError

    return propose_edits
