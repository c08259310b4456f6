"""Labelled year series: an invented archive whose documents are known to belong.

Units of invented places write a summary a year. How a document names its unit, its
year and its genre is drawn anew for each, with a fixed seed; and for each unit there
are documents that only look like a year of it: of sibling offices, of the office of the
same name elsewhere, of another genre, of half a year, and model texts that name nobody.
``python -m tests.quality.year_series`` shows the figures.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from index.document import Kind, YearFrom
from search.series import find_series
from search.series_records import Record

SEED: Final = 20261126
_FIRST = "云青沙北临松海望白长清岭溪江安平远宁昌和兴永丰德梅竹柳枫"
_LAST = "岭溪河川州原泉塘浦阳陵湾屿桥坪洲"
_OFFICES = (
    ("委统战部", "委统一战线工作部", "统战"),
    ("民政局", "民政局", "民政"),
    ("档案馆", "档案馆", "档案"),
    ("总工会", "总工会", "工会"),
    ("卫健委", "卫生健康委员会", "卫生健康"),
    ("工商联", "工商业联合会", "民营经济"),
    ("残联", "残疾人联合会", "残疾人"),
    ("教育局", "教育局", "教育"),
)
_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_TRADITIONAL = str.maketrans(
    "统战档馆总会卫委员单为联残业级县区", "統戰檔館總會衞委員單為聯殘業級縣區"
)
_NOUNS = (
    "工作总结",
    "工作总结",
    "年终工作总结",
    "工作情况总结",
    "工作综述",
    "工作总结和下年工作打算",
)
_DISTRICTS = ("城关区", "河东区", "新华区")
_EVERY_DISTRICT: Final = 6
_LONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A record and the series it belongs to.

    Attributes:
        record: The record.
        series: Name of its series; one of its own where it belongs to none.
        sort: How it names its unit, or why it only looks like one of a series.
    """

    record: Record
    series: str
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well series are found.

    Attributes:
        precision: Of the pairs of documents put into one series those that belong.
        recall: Of the pairs that belong those that were put into one series.
        missed: Documents outside the largest part of their series, by sort.
        wrong: Documents in a series that is mostly of others, by sort.
    """

    precision: float
    recall: float
    missed: Counter[str]
    wrong: Counter[str]


class _Maker:
    """Draws the records of an archive."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed."""
        self._draw = random.Random(seed)  # noqa: S311 (no secret)
        self._count = 0

    def archive(self, units: int) -> list[Labelled]:
        """Draw the documents of so many cities, in no order."""
        found: list[Labelled] = []
        names = [first + last for first in _FIRST for last in _LAST]
        self._draw.shuffle(names)
        for number in range(units):
            name = names[number % len(names)]
            level = self._draw.choice("市市县县区")
            place, whole = name + level, name + level
            if number % _EVERY_DISTRICT == 0:  # districts of one name, of two cities
                place = self._draw.choice(_DISTRICTS)
                whole = f"{name}市{place}"
            found += self._place(place, whole, number)
        found += self._models(units)
        self._draw.shuffle(found)
        return found

    def _place(self, place: str, whole: str, number: int) -> Iterator[Labelled]:
        """Draw the documents of a place: some of its offices, and its yearbook."""
        for short, long, work in self._draw.sample(_OFFICES, 3):
            years = self._years()
            for year in years:
                yield self._summary(place, whole, (short, long, work), year, number)
                yield from self._lookalikes(place, whole, short, year, number)
        for year in self._years():
            yield self._chapter(whole, year, number)

    def _years(self) -> list[int]:
        """Draw some years, with gaps."""
        first = self._draw.randint(2008, 2018)
        span = range(first, first + self._draw.randint(3, 8))
        return sorted(self._draw.sample(span, len(span) - len(span) // 4))

    def _summary(
        self,
        place: str,
        whole: str,
        office: tuple[str, str, str],
        year: int,
        number: int,
    ) -> Labelled:
        """Draw how an office names itself and the year."""
        short, long, _ = office
        name = f"{place}{self._draw.choice((short, short, long))}"
        when = self._draw.choice(
            (f"{year}年", f"{year}年度", f"{year}年".translate(_HAN_DIGITS))
        )
        noun = self._draw.choice(_NOUNS)
        site = {
            "site": f"{whole}人民政府",
            "url": f"https://p{number}.example/{year}/{{}}.html",
        }
        column = ("首页", "政务公开", "部门总结")
        sort, title, fields = self._draw.choice(
            (
                ("title", f"{name}{when}{noun}", {}),
                ("title", f"{when}{name}{noun}", {}),
                (
                    "party",
                    f"中共{name}{when}{noun}"
                    if "委" in name
                    else f"{name}{when}{noun}",
                    {},
                ),
                ("slogan", f"凝心聚力谱新篇——{name}{when}{noun}", {}),
                ("script", f"{name}{when}{noun}".translate(_TRADITIONAL), {}),
                ("publisher", f"{when}{noun}", {"publisher": name}),
                (
                    "publisher",
                    f"{short.removeprefix('委')}{when}{noun}",
                    {"publisher": name},
                ),
                ("site", f"{place[-1]}{short}{when}{noun}", {}),
                ("path", f"{when}{noun}", {"path": ("首页", "部门", name)}),
                (
                    "elsewhere",
                    f"{name}{when}{noun}",
                    {"site": "北原日报", "url": f"https://n.example/{year}/{{}}.html"},
                ),
            )
        )
        if sort == "elsewhere" and place.endswith("区"):
            fields, sort = {}, "title"  # nothing could tell which city it is of
        given = {"path": column, **site, **fields}
        return self._labelled(title, year, f"{whole}{short}", sort, given)

    def _lookalikes(
        self, place: str, whole: str, short: str, year: int, number: int
    ) -> Iterator[Labelled]:
        """Draw what is no year of an office and looks like one."""
        site = {
            "site": f"{whole}人民政府",
            "url": f"https://p{number}.example/{year}/{{}}.html",
        }
        name = f"{place}{short}"
        choices = (
            ("half", f"{name}{year}年上半年工作总结", f"{name}上半年"),
            ("genre", f"{name}{year}年工作要点", f"{name}要点"),
            ("topic", f"{name}{year}年党建工作总结", f"{name}党建"),
            ("sibling", f"{place}{short[:-1]}服务中心{year}年工作总结", f"{name}中心"),
            ("below", f"{place}城关镇{year}年工作总结", f"{place}城关镇"),
        )
        sort, title, series = self._draw.choice(choices)
        if self._draw.random() < 0.4:
            yield self._labelled(title, year, f"{whole} {series}", sort, site)

    def _chapter(self, place: str, year: int, number: int) -> Labelled:
        """Draw a chapter of the yearbook of a place."""
        title = self._draw.choice(("统战工作", "统一战线工作", "【统战工作】"))
        part = self._draw.choice(("政治", "中国共产党", "党派群团"))
        given = {
            "site": f"{place}情网",
            "url": f"https://y{number}.example/{year}/{{}}.html",
            "path": ("首页", "年鉴", f"{place[:-1]}年鉴", f"{year + 1}卷", part),
            "kind": Kind.YEARBOOK,
            "year_from": YearFrom.VOLUME,
        }
        return self._labelled(title, year, f"{place}年鉴统战", "chapter", given)

    def _models(self, count: int) -> Iterator[Labelled]:
        """Draw model texts, which name no unit or mask it."""
        for _ in range(count):
            short, _, work = self._draw.choice(_OFFICES)
            year = self._draw.randint(2008, 2022)
            titles = (
                f"{year}年{work}工作总结",
                f"*县{short}{year}年工作总结",
                f"某市{short}{year}年工作总结",
                f"{year}年{short.removeprefix('委')}年终工作总结",
            )
            site, column = self._draw.choice(
                (("文书范文网", "范文"), ("北原资讯", "总结"), ("每日文章", "工作"))
            )
            given = {
                "site": site,
                "url": f"https://{column}.example/{{}}.html",
                "path": ("首页", column),
            }
            title = self._draw.choice(titles)
            yield self._labelled(title, year, _LONE, "model", given)

    def _labelled(
        self, title: str, year: int, series: str, sort: str, given: Mapping[str, object]
    ) -> Labelled:
        """Make the record."""
        self._count += 1
        name = f"{self._count:016x}"
        record = Record(
            id=name,
            revision=self._count,
            group=name,
            title=title,
            year=year,
            year_from=YearFrom.TITLE,
            kind=Kind.SUMMARY,
        )
        given = {**given, "url": str(given["url"]).format(self._count)}
        series = f"{series} {name}" if series == _LONE else series
        return Labelled(
            record=replace(record, **given),  # type: ignore[arg-type]  # its fields
            series=series,
            sort=sort,
        )


def make_archive(places: int, seed: int = SEED) -> list[Labelled]:
    """Draw an archive of so many places."""
    return _Maker(seed).archive(places)


def measure(labelled: Sequence[Labelled]) -> Score:
    """Find the series of an archive and hold them against the labels."""
    by_id = {each.record.id: each for each in labelled}
    true: dict[str, list[str]] = defaultdict(list)
    for each in labelled:
        true[each.series].append(each.record.id)
    found = [
        [member.id for member in series.members]
        for series in find_series([each.record for each in labelled])
    ]
    wanted, given = _pairs(true.values(), by_id), _pairs(found, by_id)
    at = {name: place for place, ids in enumerate(found) for name in ids}
    missed, wrong = Counter[str](), Counter[str]()
    for ids in true.values():
        years = {by_id[name].record.year for name in ids}
        places = Counter(at.get(name) for name in ids if name in at)
        most = places.most_common(1)[0][0] if places else None
        if len(years) > 1:
            missed.update(by_id[n].sort for n in ids if n not in at or at[n] != most)
    for ids in found:
        most_of = Counter(by_id[name].series for name in ids).most_common(1)[0][0]
        wrong.update(by_id[n].sort for n in ids if by_id[n].series != most_of)
    right = len(wanted & given)
    return Score(
        precision=right / len(given) if given else 1.0,
        recall=right / len(wanted) if wanted else 1.0,
        missed=missed,
        wrong=wrong,
    )


def _pairs(
    groups: Iterable[Sequence[str]], by_id: Mapping[str, Labelled]
) -> set[tuple[str, ...]]:
    """List the pairs of documents of one group that are about different years."""
    return {
        tuple(sorted(pair))
        for ids in groups
        for pair in combinations(ids, 2)
        if by_id[pair[0]].record.year != by_id[pair[1]].record.year
    }


if __name__ == "__main__":
    print(measure(make_archive(300)))  # noqa: T201 (what it is for)
