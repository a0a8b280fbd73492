"""The worker of gunicorn, which answers in French the requests that it cannot pass to the site.

These are the statuses of such answers, and what causes them:

- 414: the line of the request has more than 8,190 bytes. The site's own addresses are shorter; a link
  that another site made, with answers in it, can be that long, and so can a search in the admin.
- 431: a header has more than 8,190 bytes, or there are more than 100. Cookies can be that long that
  other services of the same domain set; browsers themselves shorten the address of the previous page.
- 400, 403, 417 and 501: what no browser sends, such as a method or a header with a forbidden
  character, two lengths, a proxy's own line, an expectation or an unknown encoding.
- 500: gunicorn itself failed.
"""

import logging
from socket import socket

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

STATUSES = {
    errors.InvalidResponseHeader: 500,
    errors.InvalidResponseHeaderName: 500,
    errors.LimitRequestLine: 414,
    errors.LimitRequestHeaders: 431,
    errors.ExpectationFailed: 417,
    errors.UnsupportedTransferCoding: 501,
    errors.ForbiddenProxyRequest: 403,
}
"""The statuses of errors, besides 400 for a request that cannot be read and 500 for other faults."""

_logger = logging.getLogger("diagnostics")


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    def init_process(self) -> None:
        """Serves until the process ends. gunicorn calls this method after the fork."""
        from diagnostics.daily_purge import start_daily_purge  # once Django has been set up

        start_daily_purge()
        super().init_process()

    def handle_error(self, req: object, client: socket, addr: object, exc: BaseException) -> None:
        """Answers a request that failed before the site answered it. gunicorn calls this method.

        The log gets neither the visitor's address nor anything that was sent.
        """
        from diagnostics.errors import refusal_message  # which Django must have been set up for

        unreadable = isinstance(exc, errors.ParseException)
        status = STATUSES.get(type(exc), 400 if unreadable else 500)
        if status == 500:
            self.log.exception("A request could not be answered")
        else:
            name = type(exc).__name__
            _logger.warning("A request that cannot be read is refused: %s (%s)", status, name)
        try:
            util.write(client, refusal_message(status))
        except OSError:
            self.log.debug("The client has gone")
