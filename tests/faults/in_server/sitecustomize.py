"""Makes durable_rules fail or lie, and moves the clock, in the processes of a server under test.

Python imports this module by itself in each process that has this folder in PYTHONPATH. What to do
is read from files of the folder FAULTS_FOLDER, each time anew, so that a fault begins and ends while
the server runs:

- `clock`: how many seconds the clock is ahead.
- `engine`: how durable_rules behaves, one of `Behaviour`.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import django.utils.timezone
import durable_rules_engine as engine  # noqa: TID251 (this replaces its functions)

from tests.faults.in_server.behaviour import Behaviour

FOLDER = Path(os.environ["FAULTS_FOLDER"])
ERROR_CODE = 303
SENTINEL = '{"~"'
"""What the action of the rule that always holds begins with."""


ADDED_ACTIONS = {Behaviour.UNKNOWN: '{"r9999":{}}', Behaviour.ADD: '{"r0":{}}'}

real_time, real_now = time.time, django.utils.timezone.now
real_assert_fact = engine.assert_fact
real_start_action = engine.start_action_for_state
real_next_action = engine.complete_and_start_action
handles_with_added_action: set[int] = set()


def read_instruction(name: str) -> str:
    """Returns the content of a file of the folder; empty if there is none."""
    try:
        return (FOLDER / name).read_text()
    except FileNotFoundError:
        return ""


def read_behaviour() -> Behaviour:
    return Behaviour(read_instruction("engine") or Behaviour.RIGHT)


def moved_time() -> float:
    return real_time() + float(read_instruction("clock") or 0)


def moved_now() -> datetime:
    return real_now() + timedelta(seconds=float(read_instruction("clock") or 0))


def assert_fact(handle: int, fact: str) -> tuple[int, int]:
    behaviour = read_behaviour()
    if behaviour is Behaviour.RAISE:
        raise RuntimeError("durable_rules was made to fail")
    return (ERROR_CODE, 0) if behaviour is Behaviour.CODE else real_assert_fact(handle, fact)


def start_action(handle: int, state: int) -> tuple[str, str | None] | None:
    """Returns the first action of a run, or None if no rule fires."""
    started = real_start_action(handle, state)
    if read_behaviour() is Behaviour.SILENT:
        while started and real_next_action(handle, state):
            pass
        return None
    return started and (started[0], _change_action(handle, state, started[1]))


def next_action(handle: int, state: int) -> str | None:
    """Returns the next action of a run, or None after the last one."""
    if handle in handles_with_added_action:
        handles_with_added_action.remove(handle)
        return None
    return _change_action(handle, state, real_next_action(handle, state))


def _change_action(handle: int, state: int, action: str | None) -> str | None:
    """Returns the action itself, or another one in its place."""
    behaviour = read_behaviour()
    while behaviour is Behaviour.DROP and action and not action.startswith(SENTINEL):
        action = real_next_action(handle, state)
    if action is None and behaviour in ADDED_ACTIONS:
        handles_with_added_action.add(handle)
        return ADDED_ACTIONS[behaviour]
    return action


time.time, django.utils.timezone.now = moved_time, moved_now
engine.assert_fact, engine.start_action_for_state = assert_fact, start_action
engine.complete_and_start_action = next_action
