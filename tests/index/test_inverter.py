"""Documents into lists: every word is counted once, in its field and document."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import Analyzer, make_analyzer
from index.codec.segment_file import WORDS, to_bytes
from index.document import Block, BlockKind, Document
from index.inverter import Content, Inverter
from index.whoosh_schema import BREAK, TEXT_FIELDS
from tests.corpus import make_document
from tests.strategies import any_text, mixed_text, word_run

Counted = Counter[tuple[str, int, bytes]]

one_line = st.one_of(word_run, mixed_text, any_text).map(
    lambda text: text.replace(BREAK, " ")
)
blocks = st.lists(st.tuples(one_line, st.integers(0, 20)), max_size=4)


def document_of(title: str, parts: list[tuple[str, int]]) -> Document:
    """Make a document of blocks whose first characters are a heading."""
    made = (
        Block(
            anchor=f"b{number}",
            kind=BlockKind.PARAGRAPH,
            text=text,
            heading_length=min(heading, len(text)),
        )
        for number, (text, heading) in enumerate(parts)
    )
    return Document(id="0" * 16, title=title, blocks=tuple(made))


def invert(documents: list[Document]) -> Content:
    """Give the content of a segment of these documents."""
    inverter = Inverter(make_analyzer())
    for revision, document in enumerate(documents):
        inverter.add(document, revision)
    return inverter.finish()


def field_texts(document: Document) -> dict[str, list[str]]:
    """List what is cut by itself in each field."""
    blocks = document.blocks
    return {
        "title": [document.title],
        "headings": [block.text[: block.heading_length] for block in blocks],
        "body": [block.text[block.heading_length :] for block in blocks],
    }


def count(analyzer: Analyzer, documents: list[Document]) -> Counted:
    """Count the tokens of each text alone, as the query side has them."""
    return Counter(
        (name, docnum, to_bytes(token.text))
        for docnum, document in enumerate(documents)
        for name, texts in field_texts(document).items()
        for text in texts
        for token in analyzer.tokens(text)
    )


def listed(content: Content) -> Iterator[tuple[tuple[str, int, bytes], int]]:
    """Read all lists of words."""
    for name in TEXT_FIELDS:
        lists, terms = content.lists[name], content.terms[WORDS]
        assert lists.freqs is not None
        ends = lists.counts.cumsum().tolist()
        for key, start, end in zip(lists.keys, lists.starts, ends, strict=True):
            for at in range(start, end):
                place = (name, int(lists.values[at]), terms[int(key)])
                yield place, int(lists.freqs[at])


@settings(deadline=None, max_examples=60)
@given(parts=st.lists(st.tuples(one_line, blocks), min_size=1, max_size=4))
def test_words_are_counted_as_each_text_has_them(
    parts: list[tuple[str, list[tuple[str, int]]]],
) -> None:
    """A segment counts in each field what the texts of the field have alone."""
    documents = [document_of(title, made) for title, made in parts]
    content = invert(documents)
    wanted = count(make_analyzer(), documents)
    assert dict(listed(content)) == wanted
    for name in TEXT_FIELDS:
        totals: Counter[int] = Counter()
        for (field, docnum, _), often in wanted.items():
            totals[docnum] += often * (field == name)
        tokens = content.tokens[name].tolist()
        assert tokens == [totals[docnum] for docnum in range(len(documents))]


def test_no_word_stands_across_the_end_of_a_heading() -> None:
    """A heading that runs into its paragraph ends a word, a date and a number."""
    heads = [
        ("统一战线", 2),
        ("2021年3月4日", 5),
        ("2021年度", 5),
        ("国办发[2023]1号", 3),
    ]
    document = document_of("", heads)
    content = invert([document])
    assert dict(listed(content)) == count(make_analyzer(), [document])
    found = {(name, term) for (name, _, term), _ in listed(content)}
    assert ("body", to_bytes("统一战线")) not in found
    assert ("headings", to_bytes("2021年")) in found


def test_words_keep_their_terms_in_the_next_segment() -> None:
    """What was cut for one segment is counted anew in the next, and only there."""
    inverter = Inverter(make_analyzer())
    documents = [
        make_document(1, "统战", "青溪县。"),
        make_document(2, "青溪", "统战。"),
    ]
    for document in documents:
        inverter.add(document, 1)
        content = inverter.finish()
        assert dict(listed(content)) == count(make_analyzer(), [document])
