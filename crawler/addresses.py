"""Which network addresses a crawl may connect to.

A public page can send a crawler to the machine it runs on or to its neighbours, by a
link, by a redirect, or by a name whose address changes. So the check is made on the
addresses a host has when it is connected to, however the host was spelled
(``127.1``, ``0x7f.1`` and ``localhost.`` are all 127.0.0.1 by then). Hosts that the
user named are exempt.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address


class Reach(StrEnum):
    """From where an address can be reached."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    METADATA = "cloud-metadata"
    LINK_LOCAL = "link-local"
    PRIVATE = "private"
    SHARED = "carrier-grade-nat"
    MULTICAST = "multicast"
    RESERVED = "reserved"
    UNREADABLE = "unreadable"


def _networks(*texts: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts)


# Source: the IANA special-purpose address registries of IPv4 and IPv6 (RFC 6890),
# and what the large clouds document as their metadata addresses. First match counts.
_TABLE = (
    (
        Reach.METADATA,
        _networks(
            *("169.254.169.254/32", "169.254.170.2/32", "100.100.100.200/32"),
            *("168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128"),
        ),
    ),
    (Reach.LOOPBACK, _networks("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128")),
    (Reach.LINK_LOCAL, _networks("169.254.0.0/16", "fe80::/10")),
    (
        Reach.PRIVATE,
        _networks(
            *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
            *("fc00::/7", "fec0::/10", "64:ff9b:1::/48"),
        ),
    ),
    (Reach.SHARED, _networks("100.64.0.0/10")),
    (Reach.MULTICAST, _networks("224.0.0.0/4", "ff00::/8")),
    (
        Reach.RESERVED,
        _networks(
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "100::/64"),
            *("2001:2::/48", "2001:db8::/32", "2001:10::/28", "3fff::/20", "5f00::/16"),
        ),
    ),
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, section 2.5.5.1
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")  # RFC 2765
_LOW_BITS = 0xFFFFFFFF


def reach_of(address: str) -> Reach:
    """Tell from where an address can be reached.

    Args:
        address: As the resolver gives it; an IPv6 zone may follow.
    """
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return Reach.UNREADABLE
    for meant in (read, *_embedded(read)):
        for reach, networks in _TABLE:
            if any(meant in network for network in networks):
                return reach
    return Reach.PUBLIC


def usable(
    host: str, addresses: Sequence[str], named: Collection[str]
) -> tuple[str, ...]:
    """Keep the addresses of a host that a crawl may connect to.

    Args:
        host: As it stands in the address that is fetched, without port.
        addresses: What it resolves to at this moment.
        named: Hosts that the user wrote; they may be anywhere.
    """
    if _plain(host) in {_plain(name) for name in named}:
        return tuple(addresses)
    return tuple(each for each in addresses if reach_of(each) is Reach.PUBLIC)


def _plain(host: str) -> str:
    """Write a host in its one way."""
    return host.strip("[]").lower().removesuffix(".")


def _embedded(address: Address) -> Iterator[Address]:
    """List the IPv4 addresses that an IPv6 address stands for on some networks."""
    if isinstance(address, IPv4Address):
        return
    low = IPv4Address(int(address) & _LOW_BITS)
    if address.ipv4_mapped or any(
        address in network for network in (_NAT64, _COMPATIBLE, _TRANSLATED)
    ):
        yield low
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
