"""YAML that people type in braces and brackets: the place of each mistake and its remedy."""

import pytest

from rules.document.files import load_document
from rules.document.problems import DocumentError

COLON = "Un texte qui contient un deux-points et une espace se met entre guillemets : "
COMMA_OR_COLON = "S’il s’agit d’un autre champ, il manque une virgule avant son nom."
QUOTE = "Un guillemet ou une apostrophe ferme un texte trop tôt"
BRACKET_WITHIN = "Un texte qui contient un crochet ou une accolade se met ici entre guillemets."
BRACKET_FIRST = "Un texte qui commence par un crochet ou une accolade se met entre guillemets"
NOT_CLOSED = "Il manque une virgule, ou le crochet ou l’accolade qui ferme"
WRONG_CLOSING = "Ce crochet ou cette accolade ne ferme rien"
COMMENT = "un dièse est un commentaire : un texte qui en contient se met entre guillemets : "
EXTRA_COMMA = "Il y a une virgule de trop"
COMMA_MISSING = "Il manque ici une virgule."
DASH = "Il manque une espace après le tiret."


def message_about(text: str) -> str:
    with pytest.raises(DocumentError) as refused:
        load_document(text)
    return str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("{k: a, t: Attention : lire}", (1, 21), f'{COLON}t: "Attention : lire".'),
        ("- {k: a, t: Attention: lire, u: b}", (1, 22), f'{COLON}t: "Attention: lire".'),
        ("a: [oui : non : x]", (1, 15), f'{COLON}"oui : non : x".'),
        ("c:\n  - {k: a,\n     t: Attention : lire}", (3, 19), COLON.removesuffix(" : ")),
        ("{key: a label: b}", (1, 14), COMMA_OR_COLON),
        ("{k: a, t: 'l'ENT'}", (1, 14), QUOTE),
        ('{k: a, t: "Dites "oui""}', (1, 19), QUOTE),
        ("a: [x, 'l'ENT']", (1, 11), QUOTE),
        ("{k: a, t: voir [l](https://pix.fr)}", (1, 16), BRACKET_WITHIN),
        ("{k: a, t: quoi [}", (1, 16), BRACKET_WITHIN),
        ("{k: a, t: [A] b}", (1, 15), BRACKET_FIRST),
        ("- {k: a}b", (1, 9), BRACKET_FIRST),
        ("- {k: a, t: b]}", (1, 14), WRONG_CLOSING),
        ("- {k: a, t: b}}", (1, 15), WRONG_CLOSING),
        ("is: [a, b]]", (1, 11), WRONG_CLOSING),
        ("is: [a, b}", (1, 10), WRONG_CLOSING),
        ("{k: a, t: A # c}", (1, 13), f'{COMMENT}t: "A # c".'),
        ("- {k: a, t: A # c}\n- {k: b}", (1, 15), f'{COMMENT}t: "A # c".'),
        ("a: [x, #y]", (1, 8), f'{COMMENT}"#y".'),
        ("a: [x, ,y]", (1, 8), EXTRA_COMMA),
        ("a: [,x]", (1, 5), EXTRA_COMMA),
        ("{a: b,,c: d}", (1, 7), EXTRA_COMMA),
        ('a: ["y" "z"]', (1, 9), COMMA_MISSING),
        ("a: [{k: a} {k: b}]", (1, 12), COMMA_MISSING),
        ("a: [{k: a}\n  {k: b}]", (2, 3), COMMA_MISSING),
        ("{t: [a] u: b}", (1, 9), COMMA_MISSING),
        ("a: [b, c", (1, 4), NOT_CLOSED),
        ("a: [b,", (1, 7), NOT_CLOSED),
        ("a: [b, c\nd: e", (1, 4), NOT_CLOSED),
        ("- {k: a, t: A\n- {k: b, t: B}", (1, 3), NOT_CLOSED),
        (f"a: [{'bcd, ' * 6000}\ne: f", (1, 4), NOT_CLOSED),
        ("-{k: a, t: A}", (1, 1), DASH),
        ("c:\n  -{k: a, t: A}\n  -{k: b, t: B}", (2, 3), DASH),
        ("c:\n  - {k: a}\n  -{k: b}", (3, 3), DASH),
        ("{k: a, t: @foo}", (1, 11), 'commence par « @ » se met entre guillemets : t: "@foo".'),
        ("{k: a, t: **g**, u: b}", (1, 11), 'par « * » se met entre guillemets : t: "**g**".'),
        ("{k: a, t: - x}", (1, 11), 'commence par « - » se met entre guillemets : t: "- x".'),
        ("{k: a, t: > 5}", (1, 11), 'commence par « > » se met entre guillemets : t: "> 5".'),
        ("{k: a, t: &co x}", (1, 11), 'commence par « & » se met entre guillemets : t: "&co x".'),
        ("{k: a, t: 0b_}", (1, 11), 'n’en est pas un se met entre guillemets : t: "0b_".'),
        ('{k: a, t: "abc}\nb: c', (1, 11), "n’est fermé nulle part"),
        ('{k: a, t: "C:\\dossier"}', (1, 15), "\\ s’écrit \\\\"),
        ("{a: x\ty}", (1, 6), "une tabulation : remplacez-la par des espaces"),
    ],
)
def test_a_usual_mistake_in_brackets_is_named_with_its_place_and_remedy(
    text: str, place: tuple[int, int], remedy: str
) -> None:
    message = message_about(text)
    assert message.startswith(f"ligne {place[0]}, colonne {place[1]} : ")
    assert remedy in message


def test_a_comment_in_brackets_that_contains_none_is_no_mistake() -> None:
    assert load_document("a: [b, # le premier\n  c]") == {"a": ["b", "c"]}


def test_of_a_line_of_brackets_that_began_above_no_corrected_line_is_shown() -> None:
    assert message_about("{k: a,\n t: @foo,\n u: b}").endswith("se met entre guillemets.")
