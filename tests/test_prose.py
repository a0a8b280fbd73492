"""The French texts of pages, messages, scripts, the guide and legal pages follow French typography.

A slip is a passage that does not, e.g. a straight apostrophe or an ordinary space before `?`.
"""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from rules.document.files import load_document
from rules.guides import SHIPPED_GUIDE
from rules.legal.legal_texts import LEGAL_PAGE_KEYS, shipped_text

ROOT: Path = settings.BASE_DIR
FOLDERS = (ROOT / "rules", ROOT / "diagnostics")
TEMPLATES = [file for folder in FOLDERS for file in folder.glob("**/templates/**/*.html")]
CODE = [
    ROOT / "manage.py",
    *(
        file
        for folder in FOLDERS
        for file in folder.glob("**/*.py")
        if "migrations" not in file.parts
    ),
]
SCRIPTS = [file for folder in FOLDERS for file in folder.glob("**/static/**/*.js")]

SLIPS = re.compile(
    r"\w'\w"  # a straight apostrophe
    r"|(?:^|[^\W\d_]) [?!:;»]"  # an ordinary space before ? ! : ; or »
    r"|« "  # an ordinary space after «
    r"|[^\W\d_][?!»](?=\s|$)|«\w"  # no space before ? ! » or after «
    r"|\.\.\."  # three dots instead of an ellipsis
)


def find_slips(text: str) -> list[str]:
    """Returns the slips of a text, each with some characters around it."""
    return [text[max(0, slip.start() - 20) : slip.end() + 10] for slip in SLIPS.finditer(text)]


def visible_texts(template: str) -> str:
    """Returns the texts of a template, and its attributes that screen readers read aloud."""
    template = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template, flags=re.S)
    template = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "x", template, flags=re.S)
    attributes = re.findall(r'\b(?:aria-label|title|alt|placeholder|content)="([^"]*)"', template)
    return html.unescape("\n".join([re.sub(r"<[^>]*>", "\n", template), *attributes]))


def all_strings(value: object) -> Iterator[str]:
    """Yields the strings in nested dicts and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from all_strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from all_strings(inner)


def string_constants(code: str) -> Iterator[str]:
    """Yields the strings of a module, except docstrings, which are in English."""
    tree = ast.parse(code)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def script_strings(script: str) -> list[str]:
    """Returns the strings of a script, with an x in place of each `${…}`."""
    script = re.sub(r"^\s*(//|/?\*).*$", "", script, flags=re.M)
    script = re.sub(r"\$\{[^}]*\}", "x", script)
    found = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`([^`\n]*)`', script)
    return [(double or backtick).replace("\\u00a0", "\u00a0") for double, backtick in found]


@pytest.mark.parametrize(
    "text",
    ["l'élève", "Que faire ?", "Erreur : non", "« oui »", "Que faire?", "«oui»", "Chargement..."],
)
def test_a_slip_is_found(text: str) -> None:
    assert find_slips(text)


def test_a_text_in_good_typography_has_no_slip() -> None:
    assert (
        find_slips(
            "L’élève dit\u00a0: «\u00a0Oui\u00a0!\u00a0»\u00a0; et après\u00a0? Voir pix.fr/?a=b…"
        )
        == []
    )


def test_templates_are_in_french_typography() -> None:
    assert TEMPLATES
    found = {
        str(file.relative_to(ROOT)): find_slips(visible_texts(file.read_text()))
        for file in TEMPLATES
    }
    assert {file: slips for file, slips in found.items() if slips} == {}


def test_the_shipped_guide_is_in_french_typography() -> None:
    assert [
        slip
        for text in all_strings(load_document(SHIPPED_GUIDE.read_text()))
        for slip in find_slips(text)
    ] == []


def test_the_shipped_legal_pages_are_in_french_typography() -> None:
    texts = [text for key in LEGAL_PAGE_KEYS for text in shipped_text(key).values()]
    assert [slip for text in texts for slip in find_slips(text)] == []


def test_strings_of_python_modules_are_in_french_typography() -> None:
    found = {
        str(file.relative_to(ROOT)): [
            slip for text in string_constants(file.read_text()) for slip in find_slips(text)
        ]
        for file in CODE
    }
    assert {file: slips for file, slips in found.items() if slips} == {}


def test_slips_in_the_strings_of_a_script_are_found_but_not_those_in_comments() -> None:
    code = '// "l\'un"\nsay("l\'élève")\n/* "l\'autre" */\nsay(`Que faire ${x ? "a" : b} ?`)'
    assert [text for text in script_strings(code) if find_slips(text)] == [
        "l'élève",
        "Que faire x ?",
    ]


def test_scripts_are_in_french_typography() -> None:
    assert SCRIPTS
    found = {
        str(file.relative_to(ROOT)): [
            slip for text in script_strings(file.read_text()) for slip in find_slips(text)
        ]
        for file in SCRIPTS
    }
    assert {file: slips for file, slips in found.items() if slips} == {}
