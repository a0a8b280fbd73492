"""Tests which requests count as the same visitor."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from diagnostics.throttles.visitor_networks import visitor_network

PROXY = "10.0.0.1"


def network_of(address: str, forwarded: str = "") -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return visitor_network(RequestFactory().get("/", headers=headers, REMOTE_ADDR=address))


def are_same_visitor(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """True if two requests count as the same visitor.

    Each request is an address and, behind a proxy, the header X-Forwarded-For.
    """
    return network_of(*first) == network_of(*second)


def test_each_ipv4_address_is_a_visitor() -> None:
    assert are_same_visitor(("192.0.2.1",), ("192.0.2.1",))
    assert not are_same_visitor(("192.0.2.1",), ("192.0.2.2",))


def test_each_ipv6_network_is_a_visitor() -> None:
    assert are_same_visitor(("2001:db8:1:2::1",), ("2001:db8:1:2:a:b:c:d",))
    assert not are_same_visitor(("2001:db8:1:2::1",), ("2001:db8:1:3::1",))


def test_an_ipv4_address_written_as_ipv6_is_the_same_visitor() -> None:
    assert are_same_visitor(("::ffff:192.0.2.1",), ("192.0.2.1",))
    assert not are_same_visitor(("::ffff:192.0.2.1",), ("::ffff:192.0.2.2",))


@pytest.mark.parametrize("public_url_is_https", [False, True])
def test_without_proxies_the_header_is_ignored(
    settings: Settings, public_url_is_https: bool
) -> None:
    settings.HTTPS = public_url_is_https
    assert network_of("192.0.2.1", "198.51.100.1, 198.51.100.2") == "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "visitor"), [(1, "192.0.2.3"), (2, "192.0.2.2"), (3, "192.0.2.1")]
)
def test_behind_proxies_the_visitor_is_the_address_that_the_outermost_one_adds(
    settings: Settings, proxies: int, visitor: str
) -> None:
    settings.PROXIES = proxies
    assert network_of(PROXY, "192.0.2.1,192.0.2.2 ,\t192.0.2.3") == visitor
    assert network_of(PROXY, "x, , 198.51.100.1, 192.0.2.1, 192.0.2.2, 192.0.2.3") == visitor


@pytest.mark.parametrize("forwarded", ["", "198.51.100.1"])
def test_a_request_that_went_around_a_proxy_counts_as_that_of_who_is_connected(
    settings: Settings, forwarded: str
) -> None:
    """Otherwise whoever reaches the server itself could choose the address that counts."""
    settings.PROXIES = 2
    assert network_of("192.0.2.1", forwarded) == "192.0.2.1"


@pytest.mark.parametrize("added", ["unknown", "_hidden", "", "192.0.2", "192.0.2.1:x", "é", "\x00"])
def test_if_the_proxy_adds_no_address_the_visitor_is_who_is_connected(
    settings: Settings, added: str
) -> None:
    settings.PROXIES = 1
    assert network_of(PROXY, f"198.51.100.1, {added}") == PROXY


@pytest.mark.parametrize(
    ("added", "network"),
    [
        ("192.0.2.1:5001", "192.0.2.1"),
        ("[2001:db8::1]:5001", "2001:db8::/64"),
        ("[2001:db8::1]", "2001:db8::/64"),
        ("2001:db8::1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("[fe80::1%eth0]:5001", "fe80::/64"),
        ("[::ffff:192.0.2.1]:5001", "192.0.2.1"),
    ],
)
def test_a_port_or_a_zone_that_the_proxy_adds_does_not_change_the_visitor(
    settings: Settings, added: str, network: str
) -> None:
    settings.PROXIES = 1
    assert network_of(PROXY, added) == network


@pytest.mark.parametrize("address", ["", "unix:/run/site", "\x00", "x" * 5_000, "é"])
def test_requests_from_no_address_are_one_visitor(address: str, settings: Settings) -> None:
    settings.PROXIES = 1
    assert network_of(address) == ""
