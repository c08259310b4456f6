"""A document becomes a page: outline, blocks, marks, dates."""

import pytest

from index.document import Block, BlockKind, Document, Removed, Section
from search.results import Span
from search.views import DocumentMarks, DocumentView
from tests.web.documents import CUT, TRADITIONAL, view
from web.messages import Language, translator
from web.reading import Reading, Wish, date_words, reading, safe_link

SAY = translator(Language.HANS)
UNMARKED = DocumentMarks(title=(), blocks={})


def read(document: Document, marks: DocumentMarks = UNMARKED) -> Reading:
    """Make the page of a document."""
    shown = DocumentView(
        document=document, captures=(), canonical="", near_duplicates=()
    )
    return reading(shown, Wish(marks=marks), SAY)


def test_marks_are_numbered_from_the_title_through_the_text() -> None:
    """Every mark of the page has one number, in the order of reading."""
    marks = DocumentMarks(
        title=(Span(5, 7),),
        blocks={"b4": (Span(0, 2), Span(6, 8)), "b1": (Span(2, 4),)},
    )
    page = reading(view(TRADITIONAL), Wish(marks=marks), SAY)
    assert page.marks == 4
    assert 'id="m1"' in page.title
    html = [str(block.html) for group in page.groups for block in group.blocks]
    assert 'id="m2"' in html[0]
    assert html[3].index('id="m3"') < html[3].index('id="m4"')


def test_headings_have_the_level_of_the_outline() -> None:
    """The title is level 1, so the outermost headings are level 2."""
    page = read(TRADITIONAL)
    assert [g.blocks[0].level for g in page.groups] == [2, 0, 2, 0]


def test_heading_outside_the_outline_takes_its_depth() -> None:
    """A heading no section names is as deep as the headings above it, up to 6."""
    blocks = tuple(
        Block(
            anchor=f"b{depth}",
            kind=BlockKind.HEADING,
            text="题",
            section=("上",) * depth,
        )
        for depth in (1, 2, 9)
    )
    page = read(Document(id="x", blocks=blocks))
    assert [g.blocks[0].level for g in page.groups] == [2, 3, 6]


def test_first_section_at_a_block_gives_its_level() -> None:
    """Where two sections begin in one block the outer one decides."""
    document = Document(
        id="x",
        blocks=(Block(anchor="b1", kind=BlockKind.HEADING, text="一、甲（一）乙"),),
        sections=(
            Section(level=1, heading="一、甲", anchor="b1"),
            Section(level=2, heading="（一）乙", anchor="b1"),
        ),
    )
    assert read(document).groups[0].blocks[0].level == 2


def test_items_and_rows_are_gathered() -> None:
    """Neighbouring items are one list, neighbouring rows one table."""
    groups = [(group.kind, len(group.blocks)) for group in read(CUT).groups]
    assert groups == [
        (BlockKind.PARAGRAPH, 1),
        (BlockKind.ITEM, 2),
        (BlockKind.ROW, 2),
    ]


def test_paragraphs_are_not_gathered() -> None:
    """Each paragraph stands by itself."""
    blocks = tuple(
        Block(anchor=f"b{n}", kind=BlockKind.PARAGRAPH, text="文") for n in (1, 2)
    )
    assert len(read(Document(id="x", blocks=blocks)).groups) == 2


def test_what_one_rule_removed_in_one_place_is_gathered() -> None:
    """Neighbours with the same rule and place are told together."""
    removed = tuple(
        Removed(text=text, rule=rule, after=after)
        for text, rule, after in (
            ("甲", "noise: a", None),
            ("乙", "noise: a", None),
            ("丙", "noise: a", "b1"),
            ("丁", "outline", "b1"),
        )
    )
    removals = read(Document(id="x", removed=removed)).removals
    assert [each.texts for each in removals] == [("甲", "乙"), ("丙",), ("丁",)]
    assert [each.family for each in removals] == ["noise", "noise", "outline"]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2021-03-04", "2021 年 3 月 4 日"),
        ("2021-03", "2021 年 3 月"),
        ("2021", "2021 年"),
        ("--10-14", "10 月 14 日（年份不详）"),
        ("--10", "10 月（年份不详）"),
        ("last year", "last year"),
        ("", ""),
    ],
)
def test_date_is_written_as_far_as_it_is_known(published: str, expected: str) -> None:
    """A date may lack its day, its month or its year."""
    assert date_words(published, SAY) == expected


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//host.example/a",
        "https:path",
        "https://[broken",
        "relative/path",
        "",
        None,
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str | None) -> None:
    """Anything else a page claims as its address is shown, not linked."""
    assert safe_link(address) is None


def test_address_of_the_web_is_linked_as_it_is() -> None:
    """An address with Han characters in it is one too."""
    assert safe_link("http://例.example/文?a=1") == "http://例.example/文?a=1"
