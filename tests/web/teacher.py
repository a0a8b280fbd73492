"""A teacher who uses the page of a whole class without JavaScript, and sends its form as browsers do."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from bs4 import Tag

from tests.web.visitor import Visitor

CLASS_URL = "/corriger-comptes-pix/classe/"
SCHOOL_FIELDS = {"ecole-liste-a-jour": "oui", "ecole-attribution-gar": "oui"}


class Teacher(Visitor):
    def begin(self, pupils: int | str, **school: str) -> "Teacher":
        """Sends the first page with these answers about the school, or with `SCHOOL_FIELDS`."""
        answers = {f"ecole-{key.replace('_', '-')}": choice for key, choice in school.items()}
        self.open(CLASS_URL)
        return self.send({"combien": str(pupils)} | (answers or SCHOOL_FIELDS))

    def send(self, changes: dict[str, str] | None = None) -> "Teacher":
        """Sends all fields of the form with `changes`: radio buttons by name, other fields by id."""
        unused = dict(changes or {})
        fields = list(self._take_fields(unused))
        assert not unused, f"the page has no field {', '.join(unused)}"
        return self.post(urlencode(fields))

    def post(self, body: str | bytes) -> "Teacher":
        form = "application/x-www-form-urlencoded"
        self._read(self.client.post(CLASS_URL, body, content_type=form, follow=True), CLASS_URL)
        return self

    def all_answer(self, question: str, choice: str) -> "Teacher":
        return self.send({f"tous-{question}": choice})

    def value_of(self, selector: str) -> str:
        return value_of_control(self.element(selector))

    @property
    def asked(self) -> dict[str, list[str]]:
        """The labels of the pupils who are asked each question, by the title of the question."""
        return {
            text_of_element(group.select("legend")[0]): [
                text_of_element(label) for label in group.select(".pupils label")
            ]
            for group in self.page.select(".asked")
        }

    @property
    def ended(self) -> dict[str, list[str]]:
        """The titles of the conclusions of each group of pupils, by the heading of the group."""
        return {
            text_of_element(group.select("h3")[0]): [
                text_of_element(title) for title in group.select("h4")
            ]
            for group in self.page.select(".group")
        }

    @property
    def carried(self) -> list[str]:
        """The values of the hidden fields, which are the answers of each pupil."""
        return [str(field["value"]) for field in self.page.select("input[type=hidden]")]

    def _take_fields(self, changes: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yields the names and values to send, and removes from `changes` the changes that it uses."""
        radios = {str(radio["name"]) for radio in self.page.select("[type=radio]")}
        for name in sorted(radios):
            chosen = [
                value_of_control(radio) for radio in self.page.select(f'[name="{name}"][checked]')
            ]
            value = changes.pop(name, "".join(chosen))
            yield from [(name, value)] if value else []
        for control in self.element("form").select("input:not([type=radio]), select"):
            yield (
                str(control["name"]),
                changes.pop(str(control.get("id")), value_of_control(control)),
            )


def value_of_control(control: Tag) -> str:
    """Returns the value that a field has when the page is loaded."""
    if control.name == "input":
        return str(control["value"])
    chosen = control.select("option[selected]") or control.select("option")
    return str(chosen[0]["value"])


def text_of_element(element: Tag) -> str:
    return re.sub("[ \n]+", " ", element.get_text()).strip(" ")
