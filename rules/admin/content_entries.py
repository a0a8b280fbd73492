"""All parts of a guide, each with its link and its notes, for the pages that show a whole guide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.document.problems import Place
from rules.engine.content import ExampleContent, GuideContent
from rules.sentences import rule_sentence


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that a page shows beside a part of a draft."""

    level: str
    """How serious it is, in French, such as « À corriger »."""
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a guide, as a page shows it."""

    content: object
    """A question, an outcome, the sentence of a rule, the titles of an example, or the guide."""
    url: str = ""
    """The page that edits the part; empty for a version, which nobody can edit."""
    notes: tuple[Note, ...] = ()


def content_entries(
    content: GuideContent,
    urls: Mapping[Place, str] | None = None,
    notes: Mapping[Place, Iterable[Note]] | None = None,
) -> dict[str, object]:
    """Returns the context of `admin/rules/content.html`, which shows a whole draft or version.

    `urls` and `notes` belong to the place of a part: its kind and its index, such as `("rules", 2)`.
    """
    parts = {
        "questions": content.questions,
        "outcomes": content.outcomes,
        "rules": [rule_sentence(content, rule) for rule in content.rules],
        "examples": [_example_titles(content, example) for example in content.examples],
    }
    urls, notes = urls or {}, notes or {}
    entries = {
        kind: [
            Entry(part, urls.get((kind, index), ""), tuple(notes.get((kind, index), ())))
            for index, part in enumerate(listed)
        ]
        for kind, listed in parts.items()
    }
    return {"content": content, **entries}


def _example_titles(content: GuideContent, example: ExampleContent) -> dict[str, object]:
    """Returns the titles of an example; a choice that its question does not have shows its key."""
    answered = [(content.question[key], choice) for key, choice in example.answers.items()]
    return {
        "name": example.name,
        "answers": [
            (question.title, question.choice[key].label if key in question.choice else key)
            for question, key in answered
        ],
        "outcomes": [content.outcome[key].title for key in example.outcomes],
    }
