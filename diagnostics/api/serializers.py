"""The bodies that calls answer.

The docstrings of serializers are in French, since they are part of the OpenAPI document.
"""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from diagnostics.addresses import absolute_url
from diagnostics.answered_guide import AnsweredGuide, Because, ExplainedOutcome
from diagnostics.api.openapi import ProblemSerializer
from diagnostics.models import Session
from rules.engine.content import ChoiceContent, Link, QuestionContent, Scope, Tone
from rules.engine.state import Answer, Status
from rules.markdown import to_html


class HtmlField(serializers.CharField):
    """An editor's Markdown, rendered to harmless HTML."""

    def to_representation(self, value: str) -> str:
        return to_html(value)


class AnswerSerializer(serializers.Serializer[Answer]):
    question = serializers.CharField()
    choice = serializers.CharField()

    def to_representation(self, instance: Answer) -> dict[str, str]:
        question, choice = instance
        return {"question": question, "choice": choice}


class ChoiceSerializer(serializers.Serializer[ChoiceContent]):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF's name, here a field
    help = serializers.CharField()


class QuestionSerializer(serializers.Serializer[QuestionContent]):
    key = serializers.CharField()
    title = serializers.CharField()
    help = serializers.CharField(help_text="Markdown.")
    help_html = HtmlField(source="help")
    scope = serializers.ChoiceField(choices=[scope.value for scope in Scope])
    choices = ChoiceSerializer(many=True)


class LinkSerializer(serializers.Serializer[Link]):
    label = serializers.CharField()  # type: ignore[assignment]  # DRF's name, here a field
    url = serializers.URLField()


class BecauseSerializer(serializers.Serializer[Because]):
    rule = serializers.CharField()
    sentence = serializers.CharField(help_text="La règle, en français.")
    answers = AnswerSerializer(many=True, help_text="Les réponses qui ont décidé.")


class OutcomeSerializer(serializers.Serializer[ExplainedOutcome]):
    key = serializers.CharField(source="outcome.key")
    title = serializers.CharField(source="outcome.title")
    body = serializers.CharField(source="outcome.body", help_text="Markdown.")
    body_html = HtmlField(source="outcome.body")
    tone = serializers.ChoiceField(source="outcome.tone", choices=[tone.value for tone in Tone])
    link = LinkSerializer(source="outcome.link", allow_null=True)
    because = BecauseSerializer(many=True)


class ProgressSerializer(serializers.Serializer[AnsweredGuide]):
    answered = serializers.IntegerField(min_value=0)
    remaining_min = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="null\u00a0: pas encore connu."
    )
    remaining_max = serializers.IntegerField(min_value=0, allow_null=True)

    def to_representation(self, instance: AnsweredGuide) -> dict[str, int | None]:
        least, most = instance.remaining or (None, None)
        return {
            "answered": len(instance.path),
            "remaining_min": least,
            "remaining_max": most,
        }


class StateSerializer(serializers.Serializer[Any]):
    """Où en est un diagnostic."""

    status = serializers.ChoiceField(
        source="state.status", choices=[status.value for status in Status]
    )
    answers = AnswerSerializer(
        many=True, source="state.answers", help_text="Les réponses du chemin, dans son ordre."
    )
    ignored = serializers.ListField(
        child=serializers.CharField(),
        source="state.ignored",
        help_text="Les questions répondues qui ne sont pas sur le chemin.",
    )
    question = QuestionSerializer(
        allow_null=True, help_text="La question posée\u00a0; null quand il n’y en a plus."
    )
    advice = OutcomeSerializer(many=True, help_text="Les conseils donnés en chemin.")
    outcomes = OutcomeSerializer(many=True, help_text="Les conclusions.")
    progress = ProgressSerializer(source="*")


class RowStateSerializer(serializers.Serializer[Any]):
    """L’état d’une ligne."""

    id = serializers.CharField()
    state = StateSerializer()


class RowErrorSerializer(serializers.Serializer[Any]):
    """Le refus d’une ligne, comme celui de toute demande."""

    id = serializers.CharField(
        allow_null=True, help_text="null\u00a0: la ligne n’en a pas, ou ce n’est pas un texte."
    )
    error = ProblemSerializer()


class BatchSerializer(serializers.Serializer[Any]):
    results = PolymorphicProxySerializer(
        component_name="RowResult",
        serializers=[RowStateSerializer, RowErrorSerializer],
        resource_type_field_name=None,
        many=True,
        help_text="Un résultat par ligne, dans leur ordre.",
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
        return fields | StateSerializer().to_representation(instance.answered_guide)


class GuideSerializer(serializers.Serializer[Any]):
    """Un guide en ligne."""

    slug = serializers.CharField(source="guide.slug")
    title = serializers.CharField()
    version = serializers.IntegerField(source="number", min_value=1)
    published_at = serializers.DateTimeField()
