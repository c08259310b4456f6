"""Citations in three formats, each read back as its readers read it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Capture, Document, Script
from search.citations import (
    CitationFormat,
    bibtex,
    citation_key,
    cite,
    gbt7714,
    ris,
)

OURS = "https://archive.example/documents/a1/raw?capture=sha256:ab"
CAPTURE = Capture(
    at="2024-05-01T08:00:00Z", status=200, digest="sha256:ab", origin="lianyi.html"
)
FULL = Document(
    id="a000000000000001",
    url="https://nianjian.qingshi.example/2021/lian_yi.html?a=1%20b",
    site="青石县情网",
    title="青石县联谊工作",
    published="2021-03-04",
    year=2020,
    publisher="临溪日报",
    authors=("程远山", "陆平"),
)
BARE = Document(id="b1", year=2020, published="--10-14")
HOSTILE = replace(
    FULL,
    title="50% & $x_1 {a} \\b #~^\r\nER  - \n}@misc{x,",
    publisher="甲\x00乙 }",
    authors=("A and B, C",),
)


def entry(text: str) -> dict[str, str]:
    """Read a BibTeX entry: values are what stands between balanced braces."""
    fields: dict[str, str] = {}
    at = text.index("\n")
    for found in re.finditer(r"  (\w+) = (\{|\w)", text):
        if found.start() < at:
            continue
        start = found.end() - 1
        at, depth = start, 0
        while True:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if depth == 0 and text[at] in "},":
                break
            at += 1
        fields[found[1]] = text[start:at].removeprefix("{")
    return fields


def records(text: str) -> list[tuple[str, str]]:
    """Read the lines of a RIS file."""
    return [(line[:2], line[6:]) for line in text.split("\r\n") if line]


def test_electronic_resource_is_cited_as_the_standard_says() -> None:
    """Who, title, type, publisher, date, date of citing, where; then our copy."""
    assert gbt7714(FULL, OURS, CAPTURE) == (
        "程远山, 陆平. 青石县联谊工作[EB/OL]. 临溪日报, 2021(2021-03-04)"
        "[2024-05-01]. "
        f"{FULL.url}. 存档: {OURS}. 存档时间: 2024-05-01T08:00:00Z."
    )


def test_what_is_not_known_is_left_out() -> None:
    """No author is 佚名; a date without a year is none, not even one."""
    assert gbt7714(BARE, OURS) == f"佚名. [无题名][EB/OL]. 存档: {OURS}."
    assert not {"year", "month", "organization", "urldate"} & {
        *entry(bibtex(BARE, OURS))
    }
    assert not {"PY", "DA", "AU", "PB", "Y2"} & {
        tag for tag, _ in records(ris(BARE, OURS))
    }


@pytest.mark.parametrize(
    ("published", "shown", "day"),
    [("2021", "", "2021///"), ("2021-03", "(2021-03)", "2021/03//")],
)
def test_date_is_as_exact_as_it_is_known(published: str, shown: str, day: str) -> None:
    """A month or a day that is not known is not made up."""
    document = replace(FULL, published=published)
    assert f"临溪日报, 2021{shown}[2024" in gbt7714(document, OURS, CAPTURE)
    assert ("DA", day) in records(ris(document, OURS))
    assert "day" not in entry(bibtex(document, OURS))


def test_of_many_authors_three_are_named() -> None:
    """The others are 等 in GB/T 7714; the other formats name all."""
    document = replace(FULL, authors=("甲", "乙", "丙", "丁"))
    assert gbt7714(document, OURS).startswith("甲, 乙, 丙, 等. ")
    assert [v for tag, v in records(ris(document, OURS)) if tag == "AU"] == [
        *"甲乙丙丁"
    ]
    assert entry(bibtex(document, OURS))["author"] == "{甲} and {乙} and {丙} and {丁}"


def test_bibtex_names_original_and_copy() -> None:
    """The address as it is, the day it was read, and our copy with its digest."""
    text = bibtex(FULL, OURS, CAPTURE)
    assert text.startswith("@misc{wensu-a000000000000001,\n")
    read = entry(text)
    assert read["url"] == FULL.url
    assert read["urldate"] == "2024-05-01"
    assert (read["year"], read["month"], read["day"]) == ("2021", "mar", "04")
    assert OURS.replace("_", r"\_") in read["note"]
    assert CAPTURE.at in read["note"]
    assert CAPTURE.digest in read["note"]


def test_ris_names_original_and_copy() -> None:
    """A record of a web page, whose lines end as the format says."""
    read = records(ris(FULL, OURS, CAPTURE))
    assert read[0] == ("TY", "ELEC")
    assert read[-1] == ("ER", "")
    assert dict(read)["UR"] == FULL.url
    assert dict(read)["Y2"] == "2024/05/01/"
    assert dict(read)["DA"] == "2021/03/04/"
    assert dict(read)["N1"] == f"存档 {OURS} ({CAPTURE.at}, {CAPTURE.digest})"


def test_signs_of_bibtex_are_written_by_name() -> None:
    """What a title holds ends neither the value nor the entry, and LaTeX prints it."""
    read = entry(bibtex(HOSTILE, OURS, CAPTURE))
    assert read["title"] == (
        r"{50\% \& \$x\_1 {\textbraceleft}a{\textbraceright} {\textbackslash}b \#"
        r"{\textasciitilde}{\textasciicircum} ER - {\textbraceright}@misc"
        r"{\textbraceleft}x,}"
    )
    assert read["author"] == "{A and B, C}"
    assert read["organization"] == r"甲 乙 {\textbraceright}"


def test_address_cannot_end_its_value() -> None:
    """Braces of an address are percent-encoded; the address is the same."""
    document = replace(FULL, url="https://a.example/}{x_y%20z")
    assert entry(bibtex(document, OURS))["url"] == "https://a.example/%7D%7Bx_y%20z"


def test_line_end_in_a_title_makes_no_tag() -> None:
    """A title that looks like the end of a record is one value."""
    read = records(ris(HOSTILE, OURS))
    assert [tag for tag, _ in read].count("ER") == 1
    assert dict(read)["TI"] == "50% & $x_1 {a} \\b #~^ ER - }@misc{x,"


def test_script_is_the_language_of_the_citation() -> None:
    """A traditional text is said to be one."""
    document = replace(FULL, script=Script.HANT)
    assert entry(bibtex(document, OURS))["language"] == "zh-Hant"
    assert dict(records(ris(document, OURS)))["LA"] == "zh-Hant"


def test_format_is_chosen_by_its_name() -> None:
    """The three functions are what ``cite`` calls."""
    for form, written in (("gbt7714", gbt7714), ("bibtex", bibtex), ("ris", ris)):
        asked = cite(CitationFormat(form), FULL, OURS, CAPTURE)
        assert asked == written(FULL, OURS, CAPTURE)


@given(st.text())
def test_any_title_is_one_value(title: str) -> None:
    """Whatever a page is called, entry and record stay one."""
    document = replace(FULL, title=title)
    text = bibtex(document, OURS, CAPTURE)
    assert text.count("{") == text.count("}")
    assert {*entry(text)} == {*entry(bibtex(FULL, OURS, CAPTURE))}
    lines = ris(document, OURS).split("\r\n")
    assert len(lines) == len(ris(FULL, OURS).split("\r\n"))
    assert len(" ".join(lines).splitlines()) == 1
    assert len(gbt7714(document, OURS, CAPTURE).splitlines()) == 1


def test_key_is_fit_for_a_file() -> None:
    """A key has no sign that BibTeX reads."""
    assert citation_key(replace(FULL, id="x},@y")) == "wensu-x-y"
