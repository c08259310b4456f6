"""Every answer, and every want of one, means something for its address."""

import pytest

from crawler.fetched import Fetched
from crawler.verdicts import MAX_ATTEMPTS, judge
from crawler.visits import State, Target
from index.http_message import HttpResponse

HTML = ("Content-Type", "text/html; charset=gbk")


def fetched(
    status: int = 200,
    *fields: tuple[str, str],
    body: bytes = b"",
    attempts: int = 0,
    etag: str | None = None,
) -> Fetched:
    """Make an answer."""
    return Fetched(
        target=Target(
            url="http://yun.example/a.doc",
            host="yun.example",
            depth=1,
            attempts=attempts,
            etag=etag,
        ),
        at="2031-03-04T08:05:00Z",
        response=HttpResponse(status=status, fields=fields, body=body),
    )


def failed(reason: str, attempts: int = 0) -> Fetched:
    """Make a want of an answer."""
    target = Target(
        url="http://yun.example/", host="yun.example", depth=0, attempts=attempts
    )
    return Fetched(target=target, at="2031-03-04T08:05:00Z", failure=reason)


@pytest.mark.parametrize("status", [200, 203])
def test_a_page_is_looked_at(status: int) -> None:
    """What it says is another's to judge."""
    assert judge(fetched(status, HTML)).is_page


@pytest.mark.parametrize(
    ("kind", "body", "is_page"),
    [
        ("text/html", b"", True),
        ("TEXT/PLAIN", b"", True),
        ("application/xhtml+xml;charset=x", b"", True),
        ("application/octet-stream", b"\xef\xbb\xbf <!DOCTYPE html>", True),
        ("application/octet-stream", b"PK\x03\x04", False),
        ("", b"<html>", True),
        ("", b"\x89PNG", False),
        ("application/pdf", b"<html>", False),
        ("image/png", b"", False),
    ],
)
def test_what_is_no_page_is_told_by_its_type(
    kind: str, body: bytes, *, is_page: bool
) -> None:
    """Where the type says nothing, by how it begins."""
    verdict = judge(fetched(200, ("Content-Type", kind), body=body))
    assert verdict.is_page is is_page
    if not is_page:
        assert (verdict.state, verdict.reason) == (State.SKIPPED, "not-html")
        assert verdict.detail.startswith("a.doc is of type ")


def test_redirects_lead_on_or_nowhere() -> None:
    """The address they name is the server's word."""
    verdict = judge(fetched(301, ("Location", "../b")))
    assert (verdict.state, verdict.location) == (State.DONE, "../b")
    assert judge(fetched(302)).state is State.FAILED


def test_unchanged_needs_something_to_compare_with() -> None:
    """A 304 that nobody asked for brings no page."""
    assert judge(fetched(304, etag='"1"')).reason == "unchanged"
    assert judge(fetched(304)).state is State.FAILED


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (404, State.GONE),
        (410, State.GONE),
        (204, State.FAILED),
        (206, State.FAILED),
        (401, State.FAILED),
        (403, State.FAILED),
        (999, State.FAILED),
        (408, State.QUEUED),
        (429, State.QUEUED),
        (500, State.QUEUED),
        (599, State.QUEUED),
    ],
)
def test_other_statuses(status: int, state: State) -> None:
    """Gone, failed for good, or to be tried again; the reason names the status."""
    verdict = judge(fetched(status))
    assert (verdict.state, verdict.reason) == (state, f"http-{status}")


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("robots", State.SKIPPED),
        ("private-address", State.FAILED),
        ("too-large", State.FAILED),
        ("bad-address", State.FAILED),
        ("timeout", State.QUEUED),
        ("dns", State.QUEUED),
        ("refused", State.QUEUED),
        ("robots-unavailable", State.QUEUED),
        ("broken-answer", State.QUEUED),
    ],
)
def test_want_of_an_answer(reason: str, state: State) -> None:
    """What we refuse is final; what the network does is tried again."""
    assert judge(failed(reason)).state is state


def test_attempts_come_to_an_end_and_lie_apart() -> None:
    """Twice as long each time, or as long as the server asks."""
    verdicts = [judge(failed("timeout", n)) for n in range(MAX_ATTEMPTS)]
    assert [one.wait_seconds for one in verdicts] == [5.0, 10.0, 0.0]
    assert verdicts[-1].state is State.FAILED
    assert judge(fetched(503, ("Retry-After", "70"))).wait_seconds == 70.0
    assert judge(fetched(503, ("Retry-After", "1"))).wait_seconds == 5.0
