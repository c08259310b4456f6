"""The year a text is about."""

import pytest

from crawler.years import find_year
from index.document import YearFrom


@pytest.mark.parametrize(
    ("title", "path", "text", "put_up", "found"),
    [
        ("云州市2020年总结", (), "2019年", "2021-01-05", (2020, YearFrom.TITLE)),
        ("2020年总结和2021年工作打算", (), "", None, (2020, YearFrom.TITLE)),
        ("二〇二〇年工作综述", (), "", None, (2020, YearFrom.TITLE)),
        ("民國109年成果", (), "", None, (2020, YearFrom.TITLE)),
        ("2021年工作计划", (), "", None, (2021, YearFrom.TITLE)),
        ("教育", ("年鉴", "2021卷"), "2021年", None, (2020, YearFrom.VOLUME)),
        ("2019-2021年工作总结", (), "", None, (2021, YearFrom.TITLE)),
        ("2022年度总结", (), "", None, (2022, YearFrom.TITLE)),
        ("2021上半年总结", (), "", None, (2021, YearFrom.TITLE)),
        ("2022一季度总结", (), "", None, (2022, YearFrom.TITLE)),
        ("2020-2021学年度第一学期总结", (), "", None, (2020, YearFrom.TITLE)),
        ("2020-2021学年度总结", (), "", None, (2021, YearFrom.TITLE)),
        ("“十三五”工作回顾", (), "", "2021-01-05", (2020, YearFrom.TITLE)),
        ("十四五规划总结", (), "", "2023-05-01", (2023, YearFrom.PUBLISHED)),
        ("112年度施政成果報告", (), "", None, (2023, YearFrom.TITLE)),
        ("臨河縣109年成果", (), "", "2021-03-16", (2020, YearFrom.TITLE)),
        ("建縣100年紀念", (), "", "2021-06-16", (2021, YearFrom.PUBLISHED)),
        ("云州年鉴2021", (), "", None, (2020, YearFrom.VOLUME)),
        ("2021年云州年鉴", (), "", None, (2020, YearFrom.VOLUME)),
        ("北原年鉴2021·统战工作", (), "", None, (2020, YearFrom.VOLUME)),
        ("2021版工作总结", (), "2020年", None, (2020, YearFrom.BODY)),
        ("2020年年鉴编纂工作总结", (), "", None, (2020, YearFrom.TITLE)),
        ("教育", ("《云州年鉴》（2021）",), "", None, (2020, YearFrom.VOLUME)),
        ("综述", (), "2020年,全市…2019年…", None, (2020, YearFrom.BODY)),
        ("综述", (), "展望2022年,我们将", "2022-01-18", (2021, YearFrom.PUBLISHED)),
        ("综述", (), "无", "2022-06-18", (2022, YearFrom.PUBLISHED)),
        ("综述", (), "2023年", "2022-06-18", (2022, YearFrom.PUBLISHED)),
        ("综述", (), "展望2022年", None, (2022, YearFrom.BODY)),
        ("综述", (), "无", "--10-14", (None, None)),
        ("综述", (), "无", None, (None, None)),
    ],
)
def test_the_year_is_what_the_text_is_about(
    title: str,
    path: tuple[str, ...],
    text: str,
    put_up: str | None,
    found: tuple[int | None, YearFrom | None],
) -> None:
    """Title, volume, text and publication in this order; plans do not count."""
    assert find_year(title, path, text, put_up) == found


def test_a_year_told_once_yields_to_the_one_told_throughout() -> None:
    """The opening's year counts unless another is named more than twice as often."""
    text = "始于2015年。" + "2020年增长。" * 3
    assert find_year("综述", (), text, None) == (2020, YearFrom.BODY)
    assert find_year("综述", (), "2015年。2020年。", None) == (2015, YearFrom.BODY)
