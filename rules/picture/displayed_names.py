"""Copies of a guide in which parts have the names that a picture shows.

In these copies, the title of a question is the text of its box, and its short name is what conditions
call it. The numbers of questions are those of their stops. Editors see the short names of questions.
Visitors do not: for them, conditions name « la question 3 ».
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rules.engine.content import GuideContent, QuestionContent
from rules.parcours.case_words import NUMBERED_QUESTION
from rules.parcours.stops import Parcours
from rules.sentences import REFERENCE_MARK, quote_text, shorten_title


def name_for_editors(guide: GuideContent, parcours: Parcours) -> GuideContent:
    """Returns a guide whose questions have numbers and their short names, or else their titles.

    Conditions shorten and quote a title. A question that is not a stop has no number.
    """
    titles = _distinct_names((question.key, question.name) for question in guide.questions)
    for number, stop in enumerate(parcours.stops, 1):
        titles[stop.question] = f"{number}. {titles[stop.question]}"
    references = _distinct_names(
        (question.key, question.short or quote_text(shorten_title(question.title)))
        for question in guide.questions
    )
    return replace(
        guide,
        questions=tuple(
            _name_question(question, titles[question.key], references[question.key])
            for question in guide.questions
        ),
    )


def name_for_visitors(guide: GuideContent, parcours: Parcours) -> GuideContent:
    """Returns a guide whose questions have numbers: « 3. Quel est… » and « la question 3 ».

    The questions are in the order of these numbers.
    """
    keys = dict.fromkeys((*(stop.question for stop in parcours.stops), *guide.question))
    return replace(
        guide,
        questions=tuple(
            _name_question(question, f"{number}. {question.title}", f"{NUMBERED_QUESTION}{number}")
            for number, question in enumerate(map(guide.question.__getitem__, keys), 1)
        ),
    )


def _name_question(question: QuestionContent, title: str, reference: str) -> QuestionContent:
    """Returns a question with these names, whose choices have distinct labels that can be printed.

    A draft, and a version that was published before labels were compared, may have others.
    """
    labels = _distinct_names(
        (choice.key, printable_text(choice.label) or choice.key) for choice in question.choices
    )
    choices = tuple(replace(choice, label=labels[choice.key]) for choice in question.choices)
    return replace(question, title=title, short=reference, choices=choices)


def _distinct_names(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Returns names by their keys. A name that is given several times is followed by the key."""
    printable = {key: printable_text(name) for key, name in names}
    uses = Counter(printable.values())
    return {
        key: name if uses[name] == 1 else f"{name}{REFERENCE_MARK}{key})"
        for key, name in printable.items()
    }


def printable_text(text: str) -> str:
    """Replaces characters that XML forbids, or that change the direction of text, by spaces.

    Several spaces become one.
    """
    allowed = "\u00a0\u202f\u200d"
    shown = "".join(char if char.isprintable() or char in allowed else " " for char in text)
    return re.sub(" +", " ", shown).strip(" ")
