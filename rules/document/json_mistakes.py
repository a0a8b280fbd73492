"""Finds the likely mistake in a text that is not valid JSON, and says what its author can do about it."""

import json
import re

from rules.document.problems import Problem
from rules.document.text_places import PLACE_MARK, TextPlace

_COMMENT = "Le JSON n’a pas de commentaires\u00a0: supprimez celui-ci, ou écrivez le guide en YAML"
_EXTRA_COMMA = "Il y a une virgule de trop avant le signe «\u00a0{sign}\u00a0»"
_STRAIGHT_QUOTES = (
    'En JSON, les noms des champs et les textes se mettent entre guillemets droits ("), pas entre '
    "apostrophes ni entre guillemets d’imprimerie"
)
_NAME_WITHOUT_QUOTES = 'En JSON, le nom d’un champ se met entre guillemets droits (")'
_PYTHON_WORD = "En JSON, ces valeurs s’écrivent true, false et null, en minuscules"
_TEXT_WITHOUT_QUOTES = (
    'Il faut ici une valeur\u00a0: un texte se met entre guillemets droits ("), un nombre s’écrit sans '
    "signe + ni zéro devant"
)
_COMMA_MISSING = "Il manque une virgule avant ce qui suit"
_COLON_MISSING = "Il manque un deux-points après le nom du champ"
_QUOTE_WITHIN = 'Un guillemet ferme un texte trop tôt\u00a0: dans un texte, " s’écrit \\"'
_LINE_END_WITHIN = (
    "Un texte n’est pas fermé sur sa ligne, ou contient une tabulation\u00a0: dans un texte, une fin de "
    "ligne s’écrit \\n et une tabulation \\t"
)
_BACKSLASH = "Dans un texte, \\ s’écrit \\\\"
_QUOTE_NOT_CLOSED = "Le guillemet qui ouvre ce texte n’est fermé nulle part"
_NOT_CLOSED = "Le texte s’arrête avant l’accolade ou le crochet qui ferme"
_WRONG_CLOSING = "Ce crochet ou cette accolade ne ferme pas ce qui est ouvert"
_AFTER_END = (
    "Le guide est fini avant ceci\u00a0: une accolade le ferme trop tôt, ou ceci est de trop"
)

_PLACE = PLACE_MARK
_MISTAKES = [
    ("Expecting", rf"{_PLACE}(//|/\*|#)", _COMMENT),
    ("Expecting (property|value)", rf",\s*{_PLACE}[\]}},]", _EXTRA_COMMA),
    ("Expecting (property|value)", rf"{_PLACE}['’‘“”«]", _STRAIGHT_QUOTES),
    ("Expecting", rf"{_PLACE}\Z", _NOT_CLOSED),
    ("Expecting property", "", _NAME_WITHOUT_QUOTES),
    ("Expecting value", rf"{_PLACE}(True|False|None|NULL|TRUE|FALSE|Null)\b", _PYTHON_WORD),
    ("Expecting value", "", _TEXT_WITHOUT_QUOTES),
    ("Expecting ':'", "", _COLON_MISSING),
    ("Expecting ','", rf"\"[^\S\n]*{_PLACE}[^\s\"\[\]{{}};]", _QUOTE_WITHIN),
    ("Expecting ','", rf"\b0{_PLACE}\d", _TEXT_WITHOUT_QUOTES),
    ("Expecting ','", rf"{_PLACE}[\]}}]", _WRONG_CLOSING),
    ("Expecting ','", "", _COMMA_MISSING),
    ("control character", "", _LINE_END_WITHIN),
    ("escape", "", _BACKSLASH),
    ("Unterminated", "", _QUOTE_NOT_CLOSED),
    ("Extra data", "", _AFTER_END),
]
"""The usual mistakes: how Python reports one, the text around the place, and the remedy.

The first mistake that a report matches is the likely one.
"""


def json_mistake(error: json.JSONDecodeError) -> Problem:
    """Returns the likely mistake in a JSON text for which Python raised an error."""
    place = TextPlace(error.doc, error.pos)
    sign = error.doc[error.pos : error.pos + 1]
    remedies = (
        remedy.format(sign=sign)
        for reported, around, remedy in _MISTAKES
        if re.search(reported, error.msg) and re.search(around, place.around)
    )
    return place.describe_mistake(place.invalid_line("JSON"), next(remedies, ""))
