"""durable_rules, held so that it cannot crash, hang or answer wrongly: the one module that imports it.

What its C engine does beyond its limits was measured: it crashes the process, loops for ever or
fires unrelated rules. So it is only ever given short ASCII names of our own (it tells
properties apart by an unchecked 32-bit hash), one fact at a time and small rulesets
(`rules.engine.partition`). It is called without its Python face, whose `Host` starts timer
threads and is never freed.

Every call holds the GIL, but an evaluation takes several calls: its user lets one thread in.
"""

import json
import weakref
from collections.abc import Iterable, Mapping

import durable_rules_engine as engine

Comparison = Mapping[str, object]
"""`{"p0": "c3"}`, `{"$neq": {"p0": "c3"}}` or `{"p0": {"$m": "p1"}}`."""

GUARD = {"k": "a"}
"""In every fact and every rule: negative terms alone also match facts of the engine's own."""
SENTINEL = "~"
"""The rule that always fires: a run that misses it has failed."""
STATE = "0"
"""The only state. Used again for each fact: three times faster than a fresh one, or more."""
FACT = '"id":"f","k":"a"'
"""How every fact begins: its name, by which it is retracted, and the guard."""
RETRACTION = '{"id":"f"}'
OK = 0


class EngineError(Exception):
    """durable_rules failed, or lost a rule: nothing it said in this run may be used."""


class Ruleset:
    """Named conjunctions of comparisons, compiled; freed when the last user lets go."""

    def __init__(self, rules: Mapping[str, Iterable[Comparison]]) -> None:
        definition = {name: _when(terms) for name, terms in rules.items()}
        definition[SENTINEL] = _when(())
        try:
            self._handle: int = engine.create_ruleset("r", json.dumps(definition))
        except Exception as failure:  # whatever it is, another way to the answer is tried
            raise EngineError(str(failure)) from failure
        self.run("")  # only a state in which a rule has fired can be deleted without a crash
        weakref.finalize(self, _free, self._handle).atexit = False

    def run(self, properties: str) -> list[str]:
        """The names of all rules that hold for one fact, its properties given as JSON members.

        A ruleset that raised must not be used again: its fact may still be stored.
        """
        members = f"{FACT},{properties}" if properties else FACT
        try:
            fired = self._fired(f"{{{members}}}")
        except Exception as failure:  # whatever it is, another way to the answer is tried
            raise EngineError(str(failure)) from failure
        if SENTINEL not in fired:
            raise EngineError(f"no sentinel among {len(fired)} rules")
        fired.remove(SENTINEL)
        return fired

    def _fired(self, fact: str) -> list[str]:
        handle = self._handle
        code, state = engine.assert_fact(handle, fact)
        if code != OK:
            raise EngineError(f"code {code}")
        started = engine.start_action_for_state(handle, state)
        action = started and started[1]
        fired = []
        while action:
            fired.append(action[2 : action.index('"', 2)])  # it reads {"name":{…}}
            action = engine.complete_and_start_action(handle, state)
        engine.retract_fact(handle, RETRACTION)
        return fired


def _when(terms: Iterable[Comparison]) -> object:
    return {"all": [{"m": {"$and": [GUARD, *terms]}}]}


def _free(handle: int) -> None:
    """A deleted ruleset keeps the memory of its states, so the state goes first."""
    engine.delete_state(handle, STATE)
    engine.delete_ruleset(handle)
