"""Hypothesis strategies: the kinds of text that Wensu meets.

Every strategy yields ``str``. Words and sentences are our own, with invented places.
"""

from hypothesis import strategies as st
from opencc import OpenCC

# What jieba cuts, and what it leaves: extension A, late and astral characters.
COMMON_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5)
RARE_HAN = st.one_of(
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x9FD6, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF),
    st.sampled_from("〇䶮㛃𠮷𬀩"),
)

WORDS = (
    *("统一战线", "统战部", "民主党派", "无党派人士", "新的社会阶层人士", "工商联"),
    *("民族团结", "宗教活动场所", "脱贫攻坚", "乡村振兴", "优化营商环境", "放管服"),
    *("青溪县", "云岭市", "白石镇", "区委", "领导小组", "工作", "会议", "干部", "群众"),
    *("显著", "著名", "沿着", "干净", "乾隆", "看着", "发展", "历史", "了解", "覆盖"),
    *(
        "的",
        "和",
        "在",
        "为",
        "于",
        "了",
        "新",
        "里",
        "台",
        "面",
        "王颖",
        "走访",
        "慰问",
    ),
)
SIGNS = (
    *("2021年3月4日", "2021-03-04", "2021年", "3月", "2023年度", "35.5%", "1,234,567"),
    *(
        "12.8",
        "国办发〔2023〕12号",
        "青委统发[2021]第5号",
        "(2020)7号",
        "5G",
        "covid-19",
    ),
    *("ＡＢＣ", "２０２１年", "PM2.5", "API", "①", "Ⅱ", "½", "km²", "℃", "№", "é", "ß"),
    *("，", "。", "、", "：", "（", "）", "“", "”", "「", "」", "《", "》", "——", "…"),
    *(" ", "\u3000", "\xa0", "\t", "·", "‧", "-", "_", "%", ",", ".", "\n"),
)

_TO_TRADITIONAL = tuple(OpenCC(name) for name in ("s2t", "s2tw", "s2hk"))

han_run = st.text(COMMON_HAN, min_size=1, max_size=40)
"""A run of Han characters such as jieba cuts, mostly nonsense."""

word_run = st.lists(st.one_of(st.sampled_from(WORDS), COMMON_HAN), max_size=12).map(
    "".join
)
"""A run of words and single characters."""

han_text = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from("，。；：、！？（）“”《》\n")),
    max_size=20,
).map("".join)
"""Simplified sentences, without sense but with punctuation."""

both_scripts = st.builds(
    lambda text, converter: (text, converter.convert(text)),
    han_text,
    st.sampled_from(_TO_TRADITIONAL),
)
"""A simplified text, and the same in traditional characters of one of three regions."""

traditional_text = both_scripts.map(lambda pair: pair[1])
"""Traditional sentences."""

full_width_text = st.text(
    st.one_of(
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFFEE),
        st.characters(min_codepoint=0xFE50, max_codepoint=0xFE6B),
        st.sampled_from("\u3000〔〕【】⼈⺠契"),
    ),
    max_size=30,
)
"""Full-width, half-width and small forms, radicals and compatibility ideographs."""

rare_text = st.text(st.one_of(COMMON_HAN, RARE_HAN), max_size=20)
"""Han characters from everywhere, astral planes included."""

mixed_text = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(SIGNS),
        st.characters(),
        RARE_HAN,
        st.text("0123456789.,-/%年月日号[]()abcXYZ", max_size=8),
    ),
    max_size=20,
).map("".join)
"""Everything at once: both scripts, numbers, dates, Latin, any code point."""

any_text = st.one_of(
    han_text, traditional_text, full_width_text, rare_text, mixed_text, st.text()
)
"""Any of the above, or any text at all."""
