"""The time limits of a procedure stand with their law, by the law of the day asked for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.utils import timezone
from procedures import CASE

from zhihuan.bureau.clock import time_limit
from zhihuan.bureau.matters.time_table import time_table
from zhihuan.web.matters.limits_page import _cells

PAGE = "/matters/trial_case/limits/"


def text_of(browser, query=""):
    answer = browser.get(PAGE + query)
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_each_clock_stands_with_length_source_and_days_in_force(case, cast, browse):
    told = text_of(browse(cast.owner))
    basis = time_limit("E02", on=timezone.localdate()).basis
    assert f"{basis.title}第六十条" in told
    assert basis.clause == "§60"
    for words in (
        "办案期限",
        "90 日（自然日）",
        "立案",
        "作出决定",
        "鉴定",
        "起施行",
        "缴款期限",
        "当事人",
    ):
        assert words in told, words


def test_the_law_of_another_day_can_be_asked_for(case, cast, browse):
    assert 'value="2024-03-01"' in browse(cast.owner).get(f"{PAGE}?on=2024-03-01").content.decode()


def test_a_day_without_such_law_is_told(case, cast, browse):
    assert "请另选日期" in text_of(browse(cast.owner), "?on=1999-01-01")


@pytest.mark.parametrize("given", ["yesterday", "2026-13-01", "<script>"])
def test_what_is_no_day_is_told_and_todays_law_shown(case, cast, browse, given):
    browser = browse(cast.owner)
    told = text_of(browser, f"?on={given}")
    assert "不是日期" in told
    assert "办案期限" in told
    assert "<script>“" not in browser.get(f"{PAGE}?on={given}").content.decode()


def test_who_may_not_see_the_procedure_sees_no_limits(case, person, browse):
    assert browse(person("audit_administrator", name="auditor")).get(PAGE).status_code == 403


def test_what_starts_a_limit_is_told_once_where_the_step_is_called_as_the_law_calls_it():
    row = next(iter(time_table(CASE, timezone.localdate())))
    told = _cells(replace(row, starts=(row.limit.starts, "另行立案")))
    assert told[3].shown == f"{row.limit.starts}；另行立案"
