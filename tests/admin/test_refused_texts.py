"""Every form refuses, at the field, the texts that documents refuse."""

import pytest
from django.test import Client

from diagnostics.installation import legal_pages_create
from rules.admin.links import action_url, add_url, change_url
from rules.models import Example, Guide, Outcome, Question, Rule
from tests.admin.pages import fill_and_send, page_errors, parse_page

pytestmark = pytest.mark.no_cover  # other tests take the same branches

LINK, LINK_REFUSAL = (
    "[Pix Orga](orga.pix.fr)",
    "L’adresse «\u00a0orga.pix.fr\u00a0» n’est pas complète\u00a0: ajoutez https:// devant.",
)
INVISIBLE, INVISIBLE_REFUSAL = (
    "\u200b",
    "Ce texte n’a aucun caractère visible\u00a0: écrivez-y au moins une lettre.",
)
LEGAL_PAGE = "/admin/rules/legalpage/accessibilite/change/"


@pytest.fixture
def urls(shipped_guide: Guide) -> dict[str, str]:
    """The addresses of pages with a form, by names for the tests."""
    legal_pages_create()
    return {
        "guide": action_url(shipped_guide, "texts"),
        "question": change_url(shipped_guide.questions.all()[2]),
        "outcome": change_url(shipped_guide.outcomes.all()[0]),
        "rule": change_url(shipped_guide.rules.all()[0]),
        "example": change_url(shipped_guide.examples.all()[0]),
        "settings": action_url(shipped_guide, "settings"),
        "legal page": LEGAL_PAGE,
        **{f"new {row._meta.model_name}": add_url(row, shipped_guide) for row in (Question, Outcome, Example)},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("guide", "introduction"),
        ("question", "help"),
        ("question", "choices__0__help"),
        ("new question", "help"),
        ("outcome", "body"),
        ("new outcome", "body"),
        ("outcome", "for_pupil"),
        ("settings", "closing_message"),
        ("legal page", "body"),
    ],
)
def test_a_link_without_a_scheme_is_refused_in_every_markdown_field(
    publisher: Client, urls: dict[str, str], page: str, field: str
) -> None:
    changes = {field: f"{LINK}\n\nAutre chose."}
    found = fill_and_send(publisher, urls[page], **changes)
    assert LINK_REFUSAL in page_errors(found)
    assert "Autre chose." in parse_page(found).text


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("guide", "title"),
        ("question", "title"),
        ("question", "choices__0__label"),
        ("question", "choices__0__aliases"),
        ("new question", "title"),
        ("outcome", "title"),
        ("outcome", "link_label"),
        ("example", "name"),
        ("new example", "name"),
        ("legal page", "title"),
    ],
)
def test_a_text_without_a_visible_character_is_refused_in_every_field_of_one_line(
    publisher: Client, urls: dict[str, str], page: str, field: str
) -> None:
    assert INVISIBLE_REFUSAL in page_errors(
        fill_and_send(publisher, urls[page], **{field: INVISIBLE})
    )


def test_the_note_of_a_rule_may_contain_anything(publisher: Client, urls: dict[str, str]) -> None:
    fill_and_send(publisher, urls["rule"], note=LINK)
    assert Rule.objects.filter(note=LINK).exists()


def test_a_guide_closed_with_a_refused_message_has_one_error(
    publisher: Client, urls: dict[str, str]
) -> None:
    page = fill_and_send(publisher, urls["settings"], closed="on", closing_message=LINK)
    assert page_errors(page) == LINK_REFUSAL
