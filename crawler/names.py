"""Names of people: what may be one, told by its form and its first character."""

import re

from index.fold import fold

# The four hundred family names that cover all but some in a thousand of the people,
# as the Hundred Family Names and the census lists have them; simplified.
_FAMILY = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    "云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常"
    "乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊甄"
    "曲封芮储靳段富巫乌焦巴弓牧山谷车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司"
    "韶黎薄印白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳姬申冉宰郦雍桑桂"
    "牛寿通边扈燕冀浦尚农温庄晏柴瞿阎连茹习艾鱼容向古易慎戈廖庾终居衡耿满弘匡文"
    "寇广禄东殴沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶曾关蒯查游竺权盖益桓岳帅肖"
    "闫佟代付邸佘苑初展仝宿揭冼丘覃仉么斯丛迟迟晋由矫牟郜苟郇寻芦亓战贠逄海笪"
    "税晓兰辜荆楚闪墨涂候邝麦粟银铁招宾雒禚綦祖汝皇隗尉辇青仵柒"
)
# The hundred most frequent: nine of ten people have one of them.
_FREQUENT = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏"
    "卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾"
    "侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文庞樊殷施陶洪翟安倪严牛温芦季俞章鲁葛伍韦申尤"
)
# Words of headings and columns that begin like a name.
_WORDS = (
    "高考 高校 高新 高新区 高中 高等 高原 高质量 方案 方志 方针 方法 石油 石化 金融 "
    "金额 金秋 江山 史志 史料 史话 常委 常委会 常务 武装 武警 武术 文化 文明 文物 文艺 "
    "文体 文学 文件 文旅 文史 文献 文摘 文章 白皮书 马拉松 马铃薯 林业 林草 林果 "
    "林长制 林区 田园 任免 任务 任命 夏季 夏粮 程序 董事会 范文 范例 龙头 安全 安排 "
    "安监 安居 严明 温馨 季度 章程 牛羊 申报 申请 尤其 陆军 洪水 施工 施政 施行 康复 "
    "易地 江河 孔子 高速 高铁 高效 高端 石榴 金牌 金属 钱币 丁香 夏令营 马上 许多 苏木 "
    "石刻 余额 徐州 沈阳 苏州 安徽 常州 江西 江苏 安阳 韶关 高雄 金华 金门 石家庄 "
    "马鞍山 马祖 白银 白城 白山 汤阴 康定 孟州 安康 安顺 安庆 温州 武汉 武威 郑州 龙岩 "
    "常德 雷州 鲁山 江门 江阴 余姚 秦皇岛 邓州 高邮 徐汇 黄山 黄石 黄冈 黄埔 黄浦 罗湖 "
    "唐山 汪清 林芝 施甸 洪湖 葛洲坝 梁山 孟津 严重 夏收 夏种 康养 高标准 白酒 黄金 "
    "黄河"
)
_LONGEST = 4
_NO_PEOPLE = frozenset(_WORDS.split())
_DOUBLE_NAMES = (
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 长孙 宇文 轩辕 "
    "南宫 独孤 西门 百里 呼延 澹台 闻人 拓跋 万俟 司空 公冶 淳于 单于 申屠 太史"
)
_DOUBLE = frozenset(_DOUBLE_NAMES.split())
_HAN = r"[\u3400-\u9fff]"
_CHINESE = re.compile(rf"{_HAN}{{2,4}}")
# 买买提·艾山, 凯伦．伯格: names of other languages written out.
_FOREIGN = re.compile(rf"{_HAN}{{1,8}}(?:[·•・‧．.]{_HAN}{{1,8}}){{1,3}}")
_NICKNAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{2,19}(?:[ ][A-Z][A-Za-z.]{0,19})?")
# What is written where a name should be, and is none.
_PLACEHOLDERS = (
    "佚名 匿名 未知 不详 无名 记者 作者 编辑 责编 编者 通讯员 本报 本站 本网 本刊 小编 "
    "管理员 网友 游客 转载 原创 网络 互联网 综合 整理 来源 系统 默认 暂无 保密 摄影 "
    "报道 报导 实习生 评论员 发布 发布者 转载自 全文 阅读 点击 浏览 评论 时间 日期 "
    "返回 关闭 打印 职员 教师 学生 工人 农民 干部 市长 县长 局长 主任 书记 会员 用户 "
    "同志 先生 女士 admin administrator root null none undefined unknown author "
    "editor user guest webmaster test system www http https html size"
)
_NO_NAMES = frozenset(_PLACEHOLDERS.split())
# The last characters of offices, media and remarks; no given name is written so.
_OFFICE_ENDS = re.compile(
    r"(?:[网報报社部委局办厅处科室署院校系所台站组队团刊店厂馆县镇乡村街]|中心|集团|公司|政府|日报|"
    r"协会|学会|大学|小学|中学|银行|频道|工作者|报道|摄影|编译|整理|综合|报导|消息|市府|专栏|时报)$"
)


def is_signed_name(text: str) -> bool:
    """Tell whether a text behind a label such as 作者: is somebody's name.

    Pen names and nicknames count, as the label vouches for them; the names of
    offices and media do not.
    """
    plain = fold(text).strip()
    if plain.lower() in _NO_NAMES:
        return False
    if _FOREIGN.fullmatch(plain) or _NICKNAME.fullmatch(plain):
        return not re.search(r"\.(?:com|cn|net|org)\b", plain.lower())
    return bool(_CHINESE.fullmatch(plain)) and (
        is_family_name(plain) or not _OFFICE_ENDS.search(plain)
    )


def is_family_name(text: str) -> bool:
    """Tell whether a text is a family name and a given name of usual length."""
    plain = fold(text)
    if plain in _NO_NAMES or not _CHINESE.fullmatch(plain):
        return False
    if plain[:2] in _DOUBLE and len(plain) > len("欧阳"):
        return True
    return (
        plain[0] in _FAMILY
        and len(plain) <= len("王小明")
        and not _OFFICE_ENDS.search(plain)
    )


def is_plain_name(text: str) -> bool:
    """Tell whether a text that nothing vouches for is most likely a person's name."""
    if len(text) > _LONGEST:
        return False
    plain = fold(text)
    return (
        is_family_name(plain)
        and (plain[0] in _FREQUENT or plain[:2] in _DOUBLE)
        and plain not in _NO_PEOPLE
    )


def is_office(text: str) -> bool:
    """Tell whether a text is an office or a medium by how it ends."""
    return len(text) >= _LONGEST and bool(_OFFICE_ENDS.search(fold(text)))


def is_foreign(text: str) -> bool:
    """Tell whether a text is a name of another language written out, parted by ·."""
    return bool(_FOREIGN.fullmatch(text))
