"""Steps become rights like any other."""

from __future__ import annotations

from dataclasses import replace

from filing import DESK, FILING

from zhihuan.bureau.matters.declaration import Who
from zhihuan.bureau.matters.rights import actions_of
from zhihuan.bureau.people.actions import Reach


def test_a_right_a_step_that_people_take_and_one_to_look() -> None:
    actions = {action.permission: action for action in actions_of(FILING)}
    taken_by_people = [step for step in FILING.steps if not step.who.platform]
    assert len(actions) == len(taken_by_people) + 1
    assert actions["matters.filing_submit"].roles == {"enterprise_user": Reach.OWN}
    assert "matters.filing_expire" not in actions, "the platform's own step is nobody's right"
    assert str(actions["matters.filing_file"].text) == "应急预案备案：准予备案"


def test_who_may_take_a_step_may_look_as_far() -> None:
    looking = next(iter(actions_of(FILING)))
    assert looking.permission == "matters.view_filing"
    assert looking.roles == {
        "enterprise_user": Reach.OWN,
        "registrar": Reach.TERRITORY,
        "section_head": Reach.TERRITORY,
    }


def test_of_two_editions_the_widest_reach_is_declared_in_the_words_of_the_newest() -> None:
    file = replace(FILING.step("file"), title="备案", who=Who({"registrar": Reach.CITY}))
    later = replace(FILING, edition="2030", steps=(file,), clocks=())
    actions = {action.permission: action for action in actions_of(FILING, later)}
    assert actions["matters.filing_file"].roles == {**DESK.reaches, "registrar": Reach.CITY}
    assert str(actions["matters.filing_file"].text) == "应急预案备案：备案"
    assert actions["matters.view_filing"].roles["registrar"] == Reach.CITY
    assert "matters.filing_submit" in actions


def test_a_reader_looks_and_takes_no_step() -> None:
    actions = {
        each.permission: each
        for each in actions_of(replace(FILING, readers={"leader": Reach.CITY}))
    }
    assert actions["matters.view_filing"].roles["leader"] == Reach.CITY
    others = [each for each in actions.values() if each.permission != "matters.view_filing"]
    assert all("leader" not in each.roles for each in others)
