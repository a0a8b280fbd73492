"""Finds, imports and duplicates guides."""

import re
from dataclasses import replace

from django.db import transaction

from rules.document.keys import unused_key
from rules.document.limits import KEY_LENGTH, KEY_PATTERN, RESERVED_SLUGS
from rules.drafts.content import draft_read, draft_write
from rules.drafts.draft_limits import check_copied_draft
from rules.drafts.locks import guide_lock
from rules.drafts.rows import title_of_copy
from rules.engine.content import GuideContent
from rules.models import Guide

IMPORT_SENTENCE = "Import d’un document dans le brouillon."


class DraftExistsError(ValueError):
    """Raised when an import would replace a draft. `str(error)` is the slug of the guide."""


def guide_by_slug(slug: str) -> Guide | None:
    """Returns the guide with this slug, or None. Any text is allowed, even undecodable bytes."""
    return Guide.objects.filter(slug=slug).first() if re.fullmatch(KEY_PATTERN, slug) else None


def unused_guide_slug(*, title: str) -> str:
    """Makes a slug from `title` that is neither another guide's nor the address of another page."""
    slugs = Guide.objects.values_list("slug", flat=True)
    return unused_key(title, taken={*slugs, *RESERVED_SLUGS}, fallback="guide")


@transaction.atomic
def guide_import(*, content: GuideContent, replace_draft: bool = False) -> Guide:
    """Replaces the draft of the guide with the slug of `content`, a new guide if there is none.

    Raises `DraftExistsError` if the guide exists and `replace_draft` is false.
    """
    guide, created = Guide.objects.get_or_create(
        slug=content.slug, defaults={"title": content.title}
    )
    if not created and not replace_draft:
        raise DraftExistsError(content.slug)
    guide = guide_lock(guide=guide)
    draft_write(guide=guide, content=content, sentence="" if created else IMPORT_SENTENCE)
    return guide


@transaction.atomic
def guide_duplicate(*, guide: Guide) -> Guide:
    """Creates a guide with the draft of another guide but without its versions, and returns it.

    The copy needs approval if the other guide does.
    Raises `LimitExceededError` if the draft exceeds a limit.
    """
    guide = guide_lock(guide=guide)
    draft = draft_read(guide)
    check_copied_draft(draft)
    slug = unused_guide_slug(title=f"{guide.slug[: KEY_LENGTH - len('-copie')]}-copie")
    copy = Guide.objects.create(
        slug=slug, title=title_of_copy(guide.title), needs_approval=guide.needs_approval
    )
    draft_write(guide=copy, content=replace(draft, title=copy.title))
    return copy
