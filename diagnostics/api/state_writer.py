"""Writes states as the bodies of answers that `states` declares."""

from collections.abc import Iterable
from functools import lru_cache

from diagnostics.answered_guide import AnsweredGuide
from diagnostics.api.states import OutcomeTextSerializer, QuestionSerializer
from rules.engine.content import GuideContent
from rules.engine.state import Answer, GivenOutcome
from rules.sentences import rule_sentence

Body = dict[str, object]
MAX_CACHED = 4_096
"""How many parts of states a writer remembers at most."""
# Serializers copy their fields when they are made: these are made once.
_question_serializer = QuestionSerializer()
_outcome_serializer = OutcomeTextSerializer()


class StateWriter:
    """Writes states of one guide. What several states have in common is written once."""

    def __init__(self, guide: GuideContent) -> None:
        self.guide = guide.without_short_names
        self._find_question = lru_cache(MAX_CACHED)(self.write_question)
        self._find_outcome = lru_cache(MAX_CACHED)(self.write_outcome)

    def write_state(self, answered: AnsweredGuide) -> Body:
        state = answered.state
        least, most = answered.remaining or (None, None)
        return {
            "status": state.status,
            "answers": _write_answers(state.answers),
            "ignored": list(state.ignored),
            "question": self._find_question(state.question) if state.question else None,
            "advice": [self._find_outcome(given) for given in state.advice],
            "outcomes": [self._find_outcome(given) for given in state.outcomes],
            "progress": {
                "answered": len(state.answers),
                "remaining_min": least,
                "remaining_max": most,
            },
        }

    def write_question(self, key: str) -> object:
        return _question_serializer.to_representation(self.guide.question[key])

    def write_outcome(self, given: GivenOutcome) -> Body:
        because = [
            {
                "rule": reason.rule,
                "sentence": rule_sentence(self.guide, self.guide.rule[reason.rule]),
                "answers": _write_answers(reason.answers),
            }
            for reason in given.because
        ]
        outcome = self.guide.outcome[given.outcome]
        return {**_outcome_serializer.to_representation(outcome), "because": because}


class NamedStateWriter(StateWriter):
    """Writes states that name their question, outcomes and rules by key."""

    def __init__(self, guide: GuideContent) -> None:
        super().__init__(guide)
        self._questions: set[str] = set()
        self._outcomes: set[str] = set()
        self._rules: set[str] = set()

    def write_question(self, key: str) -> object:
        self._questions.add(key)
        return key

    def write_outcome(self, given: GivenOutcome) -> Body:
        self._outcomes.add(given.outcome)
        self._rules.update(reason.rule for reason in given.because)
        because = [
            {"rule": reason.rule, "answers": _write_answers(reason.answers)}
            for reason in given.because
        ]
        return {"key": given.outcome, "because": because}

    def write_texts(self) -> Body:
        """Returns each text that the states so far name, once, in the order of the guide."""
        guide = self.guide
        questions = (question for question in guide.questions if question.key in self._questions)
        outcomes = (outcome for outcome in guide.outcomes if outcome.key in self._outcomes)
        rules = (rule for rule in guide.rules if rule.key in self._rules)
        return {
            "questions": [_question_serializer.to_representation(each) for each in questions],
            "outcomes": [_outcome_serializer.to_representation(each) for each in outcomes],
            "rules": [{"key": rule.key, "sentence": rule_sentence(guide, rule)} for rule in rules],
        }


def write_state(answered: AnsweredGuide) -> Body:
    return StateWriter(answered.guide).write_state(answered)


def _write_answers(answers: Iterable[Answer]) -> list[dict[str, str]]:
    return [{"question": question, "choice": choice} for question, choice in answers]
