"""A place in a raw document: reads one value, notes every problem and goes on."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from rules.document import limits
from rules.document.problems import FieldOrIndex, Place, Problem, place_label, quote_value

Enum = TypeVar("Enum", bound=StrEnum)

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(limits.KEY_PATTERN)


class Cursor:
    """Reading methods return an empty value where there is a problem: the caller reads on."""

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

    def below(self, step: FieldOrIndex, value: object) -> "Cursor":
        return Cursor(value, self.document, (*self.place, step), self.problems)

    def problem(self, message: str) -> None:
        self.problems.append(Problem(self.place, place_label(self.place, self.document), message))

    def fields(self, *, required: str = "", optional: str = "") -> dict[str, "Cursor"]:
        """The fields that are there and not null; required ones are always there."""
        if not isinstance(self.value, dict):
            self.problem("il faut ici des champs nommés.")
            return {name: Cursor(None) for name in required.split()}
        needed, known = required.split(), {*required.split(), *optional.split()}
        for name in self.value:
            if name not in known:
                self.problem(f"le champ {quote_value(name)} n’existe pas ici.")
        present = {name: value for name, value in self.value.items() if value is not None}
        for name in needed:
            if name not in present:
                self.problem(f"il manque {quote_value(name)}.")
        found = {name: self.below(name, present[name]) for name in present if name in known}
        return {name: Cursor(None) for name in needed} | found

    def items(self) -> Iterator["Cursor"]:
        """The items of a list. An empty one is a problem, and passed over."""
        if not isinstance(self.value, list):
            if self.value is not None:
                self.problem("il faut ici une liste.")
            return
        for at, value in enumerate(self.value):
            item = self.below(at, value)
            if value is None:
                item.problem("cette valeur est vide.")
            else:
                yield item

    def pairs(self) -> Iterator[tuple[str, "Cursor"]]:
        """The entries of a mapping whose names are data."""
        if not isinstance(self.value, dict):
            if self.value is not None:
                self.problem("il faut ici des champs nommés.")
            return
        for name, value in self.value.items():
            if isinstance(name, str):
                yield name, self.below(name, value)
            else:
                self.problem(_not_a_text(name))

    def text(self, longest: int = limits.MARKDOWN_LENGTH) -> str:
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.problem(_not_a_text(self.value))
            return ""
        text = self.value.replace("\r\n", "\n")
        if len(text) > longest:
            self.problem(f"ce texte a {len(text)} caractères, {longest} au plus sont permis.")
        if found := _FORBIDDEN.search(text):
            self.problem(f"ce texte contient un caractère interdit (U+{ord(found[0]):04X}).")
        return text

    def title(self) -> str:
        """A text of one line that says something. YAML's folded texts end with one line end."""
        text = self.text(limits.TITLE_LENGTH).removesuffix("\n")
        if isinstance(self.value, str) and not text.strip():
            self.problem("ce texte est vide.")
        if "\n" in text:
            self.problem("ce texte tient sur une seule ligne.")
        return text

    def key(self) -> str:
        text = self.text(limits.KEY_LENGTH)
        if isinstance(self.value, str) and not _KEY.fullmatch(text):
            self.problem(
                "une clé s’écrit avec des lettres minuscules sans accent, des chiffres et des tirets."
            )
        return text

    def reference(self, known: Mapping[str, object], what: str) -> str:
        """A key that must be one of `known`."""
        text = self.text()
        if isinstance(self.value, str) and text not in known:
            self.problem(f"{what} {quote_value(text)} n’existe pas.")
        return text

    def boolean(self) -> bool:
        if self.value is not None and not isinstance(self.value, bool):
            self.problem(f"il faut ici {quote_value(True)} ou {quote_value(False)}.")
        return self.value is True

    def one_of(self, allowed: type[Enum], default: Enum) -> Enum:
        names = [member.value for member in allowed]
        if self.value not in names:
            self.problem(
                f"{quote_value(self.value)} n’est pas permis ici\u00a0: {', '.join(names)}."
            )
            return default
        return allowed(str(self.value))

    def url(self) -> str:
        text = self.text(limits.URL_LENGTH)
        if isinstance(self.value, str) and not is_acceptable_url(text):
            self.problem(
                "une adresse de lien commence par https:, http:, mailto: ou tel: et n’a pas d’espace."
            )
        return text


def is_acceptable_url(url: str) -> bool:
    """Whether a link may point there: one of four schemes, whole, without blanks."""
    if re.search(r"\s", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    target = parts.netloc if parts.scheme in {"http", "https"} else parts.path
    return parts.scheme in limits.URL_SCHEMES and bool(target)


def _not_a_text(value: object) -> str:
    if isinstance(value, (dict, list)):
        return "il faut ici un texte."
    return f"{quote_value(value)} n’est pas un texte\u00a0: mettez la valeur entre guillemets."
