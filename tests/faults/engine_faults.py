"""Faults of durable_rules: it raises exceptions, returns errors, or says what is not so."""

import time

from tests.faults.in_server.behaviour import Behaviour
from tests.faults.process_faults import kill_process
from tests.faults.sites import Site


def break_engine(site: Site, seconds: float) -> None:
    """Lets durable_rules fail in each way for a time, in workers that have not evaluated anything yet."""
    faults = [behaviour for behaviour in Behaviour if behaviour is not Behaviour.RIGHT]
    for behaviour in [*faults, Behaviour.RIGHT]:
        site.give_instruction("engine", behaviour)
        for worker in site.worker_ids():
            kill_process(worker)
        time.sleep(seconds / len(faults))
