"""Writes to what is known: each is whole or does not happen."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from rules.checks import publication_problems
from rules.document.problems import Problem
from rules.document.serialising import canonical, digest
from rules.drafts import draft_read, draft_write
from rules.engine import guide as values
from rules.models import Guide, Version
from rules.runtime import compiled_version


class PublicationRefusedError(ValueError):
    """A draft that may not be published, with all that is to mend."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class DraftExistsError(ValueError):
    """An import would replace a draft, and nobody asked for that."""


@transaction.atomic
def guide_import(*, content: values.Guide, replace_draft: bool = False) -> Guide:
    guide, created = Guide.objects.get_or_create(
        slug=content.slug, defaults={"title": content.title}
    )
    if not created and not replace_draft:
        raise DraftExistsError(content.slug)
    draft_write(guide=guide, content=content)
    return guide


@transaction.atomic
def guide_publish(*, guide: Guide, author: User | None = None) -> Version:
    """The draft becomes the next version and is live. Raises `PublicationRefusedError`."""
    _lock(guide)
    draft = draft_read(guide)
    if problems := publication_problems(draft):
        raise PublicationRefusedError(problems)
    return _version_create(guide, canonical(draft), author)


@transaction.atomic
def version_restore(*, version: Version, author: User | None = None) -> Version:
    """Publishes an earlier version's document again, as a new version. The draft stays.

    Raises `VersionAlteredError`.
    """
    _lock(version.guide)
    compiled_version(version)
    note = f"Retour à la version {version.number}"
    return _version_create(version.guide, version.document, author, note)


def draft_reset(*, version: Version) -> None:
    """Sets the draft back to what a version says."""
    draft_write(guide=version.guide, content=version_content(version))


def version_content(version: Version) -> values.Guide:
    """The guide of a version. Raises `VersionAlteredError`."""
    return compiled_version(version).guide


def _lock(guide: Guide) -> None:
    """Two publications at once take two numbers."""
    Guide.objects.select_for_update().get(pk=guide.pk)


def _version_create(guide: Guide, document: str, author: User | None, note: str = "") -> Version:
    last = guide.versions.order_by("-number").first()
    return Version.objects.create(
        guide=guide,
        number=last.number + 1 if last else 1,
        document=document,
        sha256=digest(document),
        note=note,
        author=author,
    )
