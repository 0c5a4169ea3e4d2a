"""A matter changes its edition when somebody decides it, as the dry run said, and never of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from procedures import CASE

from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import Clock, State, Step, Who
from zhihuan.bureau.matters.engine.rebasing import rebase, rebasing
from zhihuan.bureau.matters.engine.refusals import MatterMovedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.people.actions import Reach

LATER = replace(CASE.basis, in_force_from=dt.date(2026, 4, 1))
ANSWER = CASE.clocks[1]
FASTER = replace(CASE.clocks[0], limit="M02", pauses={}, resumes=(), extends={})


def edition(**other):
    return replace(CASE, edition="2026", basis=LATER, **other)


@pytest.fixture
def leader(person):
    return person("leader", name="leader")


def done(walk, leader, why="新规施行", state=""):
    plan = rebasing(walk.matter, "2026", state)
    return rebase(walk.matter, plan, Acting(leader), why, version=walk.matter.version)


def test_a_running_matter_stays_with_its_edition(filed, case):
    """Even when that edition is the law no longer and the new one knows nothing of the step."""
    steps = tuple(step for step in CASE.steps if step.code != "extend")
    catalogue.register(edition(steps=steps, clocks=(replace(CASE.clocks[0], extends={}), ANSWER)))
    filed.take("extend", filed.cast.head, "05-20", why="案情复杂")
    assert filed.matter.edition == "2021"
    fresh = open_matter(
        case.code, Acting(filed.cast.officer, at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC)),
        title="x", town=filed.cast.town,
    )  # fmt: skip
    assert fresh.edition == "2026"


def test_the_dry_run_says_what_would_change_and_changes_nothing(filed):
    hear = Step("hear", "听取意见", ("investigating",), "", Who({"field_officer": Reach.CITY}))
    steps = (*(step for step in CASE.steps if step.code not in {"appraise", "appraised"}), hear)
    states = tuple(state for state in CASE.states if state.code != "appraising")
    catalogue.register(edition(steps=steps, states=states, clocks=(FASTER, ANSWER)))
    before = [list(model.objects.values_list()) for model in (Matter, MatterEvent, RunningClock)]
    plan = rebasing(filed.matter, "2026")
    assert (plan.state, plan.obstacles) == ("investigating", ())
    assert (plan.steps_gone, plan.steps_new) == (("appraise",), ("hear",))
    (change,) = plan.clocks
    assert (change.moves, change.before) == (True, dt.date(2026, 6, 1))
    assert change.row.last_day == dt.date(2026, 3, 9)
    assert before == [
        list(model.objects.values_list()) for model in (Matter, MatterEvent, RunningClock)
    ]


def test_what_the_dry_run_said_comes_to_pass_as_an_event(filed, leader):
    catalogue.register(edition(clocks=(FASTER, ANSWER)))
    event = done(filed, leader)
    matter = Matter.objects.get(pk=filed.matter.pk)
    assert (matter.edition, matter.state) == ("2026", "investigating")
    assert (event.step, event.number, event.actor) == ("_rebase", 3, leader)
    assert event.said == {"from": "2021", "to": "2026", "why": "新规施行"}
    clock = filed.clock("decision")
    assert (clock.limit, clock.last_day, clock.outcome) == ("M02", dt.date(2026, 3, 9), "running")
    filed.take("submit", filed.cast.officer, "04-03")


def test_a_clock_the_new_edition_does_not_know_lapses(filed, leader):
    catalogue.register(edition(clocks=(ANSWER,)))
    (change,) = rebasing(filed.matter, "2026").clocks
    assert change.lapses
    event = done(filed, leader)
    clock = filed.clock("decision")
    assert (clock.outcome, clock.ended) == ("lapsed", event)


def test_a_clock_only_the_new_edition_knows_begins_with_its_step_and_not_before(filed, leader):
    more = Clock("review", "审查期限", "M02", starts=("submit",), ends=("decide", "back", "drop"))
    catalogue.register(edition(clocks=(*CASE.clocks, more)))
    done(filed, leader)
    assert filed.clock("review") is None
    filed.take("submit", filed.cast.officer, "04-03")
    assert filed.clock("review").outcome == "running"


def test_a_state_that_is_gone_must_be_named_anew(filed, leader):
    steps = tuple(
        replace(
            step,
            sources=tuple("looking" if s == "investigating" else s for s in step.sources),
            target="looking" if step.target == "investigating" else step.target,
        )
        for step in CASE.steps
    )
    states = tuple(
        State("looking", "查处") if state.code == "investigating" else state
        for state in CASE.states
    )
    catalogue.register(edition(steps=steps, states=states))
    assert "请指定" in str(rebasing(filed.matter, "2026").obstacles[0])
    assert rebasing(filed.matter, "2026", "looking").obstacles == ()
    done(filed, leader, state="looking")
    filed.take("submit", filed.cast.officer, "04-03")


def refused(walk, by, **given):
    before = [list(model.objects.values_list()) for model in (Matter, MatterEvent, RunningClock)]
    with pytest.raises(StepRefusedError) as told:
        done(walk, by, **given)
    assert before == [
        list(model.objects.values_list()) for model in (Matter, MatterEvent, RunningClock)
    ]
    return str(told.value)


def test_without_right_or_reason_nothing_happens(filed, leader):
    catalogue.register(edition())
    assert "权限" in refused(filed, filed.cast.head)
    assert "理由" in refused(filed, leader, why=" ")


def test_what_cannot_be_is_an_obstacle(filed, leader):
    catalogue.register(edition(clocks=(FASTER, ANSWER)))
    assert "按该版本" in str(rebasing(filed.matter, "2021").obstacles[0])
    assert "办结" in refused(filed, leader, state="dropped")
    filed.take("extend", filed.cast.head, "05-20", why="案情复杂")
    assert "不允许" in refused(filed, leader)
    filed.take("drop", filed.cast.head, "05-21")
    assert "已办结" in refused(filed, leader)


def test_who_saw_an_older_version_is_told(filed, leader):
    catalogue.register(edition())
    plan = rebasing(filed.matter, "2026")
    with pytest.raises(MatterMovedError):
        rebase(filed.matter, plan, Acting(leader), "新规施行", version=1)
