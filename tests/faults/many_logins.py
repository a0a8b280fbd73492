"""Sends 16 logins at once, again and again, while the form is probed: `python -m tests.faults.many_logins`.

The passwords are right, then wrong, then wrong with all limits lifted: the last is what a thousand
addresses can do together. For each, it prints how the logins were answered and how long the form took.
"""

import re
import tempfile
import time
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.faults.calls import send_in_parallel
from tests.faults.probe import Probe
from tests.local_installation import LocalInstallation

LOGINS_AT_ONCE = 16
SECONDS = 20
"""How long logins are sent in each round."""
IDLE_SECONDS = 5
"""How long the form is probed before, since other programs may keep the machine busy."""


def send_login(site: str, password: str) -> int:
    """Opens the login page as a new browser, sends the form, and returns the status of the answer."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    try:
        with browser.open(f"{site}/admin/login/", timeout=60) as answer:
            found = re.search('name="csrfmiddlewaretoken" value="(.+?)"', answer.read().decode())
        assert found
        form = {"username": "admin", "password": password, "csrfmiddlewaretoken": found[1]}
        with browser.open(f"{site}/admin/login/", urlencode(form).encode(), timeout=60) as answer:
            return 302 if answer.url.endswith("/admin/") else int(answer.status)
    except HTTPError as refused:
        return refused.code


def measure_round(name: str, *, is_right: bool, throttling: str) -> bool:
    """Prints what one round does on a new installation; True if the form stayed quick."""
    with tempfile.TemporaryDirectory() as folder:
        installation = LocalInstallation(
            Path(folder), workers=2, variables={"THROTTLING": throttling}
        )
        site = installation.start_and_wait()
        right = (Path(folder) / "admin_password").read_text().strip()
        form = f"{site}/corriger-comptes-pix/"
        try:
            with Probe(form) as idle:
                time.sleep(IDLE_SECONDS)
            with Probe(form) as probe:
                send = partial(send_login, site, right if is_right else "faux")
                statuses = send_in_parallel(send, LOGINS_AT_ONCE, SECONDS)
        finally:
            installation.kill_servers()
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    print(f"{name}: logins answered {answers}", flush=True)
    print(f"  the form before: {idle}\n  the form meanwhile: {probe}", flush=True)
    return probe.is_quick


if __name__ == "__main__":
    rounds = [
        measure_round("right passwords", is_right=True, throttling="on"),
        measure_round("wrong passwords", is_right=False, throttling="on"),
        measure_round("wrong passwords without limits", is_right=False, throttling="off"),
    ]
    raise SystemExit(not all(rounds))
