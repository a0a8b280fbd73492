"""All that a publication is decided on, read together."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from rules.admin.problems import ToMend, to_mend
from rules.approvals import guide_request, request_holds
from rules.checks import publication_check
from rules.document.serialising import canonical, digest
from rules.drafts import draft_read
from rules.models import Guide
from rules.proof.words import proof_words
from rules.selectors import guide_live_version, is_unpublished
from rules.stages import scheduled_versions

NOT_ALLOWED = "Votre compte ne permet pas de publier. Demandez à un responsable de publication."


def publisher_only(request: HttpRequest) -> None:
    if not request.user.has_perm("rules.publish_guide"):
        raise PermissionDenied(NOT_ALLOWED)


class Desk:
    """`seen` tells whether what a person decides on is still what was shown."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.draft = draft_read(guide)
        self.check = publication_check(self.draft)
        self.live = guide_live_version(guide)
        self.scheduled = scheduled_versions(guide)
        self.asked = guide_request(guide)
        self._digest = digest(canonical(self.draft))

    @cached_property
    def checked(self) -> str:
        last = self.guide.versions.order_by("-number").values_list("number", flat=True).first()
        return f"{self._digest}.{last or 0}.{self.asked.pk if self.asked else 0}"

    def seen(self, checked: str) -> str:
        """What changed since `checked` was shown; empty when nothing did."""
        if checked == self.checked:
            return ""
        if checked.split(".")[0] != self._digest:
            return (
                "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."
            )
        return (
            "Quelqu’un a publié ou demandé une publication entre-temps\u00a0: rien n’est publié "
            "cette fois-ci. Vérifiez de nouveau."
        )

    @property
    def proof_words(self) -> str:
        return proof_words(self.check.proof) if self.check.proof else ""

    @property
    def unpublished(self) -> bool:
        return is_unpublished(self.draft, self.live)

    @property
    def waits(self) -> bool:
        """Whether a request of the draft as it is waits for a second person."""
        return self.asked is not None and request_holds(self.asked, self.draft)

    @property
    def to_mend(self) -> list[ToMend]:
        return to_mend(self.guide, self.draft, self.check.problems)

    @property
    def warnings(self) -> list[ToMend]:
        return to_mend(self.guide, self.draft, self.check.warnings)
