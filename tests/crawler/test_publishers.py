"""Sources are freed of what pages print beside them."""

import pytest

from crawler.publishers import tidy_publisher


@pytest.mark.parametrize(
    ("value", "name", "rest"),
    [
        ("云州日报", "云州日报", ""),
        ("[ 云州日报 ]", "云州日报", ""),
        ("( 云州在线 )", "云州在线", ""),
        ("《云州日报》", "云州日报", ""),
        ("《云州日报》《青岭日报》", "《云州日报》《青岭日报》", ""),
        ("云州网-《云州日报》", "云州网-《云州日报》", ""),
        ("云州日报(北原)", "云州日报(北原)", ""),
        ("云州新闻网 参与互动(0)", "云州新闻网", ""),
        ("云州日报(北原) 有0人参与 手机看新闻", "云州日报(北原)", ""),
        ("云州报举报", "云州报", ""),
        ("云州网 栏目:国内 【大 中 小】", "云州网", ""),
        ("云州网 王小河", "云州网", "王小河"),
        ("中共云州市委 云州市人民政府", "中共云州市委 云州市人民政府", ""),
        ("Yunzhou Daily News", "Yunzhou Daily News", ""),
        ("转载", "", ""),
        ("本站原创", "", ""),
        ('size="20"', "", ""),
        ("", "", ""),
    ],
)
def test_buttons_and_counters_are_cut_off(value: str, name: str, rest: str) -> None:
    """Two offices stay together, a word behind the source is given apart."""
    assert tidy_publisher(value) == (name, rest)
