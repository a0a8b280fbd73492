"""Logs each login that succeeds, fails or is refused, in one line without a name or an address."""

import logging
from typing import TypeVar

from django.http import HttpResponse
from django.utils.log import log_response

from diagnostics.logins.login_limits import TooManyAtOnceError
from diagnostics.throttles.token_bucket import TooManyRequestsError

Response = TypeVar("Response", bound=HttpResponse)

logger = logging.getLogger("diagnostics.logins")

SUCCEEDED = "Login succeeded."
REGISTERED = "Login succeeded, a second factor is registered."
SUCCEEDED_WITH_CODE = "Login succeeded, with a second factor."
SUCCEEDED_WITH_RECOVERY_CODE = "Login succeeded, with a recovery code."
CODE_ASKED = "Login continues: the password is right, the second factor is asked for."
WRONG_PASSWORD = "Login failed: wrong name or password."  # noqa: S105 (a sentence)
WRONG_CODE = "Login failed: right password, wrong code of the second factor."
REFUSED = "Login refused: too many wrong passwords or codes."
REFUSED_AT_ONCE = "Login refused: too many at once."


def log_success(sentence: str) -> None:
    logger.info(sentence)


def log_failure(sentence: str) -> None:
    logger.warning(sentence)


def refuse_try(response: Response, refused: TooManyRequestsError) -> Response:
    """Makes a page the refusal of a try, with the time to wait, and logs it."""
    response.status_code = 429
    response["Retry-After"] = str(refused.retry_after)
    sentence = REFUSED_AT_ONCE if isinstance(refused, TooManyAtOnceError) else REFUSED
    log_response(sentence, response=response, logger=logger)
    return response
