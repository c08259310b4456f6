"""How long a host is left alone: pure arithmetic, the clock is the caller's."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

MAX_CRAWL_DELAY_SECONDS: Final = 60.0
"""Longest Crawl-delay of a robots.txt that is kept to."""

LATENCY_FACTOR: Final = 5.0
"""A host that answers slowly is asked less often, as Heritrix does."""

MAX_LATENCY_DELAY_SECONDS: Final = 30.0
"""Longest delay that slow answers lead to."""

MAX_RETRY_AFTER_SECONDS: Final = 86_400.0
"""Longest wait that a server may ask for: a day."""

PARKED_SECONDS: Final = 3_600.0
"""How long a host is left alone that refuses again and again."""

MAX_REFUSALS: Final = 5
"""Refusals in a row after which a host is parked."""

REFUSING: Final = frozenset({429, 503})
"""Statuses that say: not now. Source: RFC 6585 section 4, RFC 9110 section 15.6.4."""

_FIRST_BACKOFF_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is known of a host's patience.

    Attributes:
        refusals: Answers in a row that said "not now".
        wait_seconds: How long it is left alone beyond the usual delay, from its last
            answer on.
    """

    refusals: int = 0
    wait_seconds: float = 0.0

    @property
    def parked(self) -> bool:
        """Tell whether the host has refused too often."""
        return self.refusals >= MAX_REFUSALS


def delay_seconds(
    *, configured: float, crawl_delay: float | None, latency: float
) -> float:
    """Give the seconds between an answer of a host and the next request to it.

    Args:
        configured: The least, by the user's settings.
        crawl_delay: Of the host's robots.txt, if it has one.
        latency: Seconds the last answer took.
    """
    asked = crawl_delay if crawl_delay and crawl_delay > 0 else 0.0
    return max(
        configured,
        min(asked, MAX_CRAWL_DELAY_SECONDS),
        min(LATENCY_FACTOR * latency, MAX_LATENCY_DELAY_SECONDS),
    )


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds or a date.

    Args:
        value: The header as it came, if it did.
        now: The time of the answer, aware.

    Returns:
        Seconds from ``now``, 0 for a date that has passed and at most a day; nothing
        where the header cannot be read. Source: RFC 9110, section 10.2.3.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:10])
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), MAX_RETRY_AFTER_SECONDS)


def after_answer(
    state: HostState,
    *,
    status: int,
    retry_after: float | None = None,
    delay: float = 0.0,
) -> HostState:
    """Give a host's state after one more answer.

    The delay doubles with each refusal, and after ``MAX_REFUSALS`` in a row the host
    is parked. A wait that the server asks for is kept to where it is longer.

    Args:
        state: Before the answer.
        status: Of the answer; 0 where the connection failed says nothing new.
        retry_after: Seconds that came with it.
        delay: The usual delay of the host, which is what doubles.
    """
    if status not in REFUSING:
        return state if status == 0 else HostState()
    refusals = state.refusals + 1
    wait = max(delay, _FIRST_BACKOFF_SECONDS) * 2 ** min(refusals, MAX_REFUSALS)
    if refusals >= MAX_REFUSALS:
        wait = max(wait, PARKED_SECONDS)
    return replace(state, refusals=refusals, wait_seconds=max(wait, retry_after or 0.0))
