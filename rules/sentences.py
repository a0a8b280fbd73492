"""Rules read back as French sentences, built from the guide's own words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    RuleContent,
    Scope,
    Tone,
)
from rules.engine.operators import OPERATORS
from rules.engine.state import Answer

_EFFECTS = {
    Effect.ASK: "poser la question {target}",
    Effect.ADVISE: "conseiller {target}",
    Effect.CONCLUDE: "conclure {target}",
}

MAX_SHORT_TITLE_LENGTH = 60
"""Characters of a title that a name repeats."""
REFERENCE_MARK = " (référence\u00a0: "
"""Before the key that tells apart what has the same title."""

SCOPE_LABELS = {Scope.SCHOOL: "l’établissement", Scope.PUPIL: "l’élève"}
TONE_LABELS = {
    Tone.INFO: "information",
    Tone.SUCCESS: "réussite",
    Tone.ACTION: "action à faire",
    Tone.CONTACT: "contact",
}


def rule_sentence(guide: GuideContent, rule: RuleContent) -> str:
    """« Si … est « Médiacentre » et … alors conclure « … ». »"""
    effect = effect_clause(guide, rule)
    if not rule.when:
        return f"Toujours {effect}."
    link = " et " if rule.match is Match.ALL else " ou "
    conditions = link.join(condition_clause(guide, condition) for condition in rule.when)
    return f"Si {conditions}, alors {effect}."


def rule_name(guide: GuideContent, rule: RuleContent) -> str:
    """« règle 14 (→ Contacter le support Pix) »: its number in the guide, and what it gives."""
    rank = list(guide.rule).index(rule.key) + 1
    return f"règle {rank} (→ {shorten_title(_target_title(guide, rule))})"


def effect_clause(guide: GuideContent, rule: RuleContent) -> str:
    """« conclure « … » »."""
    return _EFFECTS[rule.effect].format(target=quoted_target(guide, rule))


def condition_clause(guide: GuideContent, condition: ConditionContent) -> str:
    return OPERATORS[condition.operator].sentence.format(
        question=quoted_question(guide, condition.question),
        choices=_choices(guide, condition),
        other=quoted_question(guide, condition.other),
    )


def quoted_question(guide: GuideContent, key: str) -> str:
    return quote_text(_question_title(guide, key))


def quoted_outcome(guide: GuideContent, key: str) -> str:
    return quote_text(_outcome_title(guide, key))


def quoted_target(guide: GuideContent, rule: RuleContent) -> str:
    """What a rule asks or gives."""
    return quote_text(_target_title(guide, rule))


def quote_text(words: str) -> str:
    """« … », and “ … ” for what is quoted within."""
    inner = re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", words))
    return f"«\u00a0{inner}\u00a0»"


def short_answer_labels(guide: GuideContent, answers: Iterable[Answer]) -> list[str]:
    """« Mail », or « Avez-vous mis à jour la liste… → Oui » where other questions say « Oui » too."""
    labels = Counter(
        label for each in guide.questions for label in {choice.label for choice in each.choices}
    )
    words = []
    for key, choice in answers:
        question = guide.question[key]
        label = question.find_choice(choice).label
        words.append(label if labels[label] == 1 else f"{shorten_title(question.title)} → {label}")
    return words


def shorten_title(title: str) -> str:
    """The beginning of a long title, and the reference that tells it apart."""
    words, mark, key = title.partition(REFERENCE_MARK)
    short = (
        words
        if len(words) <= MAX_SHORT_TITLE_LENGTH
        else f"{words[:MAX_SHORT_TITLE_LENGTH].rstrip()}…"
    )
    return f"{short}{mark}{key}"


def _question_title(guide: GuideContent, key: str) -> str:
    question = guide.question.get(key)
    return question.title if question else key or "…"


def _outcome_title(guide: GuideContent, key: str) -> str:
    outcome = guide.outcome.get(key)
    return outcome.title if outcome else key


def _target_title(guide: GuideContent, rule: RuleContent) -> str:
    title = _question_title if rule.effect is Effect.ASK else _outcome_title
    return title(guide, rule.target)


def _choices(guide: GuideContent, condition: ConditionContent) -> str:
    """Several stand between brackets: a rule's « et » and « ou » link its conditions only."""
    question = guide.question.get(condition.question)
    labels = {choice.key: choice.label for choice in question.choices} if question else {}
    words = [quote_text(labels.get(key, key)) for key in condition.choices]
    return _one_of(words) if len(words) > 1 else "".join(words) or "…"


def _one_of(words: Sequence[str]) -> str:
    *first, last = words
    return f"l’une de ces réponses ({', '.join(first)} ou {last})"
