"""Order and pages of hits as a script gets them, over a real archive."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.document import Document, Kind
from tests.corpus import make_document, make_service
from web import create_app

_DATES: Final = (
    *("2019", "2020", "2020-03", "2020-03", "2020-03-05", "2020-03-05", "2021-11-30"),
    *("--10-14", "--03-05", None, None),
)
_YEARS: Final = (2018, 2019, 2020, None)
_THINGS: Final = ("渡口", "水库", "梯田", "茶山", "石桥", "风车")
_COUNT: Final = 66


def _documents() -> Iterator[Document]:
    """Make documents of which every third is a copy of the one before."""
    for number in range(_COUNT):
        text = number - number % 3 // 2
        thing, other = _THINGS[text % 6], _THINGS[text // 6 % 6]
        yield make_document(
            (number * 7919) % 10_007,
            f"{thing}简报",
            f"本月{thing}修缮完工，{other}验收{text}处，投工{text * 13}个，群众称便。",
            published=_DATES[number % len(_DATES)],
            year=_YEARS[number % len(_YEARS)],
            site="甲" if number % 2 else "乙",
            kind=Kind.BRIEFING if number % 5 else Kind.REPORT,
        )


_UNDATED: Final = make_document(20_000, "旧档", "何年何月，已不可考，称便而已。")
DOCUMENTS: Final = {each.id: each for each in (*_documents(), _UNDATED)}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Serve the documents."""
    service = make_service(tmp_path_factory.mktemp("home"), DOCUMENTS.values())
    yield create_app(service).test_client()
    service.close()


def asked(client: FlaskClient, address: str, **parameters: object) -> dict[str, Any]:
    """Ask the API."""
    response = client.get(address, query_string=parameters or None)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


SEARCHES: Final = st.fixed_dictionaries(
    {
        "q": st.sampled_from(
            ["", "渡口", "修缮", "完工 群众", '"称便"', "水库 OR 茶山"]
        ),
        "sort": st.sampled_from(["relevance", "newest", "oldest"]),
        "collapse": st.sampled_from(["true", "false"]),
    },
    optional={
        "site": st.sampled_from(["甲", "乙"]),
        "kind": st.just("briefing"),
        "year_from": st.just("2019"),
        "published": st.just("2020"),
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEARCHES, st.integers(1, 23))
def test_pages_one_behind_the_other_are_the_whole_list(
    client: FlaskClient, search: dict[str, str], per_page: int
) -> None:
    """Each hit stands on one page, ranks go on, totals are those of the list."""
    whole = asked(client, "/api/v1/search", **search, per_page=100)
    found: list[dict[str, Any]] = []
    address: str | None = "/api/v1/search"
    page = asked(client, "/api/v1/search", **search, per_page=per_page)
    while address:
        assert page["total"] == whole["total"] == len(whole["hits"])
        assert page["total_documents"] == whole["total_documents"]
        assert page["facets"] == whole["facets"]
        found += page["hits"]
        if address := page["next"]:
            page = asked(client, address)
    for hit in (*found, *whole["hits"]):
        hit.pop("near_duplicates_url")  # it keeps the size of the page
    assert found == whole["hits"]
    assert [hit["rank"] for hit in found] == [*range(1, len(found) + 1)]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEARCHES)
def test_copies_folded_and_apart_are_the_same_documents(
    client: FlaskClient, search: dict[str, str]
) -> None:
    """What a hit stands for is what its address lists, and together it is all."""
    search = {**search, "collapse": "true", "per_page": "100"}
    folded = asked(client, "/api/v1/search", **search)
    apart = asked(client, "/api/v1/search", **{**search, "collapse": "false"})
    assert folded["total_documents"] == apart["total"] == len(apart["hits"])
    opened: list[str] = []
    for hit in folded["hits"]:
        copies = [hit["id"]]
        if hit["near_duplicates"]:
            listed = asked(client, hit["near_duplicates_url"])
            copies = [each["id"] for each in listed["hits"]]
            assert len(copies) == listed["total"] == hit["near_duplicates"] + 1
        else:
            assert hit["near_duplicates_url"] is None
        assert hit["id"] in copies
        opened += copies
    assert sorted(opened) == sorted(hit["id"] for hit in apart["hits"])


def day(document_id: str) -> str:
    """Write when a document was put up, as far as known; else the year it is about."""
    document = DOCUMENTS[document_id]
    published = document.published or ""
    if published.startswith("--") or not published:
        return str(document.year or "")
    return published


@pytest.mark.parametrize("collapse", ["true", "false"])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_dates_are_in_order_as_far_as_they_are_known(
    client: FlaskClient, sort: str, collapse: str
) -> None:
    """A month stands at its beginning, and what has no date and no year is last."""
    asked_for = {"sort": sort, "collapse": collapse, "per_page": 100}
    hits = asked(client, "/api/v1/search", **asked_for)["hits"]
    days = [day(hit["id"]) for hit in hits]
    dated = [each for each in days if each]
    assert dated == sorted(dated, reverse=sort == "newest")
    assert days == dated + [""] * (len(days) - len(dated))
    assert "" in days
    for (one, hit), (other, following) in pairwise(zip(days, hits, strict=True)):
        if one == other:
            assert hit["id"] < following["id"]


def test_group_of_an_unknown_document_is_empty(client: FlaskClient) -> None:
    """It is no error: the document may have been removed since."""
    for name in ("0123456789abcdef", "没有"):
        assert asked(client, "/api/v1/search", group=name)["total"] == 0


def test_group_of_a_document_without_copies_is_itself(client: FlaskClient) -> None:
    """Whether copies are folded or not."""
    alone = next(
        hit["id"]
        for hit in asked(client, "/api/v1/search", per_page=100)["hits"]
        if not hit["near_duplicates"]
    )
    for collapse in ("true", "false"):
        found = asked(client, "/api/v1/search", group=alone, collapse=collapse)
        assert [hit["id"] for hit in found["hits"]] == [alone]
