"""Which law a day has, and what it says."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.lines.measures import law
from zhihuan.standards.errors import OutsideEditionsError

BEFORE, CODE = dt.date(2026, 8, 14), dt.date(2026, 8, 15)


@pytest.mark.parametrize("measure", ["sealing", "production_limit", "daily_fine", "offset"])
def test_from_the_fifteenth_of_august_2026_it_is_the_code(measure):
    assert "生态环境法典" not in law.cited(measure, BEFORE)
    assert "生态环境法典" in law.cited(measure, CODE)


def test_the_law_of_penalties_goes_on():
    assert law.cited("correction_order", BEFORE) == law.cited("correction_order", CODE)


def test_six_cases_may_be_sealed_and_two_of_them_must():
    cases = law.sealing_cases(BEFORE)
    assert len(cases) == 6
    assert {code for code, each in cases.items() if each.must} == {"evasion", "event"}


def test_the_code_adds_damage_to_nature_and_evidence_at_risk():
    assert set(law.sealing_cases(CODE)) - set(law.sealing_cases(BEFORE)) == {"ecology", "evidence"}


@pytest.mark.parametrize(
    ("ground", "clause", "days", "shall"),
    [
        ("build", "第一千零九十五条", {"light": (5, 10), "normal": (10, 15)}, False),
        ("unlicensed", "第一千一百零二条", {"light": (5, 10), "normal": (10, 15)}, True),
        ("evasion", "第一千一百零八条", {"normal": (5, 10), "serious": (10, 15)}, True),
        ("pesticide", "第一千一百三十一条", {"light": (5, 10), "normal": (10, 15)}, True),
        ("farmland", "第一千一百六十条", {"serious": (5, 15)}, True),
        ("soil_control", "第一千一百六十五条", {"serious": (5, 15)}, True),
        ("waste", "第一千一百七十九条", {"light": (5, 10), "normal": (10, 15)}, False),
    ],
)
def test_the_code_s_seven_grounds_of_detention(ground, clause, days, shall):
    found = law.detention_grounds(CODE)[ground]
    assert clause in found.clause
    assert (dict(found.days), found.shall) == (days, shall)


def test_evasion_was_graver_before_the_code():
    old, new = (law.detention_grounds(day)["evasion"].days["normal"] for day in (BEFORE, CODE))
    assert (old, new) == ((10, 15), (5, 10))


@pytest.mark.parametrize(
    ("day", "grounds"),
    [(dt.date(2015, 1, 1), 4), (dt.date(2018, 12, 31), 4), (dt.date(2019, 1, 1), 6),
     (dt.date(2020, 8, 31), 6), (dt.date(2020, 9, 1), 7), (BEFORE, 7)],
)  # fmt: skip
def test_the_grounds_came_with_their_laws(day, grounds):
    found = law.detention_grounds(day)
    assert len(found) == grounds
    assert not any("法典" in each.clause for each in found.values())


def test_before_2015_there_was_none():
    with pytest.raises(OutsideEditionsError):
        law.detention_grounds(dt.date(2014, 12, 31))


def test_the_list_of_acts_to_be_observed_says_that_it_is_not_confirmed():
    listed = law.observation_acts(CODE)
    assert listed.confidence == "unconfirmed"
    assert "待核" in listed.note
