"""A site under test: a database, the server that runs on it, its versions and its clock."""

import json
import subprocess
import sys
from pathlib import Path

from diagnostics.settings import BASE_DIR
from rules.document.parsing import parse_document
from rules.engine.content import GuideContent
from tests.faults.databases import Database
from tests.local_installation import LocalInstallation, free_port

ACCOUNT, PASSWORD = "faults", "a password for tests only"
WORKERS = 2
IN_SERVER = Path(__file__).with_name("in_server")
"""The folder whose `sitecustomize` the processes of the server import."""


class Site:
    """A site that serves the shipped guide, with an account that may do everything."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.database = database
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.live_version = self.newest_version = 1
        """The lowest and the highest number that the live version may have at this moment."""
        self.is_open = True
        """False while diagnostics may be refused, because the guide is closed or about to be."""
        self.clock_seconds = self.latest_clock_seconds = 0.0
        """How many seconds the clock of the server is ahead, at least and at most."""
        self._guides: dict[int, GuideContent] = {}
        self.installation = LocalInstallation(
            folder,
            workers=WORKERS,
            variables={
                "DATABASE_URL": database.url,
                "SECRET_KEY": "for tests only",
                "THROTTLING": "off",
                "PYTHONPATH": f"{IN_SERVER}:{BASE_DIR}",
                "FAULTS_FOLDER": str(folder),
            },
        )
        self.run_command("migrate", "--verbosity=0")
        self.run_command(
            "createsuperuser", "--noinput", f"--username={ACCOUNT}", "--email=faults@example.fr"
        )
        self.start_server()

    def run_command(self, *arguments: str) -> None:
        """Runs a command of `manage.py` on the database of the site."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=self.installation.environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def start_server(self) -> None:
        self.installation.start_and_wait(port=self.port)

    def kill_server(self) -> None:
        """Kills the process that `start` runs, and leaves its workers alone."""
        self.installation.kill_servers()

    def worker_ids(self) -> list[int]:
        """Returns the ids of the processes that answer requests."""
        [server] = self.installation.servers
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def give_instruction(self, name: str, content: str) -> None:
        """Writes a file that the processes of the server read, without a moment of half a file."""
        draft = self.folder / f"{name}.new"
        draft.write_text(content)
        draft.replace(self.folder / name)

    def move_clock(self, seconds: float) -> None:
        self.latest_clock_seconds += seconds
        self.give_instruction("clock", str(self.latest_clock_seconds))
        self.clock_seconds = self.latest_clock_seconds

    def guide_of_version(self, number: int) -> GuideContent:
        """Returns the content of a version of the shipped guide, as the database holds it."""
        if number not in self._guides:
            query = f"SELECT document FROM rules_version WHERE number = {number}"
            [(document,)] = self.database.query_rows(query)
            self._guides[number] = parse_document(json.loads(str(document)))
        return self._guides[number]

    def close(self) -> None:
        """Ends the server, but not its database."""
        self.installation.terminate_gracefully()
