"""A teacher with a whole class and no JavaScript: the page's one form is sent as a browser does."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from bs4 import Tag

from tests.web.visitor import Visitor

CLASS = "/corriger-comptes-pix/classe/"
SCHOOL = {"ecole-liste-a-jour": "oui", "ecole-attribution-gar": "oui"}


class Teacher(Visitor):
    def begin(self, pupils: int | str, **school: str) -> "Teacher":
        """With an answer to each question about the school, but where others are given."""
        answers = {f"ecole-{key.replace('_', '-')}": choice for key, choice in school.items()}
        self.open(CLASS)
        return self.send({"combien": str(pupils)} | (answers or SCHOOL))

    def send(self, changes: dict[str, str] | None = None) -> "Teacher":
        """All that the form holds, with some fields changed: radios by name, others by id."""
        left = dict(changes or {})
        fields = list(self._fields(left))
        assert not left, f"the page has no field {', '.join(left)}"
        return self.post(urlencode(fields))

    def post(self, body: str | bytes) -> "Teacher":
        form = "application/x-www-form-urlencoded"
        self._read(self.client.post(CLASS, body, content_type=form, follow=True), CLASS)
        return self

    def all_answer(self, question: str, choice: str) -> "Teacher":
        return self.send({f"tous-{question}": choice})

    def held(self, selector: str) -> str:
        return held(self.element(selector))

    @property
    def asked(self) -> dict[str, list[str]]:
        """The questions asked of pupils, each with those it is asked of."""
        return {
            words(group.select("legend")[0]): [
                words(label) for label in group.select(".pupils label")
            ]
            for group in self.page.select(".asked")
        }

    @property
    def ended(self) -> dict[str, list[str]]:
        """Of each group of pupils, the conclusions."""
        return {
            words(group.select("h3")[0]): [words(title) for title in group.select("h4")]
            for group in self.page.select(".group")
        }

    @property
    def kept(self) -> list[str]:
        return [str(field["value"]) for field in self.page.select("input[type=hidden]")]

    def _fields(self, changes: dict[str, str]) -> Iterator[tuple[str, str]]:
        radios = {str(radio["name"]) for radio in self.page.select("[type=radio]")}
        for name in sorted(radios):
            chosen = [held(radio) for radio in self.page.select(f'[name="{name}"][checked]')]
            yield from ((name, value) for value in [*chosen, changes.pop(name, "")][-1:] if value)
        for control in self.element("form").select("input:not([type=radio]), select"):
            yield str(control["name"]), changes.pop(str(control.get("id")), held(control))


def held(control: Tag) -> str:
    """What a field of the page holds before it is touched."""
    if control.name == "input":
        return str(control["value"])
    chosen = control.select("option[selected]") or control.select("option")
    return str(chosen[0]["value"])


def words(element: Tag) -> str:
    return re.sub("[ \n]+", " ", element.get_text()).strip(" ")
