"""Region and city are told by names of divisions, or not at all."""

import pytest

from crawler.regions import Region, find_region
from index.document import RegionFrom


def _region(
    title: str = "",
    publisher: str = "",
    *path: str,
    site: str = "",
    text: str = "",
) -> Region | None:
    return find_region(title, publisher, path, site, text)


def _place(title: str) -> tuple[str, str | None] | None:
    """Give province and city that a title tells."""
    found = _region(title)
    return (found.province, found.city) if found else None


@pytest.mark.parametrize(
    ("title", "province", "city"),
    [
        ("山西省晉城統戰工作", "山西省", "晋城市"),
        ("內蒙古自治區年鑑", "内蒙古自治区", None),
        ("北京市朝阳区2020年总结", "北京市", None),
        ("吉林市工作总结", "吉林省", "吉林市"),
        ("吉林省工作总结", "吉林省", None),
        ("海南州2020年总结", "青海省", "海南藏族自治州"),
        ("海南省2020年总结", "海南省", None),
        ("围场县2020年总结", "河北省", "承德市"),
        ("科尔沁左翼中旗总结", "内蒙古自治区", "通辽市"),
        ("新疆石河子统战工作", "新疆维吾尔自治区", "石河子市"),
        ("万州区总结", "重庆市", None),
        ("香港特別行政區施政報告", "香港特别行政区", None),
        ("澳門年鑑", "澳门特别行政区", None),
        ("桃園市政府施政成果", "台湾省", "桃园市"),
        ("日照市工作总结", "山东省", "日照市"),
    ],
)
def test_divisions_of_today_are_known(
    title: str, province: str, city: str | None
) -> None:
    """In full, short and in either script; the province in full, the city of today."""
    assert _place(title) == (province, city)


@pytest.mark.parametrize(
    ("title", "province", "city"),
    [
        ("哲里木盟1985年统战工作总结", "内蒙古自治区", "通辽市"),
        ("伊克昭盟年鉴", "内蒙古自治区", "鄂尔多斯市"),
        ("襄樊市工作总结", "湖北省", "襄阳市"),
        ("思茅地区工作总结", "云南省", "普洱市"),
        ("臺北縣政府施政報告", "台湾省", "新北市"),
        ("万县地区工作总结", "重庆市", None),
    ],
)
def test_names_that_changed_lead_to_those_of_today(
    title: str, province: str, city: str | None
) -> None:
    """Prefectures and counties that are no more, by where they went."""
    assert _place(title) == (province, city)


@pytest.mark.parametrize(
    "title",
    [
        "朝阳区2020年总结",
        "日照充足的一年",
        "力戒文山会海",
        "黄河南岸治理",
        "青原市统战工作",
        "南京路街道总结",
        "学习延安精神",
        "金門縣概況",
        "浙江与安徽签约",
        "",
    ],
)
def test_what_is_not_sure_tells_nothing(title: str) -> None:
    """Names of several provinces, words, streets, rivers, places that are not."""
    assert _region(title) is None


def test_evidence_counts_in_its_order() -> None:
    """Title, office, breadcrumb, site, text; the city may stand in a later one."""
    text = "2020年，通辽市新建冷库。通辽市委部署。"
    first = _region("浙江省总结", "通辽市委", text=text)
    assert first == Region("浙江省", None, RegionFrom.TITLE)
    office = _region("总结", "中共通辽市委", "安徽")
    assert office == Region("内蒙古自治区", "通辽市", RegionFrom.PUBLISHER)
    path = _region("总结", "", "首页", "安徽频道", site="浙江")
    assert path == Region("安徽省", None, RegionFrom.PATH)
    assert _region("总结", site="浙江统战") == Region("浙江省", None, RegionFrom.SITE)
    body = Region("内蒙古自治区", "通辽市", RegionFrom.BODY)
    assert _region("总结", text=text) == body
    told = Region("内蒙古自治区", "通辽市", RegionFrom.TITLE)
    assert _region("内蒙古总结", text=text) == told


def test_newspapers_tell_nothing() -> None:
    """They report on other places, too."""
    assert _region("总结", "杭州日报") is None


def test_the_text_must_speak_of_one_province_above_all() -> None:
    """Twice, or near its beginning with its level; not where it was sent from."""
    assert _region(text="会议赴杭州考察。") is None
    assert _region(text="赴杭州考察。杭州经验值得学习。") is not None
    assert _region(text="杭州市新建冷库。") is not None
    assert _region(text="无。" * 60 + "杭州市新建冷库。") is None
    assert _region(text="杭州市与合肥市签约。") is None
    assert _region(text="某社杭州市1月12日电 全县新建冷库。") is None
    assert _region(text="据《杭州市日报》《杭州市晚报》，全县新建冷库。") is None
