"""Documents for the tests of commands: a guide with a warning, and one whose proof stops early."""

import json
from pathlib import Path
from typing import Any

from rules.document.files import dump_yaml
from tests.proof.large_guides import make_exploding_guide
from tests.rules.documents import small_document


def warned_document() -> dict[str, Any]:
    """Returns the small document, with a rule that adds a second conclusion after one answer."""
    document = small_document()
    document["outcomes"].append({"key": "autre", "title": "Autre", "final": True})
    when = [{"question": "q2", "is": ["a"]}]
    document["rules"].append({"key": "r6", "when": when, "then": {"conclude": "autre"}})
    return document


def write_warned_file(folder: Path) -> Path:
    file = folder / "warned.json"
    file.write_text(json.dumps(warned_document()))
    return file


def write_exploding_file(folder: Path) -> Path:
    file = folder / "exploding.yaml"
    file.write_text(dump_yaml(make_exploding_guide(20)))
    return file
