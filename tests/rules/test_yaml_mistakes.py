"""YAML that people type: each message repeats what was typed, says where, and what to do."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.document.files import load_document, read_guide_file
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError

DOCUMENT = """\
format: 1
slug: petit
title: {title}
questions:
  - key: q
    title: Une
    choices:
      - {{key: a, label: A}}
      - key: b
        label: {label}
        aliases: [{alias}]
outcomes: [{{key: fin, title: Fin, final: {final}}}]
rules: [{{key: r, then: {{conclude: fin}}}}]
examples:
  - {{name: Cas, answers: {{{answers}}}, outcomes: [fin]}}
"""
SOUND = {"title": "Titre", "label": "B", "alias": "Bé", "final": "true", "answers": "q: a"}


def problems_with(**typed: str) -> list[str]:
    """Returns the problems of a sound document in which one value is typed like this."""
    with pytest.raises(DocumentError) as refused:
        parse_document(load_document(DOCUMENT.format(**SOUND | typed)))
    return [str(problem).replace("\u00a0", " ") for problem in refused.value.problems]


def message_about_yaml(text: str) -> str:
    with pytest.raises(DocumentError) as refused:
        load_document(text)
    return str(refused.value).replace("\u00a0", " ")


def test_the_sound_document_has_no_problem() -> None:
    assert parse_document(load_document(DOCUMENT.format(**SOUND))).title == "Titre"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12:30", "750"),
        ("1:30.5", "90.5"),
        ("017", "15"),
        ("0x1F", "31"),
        ("0b11", "3"),
        ("1_000", "1000"),
        ("+7", "7"),
        (".inf", "Infinity"),
        (".NaN", "NaN"),
        ("no", "false"),
        ("On", "true"),
        ("YES", "true"),
    ],
)
def test_a_value_that_yaml_misreads_is_shown_as_typed_and_as_read(typed: str, read: str) -> None:
    assert problems_with(label=typed) == [
        "ligne 10, colonne 16, question 1 (« q »), réponse 2 (« b »), « label » : "
        f"« {typed} » n’est pas un texte, car YAML y lit « {read} » : "
        f'mettez la valeur entre guillemets ("{typed}").'
    ]


@pytest.mark.parametrize("typed", ["12", "true", "1.5"])
def test_a_value_that_yaml_reads_as_typed_is_shown_once(typed: str) -> None:
    assert problems_with(title=typed) == [
        f"ligne 3, colonne 8, « title » : « {typed} » n’est pas un texte : "
        f'mettez la valeur entre guillemets ("{typed}").'
    ]


@pytest.mark.parametrize("typed", ["2024-01-01", "2024-01-01 12:30:00", "1e3", "=", "<<", "y", "n"])
def test_dates_and_the_like_are_texts_as_typed(typed: str) -> None:
    document = load_document(DOCUMENT.format(**SOUND | {"title": typed}))
    assert parse_document(document).title == typed


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("~", "une valeur vide"),
        ("Null", "une valeur vide"),
        ("#1 des questions", "un commentaire"),
        ("  # 1", "un commentaire"),
    ],
)
def test_what_yaml_reads_as_nothing_is_shown_as_typed(typed: str, reading: str) -> None:
    shown = typed.strip()
    [problem] = problems_with(title=typed)
    assert problem.endswith(
        f"il manque « title » : « {shown} » est {reading} pour YAML, "
        f'sauf entre guillemets ("{shown}").'
    )
    assert problem.startswith("ligne 3, colonne ")


def test_an_empty_item_of_a_list_is_shown_as_typed() -> None:
    [problem] = problems_with(alias="null")
    assert "cette valeur est vide : « null » est une valeur vide pour YAML" in problem


def test_a_value_that_is_not_typed_is_missing_at_its_line() -> None:
    assert problems_with(title="") == ["ligne 3, colonne 7, « title » : il manque « title »."]


@pytest.mark.parametrize("fields", ["key: a", "key: a, label: ", "key: a, label:A"])
def test_a_missing_field_has_no_reading_of_the_fields_beside_it(fields: str) -> None:
    document = DOCUMENT.format(**SOUND).replace("{key: a, label: A}", f"{{{fields}}}")
    with pytest.raises(DocumentError) as refused:
        parse_document(load_document(document))
    problem = str(refused.value.problems[-1]).replace("\u00a0", " ")
    assert problem.startswith("ligne 8, colonne ")
    assert problem.endswith(" : il manque « label ».")


def test_a_colon_without_a_space_in_braces_is_explained() -> None:
    document = DOCUMENT.format(**SOUND).replace("label: A}", "label:A}")
    expected = "le champ «\u00a0label:A\u00a0» n’existe pas ici\u00a0: mettez une espace après le deux-points"
    with pytest.raises(DocumentError, match=expected):
        parse_document(load_document(document))


def test_a_comma_in_a_text_in_braces_is_explained() -> None:
    document = DOCUMENT.format(**SOUND).replace("label: A}", "label: Oui, non}")
    expected = (
        "non\u00a0» n’existe pas ici\u00a0: un texte qui contient une virgule se met ici entre gui"
    )
    with pytest.raises(DocumentError, match=expected):
        parse_document(load_document(document))


def test_an_unknown_field_without_a_value_in_a_block_is_no_comma() -> None:
    document = DOCUMENT.format(**SOUND) + "autre:\n"
    with pytest.raises(DocumentError, match=r"n’existe pas ici\.$"):
        parse_document(load_document(document))


def test_a_list_that_nothing_opens_is_explained() -> None:
    document = DOCUMENT.format(**SOUND).replace("[Bé]", "Bé]")
    with pytest.raises(DocumentError, match="une liste\u00a0: il manque le crochet qui l’ouvre"):
        parse_document(load_document(document))


def test_a_key_that_yaml_misreads_is_shown_as_typed() -> None:
    [problem] = problems_with(answers="on: a")
    assert problem == (
        "ligne 15, colonne 27, cas type 1 (« Cas »), « answers » : « on » n’est pas un texte, "
        'car YAML y lit « true » : mettez la valeur entre guillemets ("on").'
    )


def test_an_unknown_field_is_shown_as_typed() -> None:
    document = DOCUMENT.format(**SOUND) + "off: 1\n"
    with pytest.raises(
        DocumentError, match="ligne 16, colonne 1\u00a0: le champ «\u00a0off\u00a0»"
    ):
        parse_document(load_document(document))


def test_an_unknown_member_is_shown_as_typed() -> None:
    document = DOCUMENT.format(**SOUND).replace("    title: Une", "    title: Une\n    scope: no")
    with pytest.raises(DocumentError, match=r"no.*n’est pas permis ici.*school, pupil"):
        parse_document(load_document(document))


@pytest.mark.parametrize("typed", ["{nom}", "[Important]"])
def test_brackets_without_quotes_are_no_text(typed: str) -> None:
    assert problems_with(title=typed) == [
        f"ligne 3, colonne 8, « title » : « {typed} » n’est pas un texte : "
        f'mettez la valeur entre guillemets ("{typed}").'
    ]


def test_a_list_item_with_a_colon_is_no_text() -> None:
    """YAML reads it as a field and its value."""
    document = DOCUMENT.format(**SOUND).replace("[Bé]", "\n          - Attention : lire")
    with pytest.raises(DocumentError, match=r'mettez la valeur.*"Attention : lire"'):
        parse_document(load_document(document))


def test_a_list_without_spaces_after_its_dashes_is_explained() -> None:
    document = DOCUMENT.format(**SOUND).replace("[Bé]", "\n          -Bé\n          -Bée")
    with pytest.raises(
        DocumentError, match="une liste\u00a0: mettez une espace après chaque tiret"
    ):
        parse_document(load_document(document))


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        (
            "t: Attention : lire",
            (1, 14),
            'une espace se met entre guillemets : t: "Attention : lire".',
        ),
        ("- t: a: b", (1, 7), 'se met entre guillemets : t: "a: b".'),
        ('t: le "b" : c', (1, 11), 'se met entre guillemets : t: "le \\"b\\" : c".'),
        ("a: b\n  c: d", (2, 4), "ne commence pas à la bonne colonne"),
        ("a:\n    b: 1\n  c: 2", (3, 3), "ne commence pas à la bonne colonne"),
        ("a:\n - b: 1\n  c: 2", (3, 3), "ne commence pas à la bonne colonne"),
        ("a: 1\n- b", (2, 1), "ne commence pas à la bonne colonne"),
        ("a: |\n  x\n y\n", (3, 2), "ne commence pas à la bonne colonne"),
        ("t: @foo", (1, 4), 'commence par « @ » se met entre guillemets : t: "@foo".'),
        ("t: %5", (1, 4), 'commence par « % » se met entre guillemets : t: "%5".'),
        ("t: `x`", (1, 4), 'commence par « ` » se met entre guillemets : t: "`x`".'),
        ("t: **gras**", (1, 4), 'commence par « * » se met entre guillemets : t: "**gras**".'),
        ("t: *gras", (1, 4), 'commence par « * » se met entre guillemets : t: "*gras".'),
        ("t: & co", (1, 4), 'commence par « & » se met entre guillemets : t: "& co".'),
        ("t: &co x", (1, 4), 'commence par « & » se met entre guillemets : t: "&co x".'),
        ("a: &x b\nt: &x c", (2, 4), 'commence par « & » se met entre guillemets : t: "&x c".'),
        ("t: !note", (1, 4), 'commence par « ! » se met entre guillemets : t: "!note".'),
        ("t: !e!x y", (1, 4), 'commence par « ! » se met entre guillemets : t: "!e!x y".'),
        ("t: - texte", (1, 4), 'commence par « - » se met entre guillemets : t: "- texte".'),
        ("t: ? quoi", (1, 4), 'commence par « ? » se met entre guillemets : t: "? quoi".'),
        ("t: | texte", (1, 4), 'commence par « | » se met entre guillemets : t: "| texte".'),
        ("t: > 5 élèves", (1, 4), 'commence par « > » se met entre guillemets : t: "> 5 élèves".'),
        ("t: , a", (1, 4), 'commence par « , » se met entre guillemets : t: ", a".'),
        ("t: 0b_", (1, 4), 'n’en est pas un se met entre guillemets : t: "0b_".'),
        ("t: [A] b", (1, 8), "commence par un crochet ou une accolade se met entre guillemets"),
        ("t: [a\nb: c", (1, 4), "commence par un crochet ou une accolade se met entre guillemets"),
        ("? [a]\n: b", (1, 3), "commence par un crochet ou une accolade se met entre guillemets"),
        ("a:\n\t- b", (2, 1), "une tabulation : remplacez-la par des espaces"),
        ("a: x\ty", (1, 5), "une tabulation : remplacez-la par des espaces"),
        ("a: b\nt:abc", (2, 1), "Il manque une espace après le deux-points"),
        ("t:abc\na: b", (2, 2), "À la ligne précédente, il manque une espace après le deux-points"),
        ("is:\n  - a\n  -b", (3, 3), "Il manque une espace après le tiret."),
        ("a: b\nsuite\nc: d", (2, 1), "Il manque un deux-points après le nom du champ"),
        ("t: 'l'été'", (1, 7), "ferme un texte trop tôt"),
        ('t: "Dire "oui" ici"', (1, 11), "ferme un texte trop tôt"),
        ("t: 'abc\nb: c", (1, 4), "n’est fermé nulle part"),
        ('t: "C:\\dossier"', (1, 8), "\\ s’écrit \\\\"),
        ('t: "\\UFFFFFFFF"', (1, 7), "\\ s’écrit \\\\"),
        ("---\na: 1\n---\nb: 2", (3, 1), "Un fichier ne contient qu’un guide"),
        ("%x\na: b", (2, 1), "Un fichier ne contient qu’un guide"),
    ],
)
def test_a_usual_mistake_is_named_with_its_place_and_remedy(
    text: str, place: tuple[int, int], remedy: str
) -> None:
    message = message_about_yaml(text)
    assert message.startswith(f"ligne {place[0]}, colonne {place[1]} : ")
    assert remedy in message


def test_what_is_refused_in_a_written_document_has_its_line_once(tmp_path: Path) -> None:
    """An address that is not well-formed is a problem, and refused too."""
    link = "link: {label: Aide, url: pix.fr}"
    file = tmp_path / "guide.yaml"
    file.write_text(DOCUMENT.format(**SOUND | {"final": f"true, {link}"}))
    with pytest.raises(DocumentError) as refused:
        read_guide_file(file)
    [problem] = refused.value.problems
    assert problem.where.startswith("ligne 12, colonne 73, conclusion 1 ")


def test_the_message_repeats_the_line() -> None:
    assert "la ligne « t: Attention : lire » n’est pas du YAML valable." in message_about_yaml(
        "a: b\n  \nt: Attention : lire\nc: d"
    )


def test_the_line_is_repeated_with_its_own_quotation_marks() -> None:
    assert "la ligne « t: @« oui » » n’est pas" in message_about_yaml("t: @« oui »")


@pytest.mark.parametrize("line_end", ["\r", "\r\n"])
def test_other_line_ends_separate_lines_too(line_end: str) -> None:
    message = message_about_yaml(line_end.join(["a: b", "c: d", "t: @foo", "e: f"]))
    assert message.startswith("ligne 3, colonne 4 : la ligne « t: @foo » n’est pas")


def test_of_a_very_long_line_the_message_repeats_the_part_near_the_mistake() -> None:
    message = message_about_yaml(f"t: {'x' * 5000} fin : y")
    assert "x fin : y »" in message
    assert "Un texte qui contient un deux-points" in message
    assert len(message) < 300


def test_a_character_that_yaml_forbids_is_named_with_its_place() -> None:
    message = "ligne 2, colonne 4 : ce texte contient un caractère interdit (U+0007)."
    assert message_about_yaml("a: b\nt: \x07") == message


TYPED = st.text("aé01_.:-+ #'\"@%`*&!|>[]{},?~\\/=<\t\u00a0\u2028", min_size=1, max_size=12)


@given(typed=TYPED | st.from_regex(r"[-+]?[0-9_:.xbXae]{1,9}", fullmatch=True))
def test_whatever_is_typed_is_read_as_typed_or_refused_with_its_line(typed: str) -> None:
    """Leaves out what follows a `#`, a comment, and texts whose first character is a mark of YAML."""
    assume(typed.strip())
    title = ""
    with suppress(DocumentError):
        title = parse_document(load_document(DOCUMENT.format(**SOUND | {"title": typed}))).title
    if not title:
        assert problems_with(title=typed)[0].startswith("ligne ")
    elif typed.strip()[0] not in "'\"|>":
        assert title.split() == re.split("[ \u2028]#", typed)[0].split()
