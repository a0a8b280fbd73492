"""Validates the bodies that calls take, and the parameter of a batch.

A refusal names every wrong or unknown field, and no value is converted to the right type.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from diagnostics.evaluation import describe_unknown_answers
from rules.document.limits import KEY_LENGTH, KEY_PATTERN
from rules.engine.content import Answers, GuideContent
from rules.models import Version
from rules.publication.timeline import live_version

MISSING_FIELD_MESSAGES: dict[str, Any] = {
    "required": "Ce champ est obligatoire.",
    "null": "Ce champ ne peut pas être null.",
}
MAX_ROWS = 1_000
MAX_ANSWERS = 1_000
"""The largest set of answers that a call takes, larger than any guide's number of questions."""
TEXTS_ONCE = "once"
"""The value of the parameter `texts` of a batch that asks for each text once."""
UNKNOWN_TEXTS = f"La seule valeur de ce paramètre est «\u00a0{TEXTS_ONCE}\u00a0»."
UNKNOWN_GUIDE = "Aucun guide en ligne n’a cette adresse."


KEY_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": f"^{KEY_PATTERN}$",
    "maxLength": KEY_LENGTH,
}
"""The schema of a key. No guide, question or choice has another one, so others are refused as unknown."""


@extend_schema_field(OpenApiTypes.STR)
class TextField(serializers.Field[str, Any, str, Any]):
    """A JSON string, unchanged. (DRF's own field would accept numbers, and strip spaces.)"""

    default_error_messages = MISSING_FIELD_MESSAGES | {"text": "Ce champ doit être un texte."}

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("text")
        return data


@extend_schema_field(KEY_SCHEMA)
class KeyField(TextField):
    """The key of a choice."""


@extend_schema_field(KEY_SCHEMA)
class LiveGuideField(serializers.Field[Version, Any, str, Any]):
    """The slug of a guide, which is validated to the live version of that guide."""

    default_error_messages = MISSING_FIELD_MESSAGES | {"unknown": UNKNOWN_GUIDE}

    def to_internal_value(self, data: object) -> Version:
        is_key = isinstance(data, str) and re.fullmatch(KEY_PATTERN, data)
        version = live_version(str(data)) if is_key else None
        if version is None:
            self.fail("unknown")
        return version


@extend_schema_field(
    {
        "type": "object",
        "propertyNames": KEY_SCHEMA,
        "additionalProperties": KEY_SCHEMA,
        "maxProperties": MAX_ANSWERS,
    }
)
class AnswersField(serializers.DictField):
    default_error_messages = MISSING_FIELD_MESSAGES | {
        "not_a_dict": "Ce champ doit être un objet JSON.",
        "too_many": f"Il y a plus de {MAX_ANSWERS} réponses.",
    }
    child = KeyField(
        error_messages={
            "null": "Une réponse ne peut pas être null : n’envoyez que les questions répondues."
        }
    )

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401 (any JSON)
        if isinstance(data, dict) and len(data) > MAX_ANSWERS:
            self.fail("too_many")
        return super().to_internal_value(data)


class Body(serializers.Serializer[Any]):
    @classmethod
    def read_request(cls, request: Request) -> dict[str, Any]:
        """Returns the values of a request's body. Raises `ValidationError` if a field is wrong."""
        body = cls(data=request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def to_internal_value(self, data: Mapping[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(data) - set(self.fields))
        problems: dict[str, Any] = dict.fromkeys(unknown, "Ce champ n’existe pas.")
        values = {}
        try:
            values = dict(super().to_internal_value(data))
        except serializers.ValidationError as error:
            problems |= cast("dict[str, Any]", error.detail)
        if problems:
            raise serializers.ValidationError(problems)
        return values


class EvaluateBody(Body):
    answers = AnswersField(help_text="Clé de question vers clé de réponse.")


class RowBody(Body):
    id = TextField(help_text="Un texte de votre choix, rendu tel quel avec le résultat.")
    answers = AnswersField(help_text="Clé de question vers clé de réponse.")


class RowsField(serializers.ListField):
    """A list of any values. Rows are validated later, so that a wrong row does not fail the others."""

    default_error_messages = MISSING_FIELD_MESSAGES | {
        "not_a_list": "Ce champ doit être une liste.",
        "max_length": "Une demande a {max_length} lignes au plus.",
    }
    child = RowBody()

    def run_child_validation(self, data: Any) -> Any:  # noqa: ANN401 (any JSON)
        return data


class BatchBody(Body):
    rows = RowsField(max_length=MAX_ROWS)


class SessionBody(Body):
    guide = LiveGuideField(help_text="L’adresse (slug) d’un guide en ligne.")
    answers = AnswersField(default=dict, help_text="Réponses déjà connues.")


class AnswerBody(Body):
    choice = KeyField(help_text="La clé d’une réponse de cette question.")


def read_texts_once(request: Request) -> bool:
    """True if the address asks for each text once. Raises `ValidationError` for an unknown value."""
    asked = request.query_params.getlist("texts")
    if asked not in ([], [TEXTS_ONCE]):
        raise serializers.ValidationError({"texts": UNKNOWN_TEXTS})
    return bool(asked)


def check_known_answers(guide: GuideContent, answers: Answers) -> None:
    """Raises a `ValidationError` that names all answers that the guide does not know, if any."""
    if problems := describe_unknown_answers(guide, answers):
        raise serializers.ValidationError({"answers": problems})
