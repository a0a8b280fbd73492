"""A live guide as one HTML file to take along: it asks and answers without any network.

Its script (`static/diagnostics/offline/`) follows the table of the guide's proof; the texts are in
the file as templates. Nothing in it may ask for anything, so says its own policy.
"""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control

from diagnostics.addresses import absolute_url
from diagnostics.diagnostic_pages import MISSING
from diagnostics.web.poster import text_anchor
from diagnostics.web.public_view import open_version, public_view
from rules.engine.content import Effect, GuideContent, OutcomeContent, QuestionContent, Scope
from rules.models import Version
from rules.picture.boxes import build_picture
from rules.picture.tree import Branch, build_trees
from rules.proof.lookup_table import LookupRow, LookupTable
from rules.publication.stored_proofs import version_graph, version_lookup_table
from rules.publication.versions import compiled_version
from rules.sentences import rule_sentence

STYLES = tuple(f"diagnostics/{name}.css" for name in ("pages", "result", "offline/offline"))
SCRIPTS = tuple(f"diagnostics/offline/{name}.js" for name in ("lookup", "pages", "form"))
TOO_LARGE = {
    "title": "Pas de fichier pour ce guide",
    "detail": "Ce guide est trop grand pour tenir dans un fichier à emporter. "
    "Le formulaire en ligne pose toutes ses questions.",
}


@cache_control(no_store=True)  # the file bears the moment at which it is made
@public_view("GET", "HEAD")
def offline(request: HttpRequest, slug: str) -> HttpResponse:
    version = open_version(slug)
    table = version_lookup_table(version)
    if table is None:  # nothing is wrong with the address: as of a closed guide, a page tells why
        return render(request, "diagnostics/error.html", TOO_LARGE)
    addresses = {
        "form": absolute_url(request, reverse("web:start", args=[slug])),
        "legal_site": absolute_url(request, "/").rstrip("/"),
    }
    response = render(request, "diagnostics/offline.html", addresses | _content(version, table))
    name = f"{slug}-version-{version.number}.html"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _content(version: Version, table: LookupTable) -> dict[str, Any]:
    guide, made = compiled_version(version).guide, timezone.now()
    style, script = _own_files(STYLES), _own_files(SCRIPTS)
    return {
        "version": version,
        "guide": guide,
        "made": made,
        "missing": MISSING,
        "style": style,
        "script": script,
        "policy": _policy(style, script),
        "data": {"made": int(made.timestamp() * 1000), **file_data(guide, table)},
        "trees": _trees(version, guide),
        "conclusions": [outcome for outcome in guide.outcomes if outcome.final],
        "advice": [outcome for outcome in guide.outcomes if not outcome.final],
    }


@lru_cache
def _own_files(names: tuple[str, ...]) -> SafeString:
    """Static files of ours, one after the other."""
    texts = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in names]
    return mark_safe("\n".join(texts))  # noqa: S308 (nobody but us writes them)


def _policy(style: str, script: str) -> str:
    """Only this style and this script, and no request at all."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def file_data(guide: GuideContent, table: LookupTable) -> dict[str, Any]:
    """What the script looks up; long texts are in the page."""
    giving = {at: rule for at, rule in enumerate(guide.rules) if rule.effect is not Effect.ASK}
    return {
        "start": table.start,
        "rows": [(row.question, _after(row), row.transitions) for row in table.rows],
        "rules": {at: rule.target for at, rule in giving.items()},
        "reasons": {
            at: rule_sentence(guide, rule)
            for at, rule in giving.items()
            if rule.effect is Effect.CONCLUDE
        },
        "questions": {question.key: _question(question) for question in guide.questions},
        "outcomes": {outcome.key: _outcome(outcome) for outcome in guide.outcomes},
    }


def _question(question: QuestionContent) -> dict[str, Any]:
    return {
        "title": question.title,
        "of_school": question.scope is Scope.SCHOOL,
        "choices": [(choice.key, choice.label) for choice in question.choices],
    }


def _outcome(outcome: OutcomeContent) -> dict[str, Any]:
    return {"title": outcome.title, "tone": outcome.tone, "final": outcome.final}


def _after(row: LookupRow) -> str:
    """« encore 1 à 3 après celle-ci », as the form has it; nothing at an end."""
    return (
        "" if row.question is None else _after_words(row.min_remaining - 1, row.max_remaining - 1)
    )


@lru_cache(maxsize=1024)
def _after_words(least: int, most: int) -> str:
    return render_to_string("diagnostics/_after.html", {"least": least, "most": most}).strip()


def _trees(version: Version, guide: GuideContent) -> list[Branch]:
    """The paths as lists, for those whose browser runs no script. Each box leads to its text."""
    graph = version_graph(version)
    return list(build_trees(build_picture(guide, graph, text_anchor))) if graph else []
