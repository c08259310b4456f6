"""When two documents are near-duplicates, which of them stands for both, and how.

Two documents are near-duplicates when most of the shorter one stands in the longer one
(``index.overlap``) and their figures do not contradict each other: the summaries of two
years share their phrases, and figures and years tell them apart. The constants were
chosen on labelled variants of real texts (``tests/quality/near_duplicates.py``).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from index.document import Document, Script
from index.fold import fold
from index.overlap import Overlap, overlap
from index.wording import Wording, wording

_CONTAINED, _SCATTERED = 0.65, 0.5
"""Shares of the shorter and of the longer text that must be common, wherever; or"""

_IN_ONE_PASSAGE: Final = 0.5
"""of the shorter one in one passage: a page that shows a part amid its own words."""

_FEWEST: Final = 40
"""Symbols in common below which texts of different length prove nothing."""

_PART: Final = 0.1
"""The least share of a text that a truncated copy shows; less is a quotation."""

_OTHERS: Final = 3
"""Of so many figures one differs, and nothing around it, where two years are told."""

_RETITLED: Final = 3
"""Figures that agree when two titles name different years and all the same are one."""

_SHOWN: Final = 0.75
"""A text that shows less of another one is a truncated copy of it."""

_TWICE: Final = 1.6
_SAME: Final = 0.95
_WHOLE: Final = 0.8
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")


class Relation(StrEnum):
    """What a near-duplicate is to another document."""

    COPY = "copy"
    EDITED = "edited"
    OTHER_SCRIPT = "other-script"
    TRUNCATED = "truncated"
    FULLER = "fuller"
    DOUBLED = "doubled"
    SINGLE = "single"
    SAME_ORIGINAL = "same-original"

    @property
    def inverse(self) -> "Relation":
        """What the other document is to this one."""
        return _INVERSE.get(self, self)


_INVERSE: Final = {
    Relation.TRUNCATED: Relation.FULLER,
    Relation.FULLER: Relation.TRUNCATED,
    Relation.DOUBLED: Relation.SINGLE,
    Relation.SINGLE: Relation.DOUBLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two documents are.

    Attributes:
        similarity: Share of the shorter text that stands in the longer one, 0 to 1.
        relation: What the first is to the second.
    """

    similarity: float
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicate:
    """Another document of a group.

    Attributes:
        id: Its id.
        title: Its title.
        site: Its site.
        similarity: Share of the shorter text that stands in the longer one, 0 to 1.
        relation: What it is to the document that was asked for.
    """

    id: str
    title: str
    site: str
    similarity: float
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Of a document what it takes to compare it.

    Attributes:
        name: Its id.
        wording: What it says.
        script: Its script.
        complete: Whether the page shows all of it.
        years: Years named in its title.
    """

    name: str
    wording: Wording
    script: Script
    complete: bool
    years: frozenset[str]

    @property
    def rank(self) -> "Rank":
        """Where it stands among near-duplicates."""
        said = self.wording
        return rank(
            self.name, said.different, complete=self.complete, doubled=said.doubled
        )


Rank = tuple[bool, bool, int, str]


def rank(name: str, different: int, *, complete: bool, doubled: bool) -> Rank:
    """Order near-duplicates: the first of them is the canonical document.

    The complete ones come first, then those that do not say everything twice, then the
    longest; ids decide between equals, so that nothing else matters.
    """
    return not complete, doubled, -different, name


def text_of(document: Document) -> Text:
    """Take of a document what is compared."""
    return Text(
        name=document.id,
        wording=wording(document.text),
        script=document.script,
        complete=document.completeness.complete,
        years=title_years(document.title),
    )


def title_years(title: str) -> frozenset[str]:
    """List the years that a title names, in either kind of digits."""
    return frozenset(_YEAR.findall(fold(title).translate(_NUMERALS)))


def compare(one: Text, other: Text) -> Likeness | None:
    """Tell what the first of two documents is to the second, if they are alike."""
    swapped = _order(one) > _order(other)
    shorter, longer = (other, one) if swapped else (one, other)
    if _equal(shorter.wording, longer.wording):
        return Likeness(similarity=1.0, relation=_same(one, other))
    found = overlap(longer.wording, shorter.wording)
    if not _contained(found) or _contradict(found, one.years, other.years):
        return None
    relation = _relation(found, shorter, longer)
    return Likeness(
        similarity=round(found.shorter, 3),
        relation=relation.inverse if swapped else relation,
    )


def _order(text: Text) -> tuple[int, bytes]:
    """Order texts by length, equally long ones by what they say."""
    return text.wording.symbols.size, text.wording.symbols.tobytes()


def _equal(one: Wording, other: Wording) -> bool:
    """Tell whether two texts say the same, figures included."""
    return (
        0 < one.symbols.size == other.symbols.size
        and np.array_equal(one.symbols, other.symbols)
        and np.array_equal(one.values, other.values)
    )


def _contained(found: Overlap) -> bool:
    """Tell whether enough of the shorter text stands in the longer one."""
    alike = min(found.longer, found.shorter) >= _WHOLE
    if found.longer < _PART or (found.common < _FEWEST and not alike):
        return False
    scattered = found.shorter >= _CONTAINED and found.longer >= _SCATTERED
    return scattered or found.passage >= _IN_ONE_PASSAGE


def _contradict(
    found: Overlap, years: frozenset[str], other_years: frozenset[str]
) -> bool:
    """Tell whether figures show that these are texts of one make, not one text."""
    if years and other_years and not years & other_years:
        return found.differ > 0 or found.agree < _RETITLED
    if found.differ > 1 and found.differ >= found.agree:
        return True
    return found.plain >= max(1, found.agree) or (
        found.plain > 1 and _OTHERS * found.plain >= found.agree + found.plain
    )


def _relation(found: Overlap, shorter: Text, longer: Text) -> Relation:
    """Tell what the shorter document is to the longer one."""
    twice = longer.wording.doubled and not shorter.wording.doubled
    sizes = longer.wording.symbols.size / shorter.wording.symbols.size
    if twice and _TWICE <= sizes <= 2 / _SHOWN:
        return Relation.SINGLE
    if found.longer < (_SHOWN if shorter.complete else _SAME):
        return Relation.TRUNCATED
    alike = min(found.longer, found.shorter) >= _SAME
    same = _same(shorter, longer)
    return same if alike or same is Relation.OTHER_SCRIPT else Relation.EDITED


def _same(one: Text, other: Text) -> Relation:
    """Name the relation of two documents with one text."""
    if {one.script, other.script} == {Script.HANS, Script.HANT}:
        return Relation.OTHER_SCRIPT
    return Relation.COPY
