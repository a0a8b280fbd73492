"""Writes raw values as YAML for people to read.

The emitter of PyYAML writes them. It gets its events from here, because `yaml.dump` makes them through
a tree of nodes, which takes ten seconds for a large guide.
"""

import json
import re
from collections.abc import Iterator
from io import StringIO

import yaml
from yaml.emitter import Emitter, ScalarAnalysis

_MISREAD_CHARACTER = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""A character that PyYAML writes unescaped by default and then reads back as another."""
_MAPPING_START = yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
_LIST_START = yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)


def write_yaml(document: object) -> str:
    """Returns raw values as YAML, with texts of several lines as blocks.

    The values are mappings, lists, texts, booleans and whole numbers.
    """
    written = StringIO()
    emitter = _GuideEmitter(written)
    emitter.emit(yaml.StreamStartEvent())
    emitter.emit(yaml.DocumentStartEvent(explicit=False))
    for event in _value_events(document):
        emitter.emit(event)
    emitter.emit(yaml.DocumentEndEvent(explicit=False))
    emitter.emit(yaml.StreamEndEvent())
    return written.getvalue()


class _GuideEmitter(Emitter):
    """Indents lists, and analyses each text once: most keys of a guide stand in many rules."""

    def __init__(self, written: StringIO) -> None:
        super().__init__(written, allow_unicode=True, width=100)
        self.analyses: dict[str, ScalarAnalysis] = {}

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        if scalar not in self.analyses:
            self.analyses[scalar] = super().analyze_scalar(scalar)
        return self.analyses[scalar]


def _value_events(value: object) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield _MAPPING_START
        for name, field in value.items():
            yield _scalar_event(name)
            yield from _value_events(field)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list):
        yield _LIST_START
        for item in value:
            yield from _value_events(item)
        yield yaml.SequenceEndEvent()
    else:
        yield _scalar_event(value)


def _scalar_event(value: object) -> yaml.ScalarEvent:
    """Returns the event that writes a text so that it is read back the same, a number or a boolean."""
    if not isinstance(value, str):
        return yaml.ScalarEvent(None, None, (True, False), json.dumps(value))
    block = "|" if "\n" in value else None
    style = '"' if _MISREAD_CHARACTER.search(value) else block
    other_types = yaml.SafeDumper.yaml_implicit_resolvers.get(value[:1], ())
    is_plain = not any(pattern.match(value) for _, pattern in other_types)
    return yaml.ScalarEvent(None, None, (is_plain, True), value, style=style)
