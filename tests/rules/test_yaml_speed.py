"""YAML of large guides is quick: libyaml reads it, and what it says of a text is what PyYAML says.

`write_yaml` gives what `yaml.dump` would, in a fourth of the time.
"""

import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diagnostics.settings import BASE_DIR
from rules.document import yaml_reading
from rules.document.files import dump_yaml, load_document
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError
from rules.document.serialising import guide_to_document
from rules.document.written_values import WrittenList, WrittenMapping
from rules.document.yaml_reading import load_yaml, read_slowly
from rules.document.yaml_writing import write_yaml
from rules.engine.content import GuideContent
from rules.guides import SHIPPED_GUIDE
from tests.rules.documents import documented_guides
from tests.rules.test_yaml_mistakes import DOCUMENT, SOUND

MARKS = [
    *("\n", "\n  ", "\n    ", " ", "  ", "- ", "-", ": ", ":", "? ", "?", ", ", ",", "#", " # c"),
    *(
        "{",
        "}",
        "[",
        "]",
        "'",
        '"',
        "\\",
        "\\x41",
        "|",
        ">",
        "|2",
        ">+",
        "&a ",
        "*a",
        "!t ",
        "%",
        "@",
    ),
    *("---", "\n---\n", "\n...\n", "\n%YAML 1.2\n---\n", "<<: ", "=", "~", "0b_", "12:30", "no"),
    *(
        "a",
        "b",
        "é",
        "🎓",
        "\u00a0",
        "\t",
        "\u2028",
        "\x85",
        "\ufffe",
        "\x07",
        "title: ",
        "- key: ",
    ),
]
"""What YAML gives a meaning, and a few letters."""
TYPED = st.lists(st.sampled_from(MARKS), max_size=14).map("".join)
SHIPPED_TEXT = SHIPPED_GUIDE.read_text()


@st.composite
def mistyped_documents(draw: st.DrawFn) -> str:
    """Draws parts of documents in which something else was typed in up to three places."""
    document = draw(st.sampled_from([DOCUMENT.format(**SOUND), SHIPPED_TEXT[-2_000:]]))
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(document)))
        end = begin + draw(st.integers(0, 5))
        document = (
            document[:begin] + draw(TYPED.filter(lambda typed: len(typed) < 9)) + document[end:]
        )
    return document


def describe_reading(text: str, *, slowly: bool) -> object:
    """Returns the values of a text and how they are written, or why it is refused."""
    try:
        return _describe_value(read_slowly(text) if slowly else load_yaml(text))
    except DocumentError as error:
        return str(error)


def _describe_value(value: object) -> object:
    if isinstance(value, WrittenMapping):
        fields = [(repr(name), _describe_value(field)) for name, field in value.items()]
        return fields, value.in_braces, repr(value.written), repr(value.written_names)
    if isinstance(value, WrittenList):
        return [_describe_value(item) for item in value], repr(value.written)
    return repr(value)


@pytest.mark.slow
@given(text=TYPED | mistyped_documents())
@example("{key: a, label: }")
@example("[a: ]")
@example("{a? b: c}")
@example("? ")
@example(">#\n- a")
@example('"\\ud800"')
@example("{a:{b: c}}")
def test_a_text_is_read_or_refused_as_pyyaml_does_without_libyaml(text: str) -> None:
    assert describe_reading(text, slowly=False) == describe_reading(text, slowly=True)


@pytest.mark.slow
@settings(max_examples=25)  # to draw a guide takes long
@given(guide=documented_guides())
def test_an_export_is_what_pyyaml_writes_of_the_same_values(guide: GuideContent) -> None:
    document = guide_to_document(guide)
    written = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    assert write_yaml(document) == written


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, escapes rare line ends, and indents lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_str(self, data: str) -> yaml.ScalarNode:
        block = "|" if "\n" in data else None
        style = '"' if re.search("[\x7f-\x9f\u2028\u2029\ufeff]", data) else block
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _Dumper.represent_str)


def test_an_export_is_read_by_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml_reading, "read_slowly")
    assert dump_yaml(parse_document(load_document(SHIPPED_TEXT))) == SHIPPED_TEXT


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c", "Un texte qui contient un deux-points et une espace se met entre guillemets"),
        ("x: y\n  a: b", "Elle ne commence pas à la bonne colonne"),
        ("x: y\n- a", "Elle ne commence pas à la bonne colonne"),
        ("is:\n  - a\n  b: c", "Elle ne commence pas à la bonne colonne"),
        ("a: 'b", "n’est fermé nulle part"),
        ("a: [b", "Il manque une virgule, ou le crochet"),
        ("a: *b", "les alias (*) ne sont pas permis"),
        ("a: !b c", "les types (!) ne sont pas permis"),
        ("a: &b c", "les ancres (&) ne sont pas permises"),
        ("a: 0b_", "Ce qui ressemble à un nombre"),
        ("a: 1\na: 2", "le champ « a » est écrit deux fois"),
        ("x: y\n---\na: 1", "Un fichier ne contient qu’un guide"),
    ],
)
def test_a_mistake_in_a_long_text_has_the_message_that_it_has_in_a_short_one(
    monkeypatch: pytest.MonkeyPatch, text: str, problem: str
) -> None:
    in_short_text = describe_reading(text, slowly=True)
    assert problem in str(in_short_text).replace("\u00a0", " ")
    monkeypatch.setattr(yaml_reading, "MAX_REREAD_LENGTH", 0)
    monkeypatch.delattr(yaml_reading, "read_slowly")
    assert describe_reading(text, slowly=False) == in_short_text


def test_yaml_is_read_without_libyaml_too() -> None:
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from rules.document.yaml_reading import load_yaml; print(load_yaml('a: [b, 1]'))"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.check_output(command, cwd=BASE_DIR) == b"{'a': ['b', 1]}\n"
