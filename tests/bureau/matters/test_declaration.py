"""What contradicts itself cannot be declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from filing import DESK, FILING, PARTY

from zhihuan.bureau.matters.declaration import Clock, State, Step, Who
from zhihuan.bureau.people.actions import Reach


def with_step(step: Step) -> object:
    return replace(FILING, steps=(*FILING.steps, step))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: State("Draft", "x"), "a code is lower case"),
        (lambda: Step("x", "x", (), "draft", PARTY), "taken in some state"),
        (Who, "people in some role, or by the platform"),
        (lambda: Who({"registrar": Reach.OWN}, platform=True), "or by the platform"),
        (lambda: Who({"registrar": Reach.OWN}, upon="x"), "people decide"),
        (lambda: Clock("x", "x", "M02", starts=(), ends=("file",)), "nothing starts"),
        (lambda: Clock("x", "x", "M02", starts=("a",), ends=(), pauses={"a": "听证"}), "run on"),
        (lambda: Clock("x", "x", "M02", starts=("a",), ends=(), duty="nobody"), "duty"),
        (lambda: replace(FILING, begins="nowhere"), "begins in nowhere: there is none"),
        (lambda: replace(FILING, states=FILING.states * 2), "state draft is declared twice"),
        (lambda: replace(FILING, steps=FILING.steps * 2), "step submit is declared twice"),
        (lambda: replace(FILING, clocks=FILING.clocks * 2), "clock check is declared twice"),
        (lambda: with_step(Step("x", "x", ("draft",), "y", DESK)), "filing.x: state y"),
        (lambda: with_step(Step("x", "x", ("y",), "", DESK)), "filing.x: state y"),
        (lambda: replace(FILING, clocks=(Clock("x", "x", "M02", ("y",), ()),)), "filing.x: step y"),
        (
            lambda: with_step(
                Step("x", "x", ("draft",), "", Who({"leader": Reach.CITY}, apart_from=("y",)))
            ),
            "apart from y",
        ),
    ],
)
def test_a_contradiction_says_where_it_is(make: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()


def test_steps_and_states_are_found_by_code() -> None:
    assert FILING.step("file").title == "准予备案"
    assert FILING.state("filed").title == "已备案"
    assert [each.code for each in FILING.steps_from("filed")] == ["report_up", "replace", "expire"]
    with pytest.raises(KeyError):
        FILING.step("nothing")


def test_a_step_without_a_target_stays() -> None:
    assert FILING.step("report_up").leads_from("filed") == "filed"
    assert FILING.step("expire").leads_from("filed") == "expired"
