"""The only module that imports durable_rules. It prevents crashes, endless loops and wrong results.

durable_rules compiles rules into a ruleset. A run of a ruleset asserts one fact, which consists of
named properties, and finds the rules that hold for it.

Measurements showed that beyond its limits, the C engine of durable_rules crashes the process,
loops for ever or fires rules that do not hold. Therefore:

- It receives short ASCII names only (`rules.engine.encoding`), because it compares names by a
  32-bit hash without checking for collisions.
- It receives one fact at a time, and small rulesets (`rules.engine.partition`).
- Its Python layer is not used, because the `Host` there starts timer threads and is never freed.
- Each run is compared with what plain Python finds (`rules.engine.comparisons`), which takes about
  half as long again. If they differ, the run has failed.

A run takes several calls of the C engine, so the caller must prevent two threads from running
rulesets at the same time.
"""

import json
import weakref
from collections.abc import Iterable, Mapping

import durable_rules_engine as engine

from rules.engine.comparisons import Comparison, RulesByValue

GUARD = {"k": "a"}
"""A property that every fact has and every rule requires.

Without it, a rule with negative comparisons only would also match the internal facts of
durable_rules.
"""
SENTINEL = "~"
"""The name of a rule that always holds. A run in which it does not fire has failed."""
STATE = "0"
"""The name of the store of facts of a ruleset, which durable_rules calls a state.

All runs use the same one, which is at least three times faster than a new one for each run.
"""
FACT = '"id":"f","k":"a"'
"""The JSON members that every fact begins with: the name to retract it by, and the guard."""
RETRACTION = '{"id":"f"}'
OK = 0


class EngineError(Exception):
    """durable_rules failed to compile a ruleset, or a run failed and has no result."""


class Ruleset:
    """Rules compiled by durable_rules. Each rule holds if all of its comparisons hold.

    The memory of durable_rules is freed together with the instance.
    """

    def __init__(self, rules: Mapping[str, Iterable[Comparison]]) -> None:
        definition = {
            name: {"all": [{"m": {"$and": [GUARD, *comparisons]}}]}
            for name, comparisons in [*rules.items(), (SENTINEL, ())]
        }
        try:
            self._handle: int = engine.create_ruleset("r", json.dumps(definition))
        except Exception as failure:  # the caller handles every failure in the same way
            raise EngineError(str(failure)) from failure
        self._expected = RulesByValue(rules)
        # durable_rules crashes when a state is deleted in which no rule has fired.
        self._run_fact(f"{{{FACT}}}")
        weakref.finalize(self, _free_ruleset, self._handle).atexit = False

    def run(self, properties: str) -> list[str]:
        """Returns the names of all rules that hold for one fact, in no particular order.

        `properties` are the properties of the fact as JSON members: `"p0":"c3","p1":"in"`.

        Raises `EngineError`. The ruleset must not be used after that, because it may still hold
        the fact.
        """
        members = f"{FACT},{properties}" if properties else FACT
        fired = self._run_fact(f"{{{members}}}")
        if set(fired) != self._expected.find_names(json.loads(f"{{{properties}}}")):
            raise EngineError("durable_rules and plain Python find different rules")
        return fired

    def _run_fact(self, fact: str) -> list[str]:
        """Returns the names of the rules that durable_rules fires for a fact, without the sentinel."""
        try:
            fired = self._fire_fact(fact)
        except Exception as failure:  # the caller handles every failure in the same way
            raise EngineError(str(failure)) from failure
        if SENTINEL not in fired:
            raise EngineError(f"no sentinel among {len(fired)} rules")
        fired.remove(SENTINEL)
        return fired

    def _fire_fact(self, fact: str) -> list[str]:
        """Asserts a fact, collects the names of the rules that fire, and retracts the fact."""
        handle = self._handle
        code, state = engine.assert_fact(handle, fact)
        if code != OK:
            raise EngineError(f"code {code}")
        started = engine.start_action_for_state(handle, state)
        action = started and started[1]
        fired = []
        while action:
            fired.append(action[2 : action.index('"', 2)])  # an action reads {"name":{…}}
            action = engine.complete_and_start_action(handle, state)
        engine.retract_fact(handle, RETRACTION)
        return fired


def _free_ruleset(handle: int) -> None:
    """Frees the memory of a ruleset: of its state first, which deleting the ruleset would leak."""
    engine.delete_state(handle, STATE)
    engine.delete_ruleset(handle)
