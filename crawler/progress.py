"""What a crawl tells while it runs and when it ends."""

import sys
from collections import Counter
from collections.abc import Callable

from crawler.clean import SkipReason
from crawler.fetching import Progress
from index.store import Outcome

_PIPE_SECONDS = 5.0
_ANSWERED = frozenset(
    {*(outcome.value for outcome in Outcome), *(reason.value for reason in SkipReason)}
)
_REDIRECT = "redirect"
_PASSED = frozenset({"robots", "not-html", "retry", "sitemap", _REDIRECT})
_GONE = frozenset({"http-404", "http-410", "not-found", "redirected-home"})
_MINUTE, _HOUR = 60, 3600


def line(progress: Progress) -> str:
    """Write how far a crawl has come, in one line."""
    done = sum(progress.outcomes.values()) - progress.outcomes["retry"]
    rate = done / progress.seconds if progress.seconds else 0.0
    parts = [
        f"{done:,} fetched",
        f"{rate:.1f}/s",
        f"{progress.hosts} hosts",
        f"{progress.queued:,} queued",
        f"{sum(failures(progress.outcomes).values()):,} failed",
    ]
    if rate and progress.queued:
        parts.append(f"{duration(progress.queued / rate)} left for these")
    return ", ".join(parts)


def failures(outcomes: Counter[str]) -> Counter[str]:
    """Pick what gave no page, by reason."""
    return Counter(
        {
            name: count
            for name, count in outcomes.items()
            if name not in _ANSWERED | _PASSED | _GONE
        }
    )


def answered(outcomes: Counter[str]) -> bool:
    """Tell whether anything at all was reached."""
    return bool(set(outcomes) - set(failures(outcomes)) - {"retry"})


def summary(progress: Progress) -> str:
    """Sum a crawl up, in one line."""
    outcomes = progress.outcomes
    counts = [f"{sum(outcomes.values()) - outcomes['retry']} read"]
    counts += [f"{outcomes[outcome.value]} {outcome}" for outcome in Outcome]
    counts.append(f"{progress.near_duplicates} near-duplicate")
    skipped = Counter({reason.value: outcomes[reason.value] for reason in SkipReason})
    skipped.update({name: outcomes[name] for name in ("robots", "not-html")})
    counts.append(_listed("skipped", skipped))
    if outcomes[_REDIRECT]:
        counts.append(f"{outcomes[_REDIRECT]} redirects")
    gone = sum(outcomes[name] for name in _GONE)
    if gone:
        counts.append(f"{gone} gone")
    failed = failures(outcomes)
    if failed:
        counts.append(_listed("failed", failed))
    return ", ".join(counts)


def duration(seconds: float) -> str:
    """Write a time as hours, minutes and seconds."""
    whole = round(seconds)
    hours, minutes = whole // _HOUR, whole % _HOUR // _MINUTE
    return (
        f"{hours}:{minutes:02}" if hours else f"{minutes}"
    ) + f":{whole % _MINUTE:02}"


def reporter(*, live: bool) -> Callable[[Progress], None]:
    """Make what shows the progress on the error stream.

    Args:
        live: Whether one line is written over and over, as on a terminal; else a
            line is written every five seconds.
    """
    last = [0.0]

    def report(progress: Progress) -> None:
        if live:
            sys.stderr.write(f"\r\x1b[K{line(progress)}")
        elif progress.seconds - last[0] >= _PIPE_SECONDS:
            last[0] = progress.seconds
            sys.stderr.write(line(progress) + "\n")
        sys.stderr.flush()

    return report


def _listed(word: str, counts: Counter[str]) -> str:
    """Write a sum and what it is made of."""
    parts = [f"{count} {name}" for name, count in sorted(counts.items()) if count]
    listed = f" ({', '.join(parts)})" if parts else ""
    return f"{sum(counts.values())} {word}{listed}"
