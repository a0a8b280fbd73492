"""Tests which texts are recognised as personal data in a comment, and which are not."""

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.models import CODE_ALPHABET
from diagnostics.personal_data import PersonalDataKind, kind_of_personal_data

PHONE_GAPS = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f", " - ", "/", "–", "\n", "."])
DIGITS, LETTERS = st.sampled_from("0123456789"), st.sampled_from("ABCDEFGHJKLMNPRSTUVWXYZ")
SENTENCES = st.sampled_from(["{}", "tél. {}", "appeler le {}.", "({})", "élève {}, 3e B", "{} !"])

WITH_PERSONAL_DATA = [
    (PersonalDataKind.EMAIL, "jean.dupont@ac-lyon.fr"),
    (PersonalDataKind.EMAIL, "écrire à Jean.Dupont+pix@exemple.education.fr, merci"),
    (PersonalDataKind.EMAIL, "jean.dupont @ ac-lyon.fr"),
    (PersonalDataKind.EMAIL, "jean.dupont＠ac-lyon.fr"),
    (PersonalDataKind.EMAIL, "jean.dupont(at)ac-lyon.fr"),
    (PersonalDataKind.EMAIL, "jean.dupont [arobase] ac-lyon.fr"),
    (PersonalDataKind.EMAIL, "jean.dupont arobase ac-lyon point fr"),
    (PersonalDataKind.EMAIL, "jean@gmail"),
    (PersonalDataKind.INE, "123456789AB"),
    (PersonalDataKind.INE, "INE : 123456789ab"),
    (PersonalDataKind.INE, "1234567890A"),
    (PersonalDataKind.INE, "l’élève 0123456789K n’y arrive pas"),
    (PersonalDataKind.INE, "123 456 789 AB"),
    (PersonalDataKind.INE, "1234-567-890-A"),
    (PersonalDataKind.INE, "1234567890 A"),
    (PersonalDataKind.INE, "１２３４５６７８９ＡＢ"),
    (PersonalDataKind.PHONE, "0612345678"),
    (PersonalDataKind.PHONE, "06 12 34 56 78"),
    (PersonalDataKind.PHONE, "06.12.34.56.78"),
    (PersonalDataKind.PHONE, "06-12-34-56-78"),
    (PersonalDataKind.PHONE, "06/12/34/56/78"),
    (PersonalDataKind.PHONE, "06 12 345 678"),
    (PersonalDataKind.PHONE, "0612 34 56 78"),
    (PersonalDataKind.PHONE, "06,12,34,56,78"),
    (PersonalDataKind.PHONE, "le 12/11/2026 06 12 34 56 78"),
    (PersonalDataKind.PHONE, "(06) 12 34 56 78"),
    (PersonalDataKind.PHONE, "06\u202f12\u202f34\u202f56\u202f78"),
    (PersonalDataKind.PHONE, "06‑12‑34‑56‑78"),
    (PersonalDataKind.PHONE, "tel0612345678"),
    (PersonalDataKind.PHONE, "+33612345678"),
    (PersonalDataKind.PHONE, "+33 6 12 34 56 78"),
    (PersonalDataKind.PHONE, "+33 (0)6 12 34 56 78"),
    (PersonalDataKind.PHONE, "0033 6 12 34 56 78"),
    (PersonalDataKind.PHONE, "+262 692 12 34 56"),
    (PersonalDataKind.PHONE, "+687 12 34 56"),
    (PersonalDataKind.PHONE, "+1 (514) 555-0199"),
]

WITHOUT_PERSONAL_DATA = [
    "",
    "Merci !",
    "3 élèves sur 30",
    "version 12",
    "version 12.0.1 du 05.11.2026",
    "le 12/11/2026 à 10 h 30",
    "le 05/11/2026 à 10 h 30",
    "05.11.2026 10 h 30",
    "05-11-2026 10h30",
    "05 11 2026 10 30",
    "le 12 11 2026 10h",
    "12-11-2026 10 H",
    "du 05/11/2026 au 06/11/2026",
    "le 12/11/2026, 3EB",
    "le 5 11 2026 3E B",
    "3e B, 6e2, 2nde GT 4, TSTMG1, 1G3",
    "les 3E A, 3E B et 3E C",
    "code ABCD EFGH",
    "codes 2345 6789 et 9876 5432",
    "23456789",
    "campagne ABCDEF123",
    "UAI 0751234A",
    "année 2025-2026",
    "2024 2025 2026",
    "postes 01, 02, 03, 04, 05 et 06",
    "30 sur 32, puis 28 sur 32",
    "10 000 000 de comptes",
    "rdv @ 14h. Merci",
    "les adresses en @ac-lyon.fr",
    "le signe arobase manque",
    "Pix Orga > Élèves > Gérer le compte",
    "https://orga.pix.fr/certifications/123456",
]


@pytest.mark.parametrize(("kind", "text"), WITH_PERSONAL_DATA)
def test_personal_data_is_recognised(kind: PersonalDataKind, text: str) -> None:
    assert kind_of_personal_data(text) == kind


@pytest.mark.parametrize("text", WITHOUT_PERSONAL_DATA)
def test_other_texts_are_not_personal_data(text: str) -> None:
    assert kind_of_personal_data(text) is None


def add_gaps(draw: st.DrawFn, characters: str) -> str:
    return characters[0] + "".join(draw(PHONE_GAPS) + character for character in characters[1:])


@st.composite
def phone_numbers(draw: st.DrawFn) -> str:
    rest = "".join(draw(st.lists(DIGITS, min_size=8, max_size=8)))
    start = draw(st.sampled_from(["06", "07", "01", "09", "+336", "+33 6", "+33 (0)6", "00336"]))
    return start + draw(PHONE_GAPS) + add_gaps(draw, rest)


@st.composite
def pupil_ines(draw: st.DrawFn) -> str:
    digits, letters = draw(st.sampled_from([(9, 2), (10, 1)]))
    ine = "".join(draw(st.lists(DIGITS, min_size=digits, max_size=digits)))
    ine += "".join(draw(st.lists(LETTERS, min_size=letters, max_size=letters)))
    return draw(st.sampled_from([ine, ine.lower(), f"{ine[:4]} {ine[4:7]} {ine[7:]}"]))


def is_date(text: str) -> bool:
    """True if the text has the form of a date, which no phone number has."""
    return bool(re.search(r"\d{1,2}\D\d{1,2}\D(19|20)\d\d", text))


@given(phone=phone_numbers().filter(lambda phone: not is_date(phone)), sentence=SENTENCES)
def test_a_phone_number_is_recognised_whatever_separates_its_digits(
    phone: str, sentence: str
) -> None:
    assert kind_of_personal_data(sentence.format(phone)) is not None


@given(ine=pupil_ines(), sentence=SENTENCES)
def test_an_ine_is_recognised(ine: str, sentence: str) -> None:
    assert kind_of_personal_data(sentence.format(ine)) is not None


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2039, 12, 31)),  # noqa: DTZ001
    form=st.sampled_from(
        ["%d/%m/%Y à %H h %M", "%d-%m-%Y %Hh%M", "%d.%m.%Y %H %M", "%d/%m/%y %Hh"]
    ),
)
def test_a_date_is_not_personal_data(moment: datetime, form: str) -> None:
    assert kind_of_personal_data(f"Fait le {moment.strftime(form)}.") is None


@given(code=st.text(CODE_ALPHABET, min_size=8, max_size=8), size=st.integers(1, 40))
def test_the_code_of_a_diagnostic_is_not_personal_data(code: str, size: int) -> None:
    assert kind_of_personal_data(f"{size} élèves, code {code[:4]} {code[4:]}") is None


@pytest.mark.parametrize("text", ["0 " * 150, "1.-" * 100, "a @ " * 75, "+" * 300, "(" * 300])
def test_long_repetitive_texts_are_searched_in_a_short_time(text: str) -> None:
    assert kind_of_personal_data(text) is None
