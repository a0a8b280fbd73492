"""Finds the network from which a visitor's request comes, by which limits know visitors."""

import re
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_PORT = re.compile(r"(?:(?<=\])|(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d)):\d+$")
"""The port that some proxies add after an address, as in `192.0.2.1:5001` or `[2001:db8::1]:5001`."""


CUSTOMER_PREFIX = 48
"""The bits of the largest IPv6 network that a provider gives to one customer: 65,536 times /64."""


def visitor_network(request: HttpRequest, ipv6_prefix: int = 64) -> str:
    """Returns the IPv4 address of the visitor, or the IPv6 network (/64), which is one household's.

    Behind a proxy, the address is the last entry of X-Forwarded-For: the proxy added that one, and
    the visitor may have written the others.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    address = str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))
    try:
        found = ip_address(_PORT.sub("", address).strip("[]"))
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found.packed, ipv6_prefix), strict=False))
