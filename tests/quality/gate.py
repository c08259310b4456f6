"""Floors under the figures of quality, pinned to the texts they were measured on.

``floors.json`` holds for every set of texts a digest over them and the lowest value
of each figure that is let through. ``python -m tests.quality.gate`` measures anew
and shows both; ``--update`` writes the new figures down, but none that is lower
than the floor there, unless ``--allow-lower`` says that this is meant. A figure
that rose is to be pinned, or it could sink again unseen: the test asks for it.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.home import Home
from search.service import open_service
from tests.quality import charsets, precedents, real_pages, relevance, sample_sites

FLOORS = Path(__file__).with_name("floors.json")
CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
NOISE = 0.0005
"""How far below its floor a figure may be: versions of parsers differ a little."""
SLACK = 0.005
"""How far above its floor a figure may be before it must be pinned anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The pinned state of one set of texts.

    Attributes:
        digest: Over the texts and their annotations.
        figures: The lowest value of each figure, 0 to 1.
    """

    digest: str
    figures: Mapping[str, float]


def read_floors(path: Path = FLOORS) -> dict[str, Floors]:
    """Read what is pinned, by the name of the set."""
    content = json.loads(path.read_text("utf-8"))
    return {name: Floors(**pinned) for name, pinned in content.items()}


def measure_all() -> dict[str, Floors]:
    """Measure every set of texts as it is now."""
    pages = real_pages.load_pages()
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        relevance.fill(home, relevance.read_texts(CORPORA))
        service = open_service(home)
        relevant = relevance.measured(service, CORPORA)
        service.close()
    digest = real_pages.digest()
    return {
        "real pages": Floors(
            digest=digest,
            figures=real_pages.measure(real_pages.read_pages(pages)),
        ),
        "sample sites": Floors(
            digest=sample_sites.digest(),
            figures=sample_sites.measure(sample_sites.read_all()),
        ),
        "precedents": Floors(digest=precedents.digest(), figures=precedents.measure()),
        "charsets": Floors(digest=digest, figures=charsets.measure(pages)),
        "relevance": Floors(digest=relevance.digest(CORPORA), figures=relevant),
    }


def sunk(floors: Floors, now: Floors) -> list[str]:
    """Say which figures are below their floors, gone, or of other texts."""
    if floors.digest != now.digest:
        return [f"the texts are not those that were measured: {now.digest}"]
    return [
        f"{name}: {now.figures.get(name)} is below {floor}"
        for name, floor in floors.figures.items()
        if now.figures.get(name, 0.0) < floor - NOISE
    ]


def unpinned(floors: Floors, now: Floors) -> list[str]:
    """Say which figures are new or have risen well above their floors."""
    return [
        f"{name}: {figure} is above {floors.figures.get(name)}"
        for name, figure in now.figures.items()
        if figure > floors.figures.get(name, 0.0) + SLACK
    ]


def update(path: Path, now: Mapping[str, Floors], *, allow_lower: bool) -> list[str]:
    """Pin the figures of now; those that would sink are named and nothing written."""
    before = read_floors(path) if path.exists() else {}
    refused = [
        f"{name}: {reason}"
        for name, floors in before.items()
        if name in now
        for reason in sunk(floors, now[name])
    ]
    if refused and not allow_lower:
        return refused
    content = {
        name: {"digest": floors.digest, "figures": dict(floors.figures)}
        for name, floors in now.items()
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return []


def main() -> None:
    """Show the figures of now beside the floors; pin them where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.gate")
    parser.add_argument("--update", action="store_true", help="write the figures down")
    parser.add_argument("--allow-lower", action="store_true", help="lower floors too")
    options = parser.parse_args()
    floors, now = (read_floors() if FLOORS.exists() else {}), measure_all()
    for name, measured in now.items():
        for figure, value in measured.figures.items():
            pinned = floors[name].figures.get(figure) if name in floors else None
            sys.stdout.write(f"{name:<12} {figure:<24} {value:.4f}  floor {pinned}\n")
    if options.update:
        refused = update(FLOORS, now, allow_lower=options.allow_lower)
        sys.exit(
            "\n".join(["not written, lower than before:", *refused]) if refused else 0
        )


if __name__ == "__main__":
    main()
