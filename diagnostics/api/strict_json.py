"""Reads request bodies as strict JSON, and always answers JSON."""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class StrictJSONParser(BaseParser):
    """Parses a JSON object as RFC 8259 defines it.

    Refuses what programs read differently, such as repeated names, NaN and lone surrogates. Passes
    over a byte order mark at the beginning, as the import of documents does.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, object]:
        try:
            value = json.loads(
                stream.read().decode("utf-8-sig"),
                object_pairs_hook=_refuse_repeated_names,
                parse_constant=_refuse_constant,
            )
            json.dumps(value, ensure_ascii=False).encode()  # fails on a lone surrogate
        except (ValueError, RecursionError) as error:
            raise ParseError(
                "Le corps de la demande n’est pas du JSON valable en UTF-8."
            ) from error
        if not isinstance(value, dict):
            raise ParseError("Le corps de la demande doit être un objet JSON.")
        return value


def _refuse_repeated_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ParseError("Un champ est écrit deux fois au même endroit.")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


class AlwaysJSON(BaseContentNegotiation):
    """Makes every answer JSON, whatever `Accept` says, and accepts only `application/json`."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type
