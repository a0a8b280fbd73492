"""Every content that the shipped guide and the legal pages have had is known by its digest."""

import subprocess
from pathlib import Path

import pytest

from rules.document.files import load_document
from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json, document_digest
from rules.guides import SHIPPED_GUIDE
from rules.guides.shipped_digests import FORMER_DIGESTS, SHIPPED_DIGESTS
from rules.legal import former_legal_texts, legal_texts

ROOT = Path(__file__).parents[2]
FILE = str(SHIPPED_GUIDE.relative_to(ROOT))


def digest_of_text(text: str) -> str:
    return document_digest(canonical_json(parse_document(load_document(text))))


def read_history(*arguments: str) -> str:
    """Returns what git says, which is nothing in a copy of the program without its history."""
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout


def test_whoever_changes_the_shipped_guide_adds_its_digest() -> None:
    assert digest_of_text(SHIPPED_GUIDE.read_text()) == SHIPPED_DIGESTS[-1]
    assert len(FORMER_DIGESTS) == len(SHIPPED_DIGESTS) - 1
    assert SHIPPED_DIGESTS[-1] not in FORMER_DIGESTS


def former_texts(file: str) -> set[str]:
    """Returns all contents of a file that the history of this copy has."""
    commits = read_history("log", "--format=%h", "--", file).split()
    return {read_history("show", f"{commit}:{file}") for commit in commits}


def test_each_content_in_the_history_of_the_shipped_guide_is_still_known() -> None:
    assert {digest_of_text(text) for text in former_texts(FILE)} <= set(SHIPPED_DIGESTS)


@pytest.mark.parametrize("key", legal_texts.LEGAL_PAGE_KEYS)
def test_each_text_in_the_history_of_a_legal_page_is_still_known(key: str) -> None:
    texts = map(legal_texts.parse_text, former_texts(f"rules/legal/{key}.md"))
    today = former_legal_texts.legal_digest(**legal_texts.shipped_text(key))
    digests = {former_legal_texts.legal_digest(**text) for text in texts}
    assert digests - {today} <= former_legal_texts.FORMER_DIGESTS
    assert today not in former_legal_texts.FORMER_DIGESTS
