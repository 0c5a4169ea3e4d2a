"""What holds for every procedure that registers itself, whoever wrote it, and who may take its steps.

A line need not ask for this test: its procedures are found in the catalogue. The two of this folder are
looked at beside them, so that the test is never about nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from filing import FILING
from procedures import CASE

from zhihuan.bureau.clock import ClockError
from zhihuan.bureau.matters.bpmn import as_bpmn
from zhihuan.bureau.matters.catalogue import forget, procedures, register
from zhihuan.bureau.matters.checks import faults, strangers_in_view, template_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.refusing import offered, refusal_of
from zhihuan.bureau.matters.engine.taking import Acting, model_of
from zhihuan.bureau.matters.layout import laid_out
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.matters.reach import may_view
from zhihuan.bureau.matters.rights import step_permission, view_permission
from zhihuan.bureau.matters.time_table import time_table
from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.places.city import find_town

OURS = [FILING, CASE]
EVERY = [*procedures(), *OURS]
PROCEDURE = pytest.mark.parametrize(
    "procedure", EVERY, ids=[f"{each.code}-{each.edition}" for each in EVERY]
)
ROLE = pytest.mark.parametrize("role", list(ROLES.values()), ids=list(ROLES))
OWN, TERRITORY, ELSEWHERE = "own organisation", "own territory", "elsewhere"


@PROCEDURE
def test_it_has_no_faults_and_each_document_its_template(procedure):
    template = (lambda _name: True) if procedure in OURS else template_of(procedure)
    assert faults(procedure, template) == []


@PROCEDURE
def test_what_its_party_is_shown_is_there(procedure):
    assert strangers_in_view(procedure) == []


@PROCEDURE
def test_its_model_is_a_kind_of_matter(procedure):
    assert issubclass(model_of(procedure), Matter)


@PROCEDURE
def test_it_is_drawn_and_its_file_names_every_state_and_step(procedure):
    names = {each.get("name") for each in ET.fromstring(as_bpmn(procedure)).iter()}
    assert names >= {str(each.title) for each in (*procedure.states, *procedure.steps)}
    assert set(laid_out(procedure).boxes) == {state.code for state in procedure.states}


@PROCEDURE
def test_its_time_limits_have_a_source_on_its_first_day_or_later(procedure):
    """Some limits are younger than the procedure; none is without law for ever."""
    first = procedure.basis.in_force_from
    days = [first + timedelta(days=365 * years) for years in range(30)]
    rows = [row for clock in procedure.clocks for row in _first_row(procedure, clock.code, days)]
    assert len(rows) == len(procedure.clocks)
    assert all(row.limit.basis.title and row.starts for row in rows)


def _first_row(procedure: Procedure, code: str, days: list[date]) -> list[Any]:
    alone = replace(
        procedure, clocks=tuple(clock for clock in procedure.clocks if clock.code == code)
    )
    for day in days:
        try:
            return list(time_table(alone, day))
        except ClockError:
            continue
    return []


# ---- the matrix: every role × every step × own organisation, own territory, elsewhere ----


@dataclass
class World:
    """For somebody at ``place``: one matter in each of the three places."""

    place: Organisation
    rows: dict[str, Matter]


@pytest.fixture
def branch(db) -> Organisation:
    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    found = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    found.towns.set([find_town("三角镇")])
    return found


def world(procedure: Procedure, role: Any, branch: Organisation) -> World:
    outside = role.side is Side.OUTSIDE
    place = Organisation.objects.create(name="本企业", kind="enterprise") if outside else branch
    stranger = Organisation.objects.create(name="别的企业", kind="enterprise")
    below = Organisation.objects.create(name="下级", kind="other", parent=place)
    hung = {
        OWN: (below, "小榄镇"),
        TERRITORY: (stranger, "三角镇"),
        ELSEWHERE: (stranger, "小榄镇"),
    }
    rows = {
        where: Matter.objects.create(
            procedure=procedure.code, edition=procedure.edition, state=procedure.begins,
            title=where, party=party, town=find_town(town),
        )
        for where, (party, town) in hung.items()
    }  # fmt: skip
    for step in procedure.party.since[:1] if procedure.party else ():
        for row in rows.values():  # of what its party has not been told nobody outside knows
            MatterEvent.objects.create(
                matter=row, number=1, at=timezone.now(), step=step, source=row.state, target=row.state, digest=b"x"
            )  # fmt: skip
    return World(place, rows)


def expected(reach: Reach | None, role: Any) -> set[str]:
    """An outsider's organisation has no towns: the territory of it is what belongs to it."""
    if reach is None:
        return set()
    if reach is Reach.CITY:
        return {OWN, TERRITORY, ELSEWHERE}
    near = reach is Reach.TERRITORY and role.side is not Side.OUTSIDE
    return {OWN, TERRITORY} if near else {OWN}


@pytest.fixture
def registered():
    """All of them in the catalogue."""
    known = procedures()
    ours = [each for each in OURS if each not in known]
    for each in ours:
        register(each)
    yield
    for each in ours:
        forget(each.code)


@ROLE
@PROCEDURE
def test_every_step_is_open_to_exactly_whom_it_is_declared_for(
    procedure, role, branch, person, registered
):
    there = world(procedure, role, branch)
    user = person(role.code, name="holder", at=there.place)
    wrong = []
    for step in procedure.steps:
        reach = step.who.reaches.get(role.code)
        for where, row in there.rows.items():
            row.state = step.sources[0]
            is_open = refusal_of(procedure, step, row, Acting(user)) == ""
            is_offered = step in offered(procedure, row, Acting(user))
            declared = where in expected(reach, role)
            if (is_open, is_offered) != (declared, declared):
                wrong.append((step.code, where, is_open, is_offered))
            if is_open and not may_view(user, row):
                wrong.append((step.code, where, "may take it and not look at it"))
            if is_open and not may(user, step_permission(procedure, step), row):
                wrong.append((step.code, where, "may take it without the declared right"))
    assert wrong == []


@PROCEDURE
def test_nobody_but_the_platform_takes_the_platforms_steps(procedure, branch, person, registered):
    there = world(procedure, ROLES["leader"], branch)
    bureau = [code for code, role in ROLES.items() if role.side is Side.BUREAU]
    everybody = [person(code, name=code, at=branch.parent) for code in bureau]
    for step in procedure.steps:
        row = there.rows[OWN]
        row.state = step.sources[0]
        assert (refusal_of(procedure, step, row, Acting(None)) == "") is step.who.platform
        if step.who.platform:
            assert all(refusal_of(procedure, step, row, Acting(user)) for user in everybody)


@ROLE
@PROCEDURE
def test_who_may_look_sees_as_far_as_declared(procedure, role, branch, person, registered):
    there = world(procedure, role, branch)
    user = person(role.code, name="holder", at=there.place)
    reach = declared_actions()[view_permission(procedure)].roles.get(role.code)
    seen = {where for where, row in there.rows.items() if may_view(user, row)}
    assert seen == expected(reach, role)
