"""The only module that imports durable_rules. It prevents crashes, endless loops and wrong answers.

Beyond its limits, the C engine of durable_rules was measured to crash the process, to loop for
ever or to fire unrelated rules. It therefore receives only short ASCII names of our own, because
it compares names by an unchecked 32-bit hash; one fact at a time; and small rulesets
(`rules.engine.partition`). It is called without its Python layer, whose `Host` starts timer
threads and is never freed.

Every call holds the GIL, but one evaluation takes several calls, so the caller must let in one
thread at a time.
"""

import json
import weakref
from collections.abc import Iterable, Mapping

import durable_rules_engine as engine

Comparison = Mapping[str, object]
"""A comparison for durable_rules: `{"p0": "c3"}`, `{"$neq": {"p0": "c3"}}`, `{"p0": {"$m": "p1"}}`."""

GUARD = {"k": "a"}
"""A property of every fact that every rule requires.

Without it, rules of negative comparisons alone would also match facts of durable_rules' own.
"""
SENTINEL = "~"
"""The name of the rule that always fires: a run in which it does not fire has failed."""
STATE = "0"
"""The name of the only state. Using it again is at least three times faster than a new one."""
FACT = '"id":"f","k":"a"'
"""The first members of every fact: the name by which it is retracted, and the guard."""
RETRACTION = '{"id":"f"}'
OK = 0


class EngineError(Exception):
    """durable_rules failed or lost a rule: no result of this run may be used."""


class Ruleset:
    """Compiled rules, each a conjunction of comparisons, and freed when their last user lets go."""

    def __init__(self, rules: Mapping[str, Iterable[Comparison]]) -> None:
        definition = {
            name: {"all": [{"m": {"$and": [GUARD, *comparisons]}}]}
            for name, comparisons in [*rules.items(), (SENTINEL, ())]
        }
        try:
            self._handle: int = engine.create_ruleset("r", json.dumps(definition))
        except Exception as failure:  # every kind of failure is handled by compiling again
            raise EngineError(str(failure)) from failure
        # A state can be deleted without a crash only after a rule has fired in it.
        self.run("")
        weakref.finalize(self, _free_ruleset, self._handle).atexit = False

    def run(self, properties: str) -> list[str]:
        """Returns the names of all rules that hold for one fact, in no particular order.

        `properties` are the properties of the fact, as JSON members. A ruleset that raised
        `EngineError` must not be used again, because its fact may still be stored.
        """
        members = f"{FACT},{properties}" if properties else FACT
        try:
            fired = self._fire_fact(f"{{{members}}}")
        except Exception as failure:  # every kind of failure is handled by compiling again
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
    """Deletes the state first, because a deleted ruleset keeps the memory of its states."""
    engine.delete_state(handle, STATE)
    engine.delete_ruleset(handle)
