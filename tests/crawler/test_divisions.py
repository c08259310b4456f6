"""The list of divisions is whole, and former names are led to those of today."""

import json
from pathlib import Path

import pytest

from crawler.derive_divisions import derive, main, read_revisions, read_today
from crawler.divisions import Division, Place, divisions
from index.place_names import stem

TODAY = {
    "110101:东岭区": Place("北原省", "云州市"),
    "110102:白泉县": Place("北原省", "云州市"),
    "110201:青山区": Place("北原省", "青岭市"),
    "120101:南河县": Place("南原省", "河湾市"),
}


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("通辽市", "通辽"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("延边朝鲜族自治州", "延边"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("博尔塔拉蒙古自治州", "博尔塔拉"),
        ("龙胜各族自治县", "龙胜"),
        ("管城回族区", "管城"),
        ("大兴安岭地区", "大兴安岭"),
        ("忠县", "忠县"),
    ],
)
def test_a_stem_has_neither_level_nor_peoples(name: str, bare: str) -> None:
    """One character alone is never left."""
    assert stem(name) == bare


def test_every_province_is_listed() -> None:
    """Thirty-four at the first level, and their cities at the second."""
    places = {division.place for division in divisions()}
    assert len({place.province for place in places}) == 34
    assert len({place for place in places if place.city}) > 370
    assert all(
        division.counties or division.place.city or division.former
        for division in divisions()
    )


def _former(*revisions: dict[str, str]) -> dict[str, Place]:
    """Derive where former names belong, those of Taiwan left out."""
    return {
        name: row.place
        for row in derive(TODAY, revisions)
        for name in row.former
        if row.place.province != "台湾省"
    }


def test_a_former_county_belongs_to_the_one_with_its_stem() -> None:
    """A county that became a district, in its own province."""
    names = {"110000": "北原省", "110100": "云州市", "110121": "东岭县"}
    assert _former(names) == {"东岭县": Place("北原省", "云州市")}


def test_a_former_prefecture_belongs_where_its_counties_went() -> None:
    """To the city of two thirds of them, else to their province alone."""
    names = {
        "110000": "北原省",
        "113000": "石门盟",
        "113021": "东岭区",
        "113022": "白泉县",
        "113023": "旧堡县",
        "114000": "河西盟",
        "114021": "东岭区",
        "114022": "青山区",
    }
    assert _former(names) == {
        "石门盟": Place("北原省", "云州市"),
        "旧堡县": Place("北原省", "云州市"),
        "河西盟": Place("北原省", ""),
    }


def test_a_prefecture_whose_counties_moved_changes_the_province() -> None:
    """A county with a name that no other has is found in its new province."""
    names = {"110000": "北原省", "115000": "南河地区", "115021": "南河县"}
    assert _former(names) == {"南河地区": Place("南原省", "河湾市")}


def test_a_year_that_lacks_a_province_takes_it_from_another() -> None:
    """The lists of some years have gaps."""
    whole = {"110000": "北原省", "110100": "云州市"}
    gap = {"110100": "云州市", "110121": "东岭县"}
    assert _former(whole, gap) == {"东岭县": Place("北原省", "云州市")}


def test_the_sources_are_read_as_their_packages_have_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables of today and modules of codes become one line a city."""
    _write_sources(tmp_path)
    today = read_today(tmp_path)
    assert today["110101:东岭区"] == Place("北原省", "")
    assert today["129001:独山市"] == Place("南原省", "独山市")
    assert today["1203:无县市"] == Place("南原省", "无县市")
    assert today["河湾市:岛区"] == Place("台湾省", "河湾市")
    assert list(read_revisions(tmp_path)) == [{"110000": "北原省", "110121": "东岭县"}]
    main([str(tmp_path), str(tmp_path)])
    assert "北原省\t\t东岭区\t东岭县\n" in capsys.readouterr().out


def _write_sources(folder: Path) -> None:
    """Write small tables in the form of the packages."""
    tables = {
        "provinces.csv": 'code,name\n11,"北原省"\n12,"南原省"\n',
        "cities.csv": "code,name,provinceCode\n1101,市辖区,11\n"
        "1290,省直辖县级行政区划,12\n1203,无县市,12\n",
        "areas.csv": "code,name,cityCode,provinceCode\n110101,东岭区,1101,11\n"
        "129001,独山市,1290,12\n",
        "HK-MO-TW.json": json.dumps({"台湾省": {"河湾市": ["岛区"]}}),
        "revision_1.py": "division_schema = {'110000': '北原省', '110121': '东岭县'}\n",
    }
    for name, text in tables.items():
        (folder / name).write_text(text, "utf-8")


def test_a_line_without_city_belongs_to_the_province_alone() -> None:
    """Cities that are provinces, and what went to several cities."""
    beijing = next(one for one in divisions() if one.place.province == "北京市")
    assert isinstance(beijing, Division)
    assert beijing.place.city == ""
    assert "大兴县" in beijing.former
