"""Law that may be cited, by the day and the conduct."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.lines.enforcement.rules.citations import citation_faults, is_new_law

OLD = "《中华人民共和国水污染防治法》第八十三条第一项"
NEW = "《中华人民共和国生态环境法典》第一千零八十六条第一款"
LAST, FIRST = dt.date(2026, 8, 14), dt.date(2026, 8, 15)


@pytest.mark.parametrize(
    ("text", "on", "until", "compared", "words"),
    [
        (OLD, LAST, None, False, None),
        (OLD, FIRST, None, False, "违法行为持续到其后"),
        (OLD, FIRST, FIRST, True, "违法行为持续到其后"),
        (OLD, FIRST, LAST, False, "新旧法比较"),
        (OLD, FIRST, LAST, True, None),
        (NEW, FIRST, None, False, None),
        (NEW, LAST, None, False, "尚未施行"),
        # conduct that ended before the Code is judged by it only where it was found lighter
        (NEW, FIRST, LAST, False, "行为在此之前已终了"),
        (NEW, FIRST, LAST, True, None),
        (NEW, FIRST, FIRST, False, None),
        (f"{NEW}、{OLD}", FIRST, None, False, "违法行为持续到其后"),
        ("《水污染防治法》第八十三条", LAST, None, False, "请写全称《中华人民共和国水污染防治法》"),
        ("《中华人民共和国行政处罚法》", FIRST, None, False, "未写明条款"),
        ("《中华人民共和国行政处罚法》第九十九条", FIRST, None, False, "没有第 99 条"),
        ("水法83", FIRST, None, False, "请写明法律依据的全称"),
        ("《广东省环境保护条例》第六十七条", FIRST, None, False, None),
    ],
)
def test_law_is_judged_by_its_days_and_the_conduct(text, on, until, compared, words):
    found = citation_faults(text, on, until, compared)
    assert bool(found) == (words is not None)
    assert words is None or words in found[0]


def test_the_code_is_known_when_cited():
    assert is_new_law(NEW)
    assert not is_new_law(OLD)
