"""Bytes to text: whatever a page says about itself, its content decides."""

import codecs
import random

import pytest

from index.decode import MAX_REPLACED_SHARE, decode

HANS = (
    "云岭县委统战部2019年工作总结：一年来，我们坚持大团结大联合，扎实推进各项工作，"
    "走访企业120家，办理意见建议36件，培训干部480人次，取得了新的成绩。"
)
HANT = (
    "雲嶺縣委統戰部2019年工作總結：一年來，我們堅持大團結大聯合，扎實推進各項工作，"
    "走訪企業120家，辦理意見建議36件，培訓幹部480人次，取得了新的成績。"
)
CASES = [
    (HANS, "utf-8", "utf-8"),
    (HANS, "gbk", "gb18030"),
    (HANS, "gb18030", "gb18030"),
    (HANT, "utf-8", "utf-8"),
    (HANT, "gb18030", "gb18030"),
    (HANT, "big5", "big5hkscs"),
    (HANT, "big5hkscs", "big5hkscs"),
]
NAMES = [f"{codec}-{'hans' if text == HANS else 'hant'}" for text, codec, _ in CASES]


def html_page(text: str, label: str) -> str:
    """Return a page that claims a charset."""
    return f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body>'


@pytest.mark.parametrize(("text", "codec", "encoding"), CASES, ids=NAMES)
def test_charset_is_found_by_content(text: str, codec: str, encoding: str) -> None:
    """Text of either script is read in the charset it was written in."""
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)


@pytest.mark.parametrize("label", ["utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize(("text", "codec", "encoding"), CASES, ids=NAMES)
def test_lying_label_is_recorded_and_not_followed(
    text: str, codec: str, encoding: str, label: str
) -> None:
    """A wrong meta tag changes nothing but what is recorded."""
    page = html_page(text, label)
    decoded = decode(page.encode(codec))
    assert (decoded.text, decoded.encoding) == (page, encoding)
    assert decoded.declared == label


def test_label_from_outside_comes_first() -> None:
    """The label handed over is recorded rather than the one in the markup."""
    decoded = decode(html_page(HANS, "gb2312").encode(), declared=" UTF-8 ")
    assert decoded.declared == "utf-8"


def test_no_label_is_recorded_as_none() -> None:
    """A payload that claims nothing has no declared charset."""
    assert decode(HANS.encode()).declared is None


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_byte_order_mark_decides_and_is_left_out(bom: bytes, codec: str) -> None:
    """A byte order mark names the charset and is not part of the text."""
    decoded = decode(bom + HANS.encode(codec))
    assert (decoded.text, decoded.encoding) == (HANS, codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [(HANS, "utf-8"), (HANS, "gb18030"), (HANT, "big5")],
    ids=["utf-8", "gb18030", "big5"],
)
def test_character_cut_off_at_the_end_is_forgiven(text: str, codec: str) -> None:
    """The stump of the last character is left out and counts as no damage."""
    decoded = decode((text + text[0]).encode(codec)[:-1])
    assert (decoded.text, decoded.replaced) == (text, 0)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_bad_byte_does_not_change_the_charset(codec: str) -> None:
    """One bad byte in the middle costs a character, not the page."""
    middle = html_page(HANS, "x").replace("，", "，<br>").encode(codec)
    at = middle.index(b"<br>")
    decoded = decode(middle[:at] + b"\xff" + middle[at:])
    assert decoded.encoding == codec
    assert decoded.replaced == 1
    assert decoded.text.replace("\ufffd", "") == middle.decode(codec)
    assert not decoded.damaged


def test_bad_bytes_among_few_characters_leave_utf8() -> None:
    """A short UTF-8 text with a bad byte is not taken for another charset."""
    decoded = decode("统战工作".encode() + b"\xb3 " + "总结".encode())
    assert (decoded.encoding, decoded.text) == ("utf-8", "统战工作\ufffd 总结")


def test_replacement_character_of_the_page_is_no_damage() -> None:
    """U+FFFD that the page itself holds is not counted."""
    assert decode((HANS + "\ufffd").encode()).replaced == 0


def test_lone_0x80_in_gb_text_is_the_euro_sign() -> None:
    """Code page 936 writes the euro as 0x80."""
    payload = HANS.encode("gbk") + b"\x80" + "100万".encode("gbk")
    decoded = decode(payload)
    assert decoded.text == HANS + "€100万"
    assert decoded.replaced == 0


@pytest.mark.parametrize("length", [2, 3, 4, 6, 9])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_few_characters_are_enough(codec: str, length: int) -> None:
    """A heading of two characters is read right in GB and UTF-8."""
    assert decode(HANS[:length].encode(codec)).text == HANS[:length]


@pytest.mark.parametrize("length", [4, 6, 9])
def test_few_characters_of_big5_are_enough(length: int) -> None:
    """Four characters tell Big5; fewer can be common characters of GB as well."""
    assert decode(HANT[:length].encode("big5")).text == HANT[:length]


def test_gb_text_is_never_latin() -> None:
    """A GB page with several bad bytes stays GB."""
    payload = HANS.encode("gb18030") + b"<br>\xff<br>\xff<br>" + HANS.encode("gb18030")
    decoded = decode(payload)
    assert decoded.encoding == "gb18030"
    assert decoded.text.count(HANS) == 2


def test_empty_payload_is_empty_text() -> None:
    """Nothing is read as nothing."""
    decoded = decode(b"")
    assert (decoded.text, decoded.replaced, decoded.damaged) == ("", 0, False)


def test_plain_ascii_is_utf8() -> None:
    """ASCII needs no guess."""
    assert decode(b"annual report 2019").encoding == "utf-8"


def test_other_languages_keep_their_charset() -> None:
    """A Russian page is not forced into a Chinese charset."""
    text = "Отчёт о работе за прошедший год: проведено двадцать совещаний."
    assert decode(text.encode("cp1251")).text == text


def test_binary_junk_is_damaged() -> None:
    """Random bytes and images leave more unread than a text may."""
    junk = random.Random(7).randbytes(4000)  # noqa: S311  junk, not a secret
    for payload in (junk, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + junk, b"\0" * 50):
        decoded = decode(payload)
        assert decoded.damaged
        assert "\0" not in decoded.text


def test_damage_begins_above_the_share_that_may_be_lost() -> None:
    """One character in a hundred may be lost, not more."""
    text = "总" * 400
    one_bad = "总".encode() + b"\xff "
    few = decode(text.encode() + one_bad)
    many = decode(text.encode() + one_bad * 20)
    assert few.replaced <= MAX_REPLACED_SHARE * len(few.text)
    assert not few.damaged
    assert many.encoding == "utf-8"
    assert many.damaged
