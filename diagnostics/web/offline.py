"""A live guide as one HTML file, which works without any network.

The file has the lookup table of the guide's proof: for each state, the question to ask and the next
state after each choice. Its script (`static/diagnostics/offline/`) follows that table, and shows
texts from HTML templates in the file. A Content-Security-Policy in the file forbids every request.
"""

from base64 import b64encode
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from math import ceil
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control

from diagnostics.addresses import absolute_url
from diagnostics.databases.outages import RETRY_AFTER_SECONDS
from diagnostics.diagnostic_pages import CHOICE_MISSING
from diagnostics.web.poster import text_anchor, text_lists
from diagnostics.web.public_view import open_version, public_view
from rules.bounded_cache import BoundedCache
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
    Scope,
)
from rules.engine.operators import condition_holds
from rules.markdown import to_html
from rules.models import Version
from rules.picture.boxes import build_picture
from rules.picture.displayed_names import name_for_visitors
from rules.picture.tree import build_branches_of_questions
from rules.proof.bounds import BoundReachedError
from rules.proof.lookup_table import LookupTable
from rules.publication.stored_proofs import (
    has_lookup_table,
    version_graph,
    version_lookup_table,
    version_parcours,
)
from rules.publication.versions import compiled_version
from rules.sentences import rule_sentence

STYLES = tuple(f"diagnostics/{name}.css" for name in ("pages", "result", "offline/offline"))
SCRIPTS = tuple(f"diagnostics/offline/{name}.js" for name in ("lookup", "pages", "form"))
NO_FILE = "Pas de fichier pour ce guide"
TOO_LARGE = (
    "Ce guide est trop grand pour tenir dans un fichier à emporter. "
    "Le formulaire en ligne pose toutes ses questions."
)
DecidingCondition = tuple[list[str], list[str] | None, bool | None]
"""The questions of a condition; the choices that it accepts, or whether its two answers are the same.

Without either, the condition always holds.
"""
LATE_FILE = "Fichier pas encore prêt"
LATE = (
    "Ce fichier n’a pas pu être préparé à temps\u00a0: réessayez dans un instant. "
    "Le formulaire en ligne pose toutes ses questions."
)
UNPROVED = (
    "Un guide tient dans un fichier à emporter une fois que tous ses parcours ont été vérifiés, et "
    "ceux de ce guide ne l’ont pas été. Le formulaire en ligne pose toutes ses questions."
)

_kilobytes: BoundedCache[int] = BoundedCache(1_000, lambda size: 1)
"""The sizes of the files of the versions that were asked for last, by the ids of versions."""


@cache_control(no_store=True)  # the file contains the time of its download
@public_view("GET", "HEAD")
def offline(request: HttpRequest, slug: str) -> HttpResponse:
    version = open_version(slug)
    try:
        table = version_lookup_table(version)
    except BoundReachedError:
        page = {"title": LATE_FILE, "detail": LATE}
        late = render(request, "diagnostics/error.html", page, status=503)
        late["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return late
    if table is None:  # a page, not an error: the address is right
        detail = TOO_LARGE if version_graph(version) else UNPROVED
        return render(request, "diagnostics/error.html", {"title": NO_FILE, "detail": detail})
    addresses = {
        "form": absolute_url(request, reverse("web:start", args=[slug])),
        "legal_site": absolute_url(request, "/").rstrip("/"),
    }
    response = render(
        request, "diagnostics/offline.html", {**addresses, **_file_content(version, table)}
    )
    name = f"{slug}-version-{version.number}.html"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_kilobytes(version: Version) -> int | None:
    """Returns the size of a version's file, or None if there is none now. A version is measured once."""
    if not has_lookup_table(version):
        return None
    with suppress(BoundReachedError):
        return _kilobytes.find_or_make(version.pk, lambda: _measure_file(version))
    return None


def _measure_file(version: Version) -> int:
    table = version_lookup_table(version)
    assert table
    addresses = {"form": "", "legal_site": ""}  # as good as nothing beside the guide's texts
    html = render_to_string("diagnostics/offline.html", addresses | _file_content(version, table))
    return ceil(len(html.encode()) / 1000)


def _file_content(version: Version, table: LookupTable) -> dict[str, object]:
    guide = compiled_version(version).guide.without_short_names
    parcours = version_parcours(version)
    named = name_for_visitors(guide, parcours) if parcours else guide
    branches = (
        build_branches_of_questions(build_picture(named, parcours, text_anchor)) if parcours else {}
    )
    made_at = timezone.now()
    style, script = _read_static_files(STYLES), _read_static_files(SCRIPTS)
    return {
        "version": version,
        "guide": guide,
        "made": made_at,
        "missing": CHOICE_MISSING,
        "style": style,
        "script": script,
        "policy": _content_security_policy(style, script),
        "data": {"made": int(made_at.timestamp() * 1000), **file_data(guide, table)},
        **text_lists(named),
        "questions": [(question, branches.get(question.key)) for question in named.questions],
        "reasons": [
            (index, rule_sentence(guide, rule))
            for index, rule in enumerate(guide.rules)
            if rule.effect is not Effect.ASK
        ],
    }


@lru_cache
def _read_static_files(names: tuple[str, ...]) -> SafeString:
    """Returns the texts of this project's static files, joined in the given order."""
    texts = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in names]
    return mark_safe("\n".join(texts))  # noqa: S308 (only this project writes them)


def _content_security_policy(style: str, script: str) -> str:
    """Returns a policy that allows only this style and this script, and no request at all."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_source_hash(style)}",
            f"script-src {_source_hash(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _source_hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def file_data(guide: GuideContent, table: LookupTable) -> dict[str, object]:
    """Returns the data of the script: the lookup table, and the short texts of the guide.

    The table names a rule that gives an outcome by its index in the guide. Long texts are not here,
    but in the HTML of the file, except those for pupils.
    """
    return {
        "start": table.start,
        "rows": [
            (row.question, questions_after(row.min_remaining, row.max_remaining), row.transitions)
            for row in table.rows
        ],
        "rules": [
            (index, rule.target, _deciding_conditions(guide, rule))
            for index, rule in enumerate(guide.rules)
            if rule.effect is not Effect.ASK
        ],
        "questions": {
            question.key: {
                "title": question.title,
                "of_school": question.scope is Scope.SCHOOL,
                "choices": [(choice.key, choice.label) for choice in question.choices],
                "for_pupil": question.for_pupil or None,
            }
            for question in guide.questions
        },
        "outcomes": {
            each.key: {
                **{name: getattr(each, name) for name in ("title", "tone", "final", "is_to_do")},
                "for_pupil_html": to_html(each.for_pupil) or None,
            }
            for each in guide.outcomes
        },
    }


def _deciding_conditions(guide: GuideContent, rule: RuleContent) -> list[DecidingCondition]:
    """Returns what tells which answers made an advice rule hold; nothing for other rules.

    If all conditions have to hold, they are one, which always holds. Otherwise, those that hold count.
    """
    if rule.effect is not Effect.ADVISE:
        return []
    if rule.match is Match.ALL:
        return [(sorted(rule.questions), None, None)]
    return [_deciding_condition(guide, condition) for condition in rule.when]


def _deciding_condition(guide: GuideContent, condition: ConditionContent) -> DecidingCondition:
    if condition.other:
        return list(condition.questions), None, condition.operator is Operator.SAME_AS
    choices = guide.question[condition.question].choice
    accepted = [key for key in choices if condition_holds(condition, {condition.question: key})]
    return [condition.question], accepted, None


@lru_cache(maxsize=1024)
def questions_after(least: int, most: int) -> str:
    """Returns for example « encore 1 à 3 », from the template of the form.

    `least` and `most` count the question being asked; the text is empty if there is none.
    """
    context = {"least": least - 1, "most": most - 1}
    return render_to_string("diagnostics/_after.html", context).strip() if most else ""
