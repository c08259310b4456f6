"""Pages of the five known sites, written line by line with variations.

Each builder gives a text rendering; its arguments are what differs between
pages of the same site. Places and people are invented.
"""

from collections.abc import Sequence

from crawler.clean import Skipped
from crawler.read import read_page
from crawler.site import load_profiles
from index.document import Document

PROSE = (
    "全县新建冷库七座,改造水渠二十一公里,带动三千四百户农民增收,"
    "群众满意度达到九成以上。"
)
"""A line of running text."""

SPACER = "    \N{NO-BREAK SPACE}"


def cleaned(page: str) -> Document:
    """Read and clean a page as ingest does."""
    document = read_page(page.encode(), load_profiles())
    assert not isinstance(document, Skipped), document
    return document


# -- a yearbook page --------------------------------------------------------

FARMING = (
    "【概况】  2020年,白泉旗有耕地三十二万亩,草场九百万亩,全年粮食总产量达到十八万吨,"
    "比上年增长百分之三点一。"
)
FARMS = (
    "全旗登记家庭农场四百一十二家,农牧民合作社三百零九家,带动农牧户一万一千户增收,"
    "户均增收两千三百元。"
)
SEEDS = (
    "【良种推广】  推广马铃薯脱毒种薯六万亩,建成繁育棚二百座,亩均增产三百公斤,"
    "良种覆盖率九成以上。"
)
PASTURE = (
    "【草原保护】  落实禁牧草场四百万亩,草畜平衡区三百万亩,查处非法开垦案件九起,"
    "恢复植被一万三千亩。"
)
CAPTION = "2020年8月3日,白泉旗马铃薯现场会在南河镇召开(赵小满)"
PICTURE = f"{SPACER}\n\n    image.png \n\n    {CAPTION}\n\n{SPACER}"


def yearbook(
    *copies: Sequence[str],
    title: str = "农牧业",
    volume: str = "2021卷",
    date: str = "10-14",
    source: str = "",
) -> str:
    """Write a yearbook page that prints its body once for each copy given."""
    parts = [
        f"当前位置:内蒙古区情网  /  年鉴  /  北原年鉴  /  {volume}  /  经济",
        volume,
    ]
    for copy in copies:
        parts += [
            f"  • {title}\n  • 发布时间:{date}\n  • 来源:{source}",
            f"  • {copy[0]}",
            *copy[1:],
            "\n  • 声明: 转载请注明来源于《内蒙古区情网》官方网站",
        ]
    return "\n\n".join([*parts, "版权所有:北原方志馆", "技术支持: 北原科技公司"])


# -- an article taken over from a newspaper ----------------------------------

ARTICLE_TITLE = "凝聚共识谋发展 携手奋进新征程"
ARTICLE_SECTIONS = (
    (
        "一、服务企业有声有色",
        "全市统一战线组织专家服务团走进一百二十家企业,解决技术难题四十三个,成效明显。",
    ),
    (
        "二、为侨服务用心用情",
        "办理侨务来信来访三百一十件,帮助归侨解决住房、就学、就医等实际困难九十二件。",
    ),
)


def article(
    *,
    title: str = ARTICLE_TITLE,
    date: str = "发布时间:2022-01-18 浏览:56",
    preface: str = "编者按:2021年,云州市统战工作取得明显成效,现将主要做法刊发如下。",
    sections: Sequence[tuple[str, str]] = ARTICLE_SECTIONS,
    last: str = "来源:云州日报",
) -> str:
    """Write a page of 他山之石."""
    end = "展望2022年,全市统一战线将以更实作风、更大力度,书写同心共圆中国梦的云州篇章。"
    lines = [title, date, preface, *sum(sections, ()), end, last]
    head = "他山之石\n    他山之石\n    您当前的位置: 网站首页> 正文"
    return "\n\n    ".join([head, *filter(None, lines)])


# -- a model text in traditional characters -----------------------------------

MODEL_TITLE = "2019年石門鄉年終工作總結"
MODEL_PARAGRAPHS = (
    "一年來,石門鄉黨委圍繞鄉村振興,團結帶領全鄉幹部羣眾真抓實幹,各項工作取得了新的進展。",
    "一、堅持高位推動,打好脫貧攻堅戰",
    "1、健全責任體系。成立由書記、鄉長任組長的領導小組,召開專題會議十二次,層層簽訂責任書。",
    "2、強化產業支撐。發展核桃、花椒等特色種植五千三百畝,帶動農户户均增收一千八百元。",
    "二、堅持綜合施策,建設美麗新農村",
    "1、整治村容村貌。清理垃圾堆放點二百三十處,改造衞生廁所八百座,硬化村道二十一公里。",
)
MODEL_URL = "https://wenfanwang.com/gongzuozongjie/jingxuan/ab12c.html"


def model_text(
    *,
    breadcrumb: str = "當前位置:文範網 >\n\n工作總結 >工作總結精選 >",
    titles: int = 3,
    paragraphs: Sequence[str] = MODEL_PARAGRAPHS,
    notice: str = f"文章版權屬於文章作者所有,轉載請註明 {MODEL_URL}",
    tail: Sequence[str] = ("專題",),
) -> str:
    """Write a page of 文範網 that prints its title so many times."""
    return "\n\n".join(
        [
            breadcrumb,
            *[MODEL_TITLE] * min(titles, 2),
            paragraphs[0],
            *[MODEL_TITLE] * (titles - 2),
            *paragraphs[1:],
            f"  • {notice}",
            *tail,
        ]
    )


# -- a preview, title and text in one line ------------------------------------

PREVIEW_TEXT = (
    "2022年,河湾区坚持以人民为中心,统筹推进各项工作。新建口袋公园十二处,"
    "改造老旧小区三十一个。建成社区食堂二十家,日均服务老人两千余人次。"
)
NOTICES = (
    "如果您无法下载资料,请参考说明:",
    "1、部分资料下载需要金币,请确保您的账户上有足够的金币",
    "2、已购买过的文档,再次下载不重复扣费",
)


def preview(
    text: str,
    *,
    pages: int = 8,
    notices: Sequence[str] = NOTICES,
    last: str = "在线预览结束,喜欢就下载吧,查找使用更方便",
) -> str:
    """Write a preview page around a line that holds title and text."""
    counters = "\n".join(f"{number}/{pages}" for number in range(1, pages + 1))
    loading = "预览加载中,请您耐心等待几秒..."
    return "\n\n".join([f"{loading}\n{counters}", last, *notices, text])


# -- a member text shown in part ----------------------------------------------

OUTLINE = (
    "一、提升素质,夯实思想基础",
    "(一)抓好理论学习",
    "二是要提高站位",
    "(二)开展主题活动",
    "二、服务大局,凝聚发展合力",
    "1、走访企业",
    "2、搭建平台",
)
STUDY = "区工商联把理论学习摆在首位,组织中心组学习十二次,举办青年企业家培训班三期。"
THEME = "围绕“守信经营、奉献社会”开展主题活动,评选诚信企业三十家,在**广场设点宣传五场。"
VISITS = "走访会员企业一百三十家,梳理用工、融资、用地问题九十七个,逐条建立台账。"
PARTLY_TITLE = "*区工商联2021年工作总结"


def omission(characters: int) -> str:
    """Write the mark that stands for so many characters."""
    return f"……(新文秘网http://www.wm114.cn省略{characters}字,正式会员可完整阅读)……"


def partly(
    *body: str,
    announced: str = "目录/提纲:……",
    outline: Sequence[str] = OUTLINE,
    ellipsis: str = "……",
    end: str = "……(未完,全文共4210字,当前仅显示2013字,请阅读下面提示信息。",
    below: Sequence[str] = (f"收藏《{PARTLY_TITLE}》)",),
) -> str:
    """Write a page that shows a text in part."""
    head = [announced, *outline, ellipsis] if outline else []
    opening = [
        "各位领导:",
        "2021年,区工商联在区委领导下,团结引导广大民营企业家,扎实推进各项工作,取得了",
        "明显成效。现将有关情况汇报如下。",
    ]
    lines = [*head, PARTLY_TITLE, *opening, *body, end, *below]
    return "\n".join(filter(None, lines))
