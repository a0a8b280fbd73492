"""Limits how often one visitor may do something, without storing who the visitor is.

In each hour of the clock, each visitor has a limited number of places. A place is a name in the
cache, and a request takes it by adding the name: the cache lets only one request add a name. A
counter in the cache would be wrong: two requests at once may read the same value (the database cache
reads, then writes), and increasing the value sets its lifetime to five minutes.

A request takes a place before it does its work, and gives the place back if it should not count,
such as a right code. So requests that come at once cannot pass the limit together. Within sixty
minutes that span two hours of the clock, a visitor has twice as many places.

How long it takes to guess a code: there are 31^8 codes (8.5 · 10^11). With 20 wrong codes an hour,
one visitor tries 14,400 a month. That finds one given diagnostic once in 5 million years, and any of
10,000 stored diagnostics once in 490 years; a thousand visitors together find any of them once in
six months. The diagnostic found does not say whose it is.
"""

from dataclasses import dataclass
from time import time

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from diagnostics.token_bucket import TooManyRequestsError
from diagnostics.visitor_networks import visitor_network

HOUR_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Throttle:
    """A limit on one kind of request; each kind has its own places."""

    name: str
    limit: int
    """The number of places for one visitor in an hour of the clock."""

    def take(self, request: HttpRequest) -> str:
        """Takes a place of this hour and returns its name. Raises `TooManyRequestsError`."""
        hour, second = divmod(int(time()), HOUR_SECONDS)
        # A digest with a secret key stands for the visitor; it differs from hour to hour.
        salt = f"diagnostics.throttling.{self.name}.{hour}"
        digest = salted_hmac(salt, visitor_network(request), algorithm="sha256").hexdigest()
        places = [f"{self.name}.{digest}.{number}" for number in range(self.limit)]
        taken = cache.get_many(places)
        for place in places:
            # The name expires after its hour only: the database cache may let two requests add a
            # name that has expired.
            if place not in taken and cache.add(place, 1, HOUR_SECONDS + 60):
                return place
        raise TooManyRequestsError(HOUR_SECONDS - second)

    def give_back(self, place: str) -> None:
        """Makes the place available again, given its name."""
        cache.delete(place)


def places_purge() -> None:
    """Removes expired entries from the database cache, which does so itself only when it is full.

    There are none before the first start, which creates the table of the cache.
    """
    if not isinstance(caches["default"], DatabaseCache):
        return
    table_name = settings.CACHES["default"]["LOCATION"]
    if table_name in connection.introspection.table_names():
        table, expires = map(connection.ops.quote_name, (table_name, "expires"))
        with connection.cursor() as cursor:
            sql = f"DELETE FROM {table} WHERE {expires} < %s"  # noqa: S608 (both names come from the settings)
            cursor.execute(sql, [connection.ops.adapt_datetimefield_value(timezone.now())])
