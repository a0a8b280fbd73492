"""Tests which requests count as the same visitor."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from diagnostics.throttles.visitor_networks import visitor_network


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


def test_behind_a_proxy_the_visitor_is_the_address_that_the_proxy_adds(settings: Settings) -> None:
    settings.HTTPS = True
    assert not are_same_visitor(("10.0.0.1", "192.0.2.1"), ("10.0.0.1", "192.0.2.2"))
    assert are_same_visitor(("10.0.0.1", "192.0.2.1"), ("10.0.0.2", "192.0.2.1"))


@pytest.mark.parametrize("address", ["192.0.2.1", "[2001:db8::1]"])
def test_a_port_that_the_proxy_adds_does_not_change_the_visitor(
    address: str, settings: Settings
) -> None:
    settings.HTTPS = True
    proxy = "10.0.0.1"
    assert are_same_visitor((proxy, f"{address}:5001"), (proxy, f"{address}:5002"))
    assert are_same_visitor((proxy, address.strip("[]")), (proxy, f"{address}:5002"))


def test_behind_a_proxy_earlier_entries_of_the_header_are_ignored(settings: Settings) -> None:
    settings.HTTPS = True
    assert are_same_visitor(("10.0.0.1", "198.51.100.1, 192.0.2.1"), ("10.0.0.1", "x,192.0.2.1"))


def test_without_a_proxy_the_header_is_ignored() -> None:
    assert are_same_visitor(("192.0.2.1", "198.51.100.1"), ("192.0.2.1", "198.51.100.2"))


@pytest.mark.parametrize("address", ["", "unknown", "\x00", "x" * 5_000, "é"])
def test_requests_with_the_same_malformed_address_are_the_same_visitor(
    address: str, settings: Settings
) -> None:
    settings.HTTPS = True
    assert are_same_visitor(("", address), ("", address))
