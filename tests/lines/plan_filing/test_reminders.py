"""Who is told what: when a plan comes, when it is filed, before its three years are over, and after."""

from __future__ import annotations

import pytest
from plan_walk import nine

from zhihuan.bureau.inbox.escalating import escalate
from zhihuan.bureau.inbox.models import Message, ToDo
from zhihuan.bureau.matters.engine.expiring import expire_due


def told(user) -> list[str]:
    """The words in somebody's box, the oldest first."""
    return list(
        Message.objects.filter(receipts__user=user).order_by("pk").values_list("words", flat=True)
    )


def test_the_desk_is_told_of_a_plan_and_its_owner_of_the_filing(filed):
    cast = filed.cast
    assert told(cast.clerk) == told(cast.head) == ["应急预案已提交，待核对"]
    assert told(cast.owner) == ["应急预案已备案"]
    assert told(cast.stranger) == told(cast.neighbour) == []


@pytest.mark.parametrize(
    ("day", "reminders"),
    [("2029-02-01", 0), ("2029-02-16", 1), ("2029-02-26", 2), ("2029-03-01", 3)],
)
def test_the_owner_is_reminded_ten_five_and_two_working_days_before_three_years_are_over(
    filed, day, reminders
):
    for earlier in ("2029-02-01", "2029-02-16", "2029-02-26", "2029-03-01"):
        if earlier <= day:
            escalate(nine(earlier))
    warnings = Message.objects.filter(
        receipts__user=filed.cast.owner, kind=Message.Kind.WARNING, matter=filed.plan
    )
    assert warnings.count() == reminders
    assert all(each.facts["day"] == "2029-03-02" for each in warnings)


def test_after_three_years_owner_and_head_are_told(filed):
    expire_due(nine("2029-03-03"))
    words = "应急预案满三年未评估，须尽快评估或修订"
    assert told(filed.cast.owner)[-1] == told(filed.cast.head)[-1] == words


def test_a_plan_that_was_handed_in_waits_for_the_desk(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    waiting = set(ToDo.objects.filter(matter=walk.plan).values_list("role", flat=True))
    assert {"registrar", "section_head"} <= waiting
