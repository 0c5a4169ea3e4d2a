"""Each kind of fault in a procedure is found and named, and a sound one has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from filing import DESK, FILING

from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.declaration import Clock, Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach

LOST = State("lost", "x")


def added(*states: State, steps: tuple[Step, ...] = ()) -> Procedure:
    return replace(FILING, states=(*FILING.states, *states), steps=(*FILING.steps, *steps))


def staying(who: Who) -> Procedure:
    return added(steps=(Step("x", "x", ("draft",), "", who),))


def clocked(*clocks: Clock) -> Procedure:
    return replace(FILING, clocks=clocks)


def test_a_sound_procedure_has_none() -> None:
    assert faults(FILING) == []


def test_the_platform_needs_no_clock_for_what_it_does_upon_something() -> None:
    assert faults(staying(Who(platform=True, upon="监测超标"))) == []


TO_LOST = Step("x", "x", ("draft",), "lost", DESK)
ROUND = Step("y", "y", ("lost",), "", DESK)
LATER = replace(FILING.basis, in_force_from=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("procedure", "told"),
    [
        (added(replace(LOST, end=True)), "nothing leads to the state lost"),
        (added(LOST, steps=(TO_LOST,)), "lost is a dead end and not declared as one"),
        (added(LOST, steps=(TO_LOST, ROUND)), "from lost a matter can never end"),
        (staying(Who({"wizard": Reach.CITY})), "a role nobody can hold"),
        (
            replace(FILING, readers={"enterprise_user": Reach.CITY}),
            "which is no role of the bureau",
        ),
        (
            staying(Who({"leader": Reach.CITY}, apart_from=("file",))),
            "which can never come before it",
        ),
        (staying(Who(platform=True)), "no clock lets it"),
        (clocked(Clock("x", "x", "Z99", ("submit",), ("file",))), "no time limit has the code Z99"),
        (
            clocked(
                Clock(
                    "x",
                    "x",
                    "M02",
                    ("submit",),
                    ("file",),
                    pauses={"ask": "休假"},
                    resumes=("resubmit",),
                )
            ),
            "stopped by ask for 休假; M02 knows none",
        ),
        (
            clocked(Clock("x", "x", "E02", ("submit",), ("file",), extends={"ask": "mayor"})),
            "as mayor; E02 knows collective, head",
        ),
        (
            clocked(Clock("x", "x", "M02", ("submit",), ("file",))),
            "started by submit, still runs when the matter ends as withdrawn",
        ),
        (
            clocked(Clock("x", "x", "M05", ("file",), ("replace",), expires="report_up")),
            "which the platform may not take",
        ),
        (
            replace(FILING, basis=LATER, clocks=(Clock("x", "x", "H14", ("submit",), ("file",)),)),
            "H14 is never in force",
        ),
    ],
)
def test_a_fault_is_named(procedure: Procedure, told: str) -> None:
    assert any(told in fault for fault in faults(procedure)), faults(procedure)


def test_a_missing_template_is_named() -> None:
    assert faults(FILING, lambda name: name != "form.docx") == [
        "filing: file makes form, whose template form.docx is missing"
    ]


def test_a_clock_may_lapse_with_its_matter_when_that_is_said() -> None:
    strict = replace(FILING.clocks[1], lapses=False)
    found = [fault for fault in faults(clocked(strict)) if "still runs" in fault]
    assert {fault.rsplit(" ", 1)[1] for fault in found} == {"expired", "replaced"}


def test_apart_from_a_step_that_can_come_before_is_no_fault() -> None:
    who = Who({"leader": Reach.CITY}, apart_from=("submit", "ask"))
    assert faults(added(steps=(Step("x", "x", ("checking",), "", who),))) == []
