"""The JSON schema of a guide document, for the OpenAPI document."""

from typing import Any

from rules.document.limits import KEY_LENGTH, KEY_PATTERN, TITLE_LENGTH
from rules.engine.content import Effect, Match, Scope, Tone

_KEY = {"type": "string", "pattern": f"^{KEY_PATTERN}$", "maxLength": KEY_LENGTH}
_TITLE = {"type": "string", "maxLength": TITLE_LENGTH}
_MARKDOWN = {"type": "string", "description": "Markdown."}
_TEXT = {"type": "string"}


def _enum_schema(values: type[Scope | Tone | Match]) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


def _array_schema(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _object_schema(*optional: str, **fields: dict[str, Any]) -> dict[str, Any]:
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required}


_CHOICE = _object_schema(
    "help", "aliases", key=_KEY, label=_TITLE, help=_MARKDOWN, aliases=_array_schema(_TEXT)
)
_QUESTION = _object_schema(
    "help",
    key=_KEY,
    title=_TITLE,
    help=_MARKDOWN,
    scope=_enum_schema(Scope),
    choices=_array_schema(_CHOICE),
)
_OUTCOME = _object_schema(
    "body",
    "link",
    key=_KEY,
    title=_TITLE,
    body=_MARKDOWN,
    final={"type": "boolean"},
    tone=_enum_schema(Tone),
    link=_object_schema(label=_TITLE, url={"type": "string"}),
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
    when=_array_schema(_CONDITION),
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
    questions=_array_schema(_QUESTION),
    outcomes=_array_schema(_OUTCOME),
    rules=_array_schema(_RULE),
    examples=_array_schema(_EXAMPLE),
)
