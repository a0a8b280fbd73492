"""All that a publication is decided on, each part read when it is asked for."""

from functools import cached_property

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from rules.admin.change_groups import ChangeGroup, changes_shown
from rules.admin.problem_links import ToMend, to_mend
from rules.comparison import compare
from rules.document.serialising import canonical, digest
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide, PublicationRequest, Version
from rules.proof.finding_sentences import proof_words
from rules.publication.approvals import guide_request, request_holds
from rules.publication.check import PublicationCheck, publication_check
from rules.publication.timeline import guide_live_version, is_unpublished, scheduled_versions
from rules.publication.versions import VersionAlteredError, version_content

CHANGED = "Le brouillon a changé entre-temps\u00a0: rien n’est publié. Vérifiez de nouveau."


PUBLISH = "rules.publish_guide"
NAMED = 5
"""Of more who may publish, no list is made."""


def publisher_only(request: HttpRequest, act: str) -> None:
    """`act` follows « ne permet pas »."""
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied(
            f"Votre compte ne permet pas {act}. Demandez à un responsable de publication."
        )


def publishers_to_ask(request: HttpRequest) -> list[str] | None:
    """Names, if they are few, for who may not publish; None for who may."""
    if request.user.has_perm(PUBLISH):
        return None
    holders = User.objects.with_perm(PUBLISH, include_superusers=False)[: NAMED + 1]
    names = sorted(each.get_full_name() or each.get_username() for each in holders)
    return names if len(names) <= NAMED else []


class Desk:
    def __init__(self, guide: Guide, draft: GuideContent | None = None) -> None:
        self.guide = guide
        self.draft = draft or draft_read(guide)
        self.digest = digest(canonical(self.draft))

    @cached_property
    def check(self) -> PublicationCheck:
        return publication_check(self.draft)

    @cached_property
    def live(self) -> Version | None:
        return guide_live_version(self.guide)

    @cached_property
    def scheduled(self) -> list[Version]:
        return scheduled_versions(self.guide)

    @cached_property
    def asked(self) -> PublicationRequest | None:
        return guide_request(self.guide)

    @cached_property
    def checked(self) -> str:
        """Sent back with a decision: it tells whether all is still as it was shown."""
        last = self.guide.versions.order_by("-number").values_list("number", flat=True).first()
        return f"{self.digest}.{last or 0}.{self.asked.pk if self.asked else 0}"

    def changed_since(self, checked: str) -> str:
        """What changed since `checked` was shown; empty when nothing did."""
        if checked == self.checked:
            return ""
        if checked.split(".")[0] != self.digest:
            return CHANGED
        return (
            "Quelqu’un a publié ou demandé une publication entre-temps\u00a0: rien n’est publié "
            "cette fois-ci. Vérifiez de nouveau."
        )

    @property
    def unpublished(self) -> bool:
        return is_unpublished(self.draft, self.live)

    @property
    def is_scheduled(self) -> bool:
        """Whether the draft is what a version that waits for its time says."""
        return any(version.sha256 == self.digest for version in self.scheduled)

    @property
    def waits(self) -> bool:
        """Whether a request of the draft as it is waits for a second person."""
        return self.asked is not None and request_holds(self.asked, self.draft)

    @property
    def lacks_reason(self) -> bool:
        """Whether a request does not say why, where the proof asks for it."""
        return self.asked is not None and self.check.needs_reason and not self.asked.reason

    @property
    def proof_words(self) -> str:
        return proof_words(self.check.proof) if self.check.proof else ""

    @property
    def to_mend(self) -> list[ToMend]:
        return to_mend(self.guide, self.draft, self.check.problems)

    @property
    def warnings(self) -> list[ToMend]:
        return to_mend(self.guide, self.draft, self.check.warnings)

    @property
    def changes(self) -> list[ChangeGroup] | None:
        """Since the live version; None where there is none that can be read."""
        try:
            old = version_content(self.live) if self.live else None
        except VersionAlteredError:
            return None
        return changes_shown(self.guide, compare(old, self.draft)) if old else None
