"""Rules read back as French sentences, built from the guide's own words."""

from collections.abc import Iterable

from rules.engine.guide import Condition, Effect, Guide, Match, Operator, Rule, Scope, Tone
from rules.engine.operators import OPERATORS

_EFFECTS = {
    Effect.ASK: "poser la question {target}",
    Effect.ADVISE: "conseiller {target}",
    Effect.CONCLUDE: "conclure {target}",
}

SCOPE_WORDS = {Scope.SCHOOL: "l’établissement", Scope.PUPIL: "l’élève"}
TONE_WORDS = {
    Tone.INFO: "information",
    Tone.SUCCESS: "réussite",
    Tone.ACTION: "action à faire",
    Tone.CONTACT: "contact",
}


def rule_sentence(guide: Guide, rule: Rule) -> str:
    """« Si … est « Médiacentre » et … alors conclure « … ». »"""
    effect = effect_words(guide, rule)
    if not rule.when:
        return f"Toujours {effect}."
    link = " et " if rule.match is Match.ALL else " ou "
    conditions = link.join(condition_words(guide, condition) for condition in rule.when)
    return f"Si {conditions}, alors {effect}."


def effect_words(guide: Guide, rule: Rule) -> str:
    """« conclure « … » »."""
    return _EFFECTS[rule.effect].format(target=target_words(guide, rule))


def condition_words(guide: Guide, condition: Condition) -> str:
    return OPERATORS[condition.operator].sentence.format(
        question=question_words(guide, condition.question),
        choices=_choices(guide, condition),
        other=question_words(guide, condition.other),
    )


def question_words(guide: Guide, key: str) -> str:
    question = guide.question.get(key)
    return quoted(question.title if question else key or "…")


def outcome_words(guide: Guide, key: str) -> str:
    outcome = guide.outcome.get(key)
    return quoted(outcome.title if outcome else key)


def target_words(guide: Guide, rule: Rule) -> str:
    """What a rule asks or gives."""
    words = question_words if rule.effect is Effect.ASK else outcome_words
    return words(guide, rule.target)


def quoted(words: str) -> str:
    return f"«\u00a0{words}\u00a0»"


def _choices(guide: Guide, condition: Condition) -> str:
    question = guide.question.get(condition.question)
    labels = {choice.key: choice.label for choice in question.choices} if question else {}
    words = (quoted(labels.get(key, key)) for key in condition.choices)
    return _listed(words, "ni" if condition.operator is Operator.IS_NOT else "ou")


def _listed(words: Iterable[str], link: str) -> str:
    *first, last = list(words) or ["…"]
    return f"{', '.join(first)} {link} {last}" if first else last
