"""JSON that people type: each message repeats the line, says where, and what to do.

YAML allows most of these texts. Their first character, a tabulation, makes them no YAML.
"""

import pytest

from rules.document.files import load_document
from rules.document.problems import DocumentError


@pytest.mark.parametrize(
    ("text", "column", "remedy"),
    [
        ('{"a": 1,}', 9, "Il y a une virgule de trop avant le signe « } »."),
        ('{"a": [1, ]}', 11, "Il y a une virgule de trop avant le signe « ] »."),
        ('{"a": 1,, "b": 2}', 9, "Il y a une virgule de trop avant le signe « , »."),
        ("{'a': 1}", 2, 'entre guillemets droits ("), pas entre apostrophes'),
        ("{\"a\": 'b'}", 7, 'entre guillemets droits ("), pas entre apostrophes'),
        ('{"a": “b”}', 7, "ni entre guillemets d’imprimerie."),
        ('{a:"b"}', 2, 'le nom d’un champ se met entre guillemets droits (").'),
        ('{"a": 1 "b": 2}', 9, "Il manque une virgule avant ce qui suit."),
        ('{"a": "x" "b": 2}', 11, "Il manque une virgule avant ce qui suit."),
        ('{"a": [1 2]}', 10, "Il manque une virgule avant ce qui suit."),
        ('{"a": 1 // c', 9, "Le JSON n’a pas de commentaires"),
        ('{"a": /* c */ 1}', 7, "Le JSON n’a pas de commentaires"),
        ('{"a": 1, # c', 10, "Le JSON n’a pas de commentaires"),
        ('{"a": True}', 7, "ces valeurs s’écrivent true, false et null, en minuscules."),
        ('{"a": None}', 7, "ces valeurs s’écrivent true, false et null, en minuscules."),
        ('{"a": oui}', 7, "Il faut ici une valeur : un texte se met entre guillemets"),
        ('{"a": 017}', 8, "un nombre s’écrit sans signe + ni zéro devant."),
        ('{"a" 1}', 6, "Il manque un deux-points après le nom du champ."),
        ('{"a": "Dites "oui""}', 15, 'Un guillemet ferme un texte trop tôt : dans un texte, " s’'),
        ('{"a": "C:\\d"}', 10, "Dans un texte, \\ s’écrit \\\\."),
        ('{"a": "x', 7, "Le guillemet qui ouvre ce texte n’est fermé nulle part."),
        ('{"a": {"b": 1}', 15, "Le texte s’arrête avant l’accolade ou le crochet qui ferme."),
        ('{"a": [1, 2}', 12, "Ce crochet ou cette accolade ne ferme pas ce qui est ouvert."),
        ('{"a": 1}}', 9, "une accolade le ferme trop tôt, ou ceci est de trop."),
    ],
)
def test_a_usual_mistake_is_named_with_its_place_and_remedy(
    text: str, column: int, remedy: str
) -> None:
    with pytest.raises(DocumentError) as refused:
        load_document(f"\t\n{text}")
    message = str(refused.value).replace("\u00a0", " ")
    assert message.startswith(
        f"ligne 2, colonne {column} : la ligne « {text} » n’est pas du JSON valable. "
    )
    assert remedy in message


def test_a_text_with_a_line_end_is_named() -> None:
    with pytest.raises(DocumentError, match=r"ligne 1, colonne 9.*une fin de ligne s’écrit \\n"):
        load_document('{"a": "x\ny", "b": @}')


def test_a_guide_in_the_braces_of_yaml_has_the_messages_about_yaml() -> None:
    with pytest.raises(DocumentError, match="n’est pas du YAML valable"):
        load_document("{format: 1, title: Attention : lire}")
