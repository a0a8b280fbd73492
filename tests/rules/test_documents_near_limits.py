"""Texts in YAML and JSON of guides near every limit: refused exactly where they exceed one."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules.document.files import load_document
from rules.document.limits import CHOICE_LIMIT, CONDITION_LIMIT, GUIDE_LIMITS
from rules.document.problems import DocumentError, Place
from rules.document.refused_texts import parse_written_document
from tests.rules.documents import small_document
from tests.rules.test_parsing import change_document

LOWERED = {"questions": 4, "outcomes": 5, "rules": 7, "examples": 3}
LOWERED_CHOICES, LOWERED_CONDITIONS = 5, 4
CHOICES: Place = ("questions", 0, "choices")
COUNTS: dict[Place, int] = {
    **{(name,): maximum for name, maximum in LOWERED.items()},
    CHOICES: LOWERED_CHOICES,
    ("rules", 1, "when"): LOWERED_CONDITIONS,
}
"""The lowered limits of the lists of a guide, by their places."""
URL = "https://pix.fr/"
LENGTHS: dict[Place, int] = {
    ("slug",): 64,
    ("title",): 300,
    ("introduction",): 20_000,
    ("questions", 1, "title"): 300,
    ("questions", 1, "help"): 20_000,
    (*CHOICES, 0, "key"): 64,
    (*CHOICES, 0, "label"): 300,
    (*CHOICES, 0, "help"): 20_000,
    (*CHOICES, 0, "aliases", 0): 300,
    ("outcomes", 1, "title"): 300,
    ("outcomes", 1, "body"): 20_000,
    ("outcomes", 1, "link", "label"): 300,
    ("outcomes", 1, "link", "url"): 2_000,
    ("rules", 0, "key"): 64,
    ("rules", 0, "note"): 20_000,
    ("examples", 0, "name"): 300,
}
"""The longest texts of a guide, by their places, as the contract says them."""
WRITERS: list[Callable[[object], str]] = [
    json.dumps,
    lambda document: yaml.safe_dump(document, allow_unicode=True, sort_keys=False),
]


def places_near(maximums: dict[Place, int]) -> st.SearchStrategy[dict[Place, int]]:
    """Draws, for some of these places, how much more than the maximum they have."""
    return st.dictionaries(st.sampled_from(list(maximums)), st.integers(-1, 1), max_size=4)


def build_document(counts: dict[Place, int], lengths: dict[Place, int]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(small_document()))
    document["questions"][0]["choices"][0]["aliases"] = ["Un"]
    document["outcomes"][1]["link"] = {"label": "Pix", "url": URL}
    document["rules"][1]["when"] = [{"question": "q1", "answered": True}]
    document["examples"][0]["answers"] = {"q1": "b"}
    for place, more in lengths.items():
        length = LENGTHS[place] + more
        text = URL + "x" * (length - len(URL)) if place[-1] == "url" else "x" * length
        change_document(document, place, text)
    del document["rules"][2:4]  # they name the choices, whose keys may have changed
    for (*steps, name), more in counts.items():
        owner: Any = document
        for step in steps:
            owner = owner[step]
        owner[name] += list(new_parts(str(name), COUNTS[(*steps, name)] + more - len(owner[name])))
    return document


def new_parts(name: str, count: int) -> Iterator[dict[str, object]]:
    """Yields parts for the list of this name, each with a key and a label of its own."""
    for number in range(count):
        key, title = f"n{number}", f"Texte {number}"
        parts: dict[str, dict[str, object]] = {
            "questions": {
                "key": key,
                "title": title,
                "choices": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}],
            },
            "outcomes": {"key": key, "title": title, "final": True},
            "rules": {"key": key, "then": {"ask": "q2"}},
            "examples": {"name": title, "answers": {}, "outcomes": ["fin"]},
            "choices": {"key": key, "label": title},
            "when": {"question": "q2", "answered": True},
        }
        yield parts[name]


@pytest.fixture(scope="module", autouse=True)
def _lowered_limits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name, maximum in LOWERED.items():
            patched.setitem(GUIDE_LIMITS, name, replace(GUIDE_LIMITS[name], maximum=maximum))
        choices = replace(CHOICE_LIMIT, maximum=LOWERED_CHOICES)
        conditions = replace(CONDITION_LIMIT, maximum=LOWERED_CONDITIONS)
        patched.setattr("rules.document.limits.CHOICE_LIMIT", choices)
        patched.setattr("rules.document.limits.CONDITION_LIMIT", conditions)
        yield


@settings(deadline=None, max_examples=40)
@example(dict.fromkeys(COUNTS, 0), dict.fromkeys(LENGTHS, 0), 0)
@example(dict.fromkeys(COUNTS, 1), dict.fromkeys(LENGTHS, 1), 0)
@example(dict.fromkeys(COUNTS, 0), dict.fromkeys(LENGTHS, 0), 1)
@example(dict.fromkeys(COUNTS, 1), dict.fromkeys(LENGTHS, 1), 1)
@given(places_near(COUNTS), places_near(LENGTHS), st.integers(0, len(WRITERS) - 1))
def test_a_document_is_refused_exactly_where_it_exceeds_a_limit(
    counts: dict[Place, int], lengths: dict[Place, int], writer: int
) -> None:
    raw = load_document(WRITERS[writer](build_document(counts, lengths)))
    refused: set[Place] = set()
    try:
        parse_written_document(raw)
    except DocumentError as error:
        refused = {problem.place for problem in error.problems}
    assert refused == {
        place for found in (counts, lengths) for place, more in found.items() if more > 0
    }
