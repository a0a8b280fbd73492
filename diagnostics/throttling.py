"""Limits how often one visitor may do something, without storing who the visitor is.

Each hour has a number of places for each visitor, and each place has a name in the cache. A request
takes a place by adding its name: every cache lets only one request add a name. A counter would not
do: `incr` of the database cache reads, then writes, and shortens the time to five minutes.

A request takes its place before the work and gives it back if the work did no harm: however many
requests come at once, no more than `limit` are at work or have done harm. Sixty minutes that span
two hours of the clock may see twice as many.

Someone who guesses codes has little hope: there are 31^8 codes (8.5 · 10^11). With 20 wrong codes an
hour, an address tries 14,400 a month: it finds one given diagnostic once in 5 million years, and one
of 10,000 stored diagnostics once in 490 years; a thousand addresses together find one of these once
in six months. A diagnostic found so names nobody.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from time import time

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR_SECONDS = 3_600
_PORT = re.compile(r"(?:(?<=\])|(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d)):\d+$")
"""The port that some proxies add: after the brackets of IPv6, after the last part of IPv4."""


class TooManyRequestsError(RuntimeError):
    """All places are taken; there are new ones after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Throttle:
    name: str
    limit: int
    """The number of places for one visitor in an hour of the clock."""

    def take(self, request: HttpRequest) -> str:
        """Takes a place of this hour and returns it. Raises `TooManyRequestsError`."""
        hour, second = divmod(int(time()), HOUR_SECONDS)
        # The places are named by a digest with a secret key, which differs from hour to hour.
        salt = f"diagnostics.throttling.{self.name}.{hour}"
        digest = salted_hmac(salt, _visitor_network(request), algorithm="sha256").hexdigest()
        places = [f"{self.name}.{digest}.{number}" for number in range(self.limit)]
        taken = cache.get_many(places)
        for place in places:
            # The name lives longer than its hour: once a name has expired, `add` of the database
            # cache may let two requests add it.
            if place not in taken and cache.add(place, 1, HOUR_SECONDS + 60):
                return place
        raise TooManyRequestsError(HOUR_SECONDS - second)

    def give_back(self, place: str) -> None:
        cache.delete(place)


def places_purge() -> None:
    """Removes expired places from the database cache, which would hold them until it is full."""
    if isinstance(caches["default"], DatabaseCache):
        names = (settings.CACHES["default"]["LOCATION"], "expires")
        table, expires = (connection.ops.quote_name(name) for name in names)
        with connection.cursor() as cursor:
            sql = f"DELETE FROM {table} WHERE {expires} < %s"  # noqa: S608 (names of ours)
            cursor.execute(sql, [connection.ops.adapt_datetimefield_value(timezone.now())])


def _visitor_network(request: HttpRequest) -> str:
    """Returns the address of IPv4, or the network that one household has to itself in IPv6.

    Behind a proxy, the last entry of the header is the proxy's own; anyone may write the others.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    address = str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))
    try:
        found = ip_address(_PORT.sub("", address).strip("[]"))
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found.packed, 64), strict=False))
