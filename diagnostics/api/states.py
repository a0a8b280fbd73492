"""The serializers of states, which declare them in the OpenAPI document.

Their docstrings are in French, since they are part of that document. `state_writer` writes whole
states, and uses these serializers for their questions and outcomes.
"""

from typing import Any

from rest_framework import serializers

from rules.engine.content import (
    ChoiceContent,
    Link,
    OutcomeContent,
    QuestionContent,
    RuleContent,
    Scope,
    Tone,
)
from rules.engine.state import Answer, GivenOutcome, Reason, Status
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
    for_pupil = serializers.SerializerMethodField(
        help_text="La question, comme elle est posée à l’élève."
    )

    def get_for_pupil(self, question: QuestionContent) -> str | None:
        return question.for_pupil or None


class LinkSerializer(serializers.Serializer[Link]):
    label = serializers.CharField()  # type: ignore[assignment]  # DRF's name, here a field
    url = serializers.URLField()


class OutcomeTextSerializer(serializers.Serializer[OutcomeContent]):
    """Les textes d’un conseil ou d’une conclusion."""

    key = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField(help_text="Markdown.")
    body_html = HtmlField(source="body")
    tone = serializers.ChoiceField(choices=[tone.value for tone in Tone])
    link = LinkSerializer(allow_null=True)
    for_pupil = serializers.SerializerMethodField(help_text="Le texte, dit à l’élève. Markdown.")
    for_pupil_html = serializers.SerializerMethodField()

    def get_for_pupil(self, outcome: OutcomeContent) -> str | None:
        return outcome.for_pupil or None

    def get_for_pupil_html(self, outcome: OutcomeContent) -> str | None:
        return to_html(outcome.for_pupil) if outcome.for_pupil else None


class RuleTextSerializer(serializers.Serializer[RuleContent]):
    """Une règle, en français."""

    key = serializers.CharField()
    sentence = serializers.CharField()


class NamedBecauseSerializer(serializers.Serializer[Reason]):
    rule = serializers.CharField()
    answers = AnswerSerializer(many=True, help_text="Les réponses qui ont décidé.")


class BecauseSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    sentence = serializers.CharField(help_text="La règle, en français.")
    answers = AnswerSerializer(many=True, help_text="Les réponses qui ont décidé.")


class OutcomeSerializer(OutcomeTextSerializer):
    """Un conseil ou une conclusion, et les règles qui l’ont donné."""

    because = BecauseSerializer(many=True)


class NamedOutcomeSerializer(serializers.Serializer[GivenOutcome]):
    key = serializers.CharField()
    because = NamedBecauseSerializer(many=True)


class ProgressSerializer(serializers.Serializer[Any]):
    answered = serializers.IntegerField(min_value=0)
    remaining_min = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="null\u00a0: pas encore connu."
    )
    remaining_max = serializers.IntegerField(min_value=0, allow_null=True)


class _CommonStateSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=[status.value for status in Status])
    answers = AnswerSerializer(many=True, help_text="Les réponses du chemin, dans son ordre.")
    ignored = serializers.ListField(
        child=serializers.CharField(),
        help_text="Les questions répondues qui ne sont pas sur le chemin.",
    )


class StateSerializer(_CommonStateSerializer):
    """Où en est un diagnostic."""

    question = QuestionSerializer(
        allow_null=True, help_text="La question posée\u00a0; null quand il n’y en a plus."
    )
    advice = OutcomeSerializer(many=True, help_text="Les conseils donnés en chemin.")
    outcomes = OutcomeSerializer(many=True, help_text="Les conclusions.")
    progress = ProgressSerializer()


class NamedStateSerializer(_CommonStateSerializer):
    """Où en est un diagnostic. Ses textes sont dans `texts`, sous les mêmes clés."""

    question = serializers.CharField(
        allow_null=True,
        help_text="La clé de la question posée\u00a0; null quand il n’y en a plus.",
    )
    advice = NamedOutcomeSerializer(many=True, help_text="Les conseils donnés en chemin.")
    outcomes = NamedOutcomeSerializer(many=True, help_text="Les conclusions.")
    progress = ProgressSerializer()


class TextsSerializer(serializers.Serializer[Any]):
    """Chaque texte que les résultats nomment, une fois, dans l’ordre du guide."""

    questions = QuestionSerializer(many=True)
    outcomes = OutcomeTextSerializer(many=True, help_text="Les conseils et les conclusions.")
    rules = RuleTextSerializer(many=True)
