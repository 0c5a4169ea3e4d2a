"""Names of bodies (企业、机构) and credit codes written in a text, and how alike two names are."""

from __future__ import annotations

import re

__all__ = ["alike", "codes_in", "labelled_bodies_in"]

_CODE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])"
)
_LABEL = "当事人|被处罚人|单位名称|企业名称|受送达人|申请人|建设单位|备案单位"
_ENDINGS = (
    "有限责任公司|股份有限公司|有限公司|公司|厂|店|中心|加工场|经营部|工作室|合作社|医院|学校"
)
_LABELLED = re.compile(rf"(?:{_LABEL})(?:名称)?\s*[：:]\s*")
_NAME = re.compile(rf"[^\s，。；：:、]{{2,60}}?(?:{_ENDINGS})(?:[（(][^（）()]{{1,20}}[）)])?")
_CODE_LABEL = re.compile(r"统一社会信用代码\s*[：:]?\s*([0-9A-Za-z]{8,24})")


def codes_in(text: str) -> tuple[str, ...]:
    """Credit codes by their form, and whatever stands behind their label; each once, in its order."""
    found = [*_CODE.findall(text), *_CODE_LABEL.findall(text)]
    return tuple(dict.fromkeys(found))


def labelled_bodies_in(text: str, known: str = "") -> tuple[str, ...]:
    """Names of bodies behind 当事人, 单位名称 and their like; each once, in its order.

    A name is taken to end at the first 公司, 厂 and so on. known: a name that may go on behind that
    (某厂01号, 某公司中山分公司); where it stands, it is what is found.
    """
    found = (_name_at(text, label.end(), known) for label in _LABELLED.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name))


def _name_at(text: str, place: int, known: str) -> str:
    if known and text.startswith(known, place):
        return known
    name = _NAME.match(text, place)
    return name.group() if name else ""


def alike(one: str, other: str) -> bool:
    """Whether two different names are so near that one is likely the other, miswritten: they differ
    by at most two signs left out, put in or exchanged.

    >>> alike("中山市三角印染有限公司", "中山三角印染有限公司"), alike("三角印染厂", "小榄五金厂")
    (True, False)
    """
    return one != other and _distance(one, other) <= 2


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, start=1):
        before, row[0] = row[0], place
        for column, against in enumerate(other, start=1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (sign != against)),
            )
    return row[-1]
