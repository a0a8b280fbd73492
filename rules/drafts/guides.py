"""Writes to a guide as a whole: import, duplication, and its address."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from rules.document.limits import KEY_LENGTH, RESERVED_SLUGS
from rules.drafts.content import draft_read, draft_write
from rules.drafts.keys import free_key
from rules.drafts.locks import guide_lock
from rules.drafts.rows import copy_title
from rules.engine.content import GuideContent
from rules.models import (
    Guide,
)


class DraftExistsError(ValueError):
    """An import would replace a draft, and nobody asked for that."""


@transaction.atomic
def guide_import(
    *, content: GuideContent, replace_draft: bool = False, author: User | None = None
) -> Guide:
    guide, created = Guide.objects.get_or_create(
        slug=content.slug, defaults={"title": content.title}
    )
    if not created and not replace_draft:
        raise DraftExistsError(content.slug)
    guide_lock(guide=guide)
    draft_write(guide=guide, content=content, author=author)
    return guide


def free_guide_slug(*, title: str) -> str:
    """A free address for a new guide."""
    slugs = Guide.objects.values_list("slug", flat=True)
    return free_key(title, taken={*slugs, *RESERVED_SLUGS}, fallback="guide")


@transaction.atomic
def guide_duplicate(*, guide: Guide) -> Guide:
    """A new guide with the same draft, and no version."""
    guide = guide_lock(guide=guide)
    slug = free_guide_slug(title=f"{guide.slug[: KEY_LENGTH - len('-copie')]}-copie")
    copy = Guide.objects.create(slug=slug, title=copy_title(guide.title))
    draft_write(guide=copy, content=replace(draft_read(guide), title=copy.title))
    return copy
