"""Similar decided cases: of the kind asked for, within reach, the most alike first, never more than a few looked at."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.bureau.people.scope import EVERYTHING, NOTHING, Scope
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.similar import LOOKED_AT, Wanted, factors_of, similar_to

FACTORS = {"超标倍数": "0.5 倍以下", "排污量": "小", "地点": "一般"}


@pytest.fixture
def decided(cast):
    """``decided("title", day=3, table="2.7", factors={…})``: a case decided that day of September 2026."""

    def make(title, *, day=1, table="2.7", case_type="超标排放水污染物", factors=None, **more):
        about = {
            "party": cast.firm,
            "town": cast.town,
            "decided_on": dt.date(2026, 9, day),
            "fine": 50000,
            **more,
        }
        case = PenaltyCase.objects.create(
            procedure="penalty_case", edition="2023", state="pay", title=title, discretion_case=table, case_type=case_type, **about
        )  # fmt: skip
        told = [{"factor": name, "level": level} for name, level in (factors or {}).items()]
        MatterEvent.objects.create(
            matter=case, number=1, at=dt.datetime(2026, 9, day, tzinfo=dt.UTC), step="report", source="filed",
            target="invest_done", said={"reckoning": {"factors": told}}, digest=b"x",
        )  # fmt: skip
        return case

    return make


def titles(found):
    return [each.case.title for each in found]


def test_those_that_share_most_factors_come_first_then_the_newest(decided):
    decided("旧而相同", day=1, factors=FACTORS)
    decided("新而不同", day=9, factors={"超标倍数": "3 倍以上", "排污量": "大"})
    decided("较新而无因素", day=5)
    found = similar_to(Wanted("2.7", "超标排放水污染物", FACTORS), EVERYTHING)
    assert titles(found) == ["旧而相同", "新而不同", "较新而无因素"]
    assert [(each.shared, each.compared) for each in found] == [(3, 3), (0, 2), (0, 0)]


def test_another_table_comes_by_its_kind_and_another_kind_not_at_all(decided):
    decided("别的表", table="", factors={})
    decided("别的案由", table="3.1", case_type="无证排污")
    assert titles(similar_to(Wanted("2.7", "超标排放水污染物", {}), EVERYTHING)) == ["别的表"]
    assert similar_to(Wanted("", "", {}), EVERYTHING) == []


def test_what_is_undecided_overturned_or_the_case_itself_is_no_example(decided):
    case = decided("自己")
    decided("未决定", decided_on=None)
    decided("被撤销", overturned=True)
    wanted = Wanted("2.7", "超标排放水污染物", {}, apart_from=case.pk)
    assert similar_to(wanted, EVERYTHING) == []


def test_nothing_outside_the_reader_s_towns(decided, cast):
    from zhihuan.bureau.places.city import find_town

    decided("本镇")
    decided("外镇", town=find_town("小榄镇"), party=None)
    wanted = Wanted("2.7", "超标排放水污染物", {})
    assert titles(similar_to(wanted, Scope(towns=frozenset({cast.town.pk})))) == ["本镇"]
    assert similar_to(wanted, NOTHING) == []


def test_it_asks_three_queries_however_many_cases_there_are(decided, django_assert_max_num_queries):
    for number in range(LOOKED_AT + 5):
        decided(f"案件{number}", day=1 + number % 28, factors=FACTORS)
    with django_assert_max_num_queries(3):
        assert len(similar_to(Wanted("2.7", "超标排放水污染物", FACTORS), EVERYTHING)) == 5


def test_a_reckoning_that_was_kept_or_none():
    kept = {"factors": [{"factor": "甲", "level": "高"}, {"factor": "乙", "level": ""}]}
    assert factors_of(kept) == {"甲": "高"}
    assert factors_of(None) == factors_of("x") == {}
