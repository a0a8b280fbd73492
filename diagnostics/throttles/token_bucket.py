"""Token buckets in the cache that all workers share, exact even for requests that come at once.

A key, such as the network of a visitor, has a bucket of tokens. A request takes one and is refused
if there is none. A token comes back to the bucket some time after it was taken, one after another.

Each token is the time at which it comes back. Time is cut into slots as long as one token takes to
come back, and a bucket of 100 tokens is the next 100 slots. To take a token is to add the name of
the lowest free slot to the cache, which lets only one request add a name. When a slot ends, the next
one leaves the bucket, whether or not it was taken, and a free one enters at the top. A name is never
used again after it has expired.

A counter in the cache would be wrong: two requests at once may read the same value (the database
cache reads, then writes), and increasing the value sets its lifetime to five minutes.

A limit that cannot be counted refuses: while the cache does not answer, `take` raises an error, which
becomes a 503. Only what is sent takes tokens, such as a password; pages that are read take none.

The cache does not know whose a token is: its name is a digest with the secret key, and differs from
token to token.
"""

from dataclasses import dataclass
from math import ceil
from time import time

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

CLOCK_TOLERANCE_SECONDS = 60
"""How much longer than its slot a name stays: the clocks of two servers may differ by so much."""


class TooManyRequestsError(RuntimeError):
    """A limit is reached; `retry_after` is the number of seconds until a request may be accepted."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class TokenBucket:
    """A limit on one kind of request, with a bucket for each key."""

    name: str
    """Tells the tokens of this limit from those of others."""
    capacity: int
    """The number of tokens of a key that took none lately."""
    seconds_per_token: int
    """One token comes back each time that so many seconds have passed."""

    def take(self, key: str) -> str:
        """Takes a token and returns its name. Raises `TooManyRequestsError` if there is none.

        A request takes a token before it does its work, and gives it back if the work should not
        count, such as a right code. So requests that come at once cannot pass the limit together.
        With `THROTTLING` off, takes none and returns an empty name.
        """
        if not settings.THROTTLING:
            return ""
        now = time()
        current_slot = int(now // self.seconds_per_token)
        tokens = {
            self._token_name(key, current_slot + number): number
            for number in range(1, self.capacity + 1)
        }
        taken = cache.get_many(tokens)
        for token, number in tokens.items():
            lifetime = number * self.seconds_per_token + CLOCK_TOLERANCE_SECONDS
            if token not in taken and cache.add(token, 1, lifetime):
                return token
        raise TooManyRequestsError(ceil((current_slot + 1) * self.seconds_per_token - now))

    def give_back(self, token: str) -> None:
        """Returns a token to its bucket at once, given its name."""
        cache.delete(token)

    def _token_name(self, key: str, slot: int) -> str:
        """Returns a name that begins with its digest.

        A full cache drops the names that come first in the alphabet: it thus drops some tokens of
        each bucket, instead of all those of the bucket whose name comes first.
        """
        salt = f"diagnostics.throttles.token_bucket.{self.name}.{slot}"
        return f"{salted_hmac(salt, key, algorithm='sha256').hexdigest()}.{self.name}"
