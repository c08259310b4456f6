"""Which lines of an unknown page are its main content: judged line by line.

How it is judged, each step a function below, in this order:

1. Every line gets a weight in characters: sentences are positive, link lines and
   the words of an interface (分享到, 上一篇) negative, short lines a little
   negative. Teasers, sentences set between headline links, count for less.
2. Lines in containers whose class or id says what they are (comment, related,
   sidebar) count for little, unless the container holds most of the page's text.
3. The title line, the line that ``<title>`` contains, is the anchor: text after it
   is preferred, and after a heading such as 相关阅读 or 网友评论 weights fade.
4. The element whose lines weigh most holds the main content; inside it the run of
   lines with the maximum sum is the main content.
5. What weights miss at both ends is recovered: sub-headings and facts between title
   and first sentence, a plain list at the end of the same container, the lines of
   date, source and editor, which a later step reads as metadata.

Weights, not positions in a fixed tree, decide, so that old table layouts and pages
of one long line are judged alike. All functions are pure and linear in the page.

Reasons for lines that are not main content begin with one of ``outside-main``
(not in the run), ``container`` (in the run, but in a container named as an aside),
``interface`` (in the run, but the words of a button or a navigation line) and
``link-list`` (in the run, but one of several links in a row); the features that
decided follow after a colon.
"""

from collections.abc import Iterable, Sequence

from crawler.evidence import Evidence, gather, running_sums
from crawler.lines import Line, Span
from crawler.weights import (
    BARRIER_WEIGHT,
    LINK_SHARE,
    NOISE_WEIGHT,
    SHORT_WEIGHT,
    is_main_name,
    noise_words,
)
from index.document import BlockKind

_MAIN_FACTOR = 1.12
_TITLE_FACTOR = 1.5
_LINES_AFTER_TITLE = 10
_HEAD_LINES = 15
_UNTITLED_HEAD_LINES = 8
_TAIL_LINES = 40
_CREDIT_LINES = 3
_LINK_RUN = 3
_MAX_INTERFACE = 40


def judge(lines: Sequence[Line], spans: Sequence[Span], title: str = "") -> list[str]:
    """Return for each line why it is not main content, ``""`` where it is.

    Args:
        lines: The page.
        spans: Lines of its elements; ``end`` may point one past the last line.
        title: Content of ``<title>``.
    """
    page = gather(lines, spans, title)
    best = _best_span(page, spans)
    start, end = _main_run(page, best)
    content = set(range(start, end))
    content -= _intruders(page, start, end)
    content |= _head(page, best, start) | _tail(page, spans, best, end)
    run = range(start, end)
    return [
        ""
        if number in content or not page.lengths[number]
        else _reason(page, number, run)
        for number in range(len(lines))
    ]


def _best_span(page: Evidence, spans: Sequence[Span]) -> Span:
    """Return the element that weighs most."""
    sums = running_sums(page.weights)
    whole = Span(start=0, end=len(page.lines), tag="html")
    return max(spans, key=lambda span: _span_weight(page, span, sums), default=whole)


def _main_run(page: Evidence, best: Span) -> tuple[int, int]:
    """Return the run of lines with the maximum sum in an element."""
    start, end = best.start, min(best.end, len(page.lines))
    if page.title is not None and start <= page.title < end - 1:
        start = page.title + 1
    start, end = _best_run(page.weights, start, end)
    return _sentences_above(page, start), end


def _sentences_above(page: Evidence, start: int) -> int:
    """Return where the sentences right above the run begin: a summary, a preface."""
    top = start
    for number in range(start - 1, -1, -1):
        if (
            page.weights[number] > SHORT_WEIGHT
            and page.is_plain(number)
            and number != page.title
        ):
            top = number
        elif page.lengths[number]:
            break
    return top


def _span_weight(page: Evidence, span: Span, sums: list[float]) -> float:
    """Weigh an element by its lines, its name and its place after the title."""
    end = min(span.end, len(page.lines))
    weight = sums[end] - sums[span.start]
    if weight <= 0 or span.tag in {"html", "body"}:
        return weight
    if is_main_name(span.names):
        weight *= _MAIN_FACTOR
    title = page.title
    if title is not None and span.start <= title + _LINES_AFTER_TITLE and end > title:
        weight *= _TITLE_FACTOR
    return weight


def _best_run(weights: Sequence[float], start: int, end: int) -> tuple[int, int]:
    """Return the run with the maximum sum (Kadane's algorithm)."""
    best, best_run = float("-inf"), (start, start)
    current, run_start = 0.0, start
    for number in range(start, end):
        if current <= 0:
            current, run_start = 0.0, number
        current += weights[number]
        if current > best:
            best, best_run = current, (run_start, number + 1)
    return best_run


def _intruders(page: Evidence, start: int, end: int) -> set[int]:
    """Return lines of a run that do not belong to the text."""
    out = {
        number
        for number in range(start, end)
        if page.asides[number] or _is_interface(page, number)
    }
    linked: list[int] = []
    for number in range(start, end):
        if not page.is_shown(number):
            continue
        if page.shares[number] <= LINK_SHARE:
            linked = []
            continue
        linked.append(number)
        if len(linked) >= _LINK_RUN:
            out.update(linked[-_LINK_RUN:])
    return out


def _is_interface(page: Evidence, number: int) -> bool:
    """Tell the words of a button or a navigation line inside the text."""
    return (
        page.weights[number] in {NOISE_WEIGHT, BARRIER_WEIGHT}
        and page.lengths[number] <= _MAX_INTERFACE
        and not page.is_credit(number)
    )


def _head(page: Evidence, best: Span, start: int) -> set[int]:
    """Return the lines before the run that belong to it.

    With the title in sight that is what stands below it; otherwise no more than a
    few plain lines in the same element.
    """
    title = page.title
    if title is not None and start - _HEAD_LINES <= title < start:
        between = range(title + 1, start)
        return {title} | {
            number
            for number in between
            if page.is_plain(number) or page.is_credit(number)
        }
    head: set[int] = set()
    for number in range(
        start - 1, max(start - _UNTITLED_HEAD_LINES, best.start) - 1, -1
    ):
        if page.is_plain(number) and page.lines[number].kind is not BlockKind.ITEM:
            head.add(number)
        elif page.is_shown(number):
            break
    return head


def _tail(page: Evidence, spans: Iterable[Span], best: Span, end: int) -> set[int]:
    """Return the lines after the run that belong to it.

    The element around the last line may end in plain lines: a list of names, a
    signature. So may the element around that one, up to the best element.
    """
    holders = [
        span
        for span in spans
        if best.start <= span.start < end - 1 and end <= span.end <= best.end
    ]
    last = end
    for holder in sorted(holders, key=lambda span: span.end - span.start):
        rest = range(last, min(holder.end, len(page.lines)))
        if len(rest) > _TAIL_LINES or not _all_plain(page, rest):
            break
        last = max(last, rest.stop)
    return {*range(end, last), *_credits_behind(page, last)}


def _credits_behind(page: Evidence, end: int) -> list[int]:
    """Return the lines of date, source or editor right behind the text."""
    found: list[int] = []
    for number in range(end, min(end + _CREDIT_LINES, len(page.lines))):
        if page.is_credit(number):
            found.append(number)
        elif page.is_shown(number) and page.shares[number] <= LINK_SHARE:
            break
    return found


def _all_plain(page: Evidence, numbers: Iterable[int]) -> bool:
    """Tell lines that nothing speaks against, spacers among them."""
    return all(page.is_plain(number) or not page.lengths[number] for number in numbers)


def _reason(page: Evidence, number: int, run: range) -> str:
    """Say why a line is not main content."""
    features = _features(page, number)
    if number not in run:
        return f"outside-main: {features or _place(page, number, run)}"
    if page.asides[number]:
        return f"container: {features}"
    rule = "link-list" if page.shares[number] > LINK_SHARE else "interface"
    return f"{rule}: {features or _place(page, number, run)}"


def _features(page: Evidence, number: int) -> str:
    """List what speaks against a line by itself."""
    features = []
    if page.shares[number]:
        features.append(f"links {page.shares[number]:.2f}")
    if page.asides[number]:
        features.append(f"container named {page.asides[number]}")
    if number in page.barriers:
        features.append("announces other text")
    elif page.shares[number] <= LINK_SHARE and page.weights[number] < SHORT_WEIGHT:
        features.append(noise_words(page.lines[number].text))
    return ", ".join(filter(None, features))


def _place(page: Evidence, number: int, run: range) -> str:
    """Say what a line weighs and how far from the main content it stands."""
    weight = f"weight {page.weights[number]:.0f}"
    if number < run.start:
        return f"{weight}, {run.start - number} lines above the text"
    return f"{weight}, {number - run.stop + 1} lines below the text"
