"""Reads and writes documents as JSON or YAML texts."""

import codecs
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from rules.document.json_mistakes import json_mistake
from rules.document.limits import MAX_DOCUMENT_BYTES, MAX_FILE_BYTES, file_size_refusal
from rules.document.problems import DocumentError, Problem, quote_value
from rules.document.refused_texts import parse_written_document
from rules.document.serialising import guide_to_document
from rules.document.yaml_reading import load_yaml
from rules.document.yaml_writing import write_yaml
from rules.engine.content import GuideContent


def read_guide_file(file: Path) -> GuideContent:
    """Returns the guide of a JSON or YAML file.

    Raises `DocumentError` if the file cannot be read, does not contain a well-formed document, or
    contains what is refused.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
            size = max(len(data), os.fstat(opened.fileno()).st_size)
    except OSError:
        _raise_problem(f"le fichier {quote_value(str(file))} n’existe pas ou ne peut pas être lu.")
    if refusal := file_size_refusal(size):
        _raise_problem(refusal)
    return parse_written_document(load_document(decode_document(data)))


def decode_document(data: bytes) -> str:
    """Returns the text of a file, without its byte order mark if it has one.

    Raises `DocumentError` if it is not UTF-8.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _raise_problem("ce fichier est en UTF-16\u00a0: enregistrez-le en UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _raise_problem("ce fichier n’est pas un texte en UTF-8.")


def load_document(text: str) -> object:
    """Returns the raw values of a JSON or YAML text.

    Raises `DocumentError`, with the line of the problem, if the text is not valid.
    """
    if refusal := file_size_refusal(len(text.encode(errors="surrogatepass"))):
        _raise_problem(refusal)
    text = text.removeprefix("\ufeff")  # a byte order mark
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        if not text.lstrip().startswith("{") or _YAML_IN_BRACES.match(text):
            return load_yaml(text)
        if sum(map(text.count, "{}[]:,")) > MAX_DOCUMENT_BYTES:
            # The values would take far more memory than the text.
            _raise_problem("ce texte a trop de valeurs pour un guide.")
        try:
            return _load_json(text)
        except DocumentError:
            # YAML may begin with a brace too. If the text is not YAML, the JSON problem is raised.
            with suppress(DocumentError):
                return load_yaml(text)
            raise
    except RecursionError:
        _raise_problem("ce document est imbriqué trop profondément.")


def dump_yaml(guide: GuideContent) -> str:
    """Returns a guide as YAML for people to read, with texts of several lines as blocks."""
    return write_yaml(guide_to_document(guide))


def dump_json(guide: GuideContent) -> str:
    """Returns a guide as indented JSON, with a line end at its end."""
    return json.dumps(guide_to_document(guide), ensure_ascii=False, indent=2) + "\n"


WRITERS = {"yaml": dump_yaml, "json": dump_json}
"""The names of the formats, each with the function that writes a guide in it."""


def _raise_problem(message: str) -> NoReturn:
    raise DocumentError([Problem((), "", message)])


def _load_json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_mapping_of_pairs)
    except json.JSONDecodeError as error:
        raise DocumentError([json_mistake(error)]) from None
    except ValueError:  # Python refuses an integer of thousands of digits
        _raise_problem("ce document contient un nombre trop long.")


def _mapping_of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns the fields of a JSON object. Raises `DocumentError` if a field is repeated."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            _raise_problem(f"le champ {quote_value(name)} est écrit deux fois au même endroit.")
        found[name] = value
    return found


_YAML_IN_BRACES = re.compile(r"\s*\{\s*[\w-]+: ")
"""The beginning of a YAML mapping in braces, whose names of fields have no quotation marks."""
