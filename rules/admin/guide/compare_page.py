"""*Comparer*: what has changed from the live version to the draft, or between any two versions."""

from dataclasses import dataclass
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest

from rules.admin.admin_pages import Context, guide_page
from rules.admin.change_groups import group_changes
from rules.admin.permissions import VIEW_PERMISSION
from rules.admin.presented_problems import problem_counts
from rules.comparison import compare_guides
from rules.drafts.cached_changes import (
    ComparedContent,
    compared_draft,
    sentences_for_visitors,
)
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide, Version
from rules.proof.bounds import QUICK_BOUND
from rules.publication.check import publication_check
from rules.publication.timeline import Stage, guide_live_version, moment_label, version_stages
from rules.publication.versions import (
    VersionAlteredError,
    altered_version_sentence,
    compared_version,
    version_content,
)

LIVE, DRAFT = "live", "draft"
_DATE_LABELS = {
    Stage.SCHEDULED: "programmée pour le",
    Stage.SUPERSEDED: "jamais en ligne, était programmée pour le",
    Stage.CANCELLED: "annulée, était programmée pour le",
}


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two lists from which a person chooses what is compared."""

    name: str
    """The name of the list: `from` or `to`."""
    choice: str
    """The value that is selected: `live`, `draft` or the number of a version."""
    options: list[tuple[str, str]]
    """The value and the label of each option."""


class ReadContent(NamedTuple):
    """A draft or a version, and the same compiled. Of a draft, what is unfinished is not compiled."""

    content: GuideContent
    compared: ComparedContent


@guide_page(VIEW_PERMISSION, template="admin/rules/guide/compare.html", title="Comparer")
def compare_page(request: HttpRequest, guide: Guide) -> Context:
    options = _comparable_contents(guide)
    sides = []
    for name, default in (("from", LIVE if options[0][0] == LIVE else DRAFT), ("to", DRAFT)):
        choice = request.GET.get(name, default)
        choice = choice if choice in dict(options) else default
        sides.append(ComparedSide(name, choice, options))
    old, new = (_read_content(request, guide, side.choice) for side in sides)
    changes = compare_guides(old.content, new.content) if old and new else []
    to_draft = new.content if new and sides[1].choice == DRAFT else None
    return {
        "sides": sides,
        "problem_counts": problem_counts(publication_check(to_draft, QUICK_BOUND))
        if to_draft
        else "",
        "never_published": len(options) == 1,
        "altered": old is None or new is None,
        "changes": group_changes(guide, changes),
        "sentences": (
            sentences_for_visitors(old.compared, new.compared) if old and new and changes else None
        ),
        "can_try": sides[1].choice == DRAFT,
    }


def _read_content(request: HttpRequest, guide: Guide, choice: str) -> ReadContent | None:
    """Returns the content of the draft or of a version.

    If the version was altered, adds a message and returns None.
    """
    if choice == DRAFT:
        draft = draft_read(guide)
        return ReadContent(draft, compared_draft(draft))
    live = guide_live_version(guide) if choice == LIVE else None
    version = live or guide.versions.get(number=choice)  # no version is ever deleted
    try:
        return ReadContent(version_content(version), compared_version(version))
    except VersionAlteredError:
        messages.error(request, altered_version_sentence(version))
        return None


def _comparable_contents(guide: Guide) -> list[tuple[str, str]]:
    """Returns the value and the label of each option of the two lists.

    The live version comes first, then the draft, then all versions from the newest to the oldest.
    """
    due = Version.objects.filter_due().filter(guide=guide)
    live = due.values_list("number", flat=True).first()
    online = [(LIVE, f"Version en ligne (version {live})")] if live else []
    stages = version_stages(guide)
    numbered = []
    for version in guide.versions.order_by("-number").only("number", "published_at"):
        label = _DATE_LABELS.get(stages[version.number], "du")
        date = moment_label(version.published_at)
        numbered.append((str(version.number), f"Version {version.number}, {label} {date}"))
    return [*online, (DRAFT, "Brouillon"), *numbered]
