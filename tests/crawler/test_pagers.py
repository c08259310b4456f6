"""Page lists that scripts write are read without running them."""

import pytest

from crawler.pagers import MAX_LISTED, listed_pages

INDEX = "http://a.example/gz/index.shtml"
# As systems write it into a list page: counts from 0, parts put together in quotes.
WRITTEN = r"""
var currentPage = 0; // counts from 0
var nextPage = currentPage + 1;
var countPage = 4;
if (currentPage != countPage - 1)
  document.write("<a href=\"index"+"_" + nextPage + "."+"html\">下页</a>");
"""


def pages(code: str, url: str = INDEX) -> list[str]:
    """List what a script leads to."""
    return list(listed_pages(code, url))


@pytest.mark.parametrize(
    ("code", "first", "last", "number"),
    [
        (
            'createPageHTML(20, 0, "index", "shtml");',
            "index_1.shtml",
            "index_19.shtml",
            19,
        ),
        ("createPageHTML(3,0,'list','htm')", "list_1.htm", "list_2.htm", 2),
        (
            'createPageHTML(5, 2, "index_", ".html", 90);',
            "index_1.html",
            "index_4.html",
            4,
        ),
        (
            "createPageHTML('p',20,1,'index','html',790);",
            "index_2.html",
            "index_20.html",
            19,
        ),
        ('createPageHTML(4, 1, "index", "html");', "index_2.html", "index_4.html", 3),
        ('createPageNav(3, 0, "index", "html")', "index_1.html", "index_2.html", 2),
    ],
)
def test_calls_that_write_a_pager(
    code: str, first: str, last: str, number: int
) -> None:
    """Pages, current one, name, extension; an element's name may come first."""
    found = pages(code)
    assert (found[0], found[-1], len(found)) == (first, last, number)


def test_a_page_with_a_number_says_that_numbers_count_from_nought() -> None:
    """Page 1 of 4 is the second one where its own name has a 1."""
    code = 'createPageHTML(4, 1, "index", "html");'
    assert pages(code, "http://a.example/gz/index_1.html") == [
        "index_1.html",
        "index_2.html",
        "index_3.html",
    ]


@pytest.mark.parametrize(
    "code",
    [
        'createPageHTML(1, 0, "index", "shtml");',
        "createPageHTML(total, current, name, extension);",
        'createPageHTML(3, 0, "javascript:x", "html");',
        'createPageHTML(3, 0, "index", "h t m l");',
        'createPageHTML(3, 0, "index");',
        "function createPageHTML(count, page, name, ext) { return 5; }",
        "createPageHTML()",
        "var countPage = 9;",
        "",
    ],
)
def test_what_is_no_list_gives_no_pages(code: str) -> None:
    """One page, variables, names that are none, the function itself."""
    assert pages(code) == []


def test_a_script_that_puts_addresses_together() -> None:
    """The count and the pieces around the number are read."""
    assert pages(WRITTEN) == ["index_1.html", "index_2.html", "index_3.html"]
    code = (
        'var totalPages = 3; for(;;){ s += "<a href=\'?classid=7&page=" + i + "\'>"; }'
    )
    assert pages(code) == ["?classid=7&page=2", "?classid=7&page=3"]
    code = "var pageCount='3', u='list.asp?p=' + (n + 1) + '&c=4';"
    assert pages(code) == ["list.asp?p=2&c=4", "list.asp?p=3&c=4"]


def test_a_list_without_end_is_read_around_its_current_page() -> None:
    """A count that a server made up costs little, and the next pages go on."""
    found = pages('createPageHTML(999999, 7000, "index", "html");')
    assert found[0] == f"index_{7000 - MAX_LISTED}.html"
    assert found[-1] == f"index_{7000 + MAX_LISTED}.html"


@pytest.mark.parametrize(
    "code",
    [
        "create" + "page" * 1_000_000,
        "countPage=3;" + "=" * 4_000_000,
        "countPage=3;" + "'a_'+" * 1_000_000,
        "createPageHTML(" * 300_000,
        "createPageHTML(" + "1," * 2_000_000,
    ],
)
def test_hostile_scripts_are_read_in_time(code: str) -> None:
    """No pattern takes more than linear time, or nearly so: that would be hours."""
    assert pages(code) == []
