"""How a person is called in a published copy: 张三 → 张某, told apart by numbers where two become one.

Source: 法释〔2016〕19号 §9: the surname stays and 某 stands for the rest; of names of ethnic minorities and
of foreigners in Chinese the first character stays; of names in Latin letters the first letter.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["NAME", "pseudonyms"]

#: Surnames of two characters; 百家姓 and those common today.
_DOUBLE = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
    ]
)

#: Surnames of one character, common today; enough to tell 法定代表人王五 from 负责人批准.
_SINGLE = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"

_HAN = "[㐀-鿿]"
#: What may stand right behind a name in running text.
_BEHIND = (
    rf"(?=$|(?!{_HAN})|于|在|的|到|称|陈述|系|向|已|未|对|与|和|及|确认|表示|先生|女士|同志|签|拒)"
)
_DOTTED = rf"{_HAN}{{1,10}}(?:[·•・]{_HAN}{{1,10}}){{1,3}}"
_LATIN = r"[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*){1,3}"
_AFTER_COLON = rf"{_DOTTED}|{_HAN}{{2,4}}?{_BEHIND}|{_HAN}{{2,3}}|{_LATIN}"
_BY_SURNAME = (
    rf"(?:{'|'.join(sorted(_DOUBLE))}){_HAN}{{1,2}}?{_BEHIND}|[{_SINGLE}]{_HAN}{{1,2}}?{_BEHIND}"
)
#: What stands behind a label when it is a name: anything name-like behind a colon or a blank, else
#: something that begins with a surname.
NAME = (
    rf"(?:[（(][^（）()]{{1,12}}[）)])?(?:\s*[：:]\s*|\s+)(?P<hidden>{_AFTER_COLON})",
    rf"(?:为|是|系)?(?P<hidden>{_BY_SURNAME})",
)


def pseudonyms(names: Iterable[str]) -> dict[str, str]:
    """Name → what is written for it, in the order given; the same name always becomes the same.

    >>> pseudonyms(["张三", "欧阳娜", "张四", "阿凡提·买买提", "John Smith"])
    {'张三': '张某1', '欧阳娜': '欧阳某', '张四': '张某2', '阿凡提·买买提': '阿某', 'John Smith': 'J某'}
    """
    ordered = list(dict.fromkeys(names))
    short = {name: _short(name) for name in ordered}
    alike: dict[str, list[str]] = {}
    for name in ordered:
        alike.setdefault(short[name], []).append(name)
    return {
        name: short[name]
        + (str(alike[short[name]].index(name) + 1) * (len(alike[short[name]]) > 1))
        for name in ordered
    }


def _short(name: str) -> str:
    has_double = len(name) > 2 and name[:2] in _DOUBLE
    return f"{name[:2] if has_double else name[:1]}某"
