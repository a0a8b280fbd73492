"""All parts of a guide, each with its link and its notes, for the pages that show a whole guide."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rules.admin.presented_problems import PartLinks
from rules.document.problems import Place
from rules.engine.content import ExampleContent, GuideContent
from rules.list_pages import LazyRows
from rules.models import Guide
from rules.sentences import question_name, rule_sentence

Part = TypeVar("Part")


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
    guide: Guide | None = None,
    notes: Mapping[Place, Iterable[Note]] | None = None,
) -> dict[str, object]:
    """Returns the context of `admin/rules/content.html`, which shows a whole draft or version.

    `guide` is the guide whose draft this is; the parts of a version have no links. `notes` are about
    the parts at some places: a kind and an index, such as `("rules", 2)`.
    """
    links, notes_by_place = PartLinks(guide), notes or {}

    def make_entries(
        kind: str, parts: Sequence[Part], describe: Callable[[Part], object]
    ) -> Sequence[Entry]:
        def make_entry(index: int) -> Entry:
            notes_of_part = tuple(notes_by_place.get((kind, index), ()))
            return Entry(describe(parts[index]), links.find_url((kind, index)), notes_of_part)

        return LazyRows(range(len(parts)), make_entry)

    return {
        "content": content,
        "questions": make_entries("questions", content.questions, lambda question: question),
        "outcomes": make_entries("outcomes", content.outcomes, lambda outcome: outcome),
        "rules": make_entries("rules", content.rules, lambda rule: rule_sentence(content, rule)),
        "examples": make_entries(
            "examples", content.examples, lambda example: _example_titles(content, example)
        ),
    }


def _example_titles(content: GuideContent, example: ExampleContent) -> dict[str, object]:
    """Returns the titles of an example; a choice that its question does not have shows its key."""
    answered = [(content.question[key], choice) for key, choice in example.answers.items()]
    return {
        "name": example.name,
        "answers": [
            (
                question_name(content, question.key),
                question.choice[key].label if key in question.choice else key,
            )
            for question, key in answered
        ],
        "outcomes": [content.outcome[key].title for key in example.outcomes],
    }
