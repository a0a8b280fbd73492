"""Limits how many wrong codes can be tried, so that nobody finds a diagnostic by guessing its code.

Visitors are known by their network, which all schools of an academy may share: an IPv4 address, or
all the IPv6 addresses of one customer of a provider (/48). A network has 100 wrong codes in hand, and
gets one back every 12 seconds. A right code costs nothing. When none is left, every code from this
network waits for the next one, 12 seconds at most. A right code waits too: if it did not, a visitor
could go on guessing. As long as someone there goes on guessing, the others there may have to send
theirs more than once.

After 5,000 wrong codes in an hour of the clock, whoever sent them, the networks that sent a wrong
one in this hour have one wrong code in each minute of the clock, so they wait 60 seconds at most. All
others go on without waiting.

How long it takes to guess a code: there are 31^8 codes (8.5 · 10^11). With 10,000 live diagnostics,
one code in 85 million opens one of them.

- One address tries 300 wrong codes an hour, 2.6 million a year. It finds one of the 10,000
  diagnostics once in 32 years, and one given diagnostic once in 320,000 years.
- A thousand addresses together try 5,000 codes at the beginning of each hour, and then one a minute
  each: 65,000 an hour. They find one of the 10,000 diagnostics once in 55 days (without the limit for
  all, once in 12), and one given diagnostic once in 1,500 years.

The diagnostic found does not say whose it is.
"""

from bisect import bisect_left
from contextlib import suppress
from time import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from diagnostics.models import Session
from diagnostics.selectors import session_by_code
from diagnostics.throttles.token_bucket import TokenBucket, TooManyRequestsError

WRONG_CODES = TokenBucket("wrong-codes", capacity=100, seconds_per_token=12)
SLOWED_CODES = TokenBucket("slowed-codes", capacity=1, seconds_per_token=60)
"""The limit that replaces `WRONG_CODES` for a network that is slowed."""
MAX_BEFORE_SLOWING = 5_000
"""The number of wrong codes in an hour of the clock, from everywhere, until networks are slowed."""
HOUR_SECONDS = 3_600


def session_by_typed_code(code: str, network: str) -> Session | None:
    """Returns the session with this code, or `None`, and counts a wrong code.

    Raises `TooManyRequestsError` if the network must wait, whether or not the code is right.
    """
    hour = int(time() // HOUR_SECONDS)
    bucket = SLOWED_CODES if _is_slowed(network, hour) else WRONG_CODES
    token = bucket.take(network)
    session = session_by_code(code)
    if session:
        bucket.give_back(token)
    else:
        _count_wrong_code(network, hour)
    return session


def _is_slowed(network: str, hour: int) -> bool:
    """True if too many wrong codes came from everywhere in this hour, and one of them from here."""
    names = [_name_of_number(MAX_BEFORE_SLOWING - 1, hour), _name_of_network(network, hour)]
    return len(cache.get_many(names)) == len(names)


def _count_wrong_code(network: str, hour: int) -> None:
    """Adds the lowest free number of this hour to the cache. Numbers are never given back."""
    cache.add(_name_of_network(network, hour), 1, HOUR_SECONDS)
    with suppress(TooManyRequestsError):
        SLOWED_CODES.take(network)
    number = bisect_left(
        range(MAX_BEFORE_SLOWING), True, key=lambda n: _name_of_number(n, hour) not in cache
    )
    while number < MAX_BEFORE_SLOWING:
        if cache.add(_name_of_number(number, hour), 1, HOUR_SECONDS):
            break
        number += 1  # another request has just added it


def _name_of_number(number: int, hour: int) -> str:
    return f"wrong-codes.{hour}.{number}"


def _name_of_network(network: str, hour: int) -> str:
    """Returns a name with a digest, since the cache must not know the network."""
    digest = salted_hmac(f"diagnostics.wrong_codes.{hour}", network, algorithm="sha256")
    return f"wrong-codes.{hour}.{digest.hexdigest()}"
