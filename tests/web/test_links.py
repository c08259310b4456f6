"""Addresses change one parameter at a time."""

from web.links import Address

HERE = Address(
    "/search", (("q", "联谊"), ("year", "2020"), ("year", "2021"), ("page", "3"))
)


def test_address_is_percent_encoded() -> None:
    """Han characters, spaces and ampersands are encoded as UTF-8."""
    address = Address("/search", (("q", "联 &"),))
    assert str(address) == "/search?q=%E8%81%94%20%26"


def test_address_without_parameters_is_its_path() -> None:
    """No question mark stands where nothing follows it."""
    assert str(Address("/search")) == "/search"


def test_adding_a_value_keeps_the_others_and_goes_to_the_first_page() -> None:
    """A filter is added beside what is there; the page number goes."""
    assert HERE.add("site", "a").pairs == (
        ("q", "联谊"),
        ("year", "2020"),
        ("year", "2021"),
        ("site", "a"),
    )


def test_dropping_one_value_keeps_its_siblings() -> None:
    """One of two years goes, the other stays."""
    assert HERE.drop_value("year", "2020").values("year") == ("2021",)


def test_putting_a_value_replaces_all() -> None:
    """A parameter put has that value only."""
    assert HERE.put("year", "1999").values("year") == ("1999",)


def test_turning_to_the_first_page_leaves_no_page_number() -> None:
    """The first page has one address."""
    assert HERE.turn(1).values("page") == ()
    assert HERE.turn(4).values("page") == ("4",)


def test_speaking_another_language_keeps_the_page() -> None:
    """The language changes and nothing else."""
    spoken = HERE.speak("en").speak("zh-Hant")
    assert spoken.pairs == (*HERE.pairs, ("lang", "zh-Hant"))
