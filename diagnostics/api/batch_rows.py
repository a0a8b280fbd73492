"""Evaluates the rows of a batch. A wrong row gets an error; the other rows get their states."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from diagnostics.answered_guide import AnsweredGuide, answer_version
from diagnostics.api.refusals import problem_of_exception
from diagnostics.api.request_bodies import RowBody, check_known_answers
from diagnostics.api.state_writer import NamedStateWriter, StateWriter
from diagnostics.evaluation import cache_evaluations
from rules.engine.content import GuideContent
from rules.models import Version

NOT_AN_OBJECT = "Une ligne doit être un objet JSON."


def write_batch(version: Version, rows: list[object], *, texts_once: bool) -> bytes:
    """Returns the body of the answer to a batch: the results of its rows, in their order.

    With `texts_once`, the states name questions, outcomes and rules by key, and their texts follow
    the results. Each row is encoded by itself, since other threads wait while one value is encoded.
    """
    unanswered = answer_version(version, {})
    if not texts_once:
        results = b",".join(_encode_results(unanswered, rows, StateWriter(unanswered.guide)))
        return b'{"results":[%b]}' % results
    writer = NamedStateWriter(unanswered.guide)
    results = b",".join(_encode_results(unanswered, rows, writer))
    return b'{"results":[%b],"texts":%b}' % (results, _encode_json(writer.write_texts()))


def _encode_results(
    unanswered: AnsweredGuide, rows: list[object], writer: StateWriter
) -> Iterator[bytes]:
    """Yields the state or the error of each row. Rows with the same answers are evaluated once."""
    body = RowBody()
    evaluate_once = cache_evaluations(
        lambda answers: _encode_json(writer.write_state(unanswered.with_answers(answers)))
    )
    for row in rows:
        try:
            values = _read_row(body, unanswered.guide, row)
        except serializers.ValidationError as error:
            row_id = row.get("id") if isinstance(row, Mapping) else None
            usable_id = row_id if isinstance(row_id, str) else None
            yield _encode_json({"id": usable_id, "error": problem_of_exception(error)})
        else:
            state = evaluate_once(values["answers"])
            yield b'{"id":%b,"state":%b}' % (_encode_json(values["id"]), state)


def _read_row(body: RowBody, guide: GuideContent, row: object) -> dict[str, Any]:
    """Returns the values of a row. Raises `ValidationError` if the row is wrong."""
    if not isinstance(row, Mapping):
        raise serializers.ValidationError(NOT_AN_OBJECT)
    values = dict(body.run_validation(row))
    check_known_answers(guide, values["answers"])
    return values


def _encode_json(value: object) -> bytes:
    return bytes(JSONRenderer().render(value))
