"""Finds the network from which a visitor's request comes, by which limits know visitors."""

import re
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_PORT = re.compile(r"(?:(?<=\])|(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d)):\d+$")
"""The port that some proxies add after an address, as in `192.0.2.1:5001` or `[2001:db8::1]:5001`."""


CUSTOMER_PREFIX = 48
"""The bits of the largest IPv6 network that a provider gives to one customer: 65,536 times /64."""


def visitor_network(request: HttpRequest, ipv6_prefix: int = 64) -> str:
    """Returns the IPv4 address of the visitor, or the IPv6 network (/64), which is one household's.

    If the server does not know the address, as on a Unix socket, the text is empty.
    """
    found = _visitor_address(request)
    if found is None:
        return ""
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found.packed, ipv6_prefix), strict=False))


def _visitor_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Returns the address that the outermost proxy has added, else that of whoever is connected.

    Each proxy adds an entry at the end of X-Forwarded-For, so the entry that the outermost one has
    added is as far from the end as there are proxies. The visitor may have written those before it.
    With fewer entries, the request went around a proxy, and the visitor may have written them all.
    """
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXIES <= len(entries):
        with suppress(ValueError):  # some proxies add "unknown"
            return ip_address(_PORT.sub("", entries[-settings.PROXIES].strip()).strip("[]"))
    with suppress(ValueError):
        return ip_address(request.META.get("REMOTE_ADDR", ""))
    return None
