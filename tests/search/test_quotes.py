"""Quotes are found again, and what became of their words is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnknownDocument
from index.home import Home
from index.store import Store
from search.differences import Change
from search.errors import RequestError
from search.quotes import Quote, Standing, block_quote, read_quote, words_digest
from search.resemblance import closest
from search.service import SearchService
from tests.archived import CRAWLED, capture, serve
from tests.corpus import make_document

URL = "https://a.example.cn/1"
FIRST = (
    "渡口管理办法自今年起施行，渡船须有专人值守。",
    "全年修缮码头四座，新造渡船二艘，往来两岸称便。",
    "岸边植柳三百株，由沿岸各村分段看护。",
    "年底评出先进渡口两处，各奖励水泥十吨。",
)
SECOND = (
    "本页已更正。",
    FIRST[0],
    "全年修缮码头五座，新造渡船三艘，往来两岸人人称便。",
    FIRST[2],
)
STATES = tuple(
    make_document(1, "渡口简报", *texts, url=URL, site="云溪")
    for texts in (FIRST, SECOND)
)
NAME = STATES[0].id


@pytest.fixture(scope="module")
def digests() -> list[str]:
    """Hold the digests of the two captures."""
    return []


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, digests: list[str]
) -> Iterator[SearchService]:
    """Open an archive with a page captured twice."""
    folder = tmp_path_factory.mktemp("quotes")
    store = Store(Home(folder).store, create=True)
    for day, document in enumerate(STATES, 1):
        digests.append(capture(store, document, at=CRAWLED.format(day)))
    store.close()
    service = serve(folder)
    yield service
    service.close()


def quoted(digest: str, number: int) -> Quote:
    """Quote a block of the first state."""
    return block_quote(digest, f"b{number}", FIRST[number - 1])


def test_words_that_moved_are_found_where_they_stand(
    service: SearchService, digests: list[str]
) -> None:
    """A paragraph before them moves them; the place is told in the text of now."""
    found = service.quotes.check(NAME, quoted(digests[0], 1))
    assert (found.standing, found.text) == (Standing.MOVED, FIRST[0])
    assert found.marks == {"b2": (0, len(FIRST[0]))}
    assert found.capture is not None
    assert found.capture.number == 1


def test_words_in_their_place_are_the_same(
    service: SearchService, digests: list[str]
) -> None:
    """What stands in the newest capture stands there."""
    for quote in (
        quoted(digests[0], 3),
        Quote(capture=digests[1], first="b4", last="b4", start=0, end=4),
    ):
        found = service.quotes.check(NAME, quote)
        assert found.text
    assert (found.standing, found.text) == (Standing.SAME, FIRST[2][:4])
    assert found.marks == {"b4": (0, 4)}


def test_changed_words_are_told_with_the_difference(
    service: SearchService, digests: list[str]
) -> None:
    """Joined without what was added, the pieces are the words; the other way, too."""
    found = service.quotes.check(NAME, quoted(digests[0], 2))
    assert (found.standing, found.text) == (Standing.CHANGED, FIRST[1])
    assert found.marks == {"b3": (0, len(SECOND[2]))}
    before, after = (
        "".join(piece.text for piece in found.difference if piece.change is not other)
        for other in (Change.ADDED, Change.REMOVED)
    )
    assert (before, after) == (FIRST[1], SECOND[2])


def test_words_that_are_gone_are_kept(
    service: SearchService, digests: list[str]
) -> None:
    """The archive has every text, so the words can be read still."""
    found = service.quotes.check(NAME, quoted(digests[0], 4))
    assert (found.standing, found.text) == (Standing.GONE, FIRST[3])
    assert not found.marks


def test_quote_over_blocks_has_all_of_their_words(
    service: SearchService, digests: list[str]
) -> None:
    """It begins in one block and ends in another; blocks are lines."""
    quote = Quote(capture=digests[1], first="b1", last="b3", start=2, end=2)
    found = service.quotes.check(NAME, quote)
    assert found.text == f"已更正。\n{FIRST[0]}\n全年"
    assert found.standing is Standing.SAME
    assert found.marks == {"b1": (2, 6), "b2": (0, len(FIRST[0])), "b3": (0, 2)}


def test_quote_without_digest_of_words_gets_it(
    service: SearchService, digests: list[str]
) -> None:
    """What an address lacks is filled in, from the capture that it names."""
    quote = replace(quoted(digests[0], 4), words="")
    found = service.quotes.check(NAME, quote)
    assert found.quote == quoted(digests[0], 4)


def test_unknown_capture_is_told_and_the_words_are_sought_all_the_same(
    service: SearchService,
) -> None:
    """Another text of the document has the words; without their digest none does."""
    quote = quoted("sha256:" + "0" * 64, 1)
    found = service.quotes.check(NAME, quote)
    assert found.capture is None
    assert (found.standing, found.text) == (Standing.MOVED, FIRST[0])
    found = service.quotes.check(NAME, replace(quote, words=""))
    assert (found.standing, found.text) == (Standing.UNKNOWN, "")


@pytest.mark.parametrize(
    ("blocks", "span", "words"),
    [
        ("b1", (0, len(FIRST[0])), words_digest("从未写过的话")),
        ("b1", (0, 900), ""),
        ("b1", (9, 9), ""),
        ("b9", (0, 1), ""),
        ("b3-b1", (0, 1), ""),
    ],
)
def test_no_address_puts_words_into_a_text(
    service: SearchService,
    digests: list[str],
    blocks: str,
    span: tuple[int, int],
    words: str,
) -> None:
    """Words that stand in no text at their place are unknown, and none are shown."""
    named = f"{digests[0]}:{blocks}:{span[0]}-{span[1]}"
    quote = read_quote(f"{named}:{words}" if words else named)
    found = service.quotes.check(NAME, quote)
    assert (found.standing, found.text) == (Standing.UNKNOWN, "")


def test_unknown_document_is_an_error(
    service: SearchService, digests: list[str]
) -> None:
    """A quote of a document that is not kept cannot be checked."""
    with pytest.raises(UnknownDocument):
        service.quotes.check("none", quoted(digests[0], 1))


@given(
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.tuples(*[st.integers(0, 999_999_999)] * 2),
    st.sampled_from(["b1", "b12"]),
    st.sampled_from(["", "0123456789abcdef"]),
)
def test_what_is_written_is_read(
    digest: str, span: tuple[int, int], last: str, words: str
) -> None:
    """An address holds the whole quote."""
    quote = Quote(
        capture=f"sha256:{digest}",
        first="b1",
        last=last,
        start=span[0],
        end=span[1],
        words=words,
    )
    assert read_quote(str(quote)) == quote


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b1:0-2",
        f"sha256:{'0' * 64}",
        f"sha256:{'0' * 64}:b1:0-２",
        "sha256:x:b1:0-2",
    ],
)
def test_what_is_no_quote_is_refused(text: str) -> None:
    """The error names the parameter and the form."""
    with pytest.raises(RequestError, match="sha256:DIGEST:BLOCK:START-END") as caught:
        read_quote(text)
    assert caught.value.parameter == "quote"


def test_what_is_most_like_words_is_found_in_a_long_text() -> None:
    """The passage is cut where the likeness ends, and half of it must be left."""
    words = "沿岸各村分段看护柳树，枯死一株补种一株。"
    now = "沿岸各村分段看护柳树和桑树，枯死一株补种两株。"
    text = f"{'渡船往来两岸，逢五逢十有集市。' * 300}{now}{'岸边有村。' * 200}"
    found = closest(words, text)
    assert found is not None
    assert text[found.place.start : found.place.end] == now
    assert closest(words, "渡船往来两岸，逢五逢十有集市。" * 9) is None
    assert closest("渡", "渡船") is None


def test_repeated_signs_cost_no_square_of_their_number() -> None:
    """Words of one sign only have no pairs that tell anything."""
    assert closest("。" * 20_000, "。" * 10 + "，" * 20_000) is None
