"""What is wrong with a text that is not valid YAML, and what its author can do about it."""

import json
import re
from functools import cached_property

import yaml

from rules.document.problems import Problem, quote_value

MAX_QUOTED_LENGTH = 80
"""The longest part of a line, in characters, that a message repeats."""

STARTS_WITH_SIGN = "Un texte qui commence par «\u00a0{sign}\u00a0» se met entre guillemets"
_CONTAINS_COLON = "Un texte qui contient un deux-points et une espace se met entre guillemets"
_TAB = (
    "Elle contient une tabulation\u00a0: remplacez-la par des espaces, ou mettez le texte entre "
    "guillemets"
)
_INDENTATION = (
    "Elle ne commence pas à la bonne colonne\u00a0: les champs d’une même partie sont alignés, et "
    "les tirets d’une même liste aussi"
)
_SPACE_AFTER_COLON = "Il manque une espace après le deux-points qui suit le nom d’un champ"
_SPACE_AFTER_COLON_ABOVE = "À la ligne précédente, il manque une espace après le deux-points"
_SPACE_AFTER_DASH = "Il manque une espace après le tiret"
_COLON_MISSING = (
    "Il manque un deux-points après le nom du champ\u00a0; si c’est la suite d’un texte, décalez-la "
    "plus que son champ"
)
_QUOTE_NOT_CLOSED = "Le guillemet ou l’apostrophe qui ouvre ce texte n’est fermé nulle part"
_QUOTE_WITHIN = (
    "Un guillemet ou une apostrophe ferme un texte trop tôt, ou manque plus haut. Dans un texte "
    "entre guillemets, \" s’écrit \\\"\u00a0; dans un texte entre apostrophes, ' s’écrit ''"
)
NOT_A_NUMBER = "Ce qui ressemble à un nombre et n’en est pas un se met entre guillemets"
_QUOTING = {STARTS_WITH_SIGN, _CONTAINS_COLON, NOT_A_NUMBER}
"""The remedies that are shown on the line itself."""
BACKSLASH = "Dans un texte entre guillemets, \\ s’écrit \\\\"
BRACKET = (
    "Un texte qui commence par un crochet ou une accolade se met entre guillemets\u00a0; une liste "
    "entre crochets a des virgules et un crochet fermant"
)
_ONE_DOCUMENT = (
    "Un fichier ne contient qu’un guide\u00a0: supprimez les lignes qui commencent par trois tirets, "
    "trois points ou un pour cent"
)

_PLACE = "\0"
"""Stands for the reported place in a text. No YAML text contains this character."""

_MISTAKES = [
    ("found character '.t'", "", _TAB),
    ("found character|node content", "", STARTS_WITH_SIGN),
    ("an alias|an anchor|a tag|tag handle|a block scalar|duplicate anchor", "", STARTS_WITH_SIGN),
    ("(entries|keys) are not allowed", rf"[:-] +{_PLACE}", STARTS_WITH_SIGN),
    ("values are not allowed", rf": [^\n]*{_PLACE}", _CONTAINS_COLON),
    (
        "values are not allowed",
        rf"^ *(- +)*[\w-]+:\S[^\n]*\n[^\n]*{_PLACE}",
        _SPACE_AFTER_COLON_ABOVE,
    ),
    ("are not allowed", "", _INDENTATION),
    ("expected ':'", rf"{_PLACE}-\S", _SPACE_AFTER_DASH),
    ("expected ':'", rf"{_PLACE}[\w-]+:\S", _SPACE_AFTER_COLON),
    ("expected ':'", "", _COLON_MISSING),
    ("a quoted scalar", "", _QUOTE_NOT_CLOSED),
    ("a double-quoted scalar", "", BACKSLASH),
    ("<block end>", rf"['\"]\s*{_PLACE}", _QUOTE_WITHIN),
    ("<block end>", rf"[\]}}] *{_PLACE}", BRACKET),
    ("<block end>", rf"^ *{_PLACE}-\S", _SPACE_AFTER_DASH),
    ("<block end>", rf"^ *{_PLACE}", _INDENTATION),
    ("a flow|unhashable", "", BRACKET),
    ("another document|<document start>", "", _ONE_DOCUMENT),
]
"""The usual mistakes: how PyYAML reports one, the text around the place, and the remedy.

The first mistake that a report matches is the likely one.
"""
_REPORTED_FROM_START = re.compile("an alias|an anchor|a tag|a .* scalar|a simple key|a flow")
"""The reports of mistakes that are where a part begins, not where PyYAML stopped reading it."""

_FIELD = re.compile(r"(?:- +)*(?P<name>[\w-]+: +)?(?P<value>.+)")


class YamlPlace:
    """A place in a YAML text, at which there is a mistake."""

    def __init__(self, text: str, mark: yaml.Mark | None) -> None:
        assert mark is not None, "PyYAML says where it found an error"
        self.text, self.mark = text, mark

    @cached_property
    def around(self) -> str:
        """The line before the place, if there is one, and its line with `_PLACE` in it."""
        index = self.mark.index
        before, after = self.text[:index], self.text[index:].partition("\n")[0]
        lines_before, line_break, begin = before.rpartition("\n")
        previous_line = lines_before.rstrip().rpartition("\n")[2]
        return f"{previous_line}{line_break}{begin}{_PLACE}{after}"

    @property
    def line(self) -> str:
        """The line of the place. Of a very long line, it is the part near the place."""
        begin, end = self.around.rpartition("\n")[2].split(_PLACE)
        return f"{begin[-MAX_QUOTED_LENGTH // 2 :]}{end}".strip()

    def describe_mistake(self, remedy: str, mistake: str = "") -> Problem:
        """Returns the problem that names a mistake and its remedy.

        Without a name of the mistake, it repeats the line. `remedy` may be empty.
        """
        message = mistake or f"la ligne {quote_value(self.line)} n’est pas du YAML valable."
        if remedy:
            sign = self.text[self.mark.index : self.mark.index + 1]
            message += f" {remedy.format(sign=sign)}{self._quoted_line(remedy)}."
        where = f"ligne {self.mark.line + 1}, colonne {self.mark.column + 1}"
        return Problem((), where, message)

    def _quoted_line(self, remedy: str) -> str:
        """Returns the line with its value in quotation marks, if this is the remedy."""
        field = _FIELD.fullmatch(self.line)
        if remedy not in _QUOTING or not field or len(self.line) > MAX_QUOTED_LENGTH:
            return ""
        if field["value"][0] in "'\"{[":
            return ""
        return f"\u00a0: {field['name'] or ''}{json.dumps(field['value'], ensure_ascii=False)}"


def mistake_of_error(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """Returns the likely mistake in a YAML text for which PyYAML raised an error."""
    report = f"{error.context} {error.problem}"
    from_start = _REPORTED_FROM_START.search(report) and "escape" not in report
    place = YamlPlace(text, error.context_mark if from_start else error.problem_mark)
    remedies = (
        remedy
        for reported, around, remedy in _MISTAKES
        if re.search(reported, report) and re.search(around, place.around, re.MULTILINE)
    )
    return place.describe_mistake(next(remedies, ""))
