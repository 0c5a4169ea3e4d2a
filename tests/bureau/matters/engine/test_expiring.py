"""The platform acts at the end of a clock: in time, once, and only where it may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from trial_walk import nine

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import Matter, RunningClock


@pytest.fixture
def decided(filed):
    """Decided on 4 March: fifteen days to pay, until 19 March."""
    filed.take("submit", filed.cast.officer, "03-03")
    filed.take("decide", filed.cast.head, "03-04", fine="100", served_on="2026-03-04")
    return filed


def test_nothing_happens_before_the_end(decided):
    assert expire_due(nine("03-19")) == 0
    assert Matter.objects.get().state == "decided"


def test_the_step_is_taken_after_it_by_the_platform(decided):
    assert expire_due(nine("03-20")) == 1
    matter = Matter.objects.get()
    event = matter.events.order_by("number").last()
    assert (matter.state, matter.ended_at) == ("defaulted", nine("03-20"))
    assert (event.step, event.actor, event.actor_name) == ("default", None, "")
    assert RunningClock.objects.get(code="answer").outcome == RunningClock.Outcome.EXPIRED
    assert AuditEntry.objects.filter(action="matter.step", actor=None).count() == 1
    assert expire_due(nine("03-21")) == 0


def test_a_clock_without_such_a_step_is_only_late(filed):
    assert expire_due(nine("12-31")) == 0
    assert filed.clock("decision").outcome == RunningClock.Outcome.RUNNING


def test_an_edition_nobody_knows_any_more_is_left_alone(decided):
    catalogue.forget("trial_case")
    assert expire_due(nine("03-20")) == 0
    from procedures import CASE

    catalogue.register(CASE)


@pytest.fixture
def stuck(decided, case):
    """Another case, whose clock has ended while it stands where the step at its end leads nowhere."""
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    stuck = open_matter(
        case.code, Acting(decided.cast.officer, at=nine("03-02")), title="x", town=decided.cast.town
    )
    first = decided.matter.clocks.get(code="answer")
    RunningClock.objects.create(
        matter=stuck, code="answer", limit="E10", started=stuck.events.get(),
        last_day=first.last_day, due_at=first.due_at,
    )  # fmt: skip
    return stuck


def test_one_that_cannot_be_taken_hinders_no_other(stuck, caplog):
    assert expire_due(nine("03-20")) == 1
    assert Matter.objects.get(pk=stuck.pk).state == "draft"
    assert f"matter {stuck.pk}" in caplog.text


def test_one_that_cannot_be_taken_is_tried_again_hourly(stuck, caplog):
    expire_due(nine("03-20"))
    caplog.clear()
    expire_due(nine("03-20") + timedelta(minutes=59))
    assert not caplog.text
    expire_due(nine("03-20") + timedelta(hours=1))
    assert f"matter {stuck.pk}" in caplog.text


def test_all_that_ended_are_done_with_in_portions(decided, monkeypatch):
    from zhihuan.bureau.matters.engine import expiring

    monkeypatch.setattr(expiring, "_PORTION", 1)
    assert expire_due(nine("03-20")) == 1
