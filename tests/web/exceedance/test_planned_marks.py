"""Marks made beforehand, with no episode to hang on: by the firm or the branch, respected by the hourly judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from stack_cases import SO2, at

from zhihuan.bureau.exceedance.models import DataMark, Episode
from zhihuan.bureau.people.models import RoleGrant

pytestmark = pytest.mark.django_db
Browse = Callable[[Any], Client]
NEW = "/alarms/marks/new/"


@pytest.fixture
def clock(stack: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """It is noon of 2 March, and everybody has been in office for long."""
    RoleGrant.objects.update(valid_from=dt.date(2025, 1, 1))
    now = at("03-02 12:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return now


def plan(stack: Any, **said: Any) -> dict[str, Any]:
    return {
        "point": stack.point.pk, "factor": "", "kind": "maintenance", "start": "2026-03-03T08:00",
        "end": "2026-03-03T12:00", "reason": "季度检修",
    } | said  # fmt: skip


def judge(stack: Any, first: str = "03-03 09:00") -> Episode:
    """Two exceeding hours of that day, an hour after the last of them."""
    start = at(first)
    stack.sends(start, [40, 40])
    stack.judged(start, start + dt.timedelta(hours=2))
    return Episode.objects.get(first_at=start)


def test_the_firm_marks_beforehand_and_the_hours_are_not_judged(
    stack: Any, browse: Browse, clock: Any
) -> None:
    firm = browse(stack.firm)
    answer = firm.post(NEW, plan(stack))
    assert (answer.status_code, answer.url) == (302, "/alarms/marks/")
    row = DataMark.objects.get()
    assert (row.made_by, row.late, row.factor) == (stack.firm, False, "")
    found = judge(stack)
    assert (found.stage, found.outcome, found.standing) == ("closed", "marked", 0)
    told = firm.get("/alarms/marks/").content.decode()
    for words in ("设备维护", "预先", "按时标记，已采用", "季度检修"):
        assert words in told
    assert "季度检修" in firm.get("/alarms/marks/?planned=1").content.decode()


def test_hours_beside_the_span_are_judged(stack: Any, browse: Browse, clock: Any) -> None:
    browse(stack.firm).post(NEW, plan(stack))
    found = judge(stack, "03-03 12:00")
    assert (found.stage, found.standing) == ("explaining", 2)


def test_a_mark_of_one_analyser_leaves_the_others_judged(
    stack: Any, browse: Browse, clock: Any
) -> None:
    answer = browse(stack.firm).post(NEW, plan(stack, factor="a21002"))
    assert answer.status_code == 422  # the outlet has no such analyser
    browse(stack.firm).post(NEW, plan(stack, factor=SO2))
    assert judge(stack).standing == 0


def test_the_branch_marks_for_a_firm_that_telephoned(
    stack: Any, browse: Browse, clock: Any
) -> None:
    answer = browse(stack.officer).post(NEW, plan(stack, kind="stopped", reason="企业来电报停产"))
    assert answer.status_code == 302
    assert DataMark.objects.get().made_by == stack.officer
    assert judge(stack).standing == 0


def test_nobody_marks_an_outlet_out_of_reach(stack: Any, browse: Browse, clock: Any) -> None:
    assert browse(stack.elsewhere).post(NEW, plan(stack)).status_code == 422
    assert browse(stack.duty).get(NEW).status_code == 403
    assert not DataMark.objects.exists()
    browse(stack.firm).post(NEW, plan(stack))
    assert "季度检修" not in browse(stack.elsewhere).get("/alarms/marks/").content.decode()


def test_one_made_too_late_is_shown_as_late_and_waits(
    stack: Any, browse: Browse, clock: Any
) -> None:
    late = {"start": "2026-02-28T01:00", "end": "2026-02-28T03:00", "kind": "fault"}
    answer = browse(stack.firm).post(NEW, plan(stack, **late), follow=True)
    assert "标记已逾期，由分局核定后才采用" in answer.content.decode()
    row = DataMark.objects.get()
    assert row.late
    assert judge(stack, "02-28 01:00").standing == 2
    page, officer = f"/alarms/marks/{row.pk}/", browse(stack.officer)
    told = officer.get(page).content.decode()
    assert "逾期标记，核定成立前不采用" in told
    assert 'aria-current="page">1号炉排口</li>' in told
    answer = officer.post(f"{page}review/", {"accepted": "yes", "reason": "维修记录属实"})
    assert (answer.status_code, answer.url) == (302, page)
    assert Episode.objects.get(first_at=at("02-28 01:00")).standing == 0
    assert "核定成立" in officer.get(page).content.decode()


def test_a_plan_that_came_to_nothing_is_taken_back(stack: Any, browse: Browse, clock: Any) -> None:
    firm = browse(stack.firm)
    firm.post(NEW, plan(stack))
    page = f"/alarms/marks/{DataMark.objects.get().pk}/"
    assert "撤回标记" in firm.get(page).content.decode()
    assert "撤回标记" not in browse(stack.officer).get(page).content.decode()
    firm.post(f"{page}take-back/")
    assert "已被取代或撤回" in firm.get(page).content.decode()
    assert judge(stack).standing == 2


def test_one_again_takes_the_place_of_the_first_and_none_is_changed(
    stack: Any, browse: Browse, clock: Any
) -> None:
    firm = browse(stack.firm)
    firm.post(NEW, plan(stack))
    firm.post(NEW, plan(stack, end="2026-03-03T10:00"))
    first, second = DataMark.objects.order_by("pk")
    assert second.supersedes == first
    assert judge(stack).standing == 1
    told = firm.get("/alarms/marks/").content.decode()
    assert "已被取代或撤回" in told
    assert "季度检修" not in firm.get("/alarms/marks/?late=1").content.decode()


def test_too_far_ahead_is_refused_with_the_remedy(stack: Any, browse: Browse, clock: Any) -> None:
    far = plan(stack, start="2026-06-01T08:00", end="2026-06-01T12:00")
    answer = browse(stack.firm).post(NEW, far)
    assert answer.status_code == 422
    assert "最多提前 31 天标记" in answer.content.decode()
