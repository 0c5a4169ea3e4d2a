"""Acts of synthetic cases with the law that each cites: by the conduct's day, for the law changed on 2026-08-15.

    cited(AUTOMATIC, conduct, on)    # law_broken, law_penalty, comparison ("" where none is needed)

Every article was read in the text of its law; so is the least fine, the same in both. Readers take a demonstration for a
sample, so it must not cite what does not fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhihuan.bureau.discretion import Reckoning, calculate

__all__ = ["ACTS", "AUTOMATIC", "LEAST_FINE", "REGISTRATION", "Act", "cited", "reckoned"]

_CODE_SINCE = dt.date(2026, 8, 15)
_CODE = "《中华人民共和国生态环境法典》"
_WATER = "《中华人民共和国水污染防治法》"
_AIR = "《中华人民共和国大气污染防治法》"
_EIA = "《中华人民共和国环境影响评价法》"
_COMPARED = (
    "模拟：行为终了于生态环境法典施行之前；新旧规定的罚款幅度相同，适用违法行为发生时的规定"
    f"（{_CODE}第一千零五十七条）。"
)
#: Of all acts but the registration form, in yuan, before and after.
LEAST_FINE = 20_000


@dataclass(frozen=True, slots=True)
class Act:
    """before, after: (provision broken, penalty clause) by the law until 2026-08-14 and by the Code. lasted: days from
    its beginning to the day on which it was found. scale: number of the provincial table, and that of the act under the
    Code that borrows its factors; levels: of these factors, those not named stand lowest. "" and none: not reckoned."""

    case_type: str
    facts: str
    before: tuple[str, str]
    after: tuple[str, str]
    lasted: int = 0
    scale: tuple[str, str] = ("", "")
    levels: Mapping[str, str] = field(default_factory=dict)


AUTOMATIC = Act(
    "自动监测设备未正常运行",
    "模拟：废水总排口自动监测设备采样管路断开四十日，未保证正常运行。",
    (f"{_WATER}第二十三条第一款", f"{_WATER}第八十二条第二项"),
    (f"{_CODE}第一百八十四条第一款", f"{_CODE}第一千零八十六条第一款第二项"),
    lasted=40,
    scale=("2.3", "JC02"),
    levels={"行为表现形式": "已联网但未正常使用", "违法行为持续时间": "1个月以上3个月以下"},
)
_WATER_UNMONITORED = Act(
    "未按规定自行监测水污染物",
    "模拟：缺少两个季度的废水自行监测报告。",
    (f"{_WATER}第二十三条第一款", f"{_WATER}第八十二条第一项"),
    (f"{_CODE}第一百八十三条", f"{_CODE}第一千零八十六条第一款第一项"),
)
_AIR_UNMONITORED = Act(
    "未按规定监测工业废气",
    "模拟：工艺废气排口未按监测方案监测，没有原始监测记录。",
    (f"{_AIR}第二十四条第一款", f"{_AIR}第一百条第二项"),
    (f"{_CODE}第一百八十三条", f"{_CODE}第一千零八十六条第一款第一项"),
)
_OPEN_VOC = Act(
    "挥发性有机物废气未收集处理",
    "模拟：喷涂作业未在密闭空间进行，废气未收集处理。",
    (f"{_AIR}第四十五条", f"{_AIR}第一百零八条第一项"),
    (f"{_CODE}第二百一十四条", f"{_CODE}第一千一百二十条第一款第二项"),
)
#: A fine without a minimum, so that it may be decided on the spot.
REGISTRATION = Act(
    "建设项目环境影响登记表未备案",
    "模拟：新增仓储项目未填报环境影响登记表备案。",
    (f"{_EIA}第二十二条第四款", f"{_EIA}第三十一条第三款"),
    (f"{_CODE}第一百零二条第三款", f"{_CODE}第一千零九十五条第三款"),
)
ACTS = (AUTOMATIC, _WATER_UNMONITORED, _AIR_UNMONITORED, _OPEN_VOC)


def cited(act: Act, conduct: dt.date, on: dt.date) -> dict[str, str]:
    """What a paper of day ``on`` cites for conduct that ended on ``conduct``."""
    is_new = conduct >= _CODE_SINCE
    broken, penalty = act.after if is_new else act.before
    compared = not is_new and on >= _CODE_SINCE
    return {
        "law_broken": broken,
        "law_penalty": penalty,
        "comparison": _COMPARED if compared else "",
    }


def reckoned(act: Act, conduct: dt.date, fine: int) -> Reckoning | None:
    """How the fine [yuan] follows from the factors; None where the act is not reckoned, or comes to another sum."""
    table, code = act.scale
    if not table:
        return None
    is_new = conduct >= _CODE_SINCE
    more = {"factor_set": table} if is_new else {}
    found = calculate(code if is_new else table, act.levels, conduct, **more)
    return found if found.amount == fine else None
