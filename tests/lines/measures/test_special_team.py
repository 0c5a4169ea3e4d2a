"""A special team: proposed by a section, set up by the leader, at work, and over."""

from __future__ import annotations

import pytest
from measures_walk import Walk, refused, text_of

SAID = {
    "propose": {"kind": "grave", "about": "跨镇倾倒。", "lead": "组长甲", "members": "甲 三角分局 44-1\n乙 小榄分局 44-2", "plan": "分三组。"},
    "change": {"members": "甲\n丙", "why": "调岗。"}, "progress": {"progress": "已取样。"},
    "conclude": {"outcome": "立案两件。", "lessons": "加强巡查。"}, "drop": {"why": "无必要。"}, "dissolve": {"why": "移交上级。"},
}  # fmt: skip


@pytest.fixture
def working(cast):
    walk = Walk.opened(cast, "special_team", "2026-03-02", SAID, by=cast.head)
    walk.take("propose", cast.head, "2026-03-02")
    walk.take("set_up", cast.leader, "2026-03-03")
    return walk


def test_it_works_and_concludes(working):
    working.take("progress", working.cast.officer, "2026-03-10")
    working.take("change", working.cast.leader, "2026-03-11")
    working.take("conclude", working.cast.head, "2026-04-01")
    assert working.kept().state == "concluded"
    assert "立案两件" in text_of(working, "report")


def test_the_notice_names_the_team(working):
    text = text_of(working, "notice")
    for words in ("中环〔2026〕1号", "重大疑难案件", "乙 小榄分局", "组长甲"):
        assert words in text


def test_one_is_no_team(cast):
    walk = Walk.opened(cast, "special_team", "2026-03-02", SAID, by=cast.head)
    assert "不少于两人" in refused(walk, "propose", cast.head, "2026-03-02", members="甲\n \n")


def test_the_leader_alone_sets_it_up(cast):
    walk = Walk.opened(cast, "special_team", "2026-03-02", SAID, by=cast.head)
    walk.take("propose", cast.head, "2026-03-02")
    for user in (cast.head, cast.officer, cast.owner):
        assert "权限" in refused(walk, "set_up", user, "2026-03-03", officers=())
    walk.take("drop", cast.leader, "2026-03-03")
    assert walk.kept().state == "dropped"


def test_it_may_be_dissolved(working):
    working.take("dissolve", working.cast.leader, "2026-03-20")
    assert working.kept().state == "dissolved"
