"""Places in the text of a document, at which there is a mistake."""

from functools import cached_property

from rules.document.problems import MAX_QUOTED_LENGTH, Problem, quote_typed

PLACE_MARK = "\0"
"""Stands for a place in a text. Neither YAML nor JSON allows this character."""


_MAX_LENGTH_AROUND = 25_000
"""The longest part of a text, in characters, that is looked at on each side of a place."""


class TextPlace:
    """A place in the text of a document, whose only line ends are line feeds."""

    def __init__(self, text: str, index: int) -> None:
        self.text, self.index = text, index

    @property
    def where(self) -> str:
        """The number of the line and that of the column, in French."""
        line = self.text.count("\n", 0, self.index) + 1
        column = self.index - self.text.rfind("\n", 0, self.index)
        return f"ligne {line}, colonne {column}"

    @cached_property
    def around(self) -> str:
        """The line before the place, if there is one, and its line with `PLACE_MARK` in it."""
        lines_before, line_break, _ = self.text_before.rpartition("\n")
        previous_line = lines_before.rstrip().rpartition("\n")[2]
        return f"{previous_line}{line_break}{''.join(self.marked_line)}"

    @property
    def text_before(self) -> str:
        """The text before the place. Of a long text, it is the part near the place."""
        return self.text[max(0, self.index - _MAX_LENGTH_AROUND) : self.index]

    @property
    def marked_line(self) -> tuple[str, str, str]:
        """What is before the place in its line, `PLACE_MARK`, and the rest of the line."""
        after = self.text[self.index : self.index + _MAX_LENGTH_AROUND]
        return self.text_before.rpartition("\n")[2], PLACE_MARK, after.partition("\n")[0]

    @property
    def line(self) -> str:
        """The line of the place. Of a very long line, it is the part near the place."""
        begin, _, end = self.marked_line
        return f"{begin[-MAX_QUOTED_LENGTH // 2 :]}{end}".strip()

    def invalid_line(self, language: str) -> str:
        """Returns the sentence that repeats a line which is not valid JSON or YAML."""
        return f"la ligne {quote_typed(self.line)} n’est pas du {language} valable."

    def describe_mistake(self, mistake: str, remedy: str = "") -> Problem:
        """Returns the problem at the place. `mistake` is a sentence, `remedy` one without its dot."""
        return Problem((), self.where, f"{mistake} {remedy}." if remedy else mistake)
