"""The ninety days stand still until what was sent out came back, the hearing was over, the notice was served: on the day of
that, whenever it is entered."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import SAID, WHY, refused

SENT = {"to": "某检测公司", "what": "化学需氧量", "cma": "2019190001"}
#: 1 September and ninety days: Monday 30 November 2026.
PLAIN = dt.date(2026, 11, 30)


def days(count):
    return PLAIN + dt.timedelta(days=count)


def last_day(walk):
    return walk.clock("decision").last_day


@pytest.mark.parametrize("kind", ["test", "appraise"])
def test_what_came_back_weeks_before_it_was_entered_stops_the_clock_until_it_came(walk, kind):
    walk.to_filed()
    assert last_day(walk) == PLAIN
    walk.go(kind, "2026-09-02", **SENT)
    walk.go(f"{kind}_back", "2026-09-25", returned_on="2026-09-09")
    assert last_day(walk) == days(7)
    mark = walk.clock("decision").marks.get(kind="resume")
    assert mark.at.astimezone(dt.timezone(dt.timedelta(hours=8))).date() == dt.date(2026, 9, 9)
    assert mark.event.at.date() == dt.date(2026, 9, 25)


def test_it_did_not_come_back_before_it_was_sent_nor_in_days_to_come(walk):
    walk.to_filed()
    walk.go("test", "2026-09-05", **SENT)
    early = refused(walk, "test_back", "2026-09-25", returned_on="2026-09-04")
    assert early == "收到日期 2026-09-04 早于委托日期 2026-09-05，请按实际收到的日期填写。"
    late = refused(walk, "test_back", "2026-09-25", returned_on="2026-09-26")
    assert late == "收到日期 2026-09-26 晚于今天，请按实际收到的日期填写。"
    assert "必填" in refused(walk, "test_back", "2026-09-25", returned_on="")
    walk.go("test_back", "2026-09-25", returned_on="2026-09-05")
    assert last_day(walk) == PLAIN


@pytest.fixture
def asked(walk):
    """A hearing was asked for on 15 September, on paper; it is entered on the 16th."""
    walk.to_filed().to_review(proposed_fine="200000")
    walk.go(
        "review_to_legal", "2026-09-10", is_weighty="on", grounds=["complex"], must_discuss="on"
    )
    walk.go("legal_to_discussion", "2026-09-11")
    walk.go("discuss_to_notice", "2026-09-14")
    walk.go("notify_hearing", "2026-09-14", notified_fine="200000")
    walk.serve("notice", "2026-09-14")
    walk.go("notice_served", "2026-09-14")
    walk.go("ask_hearing", "2026-09-16", asked_on="2026-09-15", by="张三")
    return walk


def test_a_hearing_stops_it_from_the_day_it_was_asked_for_until_it_was_over(asked):
    asked.go("drop_hearing", "2026-09-30", **WHY, ended_on="2026-09-18")
    assert last_day(asked) == days(3)


def test_a_hearing_is_over_after_it_was_asked_for(asked):
    assert "早于听证申请或者举行的日期 2026-09-15" in refused(
        asked, "drop_hearing", "2026-09-30", **WHY, ended_on="2026-09-14"
    )
    assert "晚于今天" in refused(asked, "drop_hearing", "2026-09-30", **WHY, ended_on="2026-10-01")


def test_its_report_is_not_of_a_day_before_it_was_held(asked):
    told = {"held_at": "2026-10-09T09:00", "place": "三楼会议室"}
    asked.go("call_hearing", "2026-09-16", **told, presider=asked.cast.reviewer.pk)
    asked.serve("hearing_notice", "2026-09-16")
    asked.go("hold_hearing", "2026-10-09", held_on="2026-10-09", attended="张三", course="辩论终结")
    assert "2026-10-09" in refused(
        asked, "report_hearing", "2026-10-20", opinion="维持", ended_on="2026-10-08"
    )
    asked.go("report_hearing", "2026-10-20", opinion="维持", ended_on="2026-10-12")
    assert last_day(asked) == days(28)  # twenty-seven days lead to a Sunday


def test_a_notice_served_by_announcement_stops_it_until_it_counts_as_served(walk):
    walk.to_filed().to_review()
    walk.go("review_to_notice", "2026-09-10")
    walk.go("notify", "2026-09-10")
    walk.go("announce_notice", "2026-09-10", **WHY)
    walk.serve("notice", "2026-09-10", way="announced")
    served = walk.matter.documents.get(code="notice").receipts.get().effective_on
    entered = (served + dt.timedelta(days=20)).isoformat()
    walk.go("notice_served", entered)
    assert last_day(walk) == days((served - dt.date(2026, 9, 10)).days)
    assert SAID  # the walk's own words
