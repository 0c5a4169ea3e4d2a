"""A step that was there for a limit of the bureau's alone is done when that limit is met, and not before or anew."""

from __future__ import annotations

import pytest

from zhihuan.bureau.matters.engine.done import clocks_that_tell, done_steps
from zhihuan.lines.enforcement.simple import SIMPLE_CASE
from zhihuan.lines.measures.production_limit import PRODUCTION_LIMIT


@pytest.mark.parametrize(
    ("outcomes", "is_done"),
    [
        ([], False),  # before there was such a limit
        ([("report", "running")], False),
        ([("report", "met")], True),
        ([("report", "late")], True),
        ([("report", "lapsed")], False),
        ([("report", "met"), ("report", "running")], False),  # it began anew
        ([("pay", "met")], False),  # another's
    ],
)
def test_the_report_is_done_when_its_limit_is_met(outcomes, is_done):
    assert ("report_back" in done_steps(SIMPLE_CASE, outcomes)) is is_done


def test_what_was_made_public_need_not_be_said_to_stay_unpublished():
    assert done_steps(SIMPLE_CASE, [("publish", "met")]) == {"publish", "not_published"}


def test_of_several_limits_none_may_run():
    outcomes = [("publish", "met"), ("publish_lifting", "running")]
    assert "publish" not in done_steps(PRODUCTION_LIMIT, outcomes)


def test_the_right_of_a_party_to_speak_is_never_used_up():
    assert not done_steps(PRODUCTION_LIMIT, [("speak", "met"), ("plan", "met")])


def test_the_clocks_to_ask_for_are_those_of_steps_possible_in_the_state():
    assert clocks_that_tell(SIMPLE_CASE, "onsite") == frozenset()
    assert {"report", "publish"} <= clocks_that_tell(SIMPLE_CASE, "decided")
    assert clocks_that_tell(SIMPLE_CASE, "closed") == frozenset()
