"""Each kind of act is done and undone by plain pages: their links, forms and buttons alone, without scripts."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from bs4 import Tag
from django.contrib.auth.models import User
from django.test import Client

from rules.admin.acts.urls import urlpatterns
from rules.admin.links import change_url
from rules.document.parsing import parse_document
from rules.document.serialising import canonical_json
from rules.drafts.content import draft_read
from rules.drafts.guides import guide_import
from rules.drafts.snapshots import snapshot_content
from rules.models import Guide
from tests.admin.pages import Fields, form_fields, page_text, parse_page
from tests.rules.documents import small_document


class PlainBrowser:
    """A browser without scripts: it follows the links of the page that it shows, and sends its forms.

    The server checks the token of each form, as it does for editors.
    """

    def __init__(self, client: Client, guide: Guide) -> None:
        self.client, self.guide = client, guide
        self.open(change_url(guide))

    def open(self, url: str, fields: Fields | None = None) -> None:
        """Opens a page, or sends fields to it, and shows the page that this leads to."""
        send = self.client.get if fields is None else self.client.post
        self.response = send(url, fields, follow=True)
        assert self.response.status_code == 200, url
        self.address = self.response.request["PATH_INFO"]
        self.page = parse_page(self.response)

    def find_named(self, selector: str, name: str) -> Tag:
        """Returns the first element that is called so, by its label or its text."""
        for element in self.page.select(selector):
            text = element["value"] if element.name == "input" else element.get_text(" ")
            label = str(element.get("aria-label") or text)
            if " ".join(label.split()).startswith(name):
                return element
        raise AssertionError(f"no « {name} » in {page_text(self.response)}")

    def follow(self, name: str) -> None:
        self.open(urljoin(self.address, str(self.find_named("a[href]", name)["href"])))

    def press(self, name: str, **typed: str | list[str]) -> None:
        """Presses a button, after typing into fields of its form. `__` stands for a dash in a name."""
        button = self.find_named("button, input[type=submit]", name)
        owner = button.get("form")
        form = self.page.find(id=str(owner)) if owner else button.find_parent("form")
        assert isinstance(form, Tag)
        form["data-pressed"], names = "", {field["name"] for field in form.select("[name]")}
        fields = form_fields(self.page, "[data-pressed]")
        fields |= {name.replace("__", "-"): value for name, value in typed.items()}
        assert {name.replace("__", "-") for name in typed} <= names
        if button.get("name"):
            fields[str(button["name"])] = str(button["value"])
        address = button.get("formaction") or form.get("action") or ""
        self.open(urljoin(self.address, str(address)), fields)

    def confirm(self, name: str = "Enregistrer") -> None:
        """Confirms an act on the page that shows what it will do."""
        assert "Rien n’est encore enregistré." in page_text(self.response)
        self.press(name)


@pytest.fixture
def guide(no_guide: None) -> Guide:
    """« Un »: A concludes « Fin », B gives « Conseil » and asks « Deux », which concludes « Fin ».

    Nothing leads to « Trois » and « Autre fin ». Of three examples, one lacks an answer, one has an
    answer too many, and one expects what nobody gets. The last rule can never hold.
    """
    choices = [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]
    document = small_document()
    document["questions"].append({"key": "q3", "title": "Trois", "choices": choices})
    document["outcomes"].append({"key": "autre", "title": "Autre fin", "final": True})
    never = [{"question": "q1", "is": [key]} for key in "ab"]
    document["rules"].append({"key": "r6", "when": never, "then": {"conclude": "fin"}})
    document["examples"] += [
        {"name": "Sans réponse", "answers": {"q1": "b"}, "outcomes": ["fin"]},
        {"name": "De trop", "answers": {"q1": "a", "q2": "a"}, "outcomes": ["fin"]},
        {"name": "Autrement", "answers": {"q1": "b", "q2": "b"}, "outcomes": ["autre"]},
    ]
    return guide_import(content=parse_document(document))


def lead_to_new_conclusion(browser: PlainBrowser) -> None:
    browser.follow("Mener ailleurs : Deux → A")
    browser.press("Enregistrer", kind="conclusion", title="Troisième fin")


def create_missing_rule(browser: PlainBrowser) -> None:
    browser.guide.rules.get(key="r5").delete()
    browser.open(change_url(browser.guide))
    browser.follow("Créer la règle qui manque")
    browser.press("Enregistrer", sought="Autre fin")


def insert_question(browser: PlainBrowser) -> None:
    browser.follow("Insérer une question : Un → B")
    browser.press("Enregistrer", title="Quatre", answer="Oui")


def enter_conclusion(browser: PlainBrowser) -> None:
    browser.follow("Y mener une réponse… Autre fin")
    browser.press("Continuer", after="Deux → A")
    browser.press("Enregistrer")


def add_choice(browser: PlainBrowser) -> None:
    browser.follow("Changer les réponses : Deux")
    row = {"form__2__label": "C", "form__2__leads": "comme A", "form__2__ORDER": "1"}
    browser.press("Enregistrer", **row)


def add_yes_and_no(browser: PlainBrowser) -> None:
    browser.guide.examples.all().delete()
    browser.guide.questions.get(key="q2").choices.all().delete()
    browser.open(change_url(browser.guide))
    browser.press("Oui / Non : Deux")


def remove_choice(browser: PlainBrowser) -> None:
    browser.follow("Supprimer la réponse : Deux → B")
    browser.press("Continuer", way="choice-a")
    browser.confirm("Remplacer")


def give_advice(browser: PlainBrowser) -> None:
    browser.follow("Donner un conseil : Deux → A, B")
    browser.press("Donner ce conseil", advice="Autre conseil", choice="b")


def withdraw_advice(browser: PlainBrowser) -> None:
    browser.press("Ne plus donner ce conseil : Conseil")
    browser.confirm()


def remove_question(browser: PlainBrowser) -> None:
    browser.follow("Supprimer : Deux")
    browser.press("Continuer", way="remove")


def replace_outcome(browser: PlainBrowser) -> None:
    browser.follow("Remplacer : Fin")
    browser.press("Continuer", way="sought", sought="Autre fin")
    browser.confirm("Remplacer")


def remove_rule(browser: PlainBrowser) -> None:
    browser.follow("règle 3")
    browser.follow("Supprimer")
    browser.confirm("Supprimer")


def remove_example(browser: PlainBrowser) -> None:
    browser.follow("De trop")
    browser.follow("Supprimer")
    browser.press("Oui, supprimer")


def place_question(browser: PlainBrowser) -> None:
    browser.follow("Placer après… : Deux")
    browser.press("Placer", side="before", other="Un")
    browser.confirm()


def place_rule(browser: PlainBrowser) -> None:
    browser.follow("Toutes les règles")
    browser.follow("Placer après… (règle 4)")
    browser.press("Placer", side="before", other="1")


def answer_in_examples(browser: PlainBrowser) -> None:
    browser.press("Répondre « Deux »", choice="b")


def expect_what_is_given(browser: PlainBrowser) -> None:
    browser.follow("La preuve")
    browser.press("Attendre ce qui est obtenu")


def leave_out_answers(browser: PlainBrowser) -> None:
    browser.follow("La preuve")
    browser.press("Enlever ces réponses")


def create_examples(browser: PlainBrowser) -> None:
    browser.press("Créer les cas types manquants")


def mend_fault(browser: PlainBrowser) -> None:
    browser.press("Supprimer la règle 6")


ACTS: dict[str, Callable[[PlainBrowser], None]] = {
    "lead": lead_to_new_conclusion,
    "lead from a dead end": create_missing_rule,
    "insert": insert_question,
    "enter": enter_conclusion,
    "choices": add_choice,
    "choices in one click": add_yes_and_no,
    "remove_choice": remove_choice,
    "advise": give_advice,
    "withdraw": withdraw_advice,
    "remove a question": remove_question,
    "replace an outcome": replace_outcome,
    "remove a rule": remove_rule,
    "remove an example": remove_example,
    "place_question": place_question,
    "place_rule": place_rule,
    "answer": answer_in_examples,
    "expect": expect_what_is_given,
    "unasked": leave_out_answers,
    "missing_examples": create_examples,
    "mend": mend_fault,
}
"""How each act is done, by the name of its page if it has a page of its own."""


def stored_draft(guide: Guide) -> str:
    return canonical_json(draft_read(Guide.objects.get(pk=guide.pk)))


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_and_undone_by_plain_pages(guide: Guide, admin_user: User, act: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    browser = PlainBrowser(client, guide)
    ACTS[act](browser)
    [snapshot], done = guide.snapshots.all(), stored_draft(guide)
    before = canonical_json(snapshot_content(snapshot))
    browser.press("Annuler")
    assert stored_draft(guide) == before != done


def test_each_page_of_acts_is_used_without_scripts() -> None:
    names = {str(pattern.name).removeprefix("rules_guide_") for pattern in urlpatterns}
    assert names <= ACTS.keys()
