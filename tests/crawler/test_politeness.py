"""Hosts are left alone for as long as they, and we, think right."""

from datetime import UTC, datetime

import pytest

from crawler.politeness import (
    MAX_REFUSALS,
    PARKED_SECONDS,
    HostState,
    after_answer,
    delay_seconds,
    retry_after_seconds,
)

NOW = datetime(2031, 3, 4, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("configured", "crawl_delay", "latency", "seconds"),
    [
        (2.0, None, 0.1, 2.0),
        (0.0, None, 0.1, 0.5),
        (2.0, 10.0, 0.1, 10.0),
        (2.0, 600.0, 0.1, 60.0),
        (2.0, 1.0, 0.1, 2.0),
        (2.0, -5.0, 0.1, 2.0),
        (2.0, None, 3.0, 15.0),
        (2.0, None, 50.0, 30.0),
        (90.0, 600.0, 50.0, 90.0),
    ],
)
def test_the_longest_of_three_delays_counts(
    configured: float, crawl_delay: float | None, latency: float, seconds: float
) -> None:
    """Ours, that of robots.txt up to a minute, and five times the last answer's."""
    given = delay_seconds(
        configured=configured, crawl_delay=crawl_delay, latency=latency
    )
    assert given == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 04 Mar 2031 08:05:00 GMT", 300.0),
        ("Tue, 04 Mar 2031 16:05:00 +0800", 300.0),
        ("Tue, 04 Mar 2031 08:05:00 -0000", 300.0),
        ("Tue, 04 Mar 2030 08:05:00 GMT", 0.0),
        ("Tue, 04 Mar 2036 08:05:00 GMT", 86_400.0),
        ("999999", 86_400.0),
        ("9" * 400, 86_400.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("１２", None),
        ("Tue, 99 Mar 2031 99:05:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_all_its_forms(value: str | None, seconds: float | None) -> None:
    """Seconds or a date, at most a day, never negative; nonsense says nothing."""
    assert retry_after_seconds(value, NOW) == seconds


def test_refusals_double_the_wait_and_park_the_host() -> None:
    """Two seconds become four, eight, ...; the fifth refusal costs an hour."""
    state = HostState()
    waits = []
    for _ in range(MAX_REFUSALS):
        assert not state.parked
        state = after_answer(state, status=429, delay=2.0)
        waits.append(state.wait_seconds)
    assert waits == [4.0, 8.0, 16.0, 32.0, PARKED_SECONDS]
    assert state.parked
    assert after_answer(state, status=503, delay=2.0).wait_seconds == PARKED_SECONDS


def test_a_wait_that_the_server_asks_for_is_kept_to() -> None:
    """Where it is longer; a shorter one does not shorten ours."""
    longer = after_answer(HostState(), status=503, retry_after=500.0, delay=2.0)
    assert longer.wait_seconds == 500.0
    shorter = after_answer(HostState(), status=503, retry_after=1.0, delay=2.0)
    assert shorter.wait_seconds == 4.0
    assert after_answer(HostState(), status=429).wait_seconds == 2.0


@pytest.mark.parametrize("status", [200, 304, 404, 500])
def test_any_other_answer_ends_the_row(status: int) -> None:
    """The host speaks to us again; a broken connection says nothing."""
    refused = after_answer(HostState(), status=429, delay=2.0)
    assert after_answer(refused, status=status) == HostState()
    assert after_answer(refused, status=0) == refused
