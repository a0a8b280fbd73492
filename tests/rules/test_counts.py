"""Counts in French: 0 takes the singular, and thousands have a space between them."""

import re

import pytest
from django.conf import settings
from django.template import engines

from rules.counts import count_label, format_number


@pytest.mark.parametrize(
    ("count", "label"),
    [
        (0, "0 cas type en rouge"),
        (1, "1 cas type en rouge"),
        (2, "2 cas types en rouge"),
        (1_000, "1\u00a0000 cas types en rouge"),
    ],
)
def test_a_count_has_its_noun_in_the_singular_below_two(count: int, label: str) -> None:
    assert count_label(count, "cas type{s} en rouge") == label


@pytest.mark.parametrize("count", [0, 1, 2, 1_000, [], ["x"], ["x", "y"]])
def test_templates_take_the_same_endings(count: int | list[str]) -> None:
    page = '{% load french_plurals %}{{ n|french_plural }} {{ n|french_plural:"a,ont" }}'
    number = count if isinstance(count, int) else len(count)
    rendered = engines["django"].from_string(page).render({"n": count})
    assert rendered == ("s ont" if number >= 2 else " a")


def test_a_large_number_has_spaces() -> None:
    assert format_number(1_234_567) == "1\u00a0234\u00a0567"


def test_no_template_takes_zero_for_a_plural_as_english_does() -> None:
    folders = (settings.BASE_DIR / "rules", settings.BASE_DIR / "diagnostics")
    templates = [file for folder in folders for file in folder.rglob("*.html")]
    assert [file.name for file in templates if "|pluralize" in file.read_text()] == []


def test_the_admin_writes_the_length_of_a_list_with_spaces() -> None:
    templates = (settings.BASE_DIR / "rules").rglob("*.html")
    in_text = re.compile(r"""\|length }}(?!")""")  # an attribute, such as rowspan, has no spaces
    assert [file.name for file in templates if in_text.search(file.read_text())] == []
    page = engines["django"].from_string('{{ rows|length|floatformat:"0g" }}')
    assert page.render({"rows": range(1_500)}) == format_number(1_500)
