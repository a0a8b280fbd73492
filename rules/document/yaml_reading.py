"""Reads the raw values of a YAML text, and remembers how those that are not texts are written."""

import re
from typing import TYPE_CHECKING, NoReturn

import yaml
from yaml.constructor import SafeConstructor

from rules.document.problems import DocumentError, Problem, quote_value
from rules.document.text_places import TextPlace
from rules.document.written_values import WrittenList, WrittenMapping, WrittenValue
from rules.document.yaml_mistakes import (
    BACKSLASH,
    BRACKET,
    NOT_A_NUMBER,
    ONE_DOCUMENT,
    STARTS_WITH_SIGN,
    describe_mistake,
    mistake_of_error,
)

if TYPE_CHECKING:  # PyYAML may have been built without it
    from yaml._yaml import Mark as CMark

TOO_MANY_VALUES = "ce texte a trop de valeurs pour être lu en YAML. S’il contient un guide, enregistrez-le en JSON."
_LINE_END = re.compile(r"$", re.MULTILINE)
_COMMENT = re.compile(r" *#.*")
_WHITE_SPACE = re.compile(r"\s*")
_UNQUOTED_TYPES = {"bool", "float", "int", "null"}
"""The types, besides text, of YAML values without quotes."""
_TYPE_PATTERNS = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in _UNQUOTED_TYPES]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
"""The tags of these types and how their values are written, by the first character of a value."""
_REPORTED_OTHERWISE = re.compile("unexpected ':'|escape|hexdecimal|directive")
"""Reports of libyaml that PyYAML words otherwise, and what it refuses although PyYAML does not."""
_READ_THE_SAME = re.compile(
    "[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
"""A text of characters that libyaml reads as PyYAML does: it has no tab and no rare line end."""
_READ_OTHERWISE = re.compile(r"^[ -]*\?(?!\S)|[|>][-+0-9]*#", re.MULTILINE)
"""A question mark that begins the name of a field, and a comment that touches the sign of a block."""
_FastLoader: "type[yaml.SafeLoader | yaml.CSafeLoader]" = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)
"""The loader of PyYAML that uses the C library libyaml. Wheels of PyYAML have it; other builds may not."""
MAX_EVENTS = 1_500_000
MAX_EVENTS_READ_SLOWLY = 500_000
"""How many events of a text libyaml and PyYAML may read: a value is one, a list or a mapping two.

A guide of the largest size has fewer than the first. Each takes up to 250 bytes of memory; PyYAML
takes 15 seconds for a million.
"""
MAX_REREAD_LENGTH = 1_000_000
"""The longest text, in characters, that PyYAML reads again to name a mistake: it takes seconds."""


def load_yaml(text: str) -> object:
    """Returns the raw values of a YAML text.

    libyaml reads it, because PyYAML needs half a minute for a large guide. PyYAML reads what libyaml
    may read otherwise, and what it refuses, so that every mistake has one name and one place.
    Raises `DocumentError`, with the line and a remedy, if the text is empty or not valid, or has too
    many values.
    """
    if _READ_THE_SAME.fullmatch(text) and not _READ_OTHERWISE.search(text):
        try:
            return _FastReader(text, _FastLoader(text)).read_document()
        except yaml.MarkedYAMLError as error:
            if len(text) > MAX_REREAD_LENGTH and not _REPORTED_OTHERWISE.search(str(error.problem)):
                raise DocumentError([mistake_of_error(error, text)]) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            pass  # PyYAML names the mistake
    return read_slowly(text)


def read_slowly(text: str) -> object:
    """Returns the raw values of a YAML text, read by PyYAML without libyaml."""
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        raise DocumentError([_forbidden_character(text, error.position)]) from None
    try:
        return _DocumentReader(text, loader).read_document()
    except yaml.MarkedYAMLError as error:
        raise DocumentError([mistake_of_error(error, text)]) from None
    except (ValueError, OverflowError):  # from an escaped character that does not exist
        _refuse_place(TextPlace(text, loader.get_mark().index), BACKSLASH)


def _forbidden_character(text: str, position: int) -> Problem:
    character = f"U+{ord(text[position]):04X}"
    message = f"ce texte contient un caractère interdit ({character})."
    return TextPlace(text, position).describe_mistake(message)


class _DocumentReader:
    """Reads the document of a YAML text from the events of a parser.

    It refuses repeated fields, of which PyYAML's own readers silently drop all but one; aliases, with
    which a short text expands into a huge one; anchors (`&a`) and explicit types (`!!int`), which
    may be the beginning of a text without quotes. It reads dates as texts, and the merge key `<<` as
    the name of a field.
    """

    max_events = MAX_EVENTS_READ_SLOWLY

    def __init__(self, text: str, parser: "yaml.SafeLoader | yaml.CSafeLoader") -> None:
        self.text, self.parser = text, parser
        self.event_count = 0
        self.anchors: set[str] = set()
        self.anchor_place: TextPlace | None = None
        """The place of the first anchor, which is refused after everything that is wrong after it."""
        self.refusal: tuple[TextPlace, str, str] | None = None
        """The place of the first value that is refused at the end, with the remedy and the mistake."""

    def read_document(self) -> object:
        self._next_event()  # the text begins
        value, event = None, self._next_event()
        if isinstance(event, yaml.DocumentStartEvent):
            value, _ = self._read_value(self._next_event())
            self._next_event()  # the document ends
            event = self._next_event()
        if not isinstance(event, yaml.StreamEndEvent):
            _refuse_place(self._event_place(event), ONE_DOCUMENT)
        if self.anchor_place:
            mistake = "les ancres (&) ne sont pas permises."
            _refuse_place(self.anchor_place, STARTS_WITH_SIGN, mistake)
        if self.refusal:
            _refuse_place(*self.refusal)
        if value is None:
            raise DocumentError([Problem((), "", "ce document est vide.")])
        return value

    def _next_event(self, whole: yaml.CollectionStartEvent | None = None) -> yaml.Event:
        """Returns the next event, which is in the mapping or the list that `whole` begins, if any."""
        self.event_count += 1
        if self.event_count > self.max_events:
            raise DocumentError([Problem((), "", TOO_MANY_VALUES)])
        event: yaml.Event | None = self.parser.get_event()
        assert event is not None, "the last event is the end of the text"
        return event

    def _event_place(self, event: yaml.Event) -> TextPlace:
        return TextPlace(self.text, _mark_index(event.start_mark))

    def _read_value(self, event: yaml.Event) -> tuple[object, WrittenValue]:
        """Returns the value that begins with an event, and how it is written."""
        if isinstance(event, yaml.AliasEvent):
            mistake = "les alias (*) ne sont pas permis."
            _refuse_place(self._event_place(event), STARTS_WITH_SIGN, mistake)
        assert isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent))
        self._refuse_signs(event)
        if isinstance(event, yaml.ScalarEvent):
            tag = _unquoted_type(event)
            if not tag:
                return event.value, _written_value(event, "")
            value, end = self._read_unquoted(event, tag), _mark_index(event.end_mark)
        elif isinstance(event, yaml.MappingStartEvent):
            value, end = self._read_mapping(event)
        else:
            value, end = self._read_list(event)
        return value, _written_value(event, self._typed_text(_mark_index(event.start_mark), end))

    def _refuse_signs(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuses a type, and an anchor that is repeated. Remembers another anchor."""
        if event.tag:
            mistake = "les types (!) ne sont pas permis."
            _refuse_place(self._event_place(event), STARTS_WITH_SIGN, mistake)
        if event.anchor in self.anchors:
            _refuse_place(self._event_place(event), STARTS_WITH_SIGN)
        if event.anchor:
            self.anchors.add(event.anchor)
            self.anchor_place = self.anchor_place or self._event_place(event)

    def _refuse_later(self, event: yaml.Event, remedy: str, mistake: str = "") -> None:
        """Remembers the value that begins with an event, if it is the first to be refused."""
        self.refusal = self.refusal or (self._event_place(event), remedy, mistake)

    def _read_mapping(self, start: yaml.CollectionStartEvent) -> tuple[object, int]:
        """Returns the fields of a mapping, and where it ends."""
        fields, typed_names = WrittenMapping(in_braces=bool(start.flow_style)), set[str]()
        while not isinstance(event := self._next_event(start), yaml.MappingEndEvent):
            if isinstance(event, yaml.CollectionStartEvent):
                self._refuse_later(event, BRACKET)
            elif isinstance(event, yaml.ScalarEvent) and event.value in typed_names:
                mistake = f"le champ {quote_value(event.value)} est écrit deux fois."
                self._refuse_later(event, "", mistake)
            elif isinstance(event, yaml.ScalarEvent):
                typed_names.add(event.value)
            name, written_name = self._read_value(event)
            if isinstance(name, (dict, list)):
                name = None  # the document is refused when it has been read
            fields.written_names[name] = written_name
            fields[name], fields.written[name] = self._read_value(self._next_event(start))
        return fields, _mark_index(event.end_mark)

    def _read_list(self, start: yaml.CollectionStartEvent) -> tuple[object, int]:
        """Returns the items of a list, and where it ends."""
        items = WrittenList()
        while not isinstance(event := self._next_event(start), yaml.SequenceEndEvent):
            value, items.written[len(items)] = self._read_value(event)
            items.append(value)
        return items, _mark_index(event.end_mark)

    def _read_unquoted(self, event: yaml.ScalarEvent, tag: str) -> object:
        """Returns the value of a type that was typed without quotes, such as a number."""
        try:
            return SafeConstructor().construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError):  # such as `0b_`, or thousands of digits
            self._refuse_later(event, NOT_A_NUMBER)
            return None

    def _typed_text(self, begin: int, end: int) -> str:
        """Returns what was typed for a value that is not a text, if it is on one line."""
        if begin == end and (comment := _COMMENT.match(self.text, begin)):
            return comment[0].strip()
        line_end = _LINE_END.search(self.text, begin, end)
        if line_end and _WHITE_SPACE.fullmatch(self.text, line_end.start(), end):
            return self.text[begin : line_end.start()].strip()
        return ""


class _FastReader(_DocumentReader):
    """Reads the events of libyaml, and raises `YAMLError` where PyYAML gives others or refuses."""

    max_events = MAX_EVENTS

    def _next_event(self, whole: yaml.CollectionStartEvent | None = None) -> yaml.Event:
        event = super()._next_event(whole)
        if whole and whole.flow_style and self._is_read_otherwise(event):
            raise yaml.YAMLError("PyYAML reads this value in brackets otherwise")
        return event

    def _is_read_otherwise(self, event: yaml.Event) -> bool:
        """True of an empty value, an unquoted `?` and a field without braces, in brackets."""
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            return not event.value or "?" in event.value
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        return is_mapping and self.text[_mark_index(event.start_mark)] != "{"


def _mark_index(mark: "yaml.Mark | CMark | None") -> int:
    assert mark is not None, "both parsers say where an event begins and ends"
    return mark.index


def _written_value(event: yaml.Event, typed: str) -> WrittenValue:
    mark = event.start_mark
    assert mark is not None, "both parsers say where an event begins"
    return WrittenValue(typed, mark.line + 1, mark.column + 1)


def _unquoted_type(event: yaml.ScalarEvent) -> str:
    """Returns the tag of the type of a value, or an empty text if it is a text."""
    if event.implicit[0]:
        for tag, pattern in _TYPE_PATTERNS.get(event.value[:1], ()):
            if pattern.match(event.value):
                return str(tag)
    return ""


def _refuse_place(place: TextPlace, remedy: str, mistake: str = "") -> NoReturn:
    raise DocumentError([describe_mistake(place, remedy, mistake)])
