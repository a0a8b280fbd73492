"""Limits wrong passwords and wrong codes of second factors. The cache holds no name and no address.

A try takes its tokens before the password is checked, and a right one gives them back: only wrong
passwords count. What someone can guess:

- From one address, against one account: 10 passwords at once, then one each 90 seconds, which is 970
  on the first day and 960 on each other day; against all accounts together, 25 at once, then one each
  36 seconds, which is 2,425 and then 2,400 a day.
- From a thousand addresses, against one account: it is slowed after 100 wrong passwords from anywhere,
  to one each 10 seconds, which is 8,740 on the first day and 8,640 on each other day. Besides these,
  each address has 3 tries that are never slowed, and one more each 8 hours, which makes at most 14,740
  on the first day and 11,640 on each other day. Without this limit they were 960,000. All the IPv6
  addresses that one customer of a provider may have (/48) count as one address here.
- Django refuses the 20,000 most common passwords, so the likeliest ones are not among these guesses.
  The password that `start` makes has 16 random characters (96 bits).

Nobody can lock the account of someone else: whoever mistypes the password at most twice is not
slowed, whatever other addresses do. An address that has used its 3 tries waits with the others of its
kind, at most for the time of the next token.

Codes of applications are limited by account alone, because only someone who knows the password is
asked for one. There are 10 at once, then one each 15 minutes, from all addresses together: 106 on
the first day, 96 on each other day. At any moment 3 of the 1,000,000 codes are right, so whoever
knows a password finds a right code within a year with a probability of 10 %, and each wrong code is
a line in the log. A recovery code is one of 31^12: wrong ones are limited by account and address, so
that whoever knows the password cannot lock out an owner who has recovery codes.

A check of a password takes half a second of a core. A worker makes one at a time, and at most two of
its threads for pages of the admin are in one or await theirs; further tries are refused before anything
is counted. A thousand addresses that go on together can thus keep editors from logging in. They keep
nobody who is logged in from the pages of the admin, and no visitor from anything.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import BoundedSemaphore, Lock

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from diagnostics.throttles.token_bucket import TokenBucket, TooManyRequestsError
from diagnostics.throttles.visitor_networks import CUSTOMER_PREFIX, visitor_network
from rules.counts import count_label

ADDRESS = TokenBucket("login-address", capacity=25, seconds_per_token=36)
ACCOUNT_AT_ADDRESS = TokenBucket("login-account-at-address", capacity=10, seconds_per_token=90)
ACCOUNT = TokenBucket("login-account", capacity=100, seconds_per_token=10)
NEVER_SLOWED = TokenBucket("login-never-slowed", capacity=3, seconds_per_token=8 * 3_600)
SECOND_FACTOR = TokenBucket("second-factor", capacity=10, seconds_per_token=900)
RECOVERY_AT_ADDRESS = TokenBucket("recovery-at-address", capacity=10, seconds_per_token=90)

LIFTED_SECONDS = 3 * 24 * 3_600
"""How long the cache remembers that a limit was lifted: longer than any token is taken."""
RETRY_SECONDS = 2
"""After how many seconds to try again if too many await the check of a password."""
_free_checks = BoundedSemaphore(max(1, settings.SERVER_THREADS // 2))
"""How many more threads of this worker may check a password, or await their turn."""
_check_turn = Lock()


class TooManyAtOnceError(TooManyRequestsError):
    """Enough threads of the worker check a password already, or await their turn."""

    def __init__(self) -> None:
        super().__init__(RETRY_SECONDS)


class TakenTokens:
    """The tokens that one try has taken, which a right password or code gives back."""

    def __init__(self) -> None:
        self._tokens: list[tuple[TokenBucket, str]] = []

    def take(self, bucket: TokenBucket, *key: str) -> None:
        """Takes a token of the bucket of a key. Raises `TooManyRequestsError`."""
        self._tokens.append((bucket, bucket.take(repr(key))))

    def give_back(self) -> None:
        for bucket, token in self._tokens:
            bucket.give_back(token)


@contextmanager
def password_check(request: HttpRequest, account: str) -> Iterator[TakenTokens]:
    """Lets the `with` block check one try of a password, and yields the tokens that the try takes.

    Raises `TooManyRequestsError` before the block, so that no hash is computed for a refused try.
    """
    if not _free_checks.acquire(blocking=False):
        raise TooManyAtOnceError
    try:
        with _check_turn:
            yield take_password_tokens(request, account)
    finally:
        _free_checks.release()


def take_password_tokens(request: HttpRequest, account: str) -> TakenTokens:
    """Takes the tokens of one try of a password. Raises `TooManyRequestsError`, and takes none."""
    network, since = visitor_network(request), _last_lifting("")
    since_for_account = since + _last_lifting(account)
    taken = TakenTokens()
    try:
        taken.take(ACCOUNT_AT_ADDRESS, since_for_account, account, network)
        taken.take(ADDRESS, since, network)
        _take_account_token(taken, request, since_for_account, account)
    except TooManyRequestsError:
        taken.give_back()
        raise
    return taken


def _take_account_token(taken: TakenTokens, request: HttpRequest, since: str, account: str) -> None:
    """Takes a token of the account or, if it is slowed, one that its address has besides."""
    try:
        taken.take(ACCOUNT, since, account)
    except TooManyRequestsError as slowed:
        try:
            taken.take(NEVER_SLOWED, since, account, visitor_network(request, CUSTOMER_PREFIX))
        except TooManyRequestsError:
            raise slowed from None


def take_code_token(request: HttpRequest, account: str, *, is_recovery_code: bool) -> TakenTokens:
    """Takes the token of one try of a code. Raises `TooManyRequestsError`."""
    taken, since = TakenTokens(), _last_lifting("") + _last_lifting(account)
    if is_recovery_code:
        taken.take(RECOVERY_AT_ADDRESS, since, account, visitor_network(request))
    else:
        taken.take(SECOND_FACTOR, since, account)
    return taken


def login_limits_lift(account: str = "") -> None:
    """Lifts the limits of an account, or those of all accounts and addresses."""
    cache.set(_lifting_name(account), secrets.token_hex(8), LIFTED_SECONDS)


def waiting_sentence(refused: TooManyRequestsError) -> str:
    """Returns « Réessayez dans 36 secondes. », or the minutes from two minutes on."""
    seconds = refused.retry_after
    if seconds < 120:
        return f"Réessayez dans {count_label(seconds, 'seconde{s}')}."
    return f"Réessayez dans {count_label(ceil(seconds / 60), 'minute{s}')}."


def _last_lifting(account: str) -> str:
    """Returns a text that changes each time the limits of the account are lifted."""
    return str(cache.get(_lifting_name(account), ""))


def _lifting_name(account: str) -> str:
    digest = salted_hmac("diagnostics.logins.lifting", account, algorithm="sha256").hexdigest()
    return f"login-limits-lifted.{digest}"
