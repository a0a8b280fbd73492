"""What editors do to a guide while visitors answer its questions, and dates that come meanwhile."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.guides import SHIPPED_GUIDE
from tests.faults.editor import Editor
from tests.faults.sites import ACCOUNT, PASSWORD, Site

KEYS_OF_A_VERSION = ("identifiants-connus", "tout-va-bien")
"""The keys of a question and of an outcome which are others in each version of the guide."""
GUIDE = "/admin/rules/guide/1"


def change_guide(site: Site, seconds: float) -> None:
    """Publishes the guide, publishes its first version again, closes the guide and opens it."""
    editor = Editor(site.address, ACCOUNT, PASSWORD)
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        _import_next_version(site, "--publish")
        first = site.database.query_rows("SELECT id FROM rules_version WHERE number = 1")[0][0]
        site.newest_version += 1
        editor.send_form(f"/admin/rules/version/{first}/restore/", reason="Une panne")
        site.live_version = site.newest_version
        site.is_open = False
        editor.send_form(f"{GUIDE}/settings/", closed="on", closing_message="Revenez demain.")
        time.sleep(1)
        editor.send_form(f"{GUIDE}/settings/", closed="")
        site.is_open = True


def pass_publication(site: Site, seconds: float) -> None:
    """Publishes the guide for a later date, and moves the clock over that date."""
    _import_next_version(site)
    editor = Editor(site.address, ACCOUNT, PASSWORD)
    now = datetime.now(UTC) + timedelta(seconds=site.clock_seconds)
    later = (now + timedelta(hours=1)).astimezone(ZoneInfo("Europe/Paris"))
    date, hour = f"{later:%Y-%m-%d}", f"{later:%H:%M}"
    editor.send_form(f"{GUIDE}/publish/", when="later", date=date, time=hour)
    time.sleep(seconds)
    site.newest_version += 1
    site.move_clock(2 * 3600)
    site.live_version = site.newest_version
    time.sleep(seconds)


def pass_expiry(site: Site, seconds: float) -> None:
    """Moves the clock a month forward: diagnostics that were begun before have expired."""
    site.move_clock(31 * 24 * 3600)
    time.sleep(seconds)


def _import_next_version(site: Site, *options: str) -> None:
    """Imports a guide that no version had before, and publishes it with the option `--publish`."""
    document = SHIPPED_GUIDE.read_text()
    for key in KEYS_OF_A_VERSION:
        document = document.replace(key, f"{key}-{site.newest_version + 1}")
    file = site.folder / "guide.yaml"
    file.write_text(document)
    site.newest_version += bool(options)
    site.run_command("import_guide", str(file), "--replace-draft", *options)
    site.live_version = site.newest_version
