"""One published version, compiled for evaluation."""

from rules.engine.guide import Answers, Guide
from rules.engine.oracle import fired_positions
from rules.engine.resolve import resolve
from rules.engine.state import State


class CompiledGuide:
    def __init__(self, guide: Guide) -> None:
        self.guide = guide

    def fire(self, answers: Answers) -> tuple[int, ...]:
        return fired_positions(self.guide.rules, answers)

    def resolve(self, answers: Answers) -> State:
        return resolve(self.guide, answers, self.fire)


def too_complex_rules(guide: Guide) -> tuple[str, ...]:
    return tuple(rule.key for rule in guide.rules if len(rule.when) > 40)
