"""The tables of guides, and of the legal pages.

- The draft, which editors change: `guide`, `question` (with its choices), `outcome`, `rule` (with
  its conditions), `example`. `fields`: the fields that several of these tables have.
- What was published and never changes: `version`, and its proof in `version_proof`. `cancellation`:
  the scheduled versions that never go live.
- `change`: the history of a guide. `snapshot`: its draft as it was before each of the last changes.
  `publication_request`: a publication that waits for approval.
- `legal_page`: the legal pages of the site, and their history.
- `signed_row`: who has written a row of these tables.
"""

from rules.models.cancellation import Cancellation
from rules.models.change import Change, ChangeEvent, ChangeMeaning
from rules.models.example import Example, ExampleAnswer, ExampleOutcome
from rules.models.guide import Guide
from rules.models.legal_page import LegalPage, LegalPageChange
from rules.models.outcome import Outcome
from rules.models.publication_request import PublicationRequest
from rules.models.question import Choice, Question
from rules.models.rule import Condition, ConditionChoice, Rule
from rules.models.snapshot import Snapshot, SnapshotStep
from rules.models.version import Version
from rules.models.version_proof import VersionProof

__all__ = [
    "Cancellation",
    "Change",
    "ChangeEvent",
    "ChangeMeaning",
    "Choice",
    "Condition",
    "ConditionChoice",
    "Example",
    "ExampleAnswer",
    "ExampleOutcome",
    "Guide",
    "LegalPage",
    "LegalPageChange",
    "Outcome",
    "PublicationRequest",
    "Question",
    "Rule",
    "Snapshot",
    "SnapshotStep",
    "Version",
    "VersionProof",
]
