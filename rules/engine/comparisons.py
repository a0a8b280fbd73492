"""The comparisons of the rules of a ruleset, and which rules hold for a fact, in plain Python.

Each run of durable_rules is compared with this (`rules.engine.durable`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

Comparison = Mapping[str, object]
"""A comparison as durable_rules reads it.

Property `p0` has the value `c3`: `{"p0": "c3"}`. It has another value: `{"$neq": {"p0": "c3"}}`.
Properties `p0` and `p1` have the same value: `{"p0": {"$m": "p1"}}`.
"""


class _Test(NamedTuple):
    """A comparison of a property with a value or, if `is_property`, with another property."""

    name: str
    right: str
    is_equality: bool
    is_property: bool


class RulesByValue:
    """The rules of a ruleset, each under a value without which it does not hold.

    That is the rarest one of its comparisons, so that few rules must be looked at for a fact.
    """

    def __init__(self, rules: Mapping[str, Iterable[Comparison]]) -> None:
        tests_of_rules = {
            name: list(map(_parse_comparison, parts)) for name, parts in rules.items()
        }
        frequencies = Counter(
            test
            for tests in tests_of_rules.values()
            for test in tests
            if test.is_equality and not test.is_property
        )
        self._groups: dict[tuple[str, str] | None, list[tuple[str, list[_Test]]]] = {}
        for rule, tests in tests_of_rules.items():
            values = [test for test in tests if test in frequencies]
            rarest = min(values, key=frequencies.__getitem__, default=None)
            group = self._groups.setdefault(rarest and (rarest.name, rarest.right), [])
            group.append((rule, [test for test in tests if test != rarest]))

    def find_names(self, fact: Mapping[str, str]) -> set[str]:
        """Returns the names of the rules that hold for a fact, i.e. for the values of properties."""
        found = set()
        for value in (None, *fact.items()):
            for rule, tests in self._groups.get(value, ()):
                for name, right, is_equality, is_property in tests:
                    other = fact[right] if is_property else right
                    if (fact[name] == other) is not is_equality:
                        break
                else:
                    found.add(rule)
        return found


def _parse_comparison(comparison: Comparison) -> _Test:
    is_equality = "$neq" not in comparison
    compared = comparison if is_equality else cast("Comparison", comparison["$neq"])
    [(name, right)] = compared.items()
    if isinstance(right, str):
        return _Test(name, right, is_equality, is_property=False)
    return _Test(name, cast("Mapping[str, str]", right)["$m"], is_equality, is_property=True)
