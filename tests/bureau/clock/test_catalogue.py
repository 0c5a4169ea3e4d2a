"""The packaged limits: complete, dated, cited; and a file that contradicts itself is refused."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhihuan.bureau.clock import ClockError, Length, Unit, Yearly, time_limit, time_limits
from zhihuan.bureau.clock.catalogue import _packaged, laws, limits_from, own_limits
from zhihuan.bureau.clock.errors import LimitFileError
from zhihuan.standards.parameters import Confidence

NO_CLOCKS = {"E11", "A05", "S03"}  # a rate, an act at once, a number of meetings
#: Told by the note of another row: ends by the year, and the three days to withdraw what was published;
#: and of no row: what the law's own text says, and results of random inspections, whose text was not read yet.
SPLIT_OFF = {"H10Y": None, "H11Y": None, "E16W": Length(3, Unit.WORKING_DAY), "I01": Length(20, Unit.WORKING_DAY), "E16M": Length(20, Unit.WORKING_DAY),
             "E15R": Length(15, Unit.CALENDAR_DAY), "E56": Length(3, Unit.CALENDAR_DAY),
             "E51": Length(5, Unit.WORKING_DAY), "E52": Length(3, Unit.CALENDAR_DAY), "E53": Length(3, Unit.CALENDAR_DAY),
             "E54": Length(3, Unit.WORKING_DAY)}  # fmt: skip
#: Left to the decision by the law.
DECIDED = {"E10D", "M10"}
#: The gathered table has calendar days; the law says that ten days and less are working days (行政强制法 §69).
CORRECTED = {"E12": Length(10, Unit.WORKING_DAY)}
LAWS = {"old": {"title": "旧法", "in_force_from": date(2015, 1, 1), "in_force_until": date(2026, 8, 14)},
        "new": {"title": "新法", "in_force_from": date(2026, 8, 15)}}  # fmt: skip


@pytest.mark.shared
def test_every_limit_of_the_gathered_table_is_there_with_its_length(shared: Path) -> None:
    path = shared / "data" / "procedures" / "time_limits.csv"
    units = {"工作日": Unit.WORKING_DAY, "自然日": Unit.CALENDAR_DAY, "小时": Unit.HOUR,
             "月": Unit.MONTH, "年": Unit.YEAR}  # fmt: skip
    gathered = {row["id"]: row for row in csv.DictReader(path.open(encoding="utf-8-sig"))}
    of_the_law = {code: each for code, each in time_limits().items() if code not in own_limits()}
    assert set(gathered) - NO_CLOCKS == set(of_the_law) - set(SPLIT_OFF) - DECIDED
    for code, editions in of_the_law.items():
        if code in DECIDED:
            assert {each.length for each in editions} == {None}
            continue
        if split_off := SPLIT_OFF.get(code):
            assert {each.length for each in editions} == {split_off}
            continue
        row = gathered.get(code)
        if row is None or row["unit"] == "日期":
            assert all(isinstance(each.length, Yearly) for each in editions), code
            continue
        expected = CORRECTED.get(code) or Length(int(row["limit"]), units[row["unit"]])
        assert {each.length for each in editions} == {expected}, code


def test_days_that_a_law_calls_working_days_are_working_days() -> None:
    """行政处罚法 §85: two, three, five and seven days; 行政强制法 §69: ten days and less."""
    short = {
        "中华人民共和国行政处罚法": {2, 3, 5, 7},
        "中华人民共和国行政强制法": set(range(1, 11)),
    }
    for title, numbers in short.items():
        named = [
            limit for editions in time_limits().values() for limit in editions
            if limit.basis.title.startswith(title) and isinstance(limit.length, Length)
        ]  # fmt: skip
        assert named
        for limit in named:
            length = limit.length
            if isinstance(length, Length) and length.unit is not Unit.MONTH:
                assert length.unit is not Unit.CALENDAR_DAY or length.number not in numbers, (
                    limit.code
                )


def test_every_limit_cites_law_and_clause_and_one_without_a_clause_is_not_called_official() -> None:
    for editions in time_limits().values():
        for limit in editions:
            assert limit.basis.title
            assert limit.basis.clause
            official = limit.basis.confidence is Confidence.OFFICIAL
            assert not (official and limit.basis.clause == "—"), limit.code


def test_what_the_bureau_laid_down_itself_is_called_unconfirmed_and_meets_no_limit_of_the_law() -> (
    None
):
    law = limits_from(_packaged("time_limits.yaml"), laws())
    assert law.keys().isdisjoint(own_limits())
    for code in own_limits():
        for limit in time_limits()[code]:
            assert limit.basis.confidence is Confidence.UNCONFIRMED, code


def test_every_law_is_cited_by_some_limit() -> None:
    cited = {limit.basis.title for editions in time_limits().values() for limit in editions}
    assert {law["title"] for law in laws().values()} == cited


def test_the_day_chooses_the_law() -> None:
    before, since = date(2026, 8, 14), date(2026, 8, 15)
    assert "环境影响评价法" in time_limit("A01", on=before).basis.title
    assert "生态环境法典" in time_limit("A01", on=since).basis.title
    assert "行政处罚法" in time_limit("E18", on=before).basis.title
    assert "生态环境法典" in time_limit("E18", on=since).basis.title


def test_a_day_without_an_edition_names_those_there_are() -> None:
    with pytest.raises(ClockError, match=r"A21 had no edition in force on 2026-08-14.*2026-08-15"):
        time_limit("A21", on=date(2026, 8, 14))


def test_an_unknown_code_says_where_codes_are() -> None:
    with pytest.raises(ClockError, match=r"time_limits\.yaml"):
        time_limit("Z99", on=date(2026, 1, 1))


def entry(*editions: dict[str, Any]) -> dict[str, Any]:
    return {
        "X1": {"procedure": "程序", "step": "步骤", "starts": "事件", "editions": list(editions)}
    }


def edition(law: str = "new", **more: Any) -> dict[str, Any]:
    return {"length": "5 working_day", "basis": {"law": law, "clause": "§1"}} | more


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (entry(edition(), edition()), "two editions are in force on 2026-08-15"),
        (entry(edition(length="5 fortnight")), "X1: .*fortnight"),
        (entry(edition(length="0 hour")), "X1: .*ends before"),
        (entry(edition("nobody's")), "X1: no law has the key .*nobody.*laws.yaml"),
        ({"X1": {"procedure": "程序", "step": "步骤", "editions": []}}, "X1: 'starts' is missing"),
        (entry({"basis": {"law": "new", "clause": "§1"}}), "X1: 'length' is missing"),
        (entry({"length": "5 hour"}), "X1: 'basis' is missing"),
        (entry(edition(basis={"law": "new"})), "X1: basis: 'clause' is missing"),
        (
            entry(edition(extendable=[{"code": "head", "length": "5 hour"}])),
            "X1: extendable: 'by' is missing",
        ),
        ({12369: entry(edition())["X1"]}, "code is no text; in a file, quote it"),
        (entry(edition(colour="red")), "nobody knows the key 'colour'"),
        (entry(edition(days=["02-29"])), "X1"),
        (entry(edition(before=True, pauses=["听证"])), "neither stops nor is extended"),
    ],
)
def test_a_file_at_fault_names_entry_and_fault(entries: dict[str, Any], told: str) -> None:
    with pytest.raises(LimitFileError, match=told):
        limits_from(entries, LAWS)


def test_editions_that_follow_each_other_are_found_by_day() -> None:
    (editions,) = limits_from(entry(edition(), edition("old")), LAWS).values()
    switch = date(2026, 8, 15)
    assert [each.basis.in_force_on(switch) for each in editions] == [False, True]
    assert [each.basis.in_force_on(switch - timedelta(days=1)) for each in editions] == [
        True,
        False,
    ]
