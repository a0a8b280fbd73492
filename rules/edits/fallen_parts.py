"""What falls with a part that is removed from a guide."""

from dataclasses import dataclass

from rules.engine.content import GuideContent


@dataclass(frozen=True, slots=True)
class FallenParts:
    """The other parts that an edit removes or changes, by their keys in the older content."""

    removed_rules: tuple[str, ...]
    changed_rules: tuple[str, ...]
    changed_examples: tuple[str, ...]
    """The names of the examples that lose an answer or an expected conclusion, or get another."""

    def __bool__(self) -> bool:
        return bool(self.removed_rules or self.changed_rules or self.changed_examples)


def find_fallen_parts(older: GuideContent, newer: GuideContent) -> FallenParts:
    """Returns what falls from an older content to a newer one."""
    raise NotImplementedError
