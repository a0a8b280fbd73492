"""What is wrong with a text that is not valid YAML, and what its author can do about it."""

import json
import re

import yaml

from rules.document.problems import MAX_QUOTED_LENGTH, Problem
from rules.document.text_places import PLACE_MARK, TextPlace

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
_CONTAINS_HASH = (
    "Ce qui suit une espace et un dièse est un commentaire\u00a0: un texte qui en contient se met "
    "entre guillemets"
)
_QUOTING = {STARTS_WITH_SIGN, _CONTAINS_COLON, NOT_A_NUMBER, _CONTAINS_HASH}
"""The remedies that are shown on the line itself."""
BACKSLASH = "Dans un texte entre guillemets, \\ s’écrit \\\\"
BRACKET = (
    "Un texte qui commence par un crochet ou une accolade se met entre guillemets\u00a0; une liste "
    "entre crochets a des virgules et un crochet fermant"
)
_CONTAINS_BRACKET = "Un texte qui contient un crochet ou une accolade se met ici entre guillemets"
_NOT_CLOSED = (
    "Il manque une virgule, ou le crochet ou l’accolade qui ferme\u00a0; un texte qui commence par un "
    "crochet ou une accolade se met entre guillemets"
)
_WRONG_CLOSING = (
    "Ce crochet ou cette accolade ne ferme rien, ou ferme autre chose que ce qui est ouvert\u00a0; un "
    "texte qui en contient se met entre guillemets"
)
_COMMA_MISSING = "Il manque ici une virgule"
_COMMA_OR_COLON = (
    "S’il s’agit d’un autre champ, il manque une virgule avant son nom. Sinon, un texte qui contient "
    "un deux-points et une espace se met entre guillemets"
)
_EXTRA_COMMA = "Il y a une virgule de trop\u00a0; un texte qui en contient se met entre guillemets"
ONE_DOCUMENT = (
    "Un fichier ne contient qu’un guide\u00a0: supprimez les lignes qui commencent par trois tirets, "
    "trois points ou un pour cent"
)

_PLACE = PLACE_MARK
_COMMENT_THAT_CLOSES = rf"\s(?P<here>#)[^\n\"{_PLACE}]*[\]}}][^\n\"{_PLACE}]*(\n|{_PLACE}\Z)"
_IN_BRACKETS = "expected ',' or"
_BLOCK_END = "<block end>|expected key|expected '-'"

_MISTAKES = [
    (f"{_IN_BRACKETS}|node content", _COMMENT_THAT_CLOSES, _CONTAINS_HASH),
    (_IN_BRACKETS, rf"[^\s,\[{{] +[a-z_]+{_PLACE}:", _COMMA_OR_COLON),
    (_IN_BRACKETS, rf"[,\[{{:][^\n]*{_PLACE}:", _CONTAINS_COLON),
    (_IN_BRACKETS, rf"[\]}}'\"] +{_PLACE}[\w-]+:", _COMMA_MISSING),
    (_IN_BRACKETS, rf"[\]}}]\s*{_PLACE}[\[{{]|['\"] +{_PLACE}['\"]", _COMMA_MISSING),
    (_IN_BRACKETS, rf"['\"] *{_PLACE}[^\]}}]", _QUOTE_WITHIN),
    (_IN_BRACKETS, rf"^ *- +{_PLACE}", _NOT_CLOSED),
    (_IN_BRACKETS, rf"\S *{_PLACE}[\[{{]", _CONTAINS_BRACKET),
    (_IN_BRACKETS, rf"{_PLACE}[\]}}]", _WRONG_CLOSING),
    (_IN_BRACKETS, rf"[\]}}] *{_PLACE}.", BRACKET),
    (_IN_BRACKETS, "", _NOT_CLOSED),
    ("node content", rf"[\[{{,]\s*{_PLACE},", _EXTRA_COMMA),
    ("node content", rf"{_PLACE}\Z", _NOT_CLOSED),
    ("found character '.t'", "", _TAB),
    ("found character|node content", "", STARTS_WITH_SIGN),
    ("an alias|an anchor|a tag|tag handle|a block scalar|duplicate anchor", "", STARTS_WITH_SIGN),
    ("(entries|keys) are not allowed", rf"[:-] +{_PLACE}", STARTS_WITH_SIGN),
    ("values are not allowed", rf"^ *(?P<here>-)[^\s-][^\n]*{_PLACE}", _SPACE_AFTER_DASH),
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
    (_BLOCK_END, rf"['\"]\s*{_PLACE}", _QUOTE_WITHIN),
    (_BLOCK_END, rf"{_PLACE}[\]}}]", _WRONG_CLOSING),
    (_BLOCK_END, rf"[\]}}] *{_PLACE}", BRACKET),
    (_BLOCK_END, rf"^ *{_PLACE}-\S", _SPACE_AFTER_DASH),
    (_BLOCK_END, rf"^ *{_PLACE}", _INDENTATION),
    ("another document|<document start>", "", ONE_DOCUMENT),
]
"""The usual mistakes: how PyYAML reports one, the text around the place, and the remedy.

The first mistake that a report matches is the likely one. It is at the reported place, or where the
group `here` begins; a bracket that is not closed is where it opens. The text around a place in
brackets begins where they open.
"""
_REPORTED_FROM_START = re.compile("an alias|an anchor|a tag|a .* scalar|a simple key")
"""The reports of mistakes that are where a part begins, not where PyYAML stopped reading it."""

_FIELD = re.compile(r"(?:- +)*(?P<name>[\w-]+: +)?(?P<value>.+)")


def describe_mistake(place: TextPlace, remedy: str, mistake: str = "") -> Problem:
    """Returns the problem that names a mistake and its remedy, which may be empty.

    Without a name of the mistake, it repeats the line.
    """
    sign = place.text[place.index : place.index + 1]
    remedy = remedy.format(sign=sign) + _quoted_line(place, remedy)
    return place.describe_mistake(mistake or place.invalid_line("YAML"), remedy)


def _quoted_line(place: TextPlace, remedy: str) -> str:
    """Returns the line with its value in quotation marks, if this is the remedy.

    Of a line with brackets, it is the field or the item at the place.
    """
    begin, _, end = place.marked_line
    line = f"{begin}{end}".strip()
    field = _FIELD.fullmatch(line)
    if field and field["value"][0] in "{[":
        item = re.split(r"[\[{,]", begin)[-1] + re.split(r"[,\]}]", end)[0]
        field = _FIELD.fullmatch(item.strip())
    elif line[-1:] in {",", "]", "}"}:  # the brackets may begin on a line above
        return ""
    if remedy not in _QUOTING or not field or len(field[0]) > MAX_QUOTED_LENGTH:
        return ""
    if field["value"][0] in "'\"{[":
        return ""
    return f"\u00a0: {field['name'] or ''}{json.dumps(field['value'], ensure_ascii=False)}"


def mistake_of_error(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """Returns the likely mistake in a YAML text for which PyYAML raised an error."""
    report = f"{error.context} {error.problem}"
    from_start = _REPORTED_FROM_START.search(report) and "escape" not in report
    mark = error.context_mark if from_start else error.problem_mark
    assert mark is not None, "PyYAML says where it found an error"
    place = TextPlace(text, mark.index)
    passage = place.around
    if _IN_BRACKETS in report and error.context_mark:
        length = mark.index - error.context_mark.index
        passage = place.text_before[-length:] + "".join(place.marked_line[1:])
    for reported, pattern, remedy in _MISTAKES:
        if re.search(reported, report) and (found := re.search(pattern, passage, re.MULTILINE)):
            if remedy == _NOT_CLOSED and error.context_mark:
                place = TextPlace(text, error.context_mark.index)
            elif "here" in found.groupdict():
                distance = passage.index(_PLACE) - found.start("here")
                place = TextPlace(text, mark.index - distance)
            return describe_mistake(place, remedy)
    return describe_mistake(place, "")
