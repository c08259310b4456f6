"""Regions by their short names: in a query, as a filter, and on the page."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.corpus import make_document, make_service
from tests.web.page import get, links, words
from web import create_app

REGIONS = (
    "江苏省",
    "江苏省",
    "新疆维吾尔自治区",
    "内蒙古自治区",
    "香港特别行政区",
    "上海市",
    "城关区",
    None,
)
DOCUMENTS = [
    make_document(number, f"第{number}号渡口总结", "全年修渡口。", region=region)
    for number, region in enumerate(REGIONS, 1)
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Serve an archive of several regions."""
    service = make_service(tmp_path_factory.mktemp("home"), DOCUMENTS)
    yield create_app(service).test_client()
    service.close()


def regions(client: FlaskClient, **asked: str | list[str]) -> list[str | None]:
    """Ask the API of which regions the hits are."""
    answer = client.get(
        f"/api/v1/search?{urlencode(asked, doseq=True)}&collapse=false"
    ).get_json()
    return sorted((hit["region"] for hit in answer["hits"]), key=str)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("江苏", ["江苏省", "江苏省"]),
        ("江蘇", ["江苏省", "江苏省"]),
        ("江蘇省", ["江苏省", "江苏省"]),
        ("新疆", ["新疆维吾尔自治区"]),
        ("內蒙古", ["内蒙古自治区"]),
        ("香港", ["香港特别行政区"]),
        ("上海", ["上海市"]),
        ("城关区", ["城关区"]),
        ("城关", []),
        ("内蒙", []),
        ("None", []),
        ("省", []),
    ],
)
def test_region_is_found_by_its_short_name(
    client: FlaskClient, asked: str, held: list[str]
) -> None:
    """Typed, as a filter, and left out by either, it is the same region."""
    rest = sorted(map(str, REGIONS))
    for each in held:
        rest.remove(each)
    assert regions(client, q=f"渡口 region:{asked}") == held
    assert regions(client, q="渡口", region=asked) == held
    assert [*map(str, regions(client, q=f"渡口 -地区:{asked}"))] == rest
    assert [*map(str, regions(client, q="渡口", not_region=asked))] == rest


def test_short_and_full_names_may_stand_together(client: FlaskClient) -> None:
    """They do not exclude each other; those of several regions add up."""
    assert regions(client, q="region:江苏 region:江苏省") == ["江苏省"] * 2
    assert regions(client, region=["上海", "香港特别行政区"]) == [
        "上海市",
        "香港特别行政区",
    ]
    assert regions(client, region=["江苏", "上海"], not_region="江苏省") == ["上海市"]


def test_page_shows_the_full_name_as_chosen(client: FlaskClient) -> None:
    """The chip says what was asked for; the value takes it away again."""
    page = get(client, "/search?q=渡口&region=江蘇&region=江苏&region=上海")
    assert words(page, ".chips li a")[:3] == ["江蘇×", "江苏×", "上海×"]
    chosen = dict(
        zip(
            words(page, ".facets [aria-current=true] .label"),
            links(page, ".facets [aria-current=true]"),
            strict=True,
        )
    )
    assert sorted(chosen) == ["上海市", "江苏省"]
    back = parse_qs(urlsplit(chosen["江苏省"]).query)
    assert back["region"] == ["上海"]
    excluded = get(client, "/search?q=渡口&not_region=江苏").select(".excluded")
    assert [each.text.count("江苏省") for each in excluded] == [1]


@pytest.mark.parametrize(
    ("asked", "similar"),
    [
        ("河南", []),
        ("江苏市", ["region:江苏省"]),
        ("新疆自治区", ["region:新疆维吾尔自治区"]),
        ("内蒙", ["region:内蒙古自治区"]),
        ("上海浦东", ["region:上海市"]),
        ("城关", ["region:城关区"]),
    ],
)
def test_region_that_is_not_held_is_named(
    client: FlaskClient, asked: str, similar: list[str]
) -> None:
    """What the archive has is offered by its full name where it is alike."""
    answer = client.get(f"/api/v1/search?q=region:{asked}").get_json()
    (told,) = answer["query"]["unmatched"]
    assert (told["clause"], told["similar"]) == (f"region:{asked}", similar)


def test_why_tells_the_full_name(client: FlaskClient) -> None:
    """The clause holds by the short name, and the value beside it is the full one."""
    for asked, held in (("江苏", True), ("上海", False)):
        address = f"/api/v1/search?q=region:{asked}&why={DOCUMENTS[0].id}"
        ((part,),) = (
            clause["parts"]
            for clause in client.get(address).get_json()["why"]["clauses"]
        )
        assert (part["held"], part["value"]) == (held, "江苏省")
    address = f"/api/v1/search?region=江苏&why={DOCUMENTS[5].id}"
    (failed,) = client.get(address).get_json()["why"]["filters"]
    assert (failed["value"], failed["wanted"]) == ("上海市", ["江苏"])
