"""Documents as texts: JSON and YAML to raw values, and back. Problems carry their line."""

import json
import re
from pathlib import Path
from typing import Any, NoReturn

import yaml

from rules.document.parsing import parse_document
from rules.document.problems import DocumentError, Problem, quote_value
from rules.document.serialising import guide_to_document
from rules.engine.content import GuideContent

MAX_DOCUMENT_LENGTH = 5_000_000
"""Characters; the text of three thousand long questions."""


def read_guide_file(file: Path) -> GuideContent:
    """The guide of a JSON or YAML file. Raises `DocumentError`, unreadable files included."""
    try:
        with file.open("rb") as opened:
            return parse_document(
                load_document(opened.read(4 * MAX_DOCUMENT_LENGTH).decode("utf-8-sig"))
            )
    except OSError:
        _refuse("", f"le fichier {quote_value(str(file))} n’existe pas ou ne peut pas être lu.")
    except UnicodeDecodeError:
        _refuse("", "ce fichier n’est pas un texte en UTF-8.")


def load_document(text: str) -> object:
    """The raw values of a JSON or YAML text. Raises `DocumentError`."""
    if len(text) > MAX_DOCUMENT_LENGTH:
        _refuse("", "ce document est trop long.")
    try:
        return _load_braces(text) if text.lstrip().startswith("{") else _load_yaml(text)
    except RecursionError:
        _refuse("", "ce document est imbriqué trop profondément.")


def dump_yaml(guide: GuideContent) -> str:
    """YAML for people: texts of several lines as blocks, in the document's order."""
    return yaml.dump(
        guide_to_document(guide), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )


def dump_json(guide: GuideContent) -> str:
    return json.dumps(guide_to_document(guide), ensure_ascii=False, indent=2) + "\n"


WRITERS = {"yaml": dump_yaml, "json": dump_json}
"""What a guide is written with, by the name of the format."""


def _refuse(where: str, message: str) -> NoReturn:
    raise DocumentError([Problem((), where, message)])


def _load_braces(text: str) -> object:
    """JSON; else YAML, which has braces too; problems are those of JSON."""
    try:
        return _load_json(text)
    except DocumentError as refused:
        try:
            return _load_yaml(text)
        except DocumentError:
            raise refused from None


def _load_json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        _refuse(where, "le JSON n’est pas valable ici.")
    except ValueError:  # an integer of thousands of digits
        _refuse("", "ce document contient un nombre trop long.")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            _refuse("", f"le champ {quote_value(name)} est écrit deux fois au même endroit.")
        found[name] = value
    return found


def _load_yaml(text: str) -> object:
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader, made stricter)
    except yaml.MarkedYAMLError as error:
        _refuse(_line(error.problem_mark), "le YAML n’est pas valable ici.")
    except (yaml.YAMLError, ValueError):
        _refuse("", "le YAML contient un caractère ou une valeur qui ne se lit pas.")
    if found is None:
        _refuse("", "ce document est vide.")
    return found


def _line(mark: Any) -> str:  # noqa: ANN401 (PyYAML has no types)
    return f"ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""


_TYPES = {"bool", "float", "int", "null"}
"""What a value without quotes may be besides a text."""


class _Loader(yaml.SafeLoader):
    """SafeLoader without repeated or merged fields, which it would drop in silence, without
    aliases, by which a short text becomes an endless one, and without types named by the text.
    Dates are texts.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            _refuse(_line(event.start_mark), "les alias (*) ne sont pas permis.")
        if getattr(event, "tag", None):
            _refuse(_line(event.start_mark), "les types (!) ne sont pas permis.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: ANN401
        seen: set[str] = set()
        for name, _ in node.value:
            if str(name.value) in seen:
                where = _line(name.start_mark)
                _refuse(where, f"le champ {quote_value(name.value)} est écrit deux fois.")
            seen.add(str(name.value))
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in _TYPES]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, lists indented under their field."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Escapes what PyYAML would write in plain sight and read as something else."""
    plain = "|" if "\n" in text else None
    style = '"' if _MISREAD.search(text) else plain
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_MISREAD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_Dumper.add_representer(str, _represent_text)
