"""Whatever is typed is answered, or refused with a reason: never a fault."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QuerySyntaxError, RequestError
from search.limits import MAX_QUERY
from search.results import SearchRequest
from search.service import SearchService
from tests.corpus import CORPUS, make_service
from web import create_app

PIECES: Final = st.one_of(
    st.sampled_from(
        [
            *'()（）﹙﹚"“”「」『』＂〝〞=＝-－–−:：∶~～〜*＊>＞.…‥—/\\|&+?#%',
            "\u3000",
            " ",
        ]
    ),
    st.sampled_from(["OR", "ＯＲ", "或", "或者", "AND", "NOT", "TO", "~10", "~>3"]),
    st.sampled_from(["title:", "标题：", "year:", "年份：", "site:", "kind:", "文字:"]),
    st.sampled_from(["2019", "2019..2021", "２０２０年", "至", "总结", "hant", "true"]),
    st.sampled_from(
        ["统战", "統戰", "工作", "企業", "abc", "Wi-Fi", "12号", "𠮷", "😀"]
    ),
    st.characters(),
    st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn"]),
    st.characters(min_codepoint=0x20000, max_codepoint=0x3FFFF),
)
TYPED: Final = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.tuples(PIECES, st.integers(1, MAX_QUERY)).map(
        lambda pair: (pair[0] * pair[1])[: MAX_QUERY + 1]
    ),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the corpus."""
    service = make_service(tmp_path_factory.mktemp("home"), CORPUS)
    yield service
    service.close()


@pytest.fixture(scope="module")
def client(service: SearchService) -> FlaskClient:
    """Give a client of the real application on it."""
    return create_app(service).test_client()


@settings(deadline=None, max_examples=300)
@given(text=TYPED)
def test_service_answers_or_says_why_not(service: SearchService, text: str) -> None:
    """A search has results that carry the query, or an error the caller can mend."""
    request = SearchRequest(text=text, per_page=3, explain=True)
    try:
        results = service.search(request)
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 (either is right)
        assert error.expected  # noqa: PT017
    except RequestError as error:
        assert error.parameter == "q"  # noqa: PT017
    else:
        query = service.understand(text)
        assert results.parsed == str(query)
        if len(results.parsed) <= MAX_QUERY:
            assert service.understand(results.parsed) == query


@settings(deadline=None, max_examples=150)
@given(text=TYPED.filter(lambda text: len(quote(text, errors="surrogatepass")) < 9000))
@example(text="\ud800")
@example(text="a\x00b")
@example(text='"统战\n工作"')
def test_web_answers_or_says_why_not(client: FlaskClient, text: str) -> None:
    """Page and API answer 200 or 400, and the API says where and what is wrong."""
    typed = quote(text, errors="surrogatepass")
    page = client.get(f"/search?q={typed}")
    api = client.get(f"/api/v1/search?q={typed}")
    assert page.status_code == api.status_code
    body: dict[str, Any] = json.loads(api.text)
    if api.status_code == HTTPStatus.OK:
        assert "parsed" in body["query"]
    elif body["type"] == "/problems/query-syntax":
        assert 0 <= body["position"] <= len(text)
        assert body["expected"]
        assert body["mistake"]
    else:
        assert api.status_code == HTTPStatus.BAD_REQUEST
        assert body["parameter"] in {"q", "address"}  # the latter is no UTF-8
    assert (
        client.get(f"/documents/{CORPUS[0].id}?q={typed}").status_code
        < HTTPStatus.INTERNAL_SERVER_ERROR
    )
