"""French sentences about rules, and names for the parts of a guide within sentences.

They use the short names of questions, or their titles, the titles of outcomes and the labels of
choices. What visitors read is written from `GuideContent.without_short_names`.
"""

import re
from collections import Counter
from collections.abc import Iterable

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

_EFFECT_PATTERNS = {
    Effect.ASK: "poser la question {target}",
    Effect.ADVISE: "conseiller {target}",
    Effect.CONCLUDE: "conclure {target}",
}

MAX_SHORT_TITLE_LENGTH = 60
"""The length, in characters, to which titles are shortened when they name a part in a sentence."""
REFERENCE_MARK = " (référence\u00a0: "
"""The text before the key that is added to a name which several parts have."""

SCOPE_LABELS = {Scope.SCHOOL: "l’établissement", Scope.PUPIL: "l’élève"}
TONE_LABELS = {
    Tone.INFO: "information",
    Tone.SUCCESS: "réussite",
    Tone.ACTION: "action à faire",
    Tone.CONTACT: "contact",
}


def rule_sentence(guide: GuideContent, rule: RuleContent) -> str:
    """Returns a rule as a sentence: « Si … est « Médiacentre » et …, alors conclure « … ». »"""
    effect = effect_clause(guide, rule)
    if not rule.when:
        return f"Toujours {effect}."
    link = " et " if rule.match is Match.ALL else " ou "
    conditions = link.join(condition_clause(guide, condition) for condition in rule.when)
    return f"Si {conditions}, alors {effect}."


def rule_name(guide: GuideContent, rule: RuleContent) -> str:
    """Returns the number of a rule and what it asks or gives: « règle 14 (→ Contacter le support) »."""
    return f"règle {guide.rule_number[rule.key]} (→ {shorten_title(_target_title(guide, rule))})"


def effect_clause(guide: GuideContent, rule: RuleContent) -> str:
    """Returns what a rule does: « conclure « … » »."""
    return _EFFECT_PATTERNS[rule.effect].format(target=quoted_target(guide, rule))


def condition_clause(guide: GuideContent, condition: ConditionContent) -> str:
    """Returns a condition in French: « … est « Médiacentre » »."""
    return OPERATORS[condition.operator].sentence.format(
        question=quoted_question(guide, condition.question),
        choices=_quoted_choices(guide, condition),
        other=quoted_question(guide, condition.other),
    )


def question_name(guide: GuideContent, key: str) -> str:
    """Returns the short name of a question, or its title if it has none.

    The key follows a short name that other questions have too. If the guide does not have the
    question, returns its key, and « … » if the key is empty.
    """
    question = guide.question.get(key)
    if question is None:
        return key or "…"
    repeated = question.short and question.short in guide.repeated_question_names
    return f"{question.short}{REFERENCE_MARK}{key})" if repeated else question.name


def quoted_question(guide: GuideContent, key: str) -> str:
    return quote_text(question_name(guide, key))


def quoted_outcome(guide: GuideContent, key: str) -> str:
    return quote_text(_outcome_title(guide, key))


def quoted_target(guide: GuideContent, rule: RuleContent) -> str:
    """Returns the quoted title of the question that a rule asks, or of the outcome that it gives."""
    return quote_text(_target_title(guide, rule))


def quote_text(text: str) -> str:
    """Puts a text in French quotation marks, and replaces those within it by “ … ”."""
    inner = re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", text))
    return f"«\u00a0{inner}\u00a0»"


def short_answer_labels(guide: GuideContent, answers: Iterable[Answer]) -> list[str]:
    """Returns a short text for each answer: its label, preceded by its question if need be.

    For example: « Mail », or « Avez-vous mis à jour la liste… : Oui » if several questions have a
    choice « Oui ».
    """
    uses = Counter(
        label
        for question in guide.questions
        for label in {choice.label for choice in question.choices}
    )
    labels = []
    for answer in answers:
        label = guide.question[answer[0]].find_choice(answer[1]).label
        labels.append(label if uses[label] == 1 else answer_label(guide, answer))
    return labels


def answer_label(guide: GuideContent, answer: Answer) -> str:
    """Returns « Avez-vous mis à jour la liste… : Oui »."""
    question, choice = answer
    label = guide.question[question].find_choice(choice).label
    return f"{shorten_title(question_name(guide, question))}\u00a0: {label}"


def shorten_title(title: str) -> str:
    """Shortens a long title to its beginning. A key after `REFERENCE_MARK` is not shortened."""
    beginning, mark, key = title.partition(REFERENCE_MARK)
    if len(beginning) > MAX_SHORT_TITLE_LENGTH:
        beginning = f"{beginning[:MAX_SHORT_TITLE_LENGTH].rstrip()}…"
    return f"{beginning}{mark}{key}"


def _outcome_title(guide: GuideContent, key: str) -> str:
    """Returns the title of an outcome, or its key if the guide does not have it."""
    outcome = guide.outcome.get(key)
    return outcome.title if outcome else key


def _target_title(guide: GuideContent, rule: RuleContent) -> str:
    title = question_name if rule.effect is Effect.ASK else _outcome_title
    return title(guide, rule.target)


def _quoted_choices(guide: GuideContent, condition: ConditionContent) -> str:
    """Returns the quoted labels of a condition's choices.

    Several labels are in brackets, so that the « ou » between them is not mistaken for the « et » or
    « ou » between conditions.
    """
    question = guide.question.get(condition.question)
    choices = question.choice if question else {}
    quoted = [
        quote_text(choices[key].label if key in choices else key) for key in condition.choices
    ]
    if len(quoted) > 1:
        return f"l’une de ces réponses ({', '.join(quoted[:-1])} ou {quoted[-1]})"
    return "".join(quoted) or "…"
