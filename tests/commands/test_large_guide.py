"""The commands take a guide of 200 questions, 600 rules and 300 examples, on both databases."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rules.document.files import WRITERS
from rules.drafts.content import draft_read
from rules.models import Guide
from tests.admin.large_guide import large_guide
from tests.commands.calls import command_output

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_guide")]
MAX_QUERIES = 150


def test_each_command_takes_a_large_guide_with_few_queries(tmp_path: Path) -> None:
    content = large_guide()
    file = tmp_path / "guide.json"
    file.write_text(WRITERS["json"](content))
    commands: list[tuple[object, ...]] = [
        ("import_guide", file, "--publish", "--unproved", "Essai"),
        ("import_guide", file, "--replace-draft"),
        ("check_guide", content.slug),
        ("check_guide", file),
        ("export_guide", content.slug, "--version", 1),
    ]
    for command in commands:
        with CaptureQueriesContext(connection) as queries:
            command_output(*command)
        assert len(queries) <= MAX_QUERIES, command
    assert draft_read(Guide.objects.get()) == content
