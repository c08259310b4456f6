"""The tables of the benchmark."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tests.bench.cases import CLASSES

OURS: Final = "wensu"
MULTI_WORD: Final = ("and2", "or2", "or4")
POINTS: Final = (50, 95, 99)
_MEGABYTE: Final = 1e6

Goal = tuple[str, float, float]
Cases = Sequence[dict[str, Any]]
Figures = dict[str, dict[str, Any]]
Answers = dict[str, list[dict[str, Any] | None]]


def all_tables(
    drawn: dict[str, Cases],
    answers: Answers,
    built: Figures,
    memory: Figures,
    scale: dict[str, float],
) -> str:
    """Show everything.

    Args:
        drawn: The cases that warmed up, and those that were timed.
        answers: Each engine's answer to each case, ``None`` where it was not asked.
        built: What each builder said.
        memory: What each process that answered said in the end.
        scale: Documents of the corpus for each one that an engine indexed.
    """
    cases = drawn["timed"]
    new = all_new(drawn["warm-up"], cases)
    new_cases = [cases[place] for place in new]
    new_answers = {name: [one[place] for place in new] for name, one in answers.items()}
    return (
        build_table(built, scale)
        + memory_table(memory)
        + query_table(cases, answers, scale)
        + query_table(new_cases, new_answers, scale, "words all new")
        + agreement(cases, answers)
        + goals_table(cases, answers, built, memory, scale)
    )


def build_table(built: Figures, scale: dict[str, float]) -> str:
    """Show seconds, bytes and memory of the builds, and ratios to ours.

    Processor time is that of the whole process, with what it imports, and of those it
    started; the peak is that of the process, and of the largest of those it started.
    """
    ours = built[OURS]
    names = ("s", "x ours", "s settled", "CPU s", "MB", "x ours", "peak MB", "a child")
    rows = [["build", *names]]
    for name, one in built.items():
        sign = "~" if scale[name] > 1 else ""
        rows.append(
            [
                name,
                sign + _number(one["committed"] * scale[name]),
                sign + _ratio(one["committed"] * scale[name], ours["committed"]),
                sign + _number(one["settled"] * scale[name]),
                sign + _number(one["cpu"] * scale[name]),
                sign + _number(one["size"] * scale[name] / _MEGABYTE),
                sign + _ratio(one["size"] * scale[name], ours["size"]),
                _number(one["peak"] / _MEGABYTE),
                _number(one["child_peak"] / _MEGABYTE),
            ]
        )
    notes = "".join(
        f"~ {name} indexed {built[name]['documents']:,} documents; its time and bytes"
        f" are multiplied by {factor:.1f}, and so are its queries (which is more than"
        " they would take: not all that they do grows with the corpus).\n"
        for name, factor in scale.items()
        if factor > 1
    )
    return _table(rows) + (notes and notes + "\n")


def memory_table(memory: Figures) -> str:
    """Show the peak memory of the processes that answered."""
    rows = [["answering", "peak MB"]]
    rows += [[name, _number(one["peak"] / _MEGABYTE)] for name, one in memory.items()]
    return _table(rows)


def query_table(
    cases: Cases,
    answers: Answers,
    scale: dict[str, float],
    title: str = "query",
) -> str:
    """Show percentiles by class and engine in milliseconds, and ratios to ours."""
    points = [f"p{point}" for point in POINTS]
    ratios = [f"{point} x ours" for point in points]
    rows = [[title, "engine", "n", "median total", *points, *ratios]]
    for kind, words in CLASSES.items():
        places = _places(cases, kind)
        for name in answers:
            if given := _given(answers[name], places):
                ours = percentiles(_seconds(answers[OURS], places))
                figures = _query_figures(given, ours, scale[name])
                rows.append([words, name, str(len(given)), *figures])
    return _table(rows)


def all_new(earlier: Iterable[dict[str, Any]], cases: Cases) -> list[int]:
    """List the places of the cases with words that no case before them had.

    An engine that keeps what it read for one query gains nothing on these.
    """
    seen = {word for case in earlier for word in case["words"]}
    places = []
    for place, case in enumerate(cases):
        if case["words"] and seen.isdisjoint(case["words"]):
            places.append(place)
        seen.update(case["words"])
    return places


def _query_figures(
    given: Sequence[dict[str, Any]], ours: Sequence[float], factor: float
) -> Iterator[str]:
    """Write the median total, percentiles and ratios of an engine's answers."""
    sign = "~" if factor > 1 else ""
    totals = sorted(answer["total"] for answer in given)
    yield f"{sign}{totals[len(totals) // 2] * factor:.0f}"
    times = [time * factor for time in percentiles(one["seconds"] for one in given)]
    yield from (f"{sign}{1000 * time:.2f}" for time in times)
    yield from (sign + _ratio(*pair) for pair in zip(times, ours, strict=True))


def goals_table(
    cases: Cases,
    answers: Answers,
    built: Figures,
    memory: Figures,
    scale: dict[str, float],
) -> str:
    """Show how the figures stand to what we want, as far as there are figures.

    The last goals are those of the largest corpus, a million documents.
    """
    rows = [["goal", "limit", "measured", "met"]]
    for title, limit, value in (
        *_build_goals(built, scale),
        *_query_goals(cases, answers, scale),
        *_serving_goals(cases, answers, memory),
    ):
        met = value <= limit if title.startswith("ours") else value >= limit
        sign = "at most" if title.startswith("ours") else "at least"
        rows.append(
            [title, f"{sign} {limit:g}", f"{value:.2f}", "yes" if met else "NO"]
        )
    return _table(rows)


def _build_goals(built: Figures, scale: dict[str, float]) -> Iterator[Goal]:
    """Compare builds: title, limit and figure of each goal."""
    ours = built[OURS]
    for name in ("rjieba+tantivy", "tantivy"):
        if name in built:
            ratio = ours["committed"] / built[name]["committed"]
            yield f"ours / {name}, build", 1.0, ratio
    if "tantivy" in built:
        yield "ours / tantivy, bytes", 1.0, ours["size"] / built["tantivy"]["size"]
    if "whoosh" in built:
        seconds = built["whoosh"]["committed"] * scale["whoosh"]
        yield "whoosh / ours, build", 15.0, seconds / ours["committed"]


def _query_goals(
    cases: Cases, answers: Answers, scale: dict[str, float]
) -> Iterator[Goal]:
    """Compare queries: title, limit and figure of each goal."""
    for kind, title in CLASSES.items():
        places = _places(cases, kind)
        ours = percentiles(_seconds(answers[OURS], places))
        for number, point in enumerate(POINTS[:2]):
            if theirs := _seconds(answers.get("tantivy", []), places):
                ratio = ours[number] / percentiles(theirs)[number]
                yield f"ours / tantivy, {title}, p{point}", 1.0, ratio
            if kind in MULTI_WORD and (
                theirs := _seconds(answers.get("whoosh", []), places)
            ):
                ratio = percentiles(theirs)[number] * scale["whoosh"] / ours[number]
                yield f"whoosh / ours, {title}, p{point}", 100.0, ratio


def _serving_goals(cases: Cases, answers: Answers, memory: Figures) -> Iterator[Goal]:
    """Give our memory, and our time for some words, as they are."""
    yield "ours, memory when answering, GiB", 2.0, memory[OURS]["peak"] / 2**30
    for kind in MULTI_WORD:
        seconds = percentiles(_seconds(answers[OURS], _places(cases, kind)))
        yield f"ours, {CLASSES[kind]}, p95, ms", 20.0, 1000 * seconds[1]


def agreement(cases: Cases, answers: Answers) -> str:
    """Compare our totals with Tantivy's; ours may be larger, never smaller.

    We count what contains a word literally, Tantivy what has it as a token. Of exact
    strings both must count the same.
    """
    rows = [["totals", "equal", "ours larger", "ours smaller", "most, x Tantivy's"]]
    for kind, title in CLASSES.items():
        pairs = [
            (ours["total"], theirs["total"])
            for case, ours, theirs in zip(
                cases, answers[OURS], answers.get("tantivy", []), strict=False
            )
            if case["kind"] == kind and ours and theirs
        ]
        if pairs:
            counts = (
                sum(ours == theirs for ours, theirs in pairs),
                sum(ours > theirs for ours, theirs in pairs),
                sum(ours < theirs for ours, theirs in pairs),
            )
            most = max(ours / theirs for ours, theirs in pairs if theirs)
            rows.append([title, *map(str, counts), f"{most:.2f}"])
    return _table(rows) if len(rows) > 1 else ""


def percentiles(seconds: Iterable[float]) -> list[float]:
    """Give the percentiles of ``POINTS``, each a value that was measured."""
    ordered = sorted(seconds)
    return [ordered[(len(ordered) - 1) * point // 100] for point in POINTS]


def _places(cases: Cases, kind: str) -> list[int]:
    """List the places of the cases of a class."""
    return [place for place, case in enumerate(cases) if case["kind"] == kind]


def _given(
    answers: Sequence[dict[str, Any] | None], places: Iterable[int]
) -> list[dict[str, Any]]:
    """List the answers that were given at some places."""
    return [answer for place in places if answers and (answer := answers[place])]


def _seconds(
    answers: Sequence[dict[str, Any] | None], places: Iterable[int]
) -> list[float]:
    """List what the answers at some places took."""
    return [answer["seconds"] for answer in _given(answers, places)]


def _number(value: float) -> str:
    """Write a number with three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _ratio(value: float, ours: float) -> str:
    """Write how many times ours a value is."""
    return f"{value / ours:.2f}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Write rows in Markdown, columns aligned, the first row as their names."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n\n"
