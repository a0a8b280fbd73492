"""Declares refusals, limits, headers and closed request bodies in the OpenAPI document."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from diagnostics.errors import TITLES
from diagnostics.throttles.large_batches import LARGE_BATCH_ROWS, MAX_ROWS_TIMES_RULES, WAIT_SECONDS
from diagnostics.throttles.memory_limits import BATCH_ROWS, CALLS, DIAGNOSTICS_BEGUN
from rules.counts import format_number

LIMITS = (
    f"{TITLES[429]}\u00a0: une adresse a {format_number(CALLS.limit)} appels et "
    f"{format_number(BATCH_ROWS.limit)} lignes par minute, et commence "
    f"{format_number(DIAGNOSTICS_BEGUN.limit)} diagnostics par jour."
)
BATCH_DESCRIPTION = (
    "Une ligne mal faite a son erreur\u00a0; les autres ont leur état. 2\u00a0Mo au plus, et "
    f"{format_number(MAX_ROWS_TIMES_RULES)} au plus pour le nombre de lignes multiplié par le nombre "
    f"de règles du guide. Les demandes de plus de {LARGE_BATCH_ROWS} lignes sont évaluées une par une\u00a0: "
    f"une demande dont le tour ne vient pas en {WAIT_SECONDS} secondes est refusée (429)."
)
TEXTS_DESCRIPTION = (
    "`once`\u00a0: les états nomment leur question, leurs conseils, leurs conclusions et leurs règles "
    "par leur clé, et `texts` donne chaque texte une fois. Sans ce paramètre, chaque état a ses textes."
)
WRONG_ROW = "Toute autre valeur est une ligne mal faite, qui a son erreur."
RETRY_AFTER = "Le nombre de secondes à attendre."

Responses = dict[tuple[int, str], OpenApiResponse]


class FieldErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Par exemple\u00a0: answers.liste-a-jour")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Un refus (RFC 9457), en français."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldErrorSerializer(  # type: ignore[assignment]  # DRF's name, here a field
        many=True, help_text="Chaque champ à corriger."
    )


class ClosedSerializer(ProblemSerializer):
    """Un guide fermé : son message."""

    detail_html = serializers.CharField(help_text="Le message avec sa mise en forme.")


class NotAskedSerializer(ProblemSerializer):
    """Une réponse à une question qui n’est ni posée ni sur le chemin."""

    question = serializers.CharField(
        allow_null=True, help_text="La clé de la question posée, s’il y en a une."
    )


_PROBLEM_SERIALIZERS = {403: ClosedSerializer, 409: NotAskedSerializer}
"""The serializers of the refusals that have more fields than others."""


def declare_problems(*statuses: int) -> Responses:
    """Returns the declarations of the refusals with these statuses."""
    return {
        (status, "application/problem+json"): OpenApiResponse(
            _PROBLEM_SERIALIZERS.get(status, ProblemSerializer), TITLES[status]
        )
        for status in statuses
    }


def declare_header(
    name: str, description: str, *statuses: int, type_: OpenApiTypes = OpenApiTypes.STR
) -> OpenApiParameter:
    """Returns the declaration of a header, which the answers with these statuses have."""
    return OpenApiParameter(
        name, type_, OpenApiParameter.HEADER, description=description, response=list(statuses)
    )


def declare_version_header(*statuses: int) -> OpenApiParameter:
    number = OpenApiTypes.INT
    return declare_header("Guide-Version", "Le numéro de la version.", *statuses, type_=number)


def close_bodies(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Declares that request bodies take no other fields. drf-spectacular calls this hook."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Body"):
            schema["additionalProperties"] = False
    return result


def declare_batches(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Declares what a batch takes and answers. drf-spectacular calls this hook.

    A wrong row fails alone, so any value may be one. An answer without states fits both forms.
    """
    schemas = result["components"]["schemas"]
    rows = schemas["BatchBody"]["properties"]["rows"]
    rows["items"] = {"anyOf": [rows["items"], {"description": WRONG_ROW}]}
    answer = schemas["BatchAnswer"]
    answer["anyOf"] = answer.pop("oneOf")
    return result


def declare_limits(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Declares that every call may be refused for a time. drf-spectacular calls this hook."""
    schema = {"$ref": "#/components/schemas/Problem"}
    retry_after = {"description": RETRY_AFTER, "required": True, "schema": {"type": "integer"}}
    refusals = {"429": LIMITS, "503": f"{TITLES[503]}\u00a0: la base de données ne répond pas."}
    for calls in result["paths"].values():
        for call in calls.values():
            for status, description in refusals.items():
                call["responses"][status] = {
                    "description": description,
                    "headers": {"Retry-After": retry_after},
                    "content": {"application/problem+json": {"schema": schema}},
                }
    return result
