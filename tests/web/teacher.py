"""A teacher with a whole class and no JavaScript, who sends the page's form as a browser does."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from bs4 import Tag

from tests.web.visitor import Visitor

CLASS = "/corriger-comptes-pix/classe/"
SCHOOL = {"ecole-liste-a-jour": "oui", "ecole-attribution-gar": "oui"}


class Teacher(Visitor):
    def begin(self, pupils: int | str, **school: str) -> "Teacher":
        """Begins with these answers about the school, or with one to each of its questions."""
        answers = {f"ecole-{key.replace('_', '-')}": choice for key, choice in school.items()}
        self.open(CLASS)
        return self.send({"combien": str(pupils)} | (answers or SCHOOL))

    def send(self, changes: dict[str, str] | None = None) -> "Teacher":
        """Sends all fields of the form, with some changed: radios by name, others by id."""
        unused = dict(changes or {})
        fields = list(self._take_fields(unused))
        assert not unused, f"the page has no field {', '.join(unused)}"
        return self.post(urlencode(fields))

    def post(self, body: str | bytes) -> "Teacher":
        form = "application/x-www-form-urlencoded"
        self._read(self.client.post(CLASS, body, content_type=form, follow=True), CLASS)
        return self

    def all_answer(self, question: str, choice: str) -> "Teacher":
        return self.send({f"tous-{question}": choice})

    def value_of(self, selector: str) -> str:
        return value_of_control(self.element(selector))

    @property
    def asked(self) -> dict[str, list[str]]:
        """The questions asked of pupils, each with the labels of these pupils."""
        return {
            text_of_element(group.select("legend")[0]): [
                text_of_element(label) for label in group.select(".pupils label")
            ]
            for group in self.page.select(".asked")
        }

    @property
    def ended(self) -> dict[str, list[str]]:
        """The groups of pupils, each with its conclusions."""
        return {
            text_of_element(group.select("h3")[0]): [
                text_of_element(title) for title in group.select("h4")
            ]
            for group in self.page.select(".group")
        }

    @property
    def carried(self) -> list[str]:
        """The answers of each pupil that the form carries in hidden fields."""
        return [str(field["value"]) for field in self.page.select("input[type=hidden]")]

    def _take_fields(self, changes: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yields the fields to send, and takes from `changes` what it uses."""
        radios = {str(radio["name"]) for radio in self.page.select("[type=radio]")}
        for name in sorted(radios):
            chosen = [
                value_of_control(radio) for radio in self.page.select(f'[name="{name}"][checked]')
            ]
            yield from ((name, value) for value in [*chosen, changes.pop(name, "")][-1:] if value)
        for control in self.element("form").select("input:not([type=radio]), select"):
            yield (
                str(control["name"]),
                changes.pop(str(control.get("id")), value_of_control(control)),
            )


def value_of_control(control: Tag) -> str:
    """Returns the value of a field before anyone changes it."""
    if control.name == "input":
        return str(control["value"])
    chosen = control.select("option[selected]") or control.select("option")
    return str(chosen[0]["value"])


def text_of_element(element: Tag) -> str:
    return re.sub("[ \n]+", " ", element.get_text()).strip(" ")
