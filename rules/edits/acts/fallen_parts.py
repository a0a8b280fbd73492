"""What falls with a part that is removed from a guide."""

from dataclasses import dataclass

from rules.engine.content import GuideContent


@dataclass(frozen=True, slots=True)
class FallenParts:
    """The other parts that an edit removes or changes, by their keys in the older content."""

    removed_rules: tuple[str, ...]
    changed_rules: tuple[str, ...]
    changed_examples: tuple[int, ...]
    """The positions of the examples that lose an answer or a conclusion, or get another one."""

    def __bool__(self) -> bool:
        return bool(self.removed_rules or self.changed_rules or self.changed_examples)


def find_fallen_parts(older: GuideContent, newer: GuideContent) -> FallenParts:
    """Returns what falls from an older content to a newer one that has the same examples in order."""
    rules = older.rule.items()
    examples = zip(older.examples, newer.examples, strict=True)
    return FallenParts(
        tuple(key for key, _ in rules if key not in newer.rule),
        tuple(key for key, rule in rules if key in newer.rule and newer.rule[key] != rule),
        tuple(position for position, (old, new) in enumerate(examples) if old != new),
    )
