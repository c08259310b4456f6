"""Who has which hash, and which texts are worth comparing.

::

    postings  hash, member, text             slogans first (member -1, text 0),
                                             canonical texts (0), members (1)
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from index.database import Database
from index.texts import Entry, numbered
from index.wording import level_of

_MANY: Final = 10
"""Canonical texts with one hash, above which it is a slogan and not followed."""


_SHARE: Final = 0.15
"""Share of the hashes that could be common, from which documents are compared."""

_MOST: Final = 24
"""Canonical documents that one is compared with, those that have most in common."""


def put_postings(
    database: Database, entry: Entry, slogans: AbstractSet[int], *, member: bool
) -> None:
    """List a text under those of its hashes that are no slogans."""
    database.many(
        "INSERT INTO postings VALUES (?, ?, ?)",
        [
            (each, member, entry.number)
            for each in entry.sample.tolist()
            if each not in slogans
        ],
    )


def add_slogans(database: Database, slogans: Iterable[int]) -> set[int]:
    """Follow some hashes no more.

    Returns:
        The members of groups that were found by them.
    """
    listed = json.dumps([*slogans])
    members = database.rows(
        "SELECT text FROM json_each(?) JOIN postings ON hash = value WHERE member = 1",
        listed,
    )
    database.rows(
        "DELETE FROM postings WHERE hash IN (SELECT value FROM json_each(?))", listed
    )
    database.rows("INSERT INTO postings SELECT value, -1, 0 FROM json_each(?)", listed)
    return {number for (number,) in members}


def delete_postings(database: Database, entry: Entry) -> None:
    """List a text no more."""
    database.many(
        "DELETE FROM postings WHERE hash = ? AND member = ? AND text = ?",
        [
            (each, not entry.is_canonical, entry.number)
            for each in entry.sample.tolist()
        ],
    )


def is_listed(database: Database, entry: Entry) -> bool:
    """Tell whether a text is listed under its hashes but for slogans, as what it is."""
    rows = database.rows(
        "SELECT hash, member FROM json_each(?) JOIN postings ON hash = value"
        " WHERE text = ? OR member = -1",
        json.dumps(entry.sample.tolist()),
        entry.number,
    )
    return {each for each, _ in rows} == {*entry.sample.tolist()} and {
        member for _, member in rows
    } <= {-1, int(not entry.is_canonical)}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is known of the hashes of a text.

    Attributes:
        alike: Canonical texts that may be like it, at most ``_MOST``.
        slogans: Those of its hashes that are not followed.
        crowded: Those that are slogans if the text is canonical.
    """

    alike: list[Entry]
    slogans: set[int]
    crowded: set[int]


def look_around(database: Database, entry: Entry) -> Neighbourhood:
    """Look up which canonical texts have the hashes of one."""
    counts: Counter[int] = Counter()
    holders: Counter[int] = Counter()
    slogans = set()
    for each, member, number in database.rows(
        "SELECT hash, member, text FROM json_each(?) JOIN postings ON hash = value"
        " WHERE member < 1",
        json.dumps(entry.sample.tolist()),
    ):
        if member < 0:
            slogans.add(each)
        elif number != entry.number:
            counts[number] += 1
            holders[each] += 1
    alike = _alike(database, entry, counts)
    alike.sort(key=lambda each: (-counts[each.number], each.rank))
    return Neighbourhood(
        alike[:_MOST],
        slogans,
        {each for each, texts in holders.items() if texts >= _MANY},
    )


def members_like(database: Database, entry: Entry) -> list[Entry]:
    """Look up members of groups that may be like a text."""
    rows = database.rows(
        "SELECT text, COUNT(*) FROM json_each(?) JOIN postings ON hash = value"
        " WHERE member = 1 GROUP BY text",
        json.dumps(entry.sample.tolist()),
    )
    return _alike(database, entry, dict(rows))


def _alike(database: Database, entry: Entry, counts: Mapping[int, int]) -> list[Entry]:
    """Choose the texts that share enough hashes with one."""
    found = numbered(database, counts) if counts else []
    return [each for each in found if counts[each.number] >= _fewest(entry, each)]


def _fewest(one: Entry, other: Entry) -> float:
    """Tell how many hashes two texts must share to be compared."""
    level = max(level_of(one.different), level_of(other.different))
    return _SHARE * min(one.hashes_at(level), other.hashes_at(level))
