"""The worker of gunicorn: a process that serves with waitress.

gunicorn starts as many as it is told, replaces those that end, and stops them in turn.
"""

import os
import sys
from time import monotonic

from gunicorn.workers.base import Worker as GunicornWorker

SECONDS_BETWEEN_SIGNS_OF_LIFE = 1.0
SECONDS_OF_A_TURN = 0.0005
"""How long a thread of Python keeps others waiting, which Python sets to ten times as long.

A visitor's page takes some fifty turns, one after each answer of the database. Beside threads that
only compute, such as proofs of drafts, it takes half as long with short turns.
"""


class Worker(GunicornWorker):  # type: ignore[misc]  # gunicorn has no types
    def run(self) -> None:
        """Serves until gunicorn ends the process, then finishes what is being answered.

        gunicorn calls this method after the fork.
        """
        # Both can be imported only once Django is set up.
        from diagnostics.server.daily_purge import start_daily_purge
        from diagnostics.server.http_connections import Server

        sys.setswitchinterval(SECONDS_OF_A_TURN)
        start_daily_purge()
        server = Server(self.wsgi, self.sockets[0].sock, self.cfg.threads)
        while self.alive and os.getppid() == self.ppid:
            self.notify()
            server.serve_for(SECONDS_BETWEEN_SIGNS_OF_LIFE)
        server.serve_for(0)  # requests that have come already
        server.stop_accepting()
        ends_at = monotonic() + self.cfg.graceful_timeout
        while server.is_answering and monotonic() < ends_at:
            self.notify()
            server.serve_for(0.1)
