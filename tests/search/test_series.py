"""Which documents are a series, and which are not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.document import Kind, RegionFrom, YearFrom
from search.series import Series, find_series, matches
from search.series_records import Evidence, Record

_HOME = Record(
    id="",
    revision=0,
    group="",
    site="云溪在线",
    path=("首页", "工作总结"),
    kind=Kind.SUMMARY,
    year_from=YearFrom.TITLE,
)


def record(number: int, title: str, year: int | None, **fields: object) -> Record:
    """Make a record of a page of one site."""
    name = f"{number:016x}"
    url = f"https://a.example/{year}/{number}.html"
    like = replace(_HOME, id=name, group=name, url=url, title=title, year=year)
    return replace(like, **fields)  # type: ignore[arg-type]  # fields of a record


def found(*records: Record) -> list[list[int]]:
    """List the documents of each series by their numbers."""
    series = find_series(records)
    return [[int(member.id, 16) for member in one.members] for one in series]


def only(records: Sequence[Record]) -> Series:
    """Give the one series there is."""
    (series,) = find_series(records)
    return series


def test_years_of_one_unit_are_a_series() -> None:
    """In the order of the years; of a gap it is known that nothing is held."""
    series = only(
        [
            record(3, "云溪市委统战部2021年工作总结", 2021),
            record(1, "中共云溪市委统战部2018年度工作总结", 2018),
            record(2, "云溪市委统战部二〇一九年工作情况总结", 2019),
        ]
    )
    assert [member.year for member in series.members] == [2018, 2019, 2021]
    assert series.gaps == (2020,)
    assert series.title == "云溪市委统战部工作总结"
    assert series.unit == "云溪市统战部"
    assert {member.evidence for member in series.members} == {Evidence.TITLE}


@pytest.mark.parametrize(
    "title",
    [
        "云溪市委统战部：2020年工作总结",
        "云溪市委统战部|2020年工作总结",
        "【年度总结】云溪市委统战部2020年工作总结",
        "[总结] 云溪市委统战部2020年度工作总结",
        "【云溪市委统战部】2020年工作总结",
    ],
)
def test_labels_and_marks_of_a_site_are_no_part_of_a_title(title: str) -> None:
    """The unit may itself be put into brackets."""
    first = record(1, "云溪市委统战部2019年工作总结", 2019)
    assert found(first, record(2, title, 2020)) == [[1, 2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("上半年", "1—6月"), ("上半年", "半年"), ("第一季度", "1季度")],
)
def test_a_part_of_the_year_is_one_however_it_is_written(one: str, other: str) -> None:
    """Half years and quarters, in words and in figures."""
    titles = (
        f"云溪市委统战部2019年{one}工作总结",
        f"云溪市委统战部2020年{other}工作总结",
    )
    assert found(record(1, titles[0], 2019), record(2, titles[1], 2020)) == [[1, 2]]


def test_one_year_is_no_series() -> None:
    """Nor are two documents of one year."""
    title = "云溪市委统战部2019年工作总结"
    assert found(record(1, title, 2019), record(2, title, 2019)) == []


@pytest.mark.parametrize(
    "other",
    [
        "云溪市委组织部2020年工作总结",
        "青岭县委统战部2020年工作总结",
        "云溪市委统战部2020年工作报告",
        "云溪市委统战部2020年工作要点",
        "云溪市委统战部2020年上半年工作总结",
        "云溪市委统战部2016-2020年工作总结",
        "云溪市委统战部2020年党建工作总结",
        "县委统战部2020年工作总结",
    ],
)
def test_other_units_genres_periods_and_topics_are_no_year_of_it(other: str) -> None:
    """Whatever they have in common."""
    first = record(1, "云溪市委统战部2019年工作总结", 2019)
    assert found(first, record(2, other, 2020)) == []


@pytest.mark.parametrize(
    ("fields", "evidence"),
    [
        ({"publisher": "云溪市委统战部"}, Evidence.PUBLISHER),
        ({"path": ("首页", "部门总结", "云溪市委统战部")}, Evidence.PATH),
        ({"site": "云溪市委统战部"}, Evidence.SITE),
        ({}, Evidence.COLUMN),
    ],
)
def test_unit_is_read_beside_a_title_that_does_not_name_it(
    fields: dict[str, object], evidence: Evidence
) -> None:
    """The source, the column, the site, or the one unit that the column is of."""
    series = only(
        [
            record(1, "云溪市委统战部2018年工作总结", 2018),
            record(2, "云溪市委统战部2019年工作总结", 2019),
            record(3, "2020年工作总结", 2020, **fields),
        ]
    )
    assert series.members[2].evidence is evidence


def test_office_of_the_place_that_the_site_names_is_meant() -> None:
    """市委 on a page of a city is that city's; 县委 is not."""
    city = {"site": "云溪市人民政府"}
    first = record(1, "云溪市委统战部2019年工作总结", 2019)
    assert found(first, record(2, "市委统战部2020年工作总结", 2020, **city)) == [[1, 2]]
    assert found(first, record(2, "县委统战部2020年工作总结", 2020, **city)) == []


def test_offices_of_one_name_of_two_cities_are_two_units() -> None:
    """Each goes with its own site, though titles and columns are the same."""
    records = [
        record(
            2 * year + place,
            f"统战部{year}年工作总结",
            year,
            site=site,
            url=f"https://{place}.example/{year}.html",
        )
        for year in (2019, 2020)
        for place, site in enumerate(("云溪市人民政府", "青陵市人民政府"))
    ]
    assert sorted(found(*records)) == [[4038, 4040], [4039, 4041]]


def test_portal_of_a_city_is_not_the_unit_of_what_it_puts_up() -> None:
    """Summaries that name no office may be of any."""
    site = {"site": "云溪市人民政府", "path": ("首页", "政务公开", "工作总结")}
    named = [
        record(number, f"云溪市{office}2018年工作总结", 2018, **site)
        for number, office in enumerate(("民政局", "档案馆"), 10)
    ]
    nameless = [record(y, f"{y}年工作总结", y, **site) for y in (2019, 2020)]
    assert found(*named, *nameless) == []


def test_collections_of_model_texts_are_no_unit() -> None:
    """Two texts that name no place stand there by chance."""
    fields = {"site": "范文大全", "path": ("首页", "工作总结")}
    assert (
        found(*(record(y, f"{y}年统战工作总结", y, **fields) for y in (2019, 2020)))
        == []
    )
    masked = (record(y, f"*县委统战部{y}年工作总结", y, **fields) for y in (2019, 2020))
    assert found(*masked) == []


def test_column_of_one_office_is_a_unit_until_a_year_has_two_texts() -> None:
    """Then nothing tells which of them goes on which."""
    own = {"site": "云溪统战网"}
    titles = [record(y, f"{y}年工作总结", y, **own) for y in (2019, 2020)]
    assert found(*titles) == [[2019, 2020]]
    assert found(*titles, record(1, "2020年工作总结", 2020, **own)) == []


def test_column_of_a_site_that_is_nobody_s_own_is_no_unit() -> None:
    """Two texts of two units may stand there, one of which names its unit."""
    nameless = [record(y, f"{y}年统战工作总结", y) for y in (2019, 2020)]
    assert found(*nameless) == []
    assert found(*nameless, record(1, "云溪市委统战部2018年工作总结", 2018)) == []


def test_two_sites_are_put_together_for_a_city_and_not_for_a_district() -> None:
    """Districts of one name are in many cities, unless the city is known."""
    other = {"site": "北原日报", "url": "https://b.example/1.html"}
    for place, together in (("云溪市", True), ("城关区", False)):
        first = record(1, f"{place}档案馆2019年工作总结", 2019)
        second = record(2, f"{place}档案馆2020年工作总结", 2020, **other)
        assert (found(first, second) == [[1, 2]]) is together
    city = {"region": "北原省", "city": "云溪市", "region_from": RegionFrom.SITE}
    first = record(1, "城关区档案馆2019年工作总结", 2019, **city)
    second = record(2, "城关区档案馆2020年工作总结", 2020, **other, **city)
    assert found(first, second) == [[1, 2]]


def test_regions_that_differ_are_never_put_together() -> None:
    """What the text mentions is no proof of either."""
    title = "云溪县档案馆{}年工作总结"
    for told_by, together in ((RegionFrom.SITE, False), (RegionFrom.BODY, True)):
        first, second = (
            record(
                year,
                title.format(year),
                year,
                region=region,
                region_from=told_by,
                url=f"https://{region}.example/{year}.html",
            )
            for year, region in ((2019, "北原省"), (2020, "南原省"))
        )
        assert (found(first, second) == [[2019, 2020]]) is together


def test_copies_stand_behind_their_original() -> None:
    """In another script, on another site, or under a title that says nothing."""
    series = only(
        [
            record(1, "云溪市档案馆2019年工作总结", 2019),
            record(2, "云溪市档案馆2020年工作总结", 2020),
            record(
                3, "雲溪市檔案館2019年工作總結", 2019, group=f"{1:016x}", site="松嶺"
            ),
            record(4, "他山之石", None, group=f"{2:016x}", year_from=None),
        ]
    )
    copies = [(int(m.id, 16), int(m.copy_of or "0", 16)) for m in series.members]
    assert copies == [(1, 0), (3, 1), (2, 0), (4, 2)]
    assert series.members[-1].evidence is Evidence.COPY


def test_copy_that_names_another_year_is_not_taken_in() -> None:
    """Groups of near-duplicates may err about the figures of a year."""
    first = record(1, "云溪市档案馆2019年工作总结", 2019)
    second = record(2, "云溪市档案馆2020年工作总结", 2020)
    other = record(3, "档案馆怎么写2012年工作总结", 2012, group=first.id, site="范文网")
    assert found(first, second, other) == [[1, 2]]


def test_parts_of_a_text_are_in_order() -> None:
    """（一）（二） are one text of a year."""
    series = only(
        [
            record(1, "云溪市档案馆2019年工作总结", 2019),
            record(2, "云溪市档案馆2020年工作总结（二）", 2020),
            record(3, "云溪市档案馆2020年工作总结（一）", 2020),
        ]
    )
    assert [m.part for m in series.years[2020]] == ["一", "二"]


def chapter(
    number: int, title: str, volume: int, *steps: str, **more: object
) -> Record:
    """Make the record of a chapter of a yearbook."""
    path = ("首页", "年鉴", "云溪年鉴", f"{volume}卷", *steps)
    return record(
        number,
        title,
        volume - 1,
        path=path,
        kind=Kind.YEARBOOK,
        year_from=YearFrom.VOLUME,
        **more,
    )


def test_chapters_of_one_yearbook_are_a_series() -> None:
    """Though the part of the book they stand in is named otherwise."""
    series = only(
        [
            chapter(1, "统战工作", 2019, "中共云溪市委员会"),
            chapter(2, "统一战线工作", 2020, "政治"),
            chapter(3, "统战", 2022, "政治"),
        ]
    )
    assert [*series.years] == [2018, 2019, 2021]
    assert series.members[0].evidence is Evidence.VOLUME


def test_chapter_that_names_its_year_is_a_chapter() -> None:
    """And one that is a summary of an office is that."""
    first = chapter(1, "统战工作", 2019, "政治")
    second = replace(
        chapter(2, "2019年统战工作", 2020, "政治"), year_from=YearFrom.TITLE
    )
    assert found(first, second) == [[1, 2]]


def test_chapters_of_places_within_a_yearbook_are_told_apart() -> None:
    """Counties have chapters of the same title; so may parts of the book."""
    counties = [
        chapter(10 * volume + place, "统战工作", volume, "县区", county)
        for volume in (2019, 2020)
        for place, county in enumerate(("青岭县", "沙陀县"))
    ]
    assert sorted(found(*counties)) == [[20190, 20200], [20191, 20201]]
    parts = [
        chapter(10 * volume + place, "概况", volume, part)
        for volume in (2019, 2020)
        for place, part in enumerate(("农业", "工业"))
    ]
    assert sorted(found(*parts)) == [[20190, 20200], [20191, 20201]]


def test_series_keeps_its_name_when_a_year_is_added() -> None:
    """Links to it stay good."""
    records = [record(y, f"云溪市档案馆{y}年工作总结", y) for y in (2018, 2019, 2020)]
    assert only(records).id == only(records[:2]).id


def test_order_of_documents_does_not_matter() -> None:
    """The same series come of the same documents."""
    records = [
        record(10 * year + place, f"{name}档案馆{year}年工作总结", year)
        for year in (2018, 2019, 2020)
        for place, name in enumerate(("云溪市", "城关区", "青岭县"))
    ]
    assert find_series(records) == find_series(records[::-1])


@pytest.mark.parametrize("text", ["", "云溪 档案", "雲溪市檔案館", "云溪在线"])
def test_series_is_found_by_words_of_unit_title_or_site(text: str) -> None:
    """In either script, in any order."""
    series = only([record(y, f"云溪市档案馆{y}年工作总结", y) for y in (2018, 2019)])
    assert matches(series, text)
    assert not matches(series, "青岭")
