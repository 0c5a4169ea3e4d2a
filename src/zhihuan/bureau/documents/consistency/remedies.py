"""The ways to contest a decision: the periods a paper tells are those of the law.

Sources: 行政复议法 (2023) §20: sixty days, §23(1)(1): of a penalty on the spot a review comes first; 行政诉讼法 (2017)
§46: six months, §45: fifteen days after a review. Another law may set another period, so a difference is something to
look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding, Weight, excerpt
from zhihuan.bureau.documents.reading.numerals import NUMERAL, number_of

__all__ = ["remedy_periods"]

_PERIOD = re.compile(
    rf"({NUMERAL})\s*(个月|日)(?:之?内)[^。；]{{0,60}}?(申请行政复议|行政复议|提起行政诉讼|提起诉讼|行政诉讼|起诉)"
)
#: A suit against what a review decided has its own fifteen days.
_AFTER_REVIEW = re.compile(r"复议决定书?(?:送达)?之日起?$")
_RIGHT = {"行政复议": (60, "日", "六十日"), "诉": (6, "个月", "六个月")}


def remedy_periods(file: CaseFile) -> Iterator[Finding]:
    """复议 within sixty days, 诉讼 within six months."""
    for paper in file.standing:
        for match in _PERIOD.finditer(paper.text):
            if _AFTER_REVIEW.search(paper.text[: match.start()]):
                continue
            remedy = "行政复议" if "复议" in match[3] else "诉"
            number, unit, words = _RIGHT[remedy]
            if (number_of(match[1]), match[2]) != (number, unit):
                yield Finding(
                    "remedy_period",
                    _("救济期限写作“%(told)s”，一般应为%(right)s")
                    % {"told": match[1] + match[2], "right": words},
                    f"{paper.name}：{excerpt(paper.text, match.start(), match[0], 0)}",
                    _("按行政复议法第二十条、行政诉讼法第四十六条改正；法律另有规定的写明依据"),
                    Weight.LOOK,
                )
