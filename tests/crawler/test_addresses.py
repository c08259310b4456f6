"""A crawl connects to public addresses, and to hosts that its user named."""

import socket

import pytest

from crawler.addresses import Reach, reach_of, usable


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("127.0.0.1", Reach.LOOPBACK),
        ("127.200.3.4", Reach.LOOPBACK),
        ("0.0.0.0", Reach.LOOPBACK),  # noqa: S104 (refused, not bound)
        ("::1", Reach.LOOPBACK),
        ("::", Reach.LOOPBACK),
        ("10.1.2.3", Reach.PRIVATE),
        ("172.16.0.1", Reach.PRIVATE),
        ("172.31.255.255", Reach.PRIVATE),
        ("192.168.1.1", Reach.PRIVATE),
        ("fd12::1", Reach.PRIVATE),
        ("fec0::1", Reach.PRIVATE),
        ("169.254.169.254", Reach.METADATA),
        ("100.100.100.200", Reach.METADATA),
        ("fd00:ec2::254", Reach.METADATA),
        ("169.254.1.1", Reach.LINK_LOCAL),
        ("fe80::1%eth0", Reach.LINK_LOCAL),
        ("100.64.0.1", Reach.SHARED),
        ("224.0.0.1", Reach.MULTICAST),
        ("ff02::1", Reach.MULTICAST),
        ("192.0.2.1", Reach.RESERVED),
        ("240.0.0.1", Reach.RESERVED),
        ("255.255.255.255", Reach.RESERVED),
        ("2001:db8::1", Reach.RESERVED),
        ("::ffff:127.0.0.1", Reach.LOOPBACK),
        ("::ffff:0:10.0.0.1", Reach.PRIVATE),
        ("::10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::a00:1", Reach.PRIVATE),
        ("64:ff9b:1::1", Reach.PRIVATE),
        ("2002:7f00:1::", Reach.LOOPBACK),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", Reach.PRIVATE),
        ("localhost", Reach.UNREADABLE),
        ("", Reach.UNREADABLE),
        ("8.8.8.8", Reach.PUBLIC),
        ("172.32.0.1", Reach.PUBLIC),
        ("100.128.0.1", Reach.PUBLIC),
        ("2606:4700::1111", Reach.PUBLIC),
        ("64:ff9b::808:808", Reach.PUBLIC),
        ("::ffff:8.8.8.8", Reach.PUBLIC),
    ],
)
def test_from_where_an_address_can_be_reached(address: str, reach: Reach) -> None:
    """Every special range, and IPv4 addresses inside IPv6 ones."""
    assert reach_of(address) is reach


@pytest.mark.parametrize(
    "host", ["127.1", "0x7f.1", "2130706433", "017700000001", "0", "127.0.0.1"]
)
def test_spellings_of_loopback_are_seen_through(host: str) -> None:
    """The resolver makes one address of them; the guard sees that one."""
    found = socket.getaddrinfo(host, 80, socket.AF_INET, socket.SOCK_STREAM)
    addresses = [str(address[4][0]) for address in found]
    assert addresses
    assert usable(host, addresses, []) == ()


def test_hosts_that_the_user_named_may_be_anywhere() -> None:
    """Named once, however it is spelled; a neighbour is not named by that."""
    local = ["127.0.0.1", "::1"]
    assert usable("localhost", local, []) == ()
    assert usable("LOCALHOST.", local, ["localhost"]) == tuple(local)
    assert usable("[::1]", ["::1"], ["::1"]) == ("::1",)
    assert usable("a.localhost", local, ["localhost"]) == ()


def test_of_mixed_addresses_the_public_ones_are_kept() -> None:
    """A name that points outside and inside leads outside only."""
    mixed = ["10.0.0.1", "8.8.8.8", "::1"]
    assert usable("a.example", mixed, ["b.example"]) == ("8.8.8.8",)
