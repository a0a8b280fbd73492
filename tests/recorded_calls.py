"""Records the order in which functions of the project are called."""

import sys
from collections.abc import Callable

import pytest


def record_calls(patch: pytest.MonkeyPatch, *functions: Callable[..., object]) -> list[str]:
    """Returns a list to which each call of these functions adds the name of the function."""
    calls: list[str] = []

    def record(function: Callable[..., object]) -> Callable[..., object]:
        def recorded(*args: object, **kwargs: object) -> object:
            calls.append(function.__name__)
            return function(*args, **kwargs)

        return recorded

    for function in functions:
        for name, module in list(sys.modules.items()):
            if name.startswith("rules.") and vars(module).get(function.__name__) is function:
                patch.setattr(module, function.__name__, record(function))
    return calls
