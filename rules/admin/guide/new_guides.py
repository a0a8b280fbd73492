"""Makes a new guide need approval if another guide does, whatever page has created it."""

from django.contrib import messages
from django.http import HttpRequest

from rules.admin.recording import log_sentence
from rules.models import Guide
from rules.publication.guide_settings import APPROVAL_INHERITED, guide_inherit_approval


def protect_new_guide(request: HttpRequest, guide: Guide) -> None:
    """Makes a new guide need approval if another guide does, and says so on the page and in its history."""
    if guide_inherit_approval(guide=guide):
        log_sentence(request, guide, APPROVAL_INHERITED)
        messages.info(request, APPROVAL_INHERITED)
