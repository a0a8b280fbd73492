"""A whole guide to read on one page: its parts, each with the notes about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.document.problems import Place
from rules.engine.content import ExampleContent, GuideContent
from rules.sentences import rule_sentence


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside a part of a draft."""

    level: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a guide to read. Its `content` is that of the document, or a text made of it."""

    content: Any
    url: str = ""
    """The page that edits the part; empty in a version, which cannot be edited."""
    notes: tuple[Note, ...] = ()


def content_entries(
    content: GuideContent,
    urls: Mapping[Place, str] | None = None,
    notes: Mapping[Place, Iterable[Note]] | None = None,
) -> dict[str, Any]:
    """Returns what `admin/rules/content.html` shows of a draft or of a version."""
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


def _example_titles(content: GuideContent, example: ExampleContent) -> dict[str, Any]:
    return {
        "name": example.name,
        "answers": [
            (content.question[key].title, content.question[key].find_choice(choice).label)
            for key, choice in example.answers.items()
        ],
        "outcomes": [content.outcome[key].title for key in example.outcomes],
    }
