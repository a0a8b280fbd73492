"""Evaluates the rows of a batch. A wrong row gets an error; the other rows get their states."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from diagnostics.answered_guide import answer_version
from diagnostics.api.refusals import problem_of_exception
from diagnostics.api.request_bodies import RowBody, check_known_answers
from diagnostics.api.serializers import StateSerializer
from diagnostics.evaluation import cache_evaluations
from rules.engine.content import GuideContent
from rules.models import Version

NOT_AN_OBJECT = "Une ligne doit être un objet JSON."


def row_results(version: Version, rows: list[object]) -> list[dict[str, object]]:
    """Returns the state or the error of each row, in the order of the rows.

    Rows with the same answers are evaluated once.
    """
    unanswered, body = answer_version(version, {}), RowBody()
    evaluate_once = cache_evaluations(
        lambda answers: dict(StateSerializer(unanswered.with_answers(answers)).data)
    )
    results: list[dict[str, object]] = []
    for row in rows:
        try:
            values = _read_row(body, unanswered.guide, row)
        except serializers.ValidationError as error:
            row_id = row.get("id") if isinstance(row, Mapping) else None
            usable_id = row_id if isinstance(row_id, str) else None
            results.append({"id": usable_id, "error": problem_of_exception(error)})
        else:
            results.append({"id": values["id"], "state": evaluate_once(values["answers"])})
    return results


def _read_row(body: RowBody, guide: GuideContent, row: object) -> dict[str, Any]:
    """Returns the values of a row. Raises `ValidationError` if the row is wrong."""
    if not isinstance(row, Mapping):
        raise serializers.ValidationError(NOT_AN_OBJECT)
    values = dict(body.run_validation(row))
    check_known_answers(guide, values["answers"])
    return values
