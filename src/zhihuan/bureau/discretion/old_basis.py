"""What an act was punished by before the Code, out of the short notes of the list, as papers cite it. Pure.

    old_basis_words("水法83(2);大气法99(2)")
    # 《中华人民共和国水污染防治法》第八十三条第二项；《中华人民共和国大气污染防治法》第九十九条第二项

In brackets behind an article one number is an item; two, or words, are what the law says of the sum, in 万元 where nothing else
is said. A note that names no known law stays as it is: nothing is made up.
"""

from __future__ import annotations

import re

from zhihuan.standards.article import article

__all__ = ["old_basis_words"]

_TITLES = {
    "环评法": "中华人民共和国环境影响评价法",
    "环保法": "中华人民共和国环境保护法",
    "海环法": "中华人民共和国海洋环境保护法",
    "水法": "中华人民共和国水污染防治法",
    "大气法": "中华人民共和国大气污染防治法",
    "固废法": "中华人民共和国固体废物污染环境防治法",
    "噪声法": "中华人民共和国噪声污染防治法",
    "土壤法": "中华人民共和国土壤污染防治法",
    "放射法": "中华人民共和国放射性污染防治法",
    "清洁生产法": "中华人民共和国清洁生产促进法",
    "同位素条例": "放射性同位素与射线装置安全和防护条例",
    "排污条例": "排污许可管理条例",
    "建管条例": "建设项目环境保护管理条例",
    "监测条例": "生态环境监测条例",
    "碳条例": "碳排放权交易管理暂行条例",
    "粤环保条例": "广东省环境保护条例",
    "披露办法": "企业环境信息依法披露管理办法",
}
_NAMES = "|".join(sorted(_TITLES, key=len, reverse=True))
_ONE = re.compile(rf"({_NAMES})((?:\d+(?:\.\d+(?:-\d+)?)?(?:\(\d+\))?(?:[/-](?=\d))?)*)(\(.+\))?")
_ARTICLE = re.compile(r"(\d+(?:\.\d+(?:-\d+)?)?(?:\(\d+\))?)([/-]?)")
_BARE = re.compile(r"[\d.-]+")


def old_basis_words(noted: str) -> str:
    """Every note of the list, each with its law and article in full."""
    return "；".join(_told(each) for each in re.split("[;、]", noted) if each)


def _told(noted: str) -> str:
    found = _ONE.fullmatch(noted)
    if found is None:
        return noted
    name, articles, remark = found.groups()
    told = "".join(article(one) + _between(mark) for one, mark in _ARTICLE.findall(articles))
    return f"《{_TITLES[name]}》{told}{_sum(remark)}"


def _between(mark: str) -> str:
    return {"/": "、", "-": "至"}.get(mark, "")


def _sum(remark: str | None) -> str:
    if not remark:
        return ""
    inside = remark[1:-1]
    return f"（{inside}万元）" if _BARE.fullmatch(inside) else f"（{inside}）"
