"""A batch: each row read and answered apart, so that a bad one fails alone."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from rest_framework import serializers

from diagnostics.api.refusals import problem_of_exception
from diagnostics.api.request_bodies import RowBody, check_known_answers
from diagnostics.api.serializers import StateSerializer
from diagnostics.evaluation import evaluate_once_each, version_evaluator
from rules.engine.content import Answers, GuideContent
from rules.models import Version
from rules.publication.versions import compiled_version

Read = Callable[[object], dict[str, Any]]
NOT_AN_OBJECT = "Une ligne doit être un objet JSON."


def row_results(version: Version, rows: list[object]) -> list[dict[str, Any]]:
    """The state or the refusal of each row, in their order; answers alike are evaluated once."""
    evaluate = version_evaluator(version)
    state = evaluate_once_each(lambda answers: dict(StateSerializer(evaluate(answers)).data))
    read = partial(_read, RowBody(), compiled_version(version).guide)
    return [_result(row, read, state) for row in rows]


def _result(row: object, read: Read, state: Callable[[Answers], dict[str, Any]]) -> dict[str, Any]:
    try:
        values = read(row)
    except serializers.ValidationError as error:
        return {"id": _usable_id(row), "error": problem_of_exception(error)}
    return {"id": values["id"], "state": state(values["answers"])}


def _read(reader: RowBody, guide: GuideContent, row: object) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise serializers.ValidationError(NOT_AN_OBJECT)
    values = dict(reader.run_validation(row))
    check_known_answers(guide, values["answers"])
    return values


def _usable_id(row: object) -> str | None:
    given = row.get("id") if isinstance(row, Mapping) else None
    return given if isinstance(given, str) else None
