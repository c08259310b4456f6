"""Each host is asked when it may be: the delay, and what it says itself."""

from crawler.pace import Pace
from crawler.politeness import PARKED_SECONDS

HOST = "yun.example"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.at = 1_900_000_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.at


def test_a_host_is_left_alone_after_each_request() -> None:
    """For the delay, from the request on; others are not concerned."""
    clock = Clock()
    pace = Pace(delay=2.0, clock=clock)
    assert pace.pause_seconds(HOST) == 0.0
    pace.asked(HOST)
    clock.at += 0.5
    assert pace.pause_seconds(HOST) == 1.5
    assert pace.pause_seconds("other.example") == 0.0
    clock.at += 1.5
    assert pace.pause_seconds(HOST) == 0.0


def test_the_crawl_delay_of_robots_txt_is_not_worn_down() -> None:
    """However fast the host answers after it."""
    clock = Clock()
    pace = Pace(delay=1.0, clock=clock)
    pace.heed(HOST, 10.0)
    for _ in range(5):
        pace.asked(HOST)
        pace.answered(HOST, status=200, retry_after=None, latency=0.001)
        assert pace.pause_seconds(HOST) == 10.0
        clock.at += 10.0


def test_a_slow_host_is_asked_less_often() -> None:
    """Five times as long as its last answer took, unless no delay is wanted."""
    for delay, expected in ((1.0, 10.0), (0.0, 0.0)):
        pace = Pace(delay=delay, clock=Clock())
        pace.answered(HOST, status=200, retry_after=None, latency=2.0)
        pace.asked(HOST)
        assert pace.pause_seconds(HOST) == expected


def test_a_host_that_refuses_rests_longer_each_time() -> None:
    """Until it is parked, or until it answers again; no answer says nothing new."""
    pace, rests = Pace(delay=0.0, clock=Clock()), []
    for _ in range(5):
        pace.answered(HOST, status=503, retry_after=None, latency=0.0)
        rests.append(pace.rest_seconds(HOST))
    assert rests == [2.0, 4.0, 8.0, 16.0, PARKED_SECONDS]
    pace.answered(HOST, status=0, retry_after=None, latency=0.0)
    assert pace.rest_seconds(HOST) == PARKED_SECONDS
    pace.answered(HOST, status=200, retry_after=None, latency=0.0)
    assert pace.rest_seconds(HOST) == 0.0


def test_retry_after_is_a_rest_and_no_pause() -> None:
    """What is under way goes on; what is chosen next is of another host."""
    pace = Pace(delay=0.0, clock=Clock())
    pace.answered(HOST, status=429, retry_after="30", latency=0.0)
    assert pace.rest_seconds(HOST) == 30.0
    assert pace.pause_seconds(HOST) == 0.0
