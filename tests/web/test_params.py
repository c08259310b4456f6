"""Parameters are read as they are or refused, never changed."""

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from index.document import Kind, Script
from search.results import SearchRequest, Sort
from web.document_params import read_document
from web.params import read_search
from web.refusals import BadParameter, Reason


def read(*pairs: tuple[str, str]) -> SearchRequest:
    """Read the parameters of a search."""
    return read_search(MultiDict(pairs))


def refusal(*pairs: tuple[str, str]) -> BadParameter:
    """Give the refusal of parameters that cannot be used."""
    with pytest.raises(BadParameter) as caught:
        read(*pairs)
    return caught.value


def test_nothing_given_is_the_default_request() -> None:
    """Without parameters every document is asked for."""
    assert read() == SearchRequest()


def test_every_parameter_reaches_the_request() -> None:
    """Each parameter has its place in the request."""
    request = read(
        ("q", " 联谊 "),
        ("page", "2"),
        ("per_page", "20"),
        ("sort", "oldest"),
        ("site", "甲"),
        ("site", "乙"),
        ("year", "2019"),
        ("year", "2020"),
        ("year_from", "2018"),
        ("year_to", "2021"),
        ("region", "丙"),
        ("kind", "summary"),
        ("source", "丁"),
        ("script", "hant"),
        ("complete", "false"),
        ("collapse", "false"),
        ("explain", "true"),
    )
    assert request == SearchRequest(
        text=" 联谊 ",
        page=2,
        per_page=20,
        sort=Sort.OLDEST,
        site=("甲", "乙"),
        year=(2019, 2020),
        year_from=2018,
        year_to=2021,
        region=("丙",),
        kind=(Kind.SUMMARY,),
        source=("丁",),
        script=(Script.HANT,),
        complete=False,
        collapse=False,
        explain=True,
    )


def test_empty_parameters_count_as_not_given() -> None:
    """A form may send its empty fields."""
    assert read(("q", ""), ("year_from", ""), ("site", ""), ("sort", "")) == (
        SearchRequest()
    )


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("q", "长" * 1001, Reason.LENGTH),
        ("page", "0", Reason.AT_LEAST),
        ("page", "two", Reason.NUMBER),
        ("page", "1001", Reason.DEPTH),
        ("per_page", "0", Reason.AT_LEAST),
        ("per_page", "101", Reason.AT_MOST),
        ("sort", "random", Reason.CHOICE),
        ("kind", "novel", Reason.CHOICE),
        ("year", "20x0", Reason.NUMBER),
        ("complete", "perhaps", Reason.BOOLEAN),
        ("sitee", "a", Reason.UNKNOWN),
    ],
)
def test_value_outside_its_limits_is_refused(
    name: str, value: str, reason: Reason
) -> None:
    """Each limit has its reason, and the parameter is named."""
    error = refusal((name, value))
    assert (error.parameter, error.reason) == (name, reason)


def test_limits_themselves_are_allowed() -> None:
    """The largest values are still accepted."""
    assert read(("q", "长" * 1000), ("page", "100"), ("per_page", "100")).page == 100


def test_unknown_parameter_is_told_the_known_ones() -> None:
    """A slip of the pen is easy to mend."""
    assert "year_from" in str(refusal(("yearfrom", "2020")))


def test_address_without_parameters_says_so(client: FlaskClient) -> None:
    """There are no known ones to be told."""
    told = client.get("/api/v1/coverage?sites=x").get_json(force=True)
    assert told["detail"] == "sites: this address takes no parameters"


def test_parameter_given_twice_is_refused() -> None:
    """Two pages cannot both be shown."""
    assert refusal(("page", "1"), ("page", "2")).reason is Reason.REPEATED


def test_too_many_values_are_refused() -> None:
    """A filter has at most fifty values."""
    error = refusal(*(("year", str(1900 + n)) for n in range(51)))
    assert (error.parameter, error.reason) == ("year", Reason.VALUES)


def test_years_in_the_wrong_order_are_refused() -> None:
    """A range that ends before it begins is a mistake, not an empty page."""
    error = refusal(("year_from", "2021"), ("year_to", "2020"))
    assert (error.parameter, error.reason) == ("year_from", Reason.YEARS)


def test_address_in_another_encoding_is_refused(client: FlaskClient) -> None:
    """An address in GBK is not read as something else, by page or API."""
    app = client.application
    with (
        app.test_request_context("/search?q=%B9%A4"),
        pytest.raises(BadParameter) as it,
    ):
        app.preprocess_request()
    assert it.value.reason is Reason.ENCODING
    for address in ("/search", "/api/v1/search"):
        assert client.get(f"{address}?q=%B9%A4").status_code == 400


def test_document_takes_only_a_query() -> None:
    """The page of a document has one parameter."""
    assert read_document(MultiDict({"q": "联谊"})).q == "联谊"
    with pytest.raises(BadParameter):
        read_document(MultiDict({"page": "2"}))
