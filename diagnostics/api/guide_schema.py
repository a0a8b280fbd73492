"""The JSON schema of a guide document, for the OpenAPI document."""

from typing import Any

from rules.document.limits import (
    CHOICE_LIMIT,
    CONDITION_LIMIT,
    GUIDE_LIMITS,
    KEY_LENGTH,
    KEY_PATTERN,
    MARKDOWN_LENGTH,
    MAX_DOCUMENT_BYTES,
    SHORT_NAME_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
    CountLimit,
)
from rules.engine.content import Effect, Match, Scope, Tone

_KEY = {"type": "string", "pattern": f"^{KEY_PATTERN}$", "maxLength": KEY_LENGTH}
_TITLE = {"type": "string", "maxLength": TITLE_LENGTH}
_TEXT = {"type": "string", "maxLength": MARKDOWN_LENGTH}
_MARKDOWN = _TEXT | {"description": "Markdown."}
_URL = {"type": "string", "maxLength": URL_LENGTH}


def _enum_schema(values: type[Scope | Tone | Match]) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


def _array_schema(item: dict[str, Any], limit: CountLimit | None = None) -> dict[str, Any]:
    most = {"maxItems": limit.maximum} if limit else {}
    return {"type": "array", "items": item, **most}


def _object_schema(*optional: str, **fields: dict[str, Any]) -> dict[str, Any]:
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required}


_CHOICE = _object_schema(
    "help", "aliases", key=_KEY, label=_TITLE, help=_TEXT, aliases=_array_schema(_TITLE)
)
_QUESTION = _object_schema(
    "short",
    "for_pupil",
    "help",
    key=_KEY,
    title=_TITLE,
    short={"type": "string", "maxLength": SHORT_NAME_LENGTH, "description": "Pour les éditeurs."},
    for_pupil=_TITLE | {"description": "La question, comme elle est posée à l’élève."},
    help=_MARKDOWN,
    scope=_enum_schema(Scope),
    choices=_array_schema(_CHOICE, CHOICE_LIMIT),
)
_OUTCOME = _object_schema(
    "body",
    "link",
    "for_pupil",
    key=_KEY,
    title=_TITLE,
    body=_MARKDOWN,
    final={"type": "boolean"},
    tone=_enum_schema(Tone),
    link=_object_schema(label=_TITLE, url=_URL),
    for_pupil=_TEXT | {"description": "Le texte, dit à l’élève. Markdown."},
)
_CONDITION = {
    "type": "object",
    "description": "La question et une seule comparaison.",
    "properties": {
        "question": _KEY,
        "is": _array_schema(_KEY),
        "is_not": _array_schema(_KEY),
        "same_as": _KEY,
        "differs_from": _KEY,
        "answered": {"type": "boolean"},
    },
    "required": ["question"],
    "minProperties": 2,
    "maxProperties": 2,
}
_EFFECT = {
    "type": "object",
    "description": "Un seul effet.",
    "properties": {effect.value: _KEY for effect in Effect},
    "minProperties": 1,
    "maxProperties": 1,
}
_RULE = _object_schema(
    "note",
    key=_KEY,
    match=_enum_schema(Match),
    when=_array_schema(_CONDITION, CONDITION_LIMIT),
    then=_EFFECT,
    note=_TEXT,
)
_EXAMPLE = _object_schema(
    name=_TITLE,
    answers={"type": "object", "additionalProperties": _KEY},
    outcomes=_array_schema(_KEY),
)

GUIDE_DOCUMENT_SCHEMA = _object_schema(
    "introduction",
    format={"type": "integer", "const": 1},
    slug=_KEY,
    title=_TITLE,
    introduction=_MARKDOWN,
    questions=_array_schema(_QUESTION, GUIDE_LIMITS["questions"]),
    outcomes=_array_schema(_OUTCOME, GUIDE_LIMITS["outcomes"]),
    rules=_array_schema(_RULE, GUIDE_LIMITS["rules"]),
    examples=_array_schema(_EXAMPLE, GUIDE_LIMITS["examples"]),
) | {
    "description": f"{MAX_DOCUMENT_BYTES // 1_000_000}\u00a0Mo au plus. Une version publiée avant que "
    "les listes aient un maximum peut le dépasser."
}
