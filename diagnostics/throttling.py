"""How often one visitor may do something, without keeping who it is.

Each time takes one of the places of the hour, all of which have names of their own: `add` gives
a name to one asker alone, on every cache. A counter would not do: `incr` of the database cache
reads, then writes, and shortens the time to five minutes.

The place is taken before the work is done, and given back where the work was no harm: however
many ask at once, no more than `limit` are at work or have done harm. Two hours that touch may
see twice as many in sixty minutes.

What this leaves to those who guess codes: there are 31^8 (8.5 · 10^11). With 20 wrong ones an
hour, an address tries 14,400 a month: it meets one given diagnostic once in 5 million years, and
any of 10,000 that are kept once in 490 years; a thousand addresses together, any of them once
in six months. What they then read names nobody.
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

HOUR = 3_600
_PORT = re.compile(r"(?:(?<=\])|(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d)):\d+$")
"""Which some proxies add to an address: of IPv6 behind its brackets, of IPv4 behind its last part."""


class TooManyRequestsError(RuntimeError):
    """All places are taken; there are new ones after so many seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Throttle:
    name: str
    limit: int
    """Within an hour of the clock, for one address."""

    def take(self, request: HttpRequest) -> str:
        """A place of this hour. Raises `TooManyRequestsError`."""
        hour, second = divmod(int(time()), HOUR)
        places = self._places(hour, _visitor(request))
        taken = cache.get_many(places)
        for place in places:
            # Kept longer than the hour that it names: to take over a name whose time is over is
            # what `add` of the database cache may grant to two.
            if place not in taken and cache.add(place, 1, HOUR + 60):
                return place
        raise TooManyRequestsError(HOUR - second)

    def give_back(self, place: str) -> None:
        cache.delete(place)

    def _places(self, hour: int, visitor: str) -> list[str]:
        """The key of the digest is secret, and another hour gives another digest."""
        salt = f"diagnostics.throttling.{self.name}.{hour}"
        digest = salted_hmac(salt, visitor, algorithm="sha256").hexdigest()
        return [f"{self.name}.{digest}.{number}" for number in range(self.limit)]


def places_purge() -> None:
    """The database cache keeps what has expired until it is full; digests go sooner."""
    if isinstance(caches["default"], DatabaseCache):
        names = (settings.CACHES["default"]["LOCATION"], "expires")
        table, expires = (connection.ops.quote_name(name) for name in names)
        with connection.cursor() as cursor:
            sql = f"DELETE FROM {table} WHERE {expires} < %s"  # noqa: S608 (names of ours)
            cursor.execute(sql, [connection.ops.adapt_datetimefield_value(timezone.now())])


def _visitor(request: HttpRequest) -> str:
    """The address, or the network that one house has to itself in IPv6."""
    address = _address(request)
    try:
        found = ip_address(_PORT.sub("", address).strip("[]"))
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found.packed, 64), strict=False))


def _address(request: HttpRequest) -> str:
    """Behind a proxy, the last entry is the proxy's own; those before are what it was told."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))
