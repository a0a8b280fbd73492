"""Reads the raw values of a YAML text, and remembers how those that are not texts are written."""

import re
from typing import NoReturn

import yaml

from rules.document.problems import DocumentError, Problem, quote_value
from rules.document.text_places import TextPlace
from rules.document.written_values import WrittenList, WrittenMapping, WrittenValue
from rules.document.yaml_mistakes import (
    BACKSLASH,
    BRACKET,
    NOT_A_NUMBER,
    STARTS_WITH_SIGN,
    describe_mistake,
    mistake_of_error,
)

_TEXT_TAG = "tag:yaml.org,2002:str"
_LINE_END = re.compile(r"$", re.MULTILINE)
_COMMENT = re.compile(r" *#.*")
_WHITE_SPACE = re.compile(r"\s*")
_UNQUOTED_TYPES = {"bool", "float", "int", "null"}
"""The types, besides text, that `_Loader` recognises in a YAML value without quotes."""


def load_yaml(text: str) -> object:
    """Returns the raw values of a YAML text.

    Raises `DocumentError`, with the line and a remedy, if the text is empty or not valid.
    """
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        raise DocumentError([_forbidden_character(text, error.position)]) from None
    try:
        return loader.read_document()
    except yaml.MarkedYAMLError as error:
        raise DocumentError([mistake_of_error(error, text)]) from None
    except (ValueError, OverflowError):  # from an escaped character that does not exist
        _refuse_place(TextPlace(text, loader.get_mark().index), BACKSLASH)


def _forbidden_character(text: str, position: int) -> Problem:
    character = f"U+{ord(text[position]):04X}"
    message = f"ce texte contient un caractère interdit ({character})."
    return TextPlace(text, position).describe_mistake(message)


class _Loader(yaml.SafeLoader):
    """A stricter form of PyYAML's SafeLoader.

    It refuses repeated fields, of which SafeLoader silently drops all but one; aliases, with which
    a short text expands into a huge one; anchors (`&a`) and explicit types (`!!int`), which may be
    the beginning of a text without quotes. It reads dates as texts, and the merge key `<<` as the
    name of a field.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.anchor_places: list[TextPlace] = []
        """The places of anchors, which are refused after everything that is wrong after them."""

    def read_document(self) -> object:
        node = self.get_single_node()
        for place in self.anchor_places:
            _refuse_place(place, STARTS_WITH_SIGN, "les ancres (&) ne sont pas permises.")
        value = None if node is None else self.raw_value(node)
        if value is None:
            raise DocumentError([Problem((), "", "ce document est vide.")])
        return value

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        place = TextPlace(self.text, event.start_mark.index)
        if isinstance(event, yaml.AliasEvent):
            _refuse_place(place, STARTS_WITH_SIGN, "les alias (*) ne sont pas permis.")
        if event.tag:
            _refuse_place(place, STARTS_WITH_SIGN, "les types (!) ne sont pas permis.")
        if event.anchor:
            self.anchor_places.append(place)
        return super().compose_node(parent, index)

    def raw_value(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._raw_mapping(node)
        if isinstance(node, yaml.SequenceNode):
            items = WrittenList()
            for index, item in enumerate(node.value):
                items.append(self.raw_value(item))
                items.written[index] = self._written_value(item)
            return items
        try:
            return self.construct_object(node)
        except (ValueError, OverflowError):  # such as `0b_`, or thousands of digits
            _refuse_place(TextPlace(self.text, node.start_mark.index), NOT_A_NUMBER)

    def _raw_mapping(self, node: yaml.MappingNode) -> WrittenMapping:
        fields, typed_names = WrittenMapping(in_braces=bool(node.flow_style)), set[str]()
        for name_node, value_node in node.value:
            place = TextPlace(self.text, name_node.start_mark.index)
            if not isinstance(name_node, yaml.ScalarNode):
                _refuse_place(place, BRACKET)
            if name_node.value in typed_names:
                typed_name = quote_value(name_node.value)
                _refuse_place(place, "", f"le champ {typed_name} est écrit deux fois.")
            typed_names.add(name_node.value)
            name = self.raw_value(name_node)
            fields[name] = self.raw_value(value_node)
            fields.written_names[name] = self._written_value(name_node)
            fields.written[name] = self._written_value(value_node)
        return fields

    def _written_value(self, node: yaml.Node) -> WrittenValue:
        begin, end, typed = node.start_mark, node.end_mark, ""
        if node.tag != _TEXT_TAG:
            line_end = _LINE_END.search(self.text, begin.index, end.index)
            if begin.index == end.index and (comment := _COMMENT.match(self.text, begin.index)):
                typed = comment[0].strip()
            elif line_end and _WHITE_SPACE.fullmatch(self.text, line_end.start(), end.index):
                typed = self.text[begin.index : line_end.start()].strip()
        return WrittenValue(typed, begin.line + 1, begin.column + 1)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in _UNQUOTED_TYPES]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _refuse_place(place: TextPlace, remedy: str, mistake: str = "") -> NoReturn:
    raise DocumentError([describe_mistake(place, remedy, mistake)])
