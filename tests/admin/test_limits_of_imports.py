"""Each limit of a guide is the same for a file, a pasted text, a command, a form and a publication.

Each limit is lowered to what the small guide has, which is accepted, and then by one.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from rules.admin.links import action_url, change_url
from rules.counts import format_number
from rules.document.limits import CHOICE_LIMIT, CONDITION_LIMIT, GUIDE_LIMITS
from rules.document.parsing import parse_document
from rules.document.refused_texts import find_guide_refusals
from rules.document.serialising import document_size
from rules.drafts.guides import guide_import
from rules.models import Guide
from tests.admin.pages import fill_and_send, page_errors, page_fields, page_text, parse_page
from tests.admin.test_import_export import IMPORT_URL, upload_document
from tests.rules.documents import small_document

pytestmark = pytest.mark.no_cover  # other tests take the same branches

COUNTS = {"questions": 2, "outcomes": 2, "rules": 5, "examples": 1, "choices": 2, "when": 1}
"""How many parts the small guide has; of choices and conditions, those of one question or rule."""
BYTES = "bytes"
Send = Callable[[Client, Path], str]
"""A function that sends the small guide through a door, and returns the text of the answer."""


def lower_limit(monkeypatch: pytest.MonkeyPatch, name: str, maximum: int) -> None:
    monkeypatch.setattr("rules.publication.check.guide_refusals", find_guide_refusals)
    if name == BYTES:
        monkeypatch.setattr("rules.document.limits.MAX_DOCUMENT_BYTES", maximum)
    elif name in GUIDE_LIMITS:
        limit = replace(GUIDE_LIMITS[name], maximum=maximum)
        monkeypatch.setitem(GUIDE_LIMITS, name, limit)
    else:
        constant, limit = {
            "choices": ("CHOICE_LIMIT", CHOICE_LIMIT),
            "when": ("CONDITION_LIMIT", CONDITION_LIMIT),
        }[name]
        monkeypatch.setattr(f"rules.document.limits.{constant}", replace(limit, maximum=maximum))


def upload_file(client: Client, _: Path) -> str:
    return page_text(upload_document(client, json.dumps(small_document()).encode()))


def paste_text(client: Client, _: Path) -> str:
    return page_text(client.post(IMPORT_URL, {"text": json.dumps(small_document())}))


def run_command(_: Client, folder: Path) -> str:
    file = folder / "guide.json"
    file.write_text(json.dumps(small_document()))
    try:
        call_command("import_guide", file)
    except CommandError as error:
        return str(error)
    return ""


def copy_guide(client: Client, _: Path) -> str:
    guide = guide_import(content=parse_document(small_document()))
    page = parse_page(client.post(action_url(guide, "duplicate"), follow=True))
    return " ".join(message.get_text() for message in page.select(".messagelist"))


def publish_draft(client: Client, _: Path) -> str:
    guide = guide_import(content=parse_document(small_document()))
    return page_text(client.get(action_url(guide, "publish")))


@pytest.mark.parametrize("send", [upload_file, paste_text, run_command, copy_guide, publish_draft])
@pytest.mark.parametrize("name", [*COUNTS, BYTES])
def test_a_guide_at_a_limit_is_accepted_through_every_door_and_a_larger_one_is_refused(
    no_guide: None,
    publisher: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    send: Send,
) -> None:
    size = document_size(parse_document(small_document()))
    count = COUNTS.get(name, size)
    limit = f"le maximum est {format_number(count - 1)}"
    with monkeypatch.context() as patched:
        lower_limit(patched, name, count - 1)
        assert limit in send(publisher, tmp_path)
    Guide.objects.all().delete()
    lower_limit(monkeypatch, name, count)
    assert "le maximum est" not in send(publisher, tmp_path)


LINE, MARKDOWN = "x" * 300, "é" * 20_000
LONGEST_TEXTS = [
    ("guide", "title", LINE),
    ("guide", "introduction", MARKDOWN),
    ("question", "title", LINE),
    ("question", "help", MARKDOWN),
    ("question", "choices__0__label", LINE),
    ("question", "choices__0__aliases", LINE),
    ("question", "choices__0__help", MARKDOWN),
    ("outcome", "title", LINE),
    ("outcome", "body", MARKDOWN),
    ("outcome", "link_label", LINE),
    ("outcome", "link_url", f"https://pix.fr/{'x' * 1_985}"),
    ("rule", "note", MARKDOWN),
    ("example", "name", LINE),
    ("settings", "closing_message", MARKDOWN),
]


@pytest.mark.parametrize(("page", "field", "longest"), LONGEST_TEXTS)
def test_a_form_takes_a_text_of_the_longest_length_and_keeps_a_longer_one_on_its_page(
    no_guide: None, publisher: Client, page: str, field: str, longest: str
) -> None:
    guide = guide_import(content=parse_document(small_document()))
    outcome = guide.outcomes.all()[0]
    outcome.link_label, outcome.link_url = "Pix", "https://pix.fr"
    outcome.save()
    url = {
        "guide": action_url(guide, "texts"),
        "question": change_url(guide.questions.all()[0]),
        "outcome": change_url(outcome),
        "rule": change_url(guide.rules.all()[0]),
        "example": change_url(guide.examples.all()[0]),
        "settings": action_url(guide, "settings"),
    }[page]
    refused = fill_and_send(publisher, url, **{field: f"{longest}x"})
    assert refused.status_code == 200
    assert format_number(len(longest)).replace("\u00a0", "") in page_errors(refused)
    assert page_fields(refused)[field.replace("__", "-")] == f"{longest}x"
    assert fill_and_send(publisher, url, **{field: longest}).status_code == 302
