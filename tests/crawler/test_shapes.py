"""Addresses made by one template have one shape."""

from crawler.shapes import shape_of

HOST = "http://a.example"


def test_a_shape_leaves_out_what_names_one_page() -> None:
    """Numbers, tokens and values go; names and the host stay."""
    assert shape_of(f"{HOST}/gz/2021/t2021_3.html?ID=7&a=") == (
        "a.example/gz/N/tN_N.html?a&id"
    )
    assert shape_of(f"{HOST}/d41d8cd98f00b204e9800998ecf8427e.html") == (
        "a.example/X.html"
    )
    assert shape_of(f"{HOST}/6f9619ff-8b86-d011-b42d-00c04fc964ff/") == "a.example/X/"
