"""What a crawl tells while it runs, and what it comes to."""

from collections import Counter

import pytest

from crawler.fetching import Progress
from crawler.progress import answered, duration, line, reporter, summary

OUTCOMES = Counter(
    {
        "new": 1_200,
        "unchanged": 30,
        "list-page": 4,
        "sitemap": 2,
        "robots": 3,
        "not-html": 5,
        "redirect": 7,
        "http-404": 1,
        "not-found": 1,
        "timeout": 2,
        "http-500": 1,
        "retry": 9,
    }
)


def test_a_line_tells_how_far_it_is() -> None:
    """What was fetched, how fast, what is left, what failed, how long for the rest."""
    progress = Progress(outcomes=OUTCOMES, queued=628, hosts=2, seconds=628.0)
    assert line(progress) == (
        "1,256 fetched, 2.0/s, 2 hosts, 628 queued, 3 failed, 5:14 left for these"
    )
    assert line(Progress()) == "0 fetched, 0.0/s, 0 hosts, 0 queued, 0 failed"


def test_the_summary_adds_up() -> None:
    """Attempts that were repeated are no pages, and every reason is named."""
    assert summary(Progress(outcomes=OUTCOMES, near_duplicates=6)) == (
        "1256 read, 1200 new, 0 changed, 30 unchanged, 6 near-duplicate, "
        "12 skipped (4 list-page, 5 not-html, 3 robots), 7 redirects, 2 gone, "
        "3 failed (1 http-500, 2 timeout)"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0:00"), (59.6, "1:00"), (3_599, "59:59"), (90_061, "25:01:01")],
)
def test_times_are_written_as_a_clock_does(seconds: float, text: str) -> None:
    """Hours only where there are some."""
    assert duration(seconds) == text


def test_a_site_has_answered_when_anything_came() -> None:
    """A missing page is an answer, a lookup that fails is none."""
    assert answered(Counter({"http-404": 1, "dns": 5}))
    assert not answered(Counter({"dns": 5, "retry": 3}))


def test_a_terminal_has_one_line_that_is_written_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Elsewhere a line is written every five seconds."""
    live, piped = reporter(live=True), reporter(live=False)
    for seconds in (1.0, 2.0):
        live(Progress(seconds=seconds))
    assert capsys.readouterr().err.count("\r\x1b[K0 fetched") == 2
    for seconds in (1.0, 5.0, 6.0, 10.0):
        piped(Progress(seconds=seconds))
    assert capsys.readouterr().err.count("0 fetched") == 2
