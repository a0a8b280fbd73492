"""How the values of a YAML text are written, for messages that repeat what was typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value of a YAML text as it is written: where it begins, and what was typed."""

    typed: str
    """What was typed, with a comment that is there instead of a value.

    It is empty if nothing was typed, if the value is a text, and if it has more than one line.
    """
    line: int
    """The number of the line, from 1."""
    column: int
    """The number of the column, from 1."""

    @property
    def where(self) -> str:
        return f"ligne {self.line}, colonne {self.column}"


class WrittenMapping(dict[object, object]):
    """The fields of a YAML mapping. They equal an ordinary mapping."""

    __slots__ = ("in_braces", "written", "written_names")

    def __init__(self, *, in_braces: bool = False) -> None:
        super().__init__()
        self.in_braces = in_braces
        self.written: dict[object, WrittenValue] = {}
        """The values of fields as they are written, by the name of the field."""
        self.written_names: dict[object, WrittenValue] = {}
        """The names of fields as they are written, by the value that YAML gives the name."""


class WrittenList(list[object]):
    """The items of a YAML list. They equal an ordinary list."""

    __slots__ = ("written",)

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[object, WrittenValue] = {}
        """The items as they are written, by index."""


def find_written_value(whole: object, step: object) -> WrittenValue | None:
    """Returns how a field or an item of a raw value is written; None if that is not known."""
    return whole.written.get(step) if isinstance(whole, (WrittenMapping, WrittenList)) else None
