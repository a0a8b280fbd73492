"""A cursor, which reads and checks one value of a raw document."""

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from rules.counts import format_number
from rules.document import limits
from rules.document.link_addresses import link_refusal
from rules.document.problems import (
    MAX_PROBLEMS,
    MAX_QUOTED_LENGTH,
    DocumentError,
    FieldOrIndex,
    Place,
    Problem,
    place_label,
    quote_typed,
    quote_value,
)
from rules.document.written_values import WrittenMapping, WrittenValue, find_written_value

Enum = TypeVar("Enum", bound=StrEnum)

_FORBIDDEN_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(limits.KEY_PATTERN)
READ_NO_FURTHER = f"ce document a plus de {format_number(MAX_PROBLEMS)} problèmes\u00a0: la suite n’a pas été lue."


class Cursor:
    """One value of a raw document, and its place.

    If the value is wrong, a `read_…` method adds a problem and returns an empty value, so that its
    caller can continue and find more problems. All cursors of a document share a list of problems.
    """

    def __init__(
        self,
        value: object,
        document: object = None,
        place: Place = (),
        problems: list[Problem] | None = None,
        written: WrittenValue | None = None,
    ) -> None:
        self.value = value
        self.document = value if document is None else document
        self.place = place
        self.problems: list[Problem] = [] if problems is None else problems
        self.written = written

    def enter_value(self, step: FieldOrIndex, value: object) -> "Cursor":
        """Returns a cursor on a field or an item of this value."""
        written = find_written_value(self.value, step)
        return Cursor(value, self.document, (*self.place, step), self.problems, written)

    def _enter_name(self, name: object) -> "Cursor":
        """Returns a cursor on the name of a field of this value, at the place of this value."""
        written = self.value.written_names if isinstance(self.value, WrittenMapping) else {}
        return Cursor(name, self.document, self.place, self.problems, written.get(name))

    def add_problem(self, message: str) -> None:
        """Adds a problem. Raises `DocumentError` if there are too many to read on."""
        if len(self.problems) == MAX_PROBLEMS:
            self.problems.insert(0, Problem((), "", READ_NO_FURTHER))
            raise DocumentError(self.problems)
        label = place_label(self.place, self.document, self.written)
        self.problems.append(Problem(self.place, label, message))

    @property
    def quoted_value(self) -> str:
        """The value in quotation marks, as it was typed."""
        typed = self.written.typed if self.written else ""
        is_short = 0 < len(typed) <= MAX_QUOTED_LENGTH
        return quote_typed(typed) if is_short else quote_value(self.value)

    @property
    def quotation_example(self) -> str:
        """The value in quotation marks that YAML reads as a text, in brackets; empty if it is unknown."""
        typed = self.written.typed if self.written else ""
        is_short = 0 < len(typed) <= MAX_QUOTED_LENGTH
        return f" ({json.dumps(typed, ensure_ascii=False)})" if is_short else ""

    def add_not_a_text_problem(self) -> None:
        """Adds a problem about a value that should have been a text."""
        is_scalar = not isinstance(self.value, (dict, list))
        if not is_scalar and not self.quotation_example:
            return self.add_problem("il faut ici un texte.")
        value, reading = quote_value(self.value), ""
        if is_scalar and value != self.quoted_value:
            reading = f", car YAML y lit {value}"
        return self.add_problem(
            f"{self.quoted_value} n’est pas un texte{reading}\u00a0: "
            f"mettez la valeur entre guillemets{self.quotation_example}."
        )

    def add_missing_problem(self, message: str) -> None:
        """Adds a problem about an empty value, and what was typed if YAML reads that as empty."""
        if self.value is None and self.quotation_example:
            is_comment = self.quoted_value.startswith("«\u00a0#")
            reading = "est un commentaire" if is_comment else "est une valeur vide"
            message = (
                f"{message.removesuffix('.')}\u00a0: {self.quoted_value} {reading} pour YAML, "
                f"sauf entre guillemets{self.quotation_example}."
            )
        self.add_problem(message)

    def read_fields(self, *, required: str = "", optional: str = "") -> dict[str, "Cursor"]:
        """Returns a cursor for each field that is present and not null, and for each required one.

        `required` and `optional` are names separated by spaces. Fields with other names are a
        problem, and so are missing required fields.
        """
        if not isinstance(self.value, dict):
            self.add_problem("il faut ici des champs nommés.")
            return {name: Cursor(None) for name in required.split()}
        needed, known = required.split(), {*required.split(), *optional.split()}
        for name in self.value:
            if name not in known:
                written = self._enter_name(name)
                remedy = self._unknown_field_remedy(name, known)
                written.add_problem(f"le champ {written.quoted_value} n’existe pas ici{remedy}.")
        present = {name: value for name, value in self.value.items() if value is not None}
        for name in needed:
            if name not in present:
                field = self.enter_value(name, None)
                cursor = field if field.written else self
                cursor.add_missing_problem(f"il manque {quote_value(name)}.")
        found = {name: self.enter_value(name, present[name]) for name in present if name in known}
        return {name: Cursor(None) for name in needed} | found

    def _unknown_field_remedy(self, name: object, known: set[str]) -> str:
        """Returns what to do about an unknown field that is likely to be no field at all."""
        if isinstance(name, str) and name.partition(":")[0] in known:
            return "\u00a0: mettez une espace après le deux-points"
        fields = self.value
        if isinstance(fields, WrittenMapping) and fields.in_braces and fields[name] is None:
            return "\u00a0: un texte qui contient une virgule se met ici entre guillemets"
        return ""

    def read_items(self) -> Iterator["Cursor"]:
        """Yields a cursor for each item of a list. A null item is a problem and is left out."""
        if not isinstance(self.value, list):
            if self.value is not None:
                names = self.value if isinstance(self.value, dict) else [self.value]
                texts, remedy = [name for name in names if isinstance(name, str)], ""
                if any(text.startswith("-") for text in texts):
                    remedy = "\u00a0: mettez une espace après chaque tiret"
                elif any(text.endswith("]") for text in texts):
                    remedy = "\u00a0: il manque le crochet qui l’ouvre"
                self.add_problem(f"il faut ici une liste{remedy}.")
            return
        for index, value in enumerate(self.value):
            item = self.enter_value(index, value)
            if value is None:
                item.add_missing_problem("cette valeur est vide.")
            else:
                yield item

    def read_pairs(self) -> Iterator[tuple[str, "Cursor"]]:
        """Yields the names and values of a mapping that may have any names, such as keys."""
        if not isinstance(self.value, dict):
            if self.value is not None:
                self.add_problem("il faut ici des champs nommés.")
            return
        for name, value in self.value.items():
            if isinstance(name, str):
                yield name, self.enter_value(name, value)
            else:
                self._enter_name(name).add_not_a_text_problem()

    def read_text(self, max_length: int = limits.MARKDOWN_LENGTH) -> str:
        """Returns a text of at most `max_length` characters, with plain line ends."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.add_not_a_text_problem()
            return ""
        text = self.value.replace("\r\n", "\n")
        for problem in text_problems(text, max_length):
            self.add_problem(problem)
        return text

    def read_title(self, max_length: int = limits.TITLE_LENGTH) -> str:
        """Returns a text of one line, which must not be blank.

        A line end at the end of the text is removed, because YAML adds one to folded texts.
        """
        text = self.read_text(max_length).removesuffix("\n")
        if isinstance(self.value, str) and not text.strip():
            self.add_problem("ce texte est vide.")
        if "\n" in text:
            self.add_problem("ce texte tient sur une seule ligne.")
        return text

    def read_key(self, noun: str = "une clé") -> str:
        """Returns a key. `noun` is what the message about a wrong one calls it, in French."""
        text = self.read_text(limits.KEY_LENGTH)
        if isinstance(self.value, str) and not _KEY.fullmatch(text):
            self.add_problem(
                f"{noun} s’écrit avec des lettres minuscules sans accent, des chiffres et des tirets."
            )
        return text

    def read_reference(self, known: Mapping[str, object], noun: str) -> str:
        """Returns a key, which must be one of `known`. `noun` is the French noun of what it names."""
        text = self.read_text()
        if isinstance(self.value, str) and text not in known:
            self.add_problem(f"{noun} {quote_value(text)} n’existe pas.")
        return text

    def read_boolean(self) -> bool:
        if self.value is not None and not isinstance(self.value, bool):
            self.add_problem(f"il faut ici {quote_value(True)} ou {quote_value(False)}.")
        return self.value is True

    def read_member(self, allowed: type[Enum], default: Enum) -> Enum:
        """Returns the member of an enumeration with this value, or `default` if there is none."""
        names = [member.value for member in allowed]
        if self.value not in names:
            self.add_problem(f"{self.quoted_value} n’est pas permis ici\u00a0: {', '.join(names)}.")
            return default
        return allowed(str(self.value))

    def read_url(self) -> str:
        text = self.read_text(limits.URL_LENGTH)
        if isinstance(self.value, str) and not is_acceptable_url(text):
            self.add_problem(link_refusal(text))
        return text


def text_problems(text: str, max_length: int) -> list[str]:
    """Returns what is wrong with the length and the characters of a text, in French."""
    problems = []
    if len(text) > max_length:
        problems.append(f"ce texte a {len(text)} caractères, {max_length} au plus sont permis.")
    if found := _FORBIDDEN_CHARACTER.search(text):
        problems.append(f"ce texte contient un caractère interdit (U+{ord(found[0]):04X}).")
    return problems


def is_acceptable_url(url: str) -> bool:
    """True if an address has an allowed scheme, a target and no white space."""
    if re.search(r"\s", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    target = parts.netloc if parts.scheme in {"http", "https"} else parts.path
    return parts.scheme in limits.URL_SCHEMES and bool(target)
