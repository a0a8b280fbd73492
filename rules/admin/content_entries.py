"""A guide as one page that is read: its parts, each with notes beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.document.problems import Place
from rules.engine.content import ExampleContent, GuideContent
from rules.sentences import rule_sentence


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a part of a draft."""

    level: str
    words: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a guide as it is read. `shown` is a value, or what is made of it in words."""

    shown: Any
    url: str = ""
    """Where it is edited; empty of what cannot be."""
    notes: tuple[Note, ...] = ()


def content_entries(
    content: GuideContent,
    urls: Mapping[Place, str] | None = None,
    notes: Mapping[Place, Iterable[Note]] | None = None,
) -> dict[str, Any]:
    """What `admin/rules/content.html` shows of a draft or of a version."""
    listed = {
        "questions": content.questions,
        "outcomes": content.outcomes,
        "rules": [rule_sentence(content, rule) for rule in content.rules],
        "examples": [_example(content, example) for example in content.examples],
    }
    return {"content": content} | {
        kind: [
            Entry(row, (urls or {}).get((kind, at), ""), tuple((notes or {}).get((kind, at), ())))
            for at, row in enumerate(rows)
        ]
        for kind, rows in listed.items()
    }


def _example(content: GuideContent, example: ExampleContent) -> dict[str, Any]:
    return {
        "name": example.name,
        "answers": [
            (content.question[key].title, content.question[key].find_choice(choice).label)
            for key, choice in example.answers.items()
        ],
        "outcomes": [content.outcome[key].title for key in example.outcomes],
    }
