"""Buttons that do acts: each is a form of its own, `admin/rules/act_button.html`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.admin.links import action_url, list_url, place_url
from rules.counts import count_label, format_number, plural_ending
from rules.engine.content import GuideContent
from rules.models import Example, Guide
from rules.publication.check import ExampleResult
from rules.sentences import quote_text, quoted_question

ORIGIN = "origin"
"""The field with the page that a button stands on, to which its act leads back."""
PROOF, EXAMPLES = "@proof", "@examples"
"""Origins: *La preuve*, and the list of examples. Others are ids on the page of the guide."""
EXAMPLE_NAME, QUESTION, CHOICE = "example", "question", "choice"
"""The fields of acts on examples."""


@dataclass(frozen=True, slots=True)
class ActButton:
    label: str
    url: str
    fields: Sequence[tuple[str, str]]
    """The names and the values of the hidden fields."""
    about: str = ""
    """The words that say what it is about, for people who do not see what stands around it."""
    sentence: str = ""
    """The words that stand before it where nothing else says the same."""
    choices: Sequence[tuple[str, str]] = ()
    """The options of the field `choice` of the form: values with their labels."""


def url_of_origin(guide: Guide, origin: str) -> str:
    """Returns the address to which an act leads back."""
    match origin:
        case "@proof":
            return action_url(guide, "proof")
        case "@examples":
            return list_url(Example, guide)
    return place_url(guide, origin)


def answer_button(
    guide: Guide, draft: GuideContent, question: str, count: int, origin: str
) -> ActButton:
    """Returns the button that answers a question in the examples which have no answer to it."""
    choices = draft.question[question].choices
    return ActButton(
        f"Répondre dans les {format_number(count)}" if count > 1 else "Répondre",
        action_url(guide, "answer"),
        [(QUESTION, question), (ORIGIN, origin)],
        quoted_question(draft, question),
        f"{count_label(count, 'cas type{s}')} ne répond{plural_ending(count, plural='ent')} pas à la "
        f"question {quoted_question(draft, question)}.",
        [(choice.key, choice.label) for choice in choices],
    )


def unanswered_buttons(
    guide: Guide, draft: GuideContent, results: Iterable[ExampleResult | None], origin: str
) -> list[ActButton]:
    """Returns a button for each question that examples are asked and do not answer."""
    questions = Counter(result.question for result in results if result and result.question)
    return [
        answer_button(guide, draft, question, count, origin)
        for question, count in questions.most_common()
        if draft.question[question].choices
    ]


def failing_example_button(
    guide: Guide, draft: GuideContent, results: Sequence[ExampleResult], origin: str
) -> ActButton | None:
    """Returns the button that mends examples which fail for the same reason; None if nothing can.

    `results` are theirs. What a rule is missing for is mended there.
    """
    first = results[0]
    if first.question:
        return answer_button(guide, draft, first.question, len(results), origin)
    if first.is_stuck:
        return None
    label, act = "Attendre ce qui est obtenu", "expect"
    if first.ignored:
        label, act = "Enlever ces réponses", "unasked"
    name = first.example.name
    fields = [(EXAMPLE_NAME, name), (ORIGIN, origin)]
    return ActButton(label, action_url(guide, act), fields, quote_text(name))


def missing_examples_button(guide: Guide, origin: str = PROOF) -> ActButton:
    url = action_url(guide, "missing_examples")
    return ActButton("Créer les cas types manquants", url, [(ORIGIN, origin)])
