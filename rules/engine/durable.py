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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import durable_rules_engine as engine

Comparison = Mapping[str, object]
"""`{"p0": "c3"}`, `{"$neq": {"p0": "c3"}}` or `{"p0": {"$m": "p1"}}`."""

GUARD = {"k": "a"}
"""In every fact and every rule: negative terms alone also match facts of the engine's own."""
SENTINEL = "~"
"""The rule that always fires: a run that misses it has failed."""
STATE = "0"
"""The only state. Used again for each fact: 2 to 4 times faster than a fresh one."""
FACT = '"id":"f"'
RETRACTION = "{" + FACT + "}"
OK = 0


class EngineError(Exception):
    """durable_rules failed, or lost a rule: nothing it said in this run may be used."""


class Ruleset:
    """Named conjunctions of comparisons, compiled; freed when the last user lets go."""

    def __init__(self, rules: Mapping[str, Iterable[Comparison]]) -> None:
        definition = {name: _when(terms) for name, terms in rules.items()}
        definition[SENTINEL] = _when(())
        with _failures():
            self._handle: int = engine.create_ruleset("r", json.dumps(definition))
        self.run("")  # only a state in which a rule has fired can be deleted without a crash
        weakref.finalize(self, _free, self._handle).atexit = False

    def run(self, properties: str) -> list[str]:
        """The names of all rules that hold for one fact, its properties given as JSON members.

        A ruleset that raised must not be used again: its fact may still be stored.
        """
        fact = f'{{{FACT},"k":"a"{"," if properties else ""}{properties}}}'
        with _failures():
            code, state = engine.assert_fact(self._handle, fact)
            fired = list(self._fired(state)) if code == OK else []
            if SENTINEL not in fired:
                raise EngineError(f"code {code}, no sentinel among {len(fired)} rules")
            engine.retract_fact(self._handle, RETRACTION)
        fired.remove(SENTINEL)
        return fired

    def _fired(self, state: int) -> Iterator[str]:
        started = engine.start_action_for_state(self._handle, state)
        action = started and started[1]
        while action:
            yield action[2 : action.index('"', 2)]  # the action reads {"name":{…}}
            action = engine.complete_and_start_action(self._handle, state)


def _when(terms: Iterable[Comparison]) -> object:
    return {"all": [{"m": {"$and": [GUARD, *terms]}}]}


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (engine.error, MemoryError) as failure:
        raise EngineError(str(failure)) from failure


def _free(handle: int) -> None:
    """A deleted ruleset keeps the memory of its states, so the state goes first."""
    engine.delete_state(handle, STATE)
    engine.delete_ruleset(handle)
