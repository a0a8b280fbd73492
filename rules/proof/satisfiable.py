"""Whether any answers at all make a rule hold, on a path or not."""

from rules.engine.guide import Guide
from rules.proof.residuals import DEAD, Residuals


def impossible_rules(guide: Guide, residuals: Residuals) -> list[int]:
    known: dict[int, bool] = {}
    return [
        at
        for at, rule in enumerate(guide.rules)
        if not _can_hold(residuals, residuals.of(rule), known)
    ]


def _can_hold(residuals: Residuals, number: int, known: dict[int, bool]) -> bool:
    """Without comparisons of two questions, what is not dead can hold: each question has an
    answer, or none, that suits it. Otherwise one of the questions compared is answered first.
    """
    if number not in known:
        pairs = residuals.pairs(number)
        known[number] = number != DEAD and (
            not pairs
            or any(
                _can_hold(residuals, residuals.settled(number, pairs[0].question, choice), known)
                for choice in residuals.choices[pairs[0].question]
            )
        )
    return known[number]
