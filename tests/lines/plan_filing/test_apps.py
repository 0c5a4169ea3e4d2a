"""The line is there by one entry in the settings, with its meanings and its rights."""

from __future__ import annotations

from zhihuan.bureau.dictionary.declared import declared_models
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.people.actions import declared_actions
from zhihuan.lines.plan_filing.procedure import PLAN_FILING


def test_the_procedure_is_in_the_catalogue():
    assert PLAN_FILING in newest()


def test_every_step_that_people_take_is_a_right():
    known = declared_actions()
    for step in (each for each in PLAN_FILING.steps if not each.who.platform):
        assert known[f"matters.plan_filing_{step.code}"].roles == step.who.reaches


def test_meanings_beside_a_line_are_in_the_dictionary():
    told = declared_models()["plan_filing.PlanFiling"]
    assert told.permission == "matters.view_plan_filing"
    assert "signer" in told.personal
