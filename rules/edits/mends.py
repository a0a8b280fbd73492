"""Acts that mend what a proof has found."""

from typing import NamedTuple

from rules.edits.edit import Act
from rules.engine.content import GuideContent
from rules.proof.findings import Finding


class Mend(NamedTuple):
    """What one click does about a finding: the French label of its button, and the act."""

    label: str
    act: Act


def find_mend(guide: GuideContent, finding: Finding) -> Mend | None:
    """Returns what one click can do about a finding of the proof of a guide; None if nothing.

    It takes no time: whether the act can be done is only known once it is prepared.
    """
    return None
