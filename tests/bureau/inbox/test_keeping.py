"""To-dos and watched clocks follow every step, in its transaction."""

from __future__ import annotations

import pytest
from procedures import CASE

from zhihuan.bureau.inbox.keeping import renew
from zhihuan.bureau.inbox.models import ClockWatch, ToDo
from zhihuan.bureau.inbox.renewing import renew_all, renew_changed, shape_of
from zhihuan.bureau.inbox.risk import Stage
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.actions import Reach

pytestmark = pytest.mark.django_db


def waiting(matter) -> dict[str, ToDo]:
    return {row.role: row for row in ToDo.objects.filter(matter=matter.pk)}


def test_a_matter_that_was_opened_waits_for_whoever_may_take_a_first_step(walk):
    found = waiting(walk.matter)
    assert set(found) == {"field_officer", "section_head"}
    officer = found["field_officer"]
    assert (officer.reach, officer.procedure) == (Reach.TERRITORY, CASE.code)
    assert (officer.town_id, officer.party_id) == (walk.cast.town.pk, walk.cast.firm.pk)
    assert (officer.stage, officer.at) == (Stage.UNTIMED, walk.matter.opened_at)


def test_after_a_step_it_waits_for_others_and_by_the_clock_that_runs_then(filed):
    found = waiting(filed.matter)
    assert set(found) == {"field_officer", "section_head"}
    clock = filed.clock("decision")
    assert {(row.clock_id, row.at) for row in found.values()} == {(clock.pk, clock.due_at)}
    assert {row.stage for row in found.values()} == {Stage.RUNNING}
    assert {row.warn_at < clock.due_at for row in found.values()} == {True}


def test_a_clock_that_stands_still_is_named_and_orders_nothing(filed):
    filed.take("appraise", filed.cast.officer, "03-10")
    row = waiting(filed.matter)["field_officer"]
    assert (row.stage, row.clock) == (Stage.UNTIMED, filed.clock("decision"))
    assert not ClockWatch.objects.filter(matter=filed.matter.pk).exists()
    filed.take("appraised", filed.cast.officer, "03-20")
    assert waiting(filed.matter)["field_officer"].stage == Stage.RUNNING
    assert ClockWatch.objects.get(matter=filed.matter.pk).clock == filed.clock("decision")


def test_what_the_party_owes_is_its_own_duty_and_waits_for_nobody_in_the_bureau(decided):
    found = waiting(decided.matter)
    assert set(found) == {"enterprise_user"}
    assert found["enterprise_user"].stage in {Stage.PRESSING, Stage.RUNNING}
    assert ClockWatch.objects.get(matter=decided.matter.pk).duty == "party"


def test_nothing_is_kept_of_a_matter_that_has_ended(filed):
    filed.take("drop", filed.cast.head, "03-10")
    assert waiting(filed.matter) == {}
    assert not ClockWatch.objects.filter(matter=filed.matter.pk).exists()


def test_a_watched_clock_goes_on_as_it_was_unless_its_end_moves(filed):
    ClockWatch.objects.filter(matter=filed.matter.pk).update(told=2)
    renew([Matter.objects.get(pk=filed.matter.pk)])
    assert ClockWatch.objects.get(matter=filed.matter.pk).told == 2
    filed.take("extend", filed.cast.head, "03-10", why="案情复杂")
    moved = ClockWatch.objects.get(matter=filed.matter.pk)
    assert (moved.told, moved.due_at) == (0, filed.clock("decision").due_at)


def test_to_dos_are_undone_with_the_step_that_failed(walk, monkeypatch):
    def fail(_taken: Taken) -> None:
        raise RuntimeError("the last effect fails")

    from zhihuan.bureau.matters.engine import effects

    monkeypatch.setattr(effects, "_effects", [*effects._effects, fail])
    before = set(ToDo.objects.values_list("pk", flat=True))
    both = [walk.cast.officer, walk.cast.second]
    with pytest.raises(RuntimeError):
        walk.take("file", walk.cast.officer, "03-02", officers=both)
    assert set(ToDo.objects.values_list("pk", flat=True)) == before
    assert not ClockWatch.objects.exists()


def test_a_step_costs_a_fixed_number_of_queries(filed, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        renew([Matter.objects.select_related("party").get(pk=filed.matter.pk)])


def test_to_dos_made_anew_say_the_same(filed, decided_too):
    fields = ("matter_id", "role", "reach", "stage", "at", "warn_at", "since", "clock_id", "held")
    before = sorted(ToDo.objects.values_list(*fields))
    watched = sorted(ClockWatch.objects.values_list("clock_id", "due_at", "next_at"))
    ToDo.objects.all().delete()
    ClockWatch.objects.all().delete()
    assert renew_all() == 2
    assert sorted(ToDo.objects.values_list(*fields)) == before
    assert sorted(ClockWatch.objects.values_list("clock_id", "due_at", "next_at")) == watched


def test_a_procedure_whose_declaration_changed_has_its_to_dos_anew_once(filed):
    ToDo.objects.all().delete()
    assert renew_changed() == 1
    assert renew_changed() == 0
    assert ToDo.objects.count() == 2


def test_the_shape_is_of_what_to_dos_are_made_of(case):
    from dataclasses import replace

    assert shape_of(replace(case, title="另一个名称")) == shape_of(case)
    shorter = replace(case, steps=case.steps[:-2], clocks=case.clocks[:1])
    assert shape_of(shorter) != shape_of(case)


def test_many_matters_cost_no_more_queries_than_one(case, cast, django_assert_max_num_queries):
    for number in range(12):
        acting = Acting(cast.officer)
        open_matter(case.code, acting, title=f"案件{number}", party=cast.firm, town=cast.town)
    matters = list(Matter.objects.all())
    with django_assert_max_num_queries(10):
        renew(matters)
