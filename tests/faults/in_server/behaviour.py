"""The ways in which durable_rules behaves under test."""

from enum import StrEnum


class Behaviour(StrEnum):
    RIGHT = "right"
    RAISE = "raise"
    """Each run raises an exception."""
    CODE = "code"
    """Each run returns the code of an error."""
    SILENT = "silent"
    """No rule fires, not even the one that always holds."""
    UNKNOWN = "unknown"
    """A rule fires that does not exist."""
    DROP = "drop"
    """No rule fires but the one that always holds."""
    ADD = "add"
    """The first rule of each ruleset fires, whether it holds or not."""
