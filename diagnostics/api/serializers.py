"""The bodies that calls answer, around the states of `states`.

The docstrings of serializers are in French, since they are part of the OpenAPI document.
"""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from diagnostics.addresses import absolute_url
from diagnostics.api.openapi import ProblemSerializer
from diagnostics.api.state_writer import write_state
from diagnostics.api.states import NamedStateSerializer, StateSerializer, TextsSerializer
from diagnostics.models import Session


class RowErrorSerializer(serializers.Serializer[Any]):
    """Le refus d’une ligne, comme celui de toute demande."""

    id = serializers.CharField(
        allow_null=True, help_text="null\u00a0: la ligne n’en a pas, ou ce n’est pas un texte."
    )
    error = ProblemSerializer()


class RowStateSerializer(serializers.Serializer[Any]):
    """L’état d’une ligne."""

    id = serializers.CharField()
    state = StateSerializer()


class NamedRowStateSerializer(serializers.Serializer[Any]):
    """L’état d’une ligne, dont les textes sont dans `texts`."""

    id = serializers.CharField()
    state = NamedStateSerializer()


def _declare_results(
    name: str, state: type[serializers.Serializer[Any]]
) -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(
        component_name=name,
        serializers=[state, RowErrorSerializer],
        resource_type_field_name=None,
        many=True,
        help_text="Un résultat par ligne, dans leur ordre.",
    )


class BatchSerializer(serializers.Serializer[Any]):
    results = _declare_results("RowResult", RowStateSerializer)


class NamedBatchSerializer(serializers.Serializer[Any]):
    """La réponse à `texts=once`."""

    results = _declare_results("NamedRowResult", NamedRowStateSerializer)
    texts = TextsSerializer()


BATCH_ANSWER = PolymorphicProxySerializer(
    component_name="BatchAnswer",
    serializers=[BatchSerializer, NamedBatchSerializer],
    resource_type_field_name=None,
)


class SessionFieldsSerializer(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    guide = serializers.CharField(source="version.guide.slug")
    version = serializers.IntegerField(source="version.number", min_value=1)
    code = serializers.CharField(help_text="À lire au support de Pix.")
    url = serializers.SerializerMethodField(help_text="Ce diagnostic dans le formulaire web.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()

    def get_url(self, session: Session) -> str:
        return absolute_url(self.context["request"], reverse("web:diagnostic", args=[session.pk]))


class SessionSerializer(StateSerializer, SessionFieldsSerializer):
    """Un diagnostic : ses champs, puis où il en est."""

    def to_representation(self, instance: Session) -> dict[str, Any]:
        fields = SessionFieldsSerializer(context=self.context).to_representation(instance)
        return fields | write_state(instance.answered_guide)


class GuideSerializer(serializers.Serializer[Any]):
    """Un guide en ligne."""

    slug = serializers.CharField(source="guide.slug")
    title = serializers.CharField()
    version = serializers.IntegerField(source="number", min_value=1)
    published_at = serializers.DateTimeField()
