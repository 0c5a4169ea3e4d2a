"""For which roles a matter waits, and who is kept apart from it."""

from __future__ import annotations

from datetime import date

import pytest

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.inbox.waiting import barred, parts_people, waits_for
from zhihuan.bureau.matters.declaration import Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import FIELD_OFFICER, LEADER, SECTION_HEAD


@pytest.fixture
def procedure():
    """An officer writes, another officer or the leader checks, the head may drop it at any time."""
    near, city = Reach.TERRITORY, Reach.CITY
    return Procedure(
        code="trial",
        title="试办",
        edition="2021",
        basis=Basis("行政处罚法", "", date(2021, 7, 15)),
        states=(State("draft", "起草"), State("written", "待复核"), State("done", "已办结", end=True)),
        begins="draft",
        steps=(
            Step("write", "起草", ("draft",), "written", Who({FIELD_OFFICER: near})),
            Step("note", "补记", ("written",), "", Who({FIELD_OFFICER: Reach.OWN}, apart_from=("write",))),
            Step("check", "复核", ("written",), "done",
                 Who({FIELD_OFFICER: near, LEADER: city}, apart_from=("write",))),
            Step("drop", "撤销", ("draft", "written"), "done", Who({SECTION_HEAD: near})),
            Step("lapse", "到期", ("written",), "done", Who(platform=True)),
        ),
    )  # fmt: skip


def found(procedure, state: str) -> dict[str, tuple[Reach, list[str]]]:
    waits = waits_for(procedure, state)
    return {each.role: (each.reach, [step.code for step in each.steps]) for each in waits}


def test_it_waits_for_each_role_by_its_steps_as_far_as_the_farthest_reaches(procedure):
    assert found(procedure, "written") == {
        FIELD_OFFICER: (Reach.TERRITORY, ["note", "check"]),
        LEADER: (Reach.CITY, ["check"]),
        SECTION_HEAD: (Reach.TERRITORY, ["drop"]),
    }


def test_at_an_end_it_waits_for_nobody_and_never_for_the_platform(procedure):
    assert found(procedure, "done") == {}
    assert all(role for role in found(procedure, "written"))


def test_whoever_took_the_earlier_step_is_barred_where_every_step_is_kept_apart(procedure):
    by_role = {each.role: each for each in waits_for(procedure, "written")}
    taken = {"write": {7}, "drop": {9}}
    assert barred(by_role[FIELD_OFFICER], taken) == {7}
    assert barred(by_role[LEADER], taken) == {7}
    assert barred(by_role[SECTION_HEAD], taken) == frozenset()


def test_one_step_that_is_not_kept_apart_leaves_the_way_open(procedure):
    by_role = {each.role: each for each in waits_for(procedure, "draft")}
    assert barred(by_role[FIELD_OFFICER], {"write": {7}}) == frozenset()


def test_it_is_known_whether_a_procedure_keeps_people_apart(procedure):
    from dataclasses import replace

    assert parts_people(procedure)
    assert not parts_people(replace(procedure, steps=(procedure.steps[0], procedure.steps[3])))
