"""The JSON schema of a guide document, for the OpenAPI document."""

from typing import Any

from rules.document.limits import KEY_LENGTH, KEY_PATTERN, TITLE_LENGTH
from rules.engine.content import Effect, Match, Scope, Tone

_KEY = {"type": "string", "pattern": f"^{KEY_PATTERN}$", "maxLength": KEY_LENGTH}
_TITLE = {"type": "string", "maxLength": TITLE_LENGTH}
_MARKDOWN = {"type": "string", "description": "Markdown."}
_TEXT = {"type": "string"}


def _one_of(values: type[Scope | Tone | Match]) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _object(*optional: str, **fields: dict[str, Any]) -> dict[str, Any]:
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required}


_CHOICE = _object("help", "aliases", key=_KEY, label=_TITLE, help=_MARKDOWN, aliases=_list(_TEXT))
_QUESTION = _object(
    "help",
    key=_KEY,
    title=_TITLE,
    help=_MARKDOWN,
    scope=_one_of(Scope),
    choices=_list(_CHOICE),
)
_OUTCOME = _object(
    "body",
    "link",
    key=_KEY,
    title=_TITLE,
    body=_MARKDOWN,
    final={"type": "boolean"},
    tone=_one_of(Tone),
    link=_object(label=_TITLE, url={"type": "string"}),
)
_CONDITION = {
    "type": "object",
    "description": "La question et une seule comparaison.",
    "properties": {
        "question": _KEY,
        "is": _list(_KEY),
        "is_not": _list(_KEY),
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
_RULE = _object(
    "note", key=_KEY, match=_one_of(Match), when=_list(_CONDITION), then=_EFFECT, note=_TEXT
)
_EXAMPLE = _object(
    name=_TITLE,
    answers={"type": "object", "additionalProperties": _KEY},
    outcomes=_list(_KEY),
)

GUIDE_DOCUMENT_SCHEMA = _object(
    "introduction",
    format={"type": "integer", "const": 1},
    slug=_KEY,
    title=_TITLE,
    introduction=_MARKDOWN,
    questions=_list(_QUESTION),
    outcomes=_list(_OUTCOME),
    rules=_list(_RULE),
    examples=_list(_EXAMPLE),
)
