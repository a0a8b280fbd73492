"""A cursor, which reads and checks one value of a raw document."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from rules.document import limits
from rules.document.link_addresses import link_refusal
from rules.document.problems import FieldOrIndex, Place, Problem, place_label, quote_value

Enum = TypeVar("Enum", bound=StrEnum)

_FORBIDDEN_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(limits.KEY_PATTERN)


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
    ) -> None:
        self.value = value
        self.document = value if document is None else document
        self.place = place
        self.problems: list[Problem] = [] if problems is None else problems

    def enter_value(self, step: FieldOrIndex, value: object) -> "Cursor":
        """Returns a cursor on a field or an item of this value."""
        return Cursor(value, self.document, (*self.place, step), self.problems)

    def add_problem(self, message: str) -> None:
        self.problems.append(Problem(self.place, place_label(self.place, self.document), message))

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
                self.add_problem(f"le champ {quote_value(name)} n’existe pas ici.")
        present = {name: value for name, value in self.value.items() if value is not None}
        for name in needed:
            if name not in present:
                self.add_problem(f"il manque {quote_value(name)}.")
        found = {name: self.enter_value(name, present[name]) for name in present if name in known}
        return {name: Cursor(None) for name in needed} | found

    def read_items(self) -> Iterator["Cursor"]:
        """Yields a cursor for each item of a list. A null item is a problem and is left out."""
        if not isinstance(self.value, list):
            if self.value is not None:
                self.add_problem("il faut ici une liste.")
            return
        for index, value in enumerate(self.value):
            item = self.enter_value(index, value)
            if value is None:
                item.add_problem("cette valeur est vide.")
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
                self.add_problem(_not_a_text(name))

    def read_text(self, max_length: int = limits.MARKDOWN_LENGTH) -> str:
        """Returns a text of at most `max_length` characters, with plain line ends."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.add_problem(_not_a_text(self.value))
            return ""
        text = self.value.replace("\r\n", "\n")
        if len(text) > max_length:
            self.add_problem(
                f"ce texte a {len(text)} caractères, {max_length} au plus sont permis."
            )
        if found := _FORBIDDEN_CHARACTER.search(text):
            self.add_problem(f"ce texte contient un caractère interdit (U+{ord(found[0]):04X}).")
        return text

    def read_title(self) -> str:
        """Returns a text of one line, which must not be blank.

        A line end at the end of the text is removed, because YAML adds one to folded texts.
        """
        text = self.read_text(limits.TITLE_LENGTH).removesuffix("\n")
        if isinstance(self.value, str) and not text.strip():
            self.add_problem("ce texte est vide.")
        if "\n" in text:
            self.add_problem("ce texte tient sur une seule ligne.")
        return text

    def read_key(self) -> str:
        text = self.read_text(limits.KEY_LENGTH)
        if isinstance(self.value, str) and not _KEY.fullmatch(text):
            self.add_problem(
                "une clé s’écrit avec des lettres minuscules sans accent, des chiffres et des tirets."
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
            self.add_problem(
                f"{quote_value(self.value)} n’est pas permis ici\u00a0: {', '.join(names)}."
            )
            return default
        return allowed(str(self.value))

    def read_url(self) -> str:
        text = self.read_text(limits.URL_LENGTH)
        if isinstance(self.value, str) and not is_acceptable_url(text):
            self.add_problem(link_refusal(text))
        return text


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


def _not_a_text(value: object) -> str:
    """Returns the message for a raw value that should have been a text."""
    if isinstance(value, (dict, list)):
        return "il faut ici un texte."
    return f"{quote_value(value)} n’est pas un texte\u00a0: mettez la valeur entre guillemets."
