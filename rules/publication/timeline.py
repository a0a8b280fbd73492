"""The versions of a guide in time: the live one, scheduled ones and past ones.

The live version is the one with the highest number among those whose date has come and which were
not cancelled.
"""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from rules.document.limits import RESERVED_SLUGS
from rules.models import Guide, Version
from rules.models.signed_row import account_name


class Stage(StrEnum):
    """Whether a version is live, scheduled, past (`OLD`), or will never go live, and then why."""

    LIVE = "live"
    SCHEDULED = "scheduled"
    SUPERSEDED = "superseded"
    """A version with a higher number goes live before this one's date, so this one never does."""
    CANCELLED = "cancelled"
    OLD = "old"

    @property
    def was_ever_live(self) -> bool:
        return self in {Stage.LIVE, Stage.OLD}


def live_versions() -> QuerySet[Version]:
    """Returns the live version of each guide, in the order of slugs. Documents are not read yet."""
    return (
        Version.objects.filter_live()
        .select_related("guide")
        .defer("document")
        .order_by("guide__slug")
    )


def open_versions() -> QuerySet[Version]:
    """Returns the live versions of the guides that are open to new visitors."""
    return live_versions().filter(guide__closed=False)


def live_version(slug: str) -> Version | None:
    """Returns the live version of the guide with this slug. Its document is not read yet."""
    due = Version.objects.filter_due().filter(guide__slug=slug)
    return due.select_related("guide").defer("document").first()


def version_of_former_slug(slug: str) -> Version | None:
    """Returns the live version of the guide that had this slug until the site reserved it.

    The guide has `-guide` after its slug since, and the documents of its versions of before have not.
    """
    if slug not in RESERVED_SLUGS:
        return None
    renamed = Version.objects.filter(
        guide__slug__startswith=f"{slug}-guide", document__contains=f'"slug":"{slug}"'
    )
    return live_versions().filter(guide__in=renamed.values("guide")).first()


def guide_live_version(guide: Guide) -> Version | None:
    """Returns the live version of a guide, with its document."""
    return Version.objects.filter_due().filter(guide=guide).first()


def version_stages(guide: Guide, without: Version | None = None) -> dict[int, Stage]:
    """Returns the stage of each version of a guide by its number, the highest number first.

    These are the stages that there would be if the version `without` were cancelled.
    """
    now = timezone.now()
    stages: dict[int, Stage] = {}
    earliest_above: datetime | None = None
    # `earliest_above` is the earliest date of the versions with a higher number.
    dates = guide.versions.order_by("-number").values_list(
        "number", "published_at", "cancellation__cancelled_at"
    )
    for number, published_at, cancelled_at in dates:
        if cancelled_at is not None or (without and number == without.number):
            stages[number] = Stage.CANCELLED
            continue
        if earliest_above is not None and earliest_above <= published_at:
            stages[number] = Stage.SUPERSEDED
        elif published_at > now:
            stages[number] = Stage.SCHEDULED
        else:
            stages[number] = Stage.OLD if Stage.LIVE in stages.values() else Stage.LIVE
        earliest_above = min(published_at, earliest_above or published_at)
    return stages


class TimelineEntry:
    """A version among the versions of its guide, as they are when this is made."""

    def __init__(self, version: Version) -> None:
        stages = version_stages(version.guide)
        self.version = version
        self.stage = stages[version.number]
        # A page sends the fingerprint back with a decision, so that nobody decides on an outdated
        # timeline. It changes whenever other versions are live or scheduled.
        current = {Stage.LIVE, Stage.SCHEDULED}
        self.fingerprint = ".".join(str(each) for each, stage in stages.items() if stage in current)
        live = Version.objects.filter_due().filter(guide=version.guide)
        self.live_version = live.defer("document").first()

    @property
    def has_live_content(self) -> bool:
        """True if the live version has the same content as this version, or is this version."""
        return self.live_version is not None and self.live_version.sha256 == self.version.sha256


def scheduled_versions(guide: Guide, without: Version | None = None) -> list[Version]:
    """Returns the versions that go live in the future, unless more is published, in order of date.

    Their documents are not read yet. The version `without` is regarded as cancelled.
    """
    stages = version_stages(guide, without)
    numbers = [number for number, stage in stages.items() if stage is Stage.SCHEDULED]
    scheduled = guide.versions.filter(number__in=numbers)
    return list(scheduled.defer("document").order_by("published_at"))


def publication_sentence(version: Version, approver: User | None = None) -> str:
    """Returns a French sentence that says that a version has just been published or scheduled."""
    people = ""
    if approver:
        people = f" Demandée par {version.author_name}, approuvée par {account_name(approver)}."
    if version.published_at <= timezone.now():
        return f"La version {version.number} est en ligne.{people}"
    date = moment_label(version.published_at)
    return f"La version {version.number} est programmée pour le {date}.{people}"


def moment_label(moment: datetime) -> str:
    """Returns a moment in French, such as « 3 décembre 2026 à 08:30 »."""
    return date_format(timezone.localtime(moment), "j F Y à H:i")


def restoration_sentence(version: Version, new_version: Version) -> str:
    """Returns a French sentence that says that `version` was published again as `new_version`."""
    return (
        f"Retour à la version {version.number}\u00a0: la version {new_version.number} est en ligne."
    )
