"""No crawl is led to a private machine, however its address is spelled."""

import asyncio

import pytest
from scrapy import Request

from crawler.guard import AddressGuard, PrivateAddress, refuse_private

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104
        *("2130706433", "0x7f.1", "127.1", "017700000001", "[::1]", "[fe80::1]"),
        *("[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "127.0.0.1."),
    ],
)
def test_addresses_written_as_numbers_are_refused(host: str) -> None:
    """In all spellings that a resolver would take for one of this network."""
    guard = AddressGuard(frozenset({"yun.example"}))
    with pytest.raises(PrivateAddress, match=" is "):
        asyncio.run(guard.process_request(Request(f"http://{host}/")))


def test_a_public_address_is_not_refused() -> None:
    """Written as a number or not, named or not."""
    guard = AddressGuard(frozenset())
    asyncio.run(guard.process_request(Request(f"http://{PUBLIC}/")))
    refuse_private("yun.example", [PUBLIC], frozenset())


def test_a_host_that_the_user_named_may_be_anywhere() -> None:
    """That very host, and no other that leads to the same machine."""
    named = frozenset({"127.0.0.1"})
    refuse_private("127.0.0.1", ["127.0.0.1"], named)
    with pytest.raises(PrivateAddress) as caught:
        refuse_private("yun.example", ["127.0.0.1"], named)
    assert str(caught.value) == "yun.example leads to 127.0.0.1, which is loopback"
