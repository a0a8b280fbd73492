"""Where each version of a guide stands in time, and how that is told."""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from rules.document.serialising import canonical_json
from rules.drafts.content import draft_read
from rules.engine.content import GuideContent
from rules.models import Guide, Version


class Stage(StrEnum):
    LIVE = "live"
    SCHEDULED = "scheduled"
    SUPERSEDED = "superseded"
    """One of a higher number comes first, or came: its own time changes nothing."""
    OLD = "old"


def version_stages(guide: Guide) -> dict[int, Stage]:
    """By number."""
    now, first, live = timezone.now(), None, False
    stages = {}
    for number, time in guide.versions.order_by("-number").values_list("number", "published_at"):
        stages[number] = _stage(time, first, now, live)
        live = live or stages[number] is Stage.LIVE
        first = min(time, first or time)
    return stages


def scheduled_versions(guide: Guide) -> list[Version]:
    """Those that will be live if nothing else is published, without their documents."""
    stages = version_stages(guide)
    coming = [number for number, stage in stages.items() if stage is Stage.SCHEDULED]
    return list(guide.versions.filter(number__in=coming).defer("document").order_by("published_at"))


def publication_sentence(version: Version, approver: User | None = None) -> str:
    """What is said of a version once it is published."""
    asked = f" Demandée par {version.author}, approuvée par {approver}." if approver else ""
    if version.published_at <= timezone.now():
        return f"La version {version.number} est en ligne.{asked}"
    moment = date_format(timezone.localtime(version.published_at), "j F Y à H:i")
    return f"La version {version.number} est programmée pour le {moment}.{asked}"


def restoration_sentence(version: Version, new: Version) -> str:
    return f"Retour à la version {version.number}\u00a0: la version {new.number} est en ligne."


def _stage(time: datetime, first: datetime | None, now: datetime, live: bool) -> Stage:
    """`first` is the earliest time of a higher number, `live` whether one of them is live."""
    if first is not None and first <= time:
        return Stage.SUPERSEDED
    if time > now:
        return Stage.SCHEDULED
    return Stage.OLD if live else Stage.LIVE


def live_versions() -> QuerySet[Version]:
    """The live version of each guide, without their documents, by address: titles are drafts."""
    return Version.objects.live().select_related("guide").defer("document").order_by("guide__slug")


def open_versions() -> QuerySet[Version]:
    """Those that visitors may begin."""
    return live_versions().filter(guide__closed=False)


def live_version(slug: str) -> Version | None:
    return live_versions().filter(guide__slug=slug).first()


def guide_live_version(guide: Guide) -> Version | None:
    """With its document."""
    return Version.objects.live().filter(guide=guide).first()


def has_unpublished_changes(guide: Guide) -> bool:
    return differs_from_live(draft_read(guide), guide_live_version(guide))


def differs_from_live(draft: GuideContent, live: Version | None) -> bool:
    """Whether a draft says something else than the live version, or nothing is live."""
    return live is None or live.document != canonical_json(draft)
