"""Whatever is done to a running clock underneath is found, and it is said to which; what the engine did is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from procedures import CASE
from trial_walk import Walk, nine

from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.engine import following, verifying_clocks
from zhihuan.bureau.matters.engine.following import note_installed
from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.engine.rebasing import rebase, rebasing
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.engine.verifying_clocks import newest_clock, verify_clocks
from zhihuan.bureau.matters.models import ClockMark, RunningClock

NOTICE = "date,status\n2027-02-08,放假\n2027-02-09,放假\n"


def by_hand(sql, *params):
    """As somebody who goes underneath the platform."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def found() -> list[str]:
    return [f"{each.fault}: {each.words}" for each in verify_clocks(1, newest_clock())]


@pytest.fixture(autouse=True)
def noted(db):
    note_installed()


def filed_case(cast, day):
    fields = {"title": "另一案件", "party": cast.firm, "town": cast.town}
    walk = Walk(cast, open_matter("trial_case", Acting(cast.officer, at=nine(day)), **fields))
    walk.take("file", cast.officer, day, officers=[cast.officer, cast.second])
    return walk


@pytest.fixture
def several(filed):
    """Running clocks of every kind: two untouched, provisional, lengthened, standing still, run on."""
    cast = filed.cast
    filed_case(cast, "03-02")
    filed_case(cast, "11-10")
    filed_case(cast, "03-02").take("extend", cast.head, "03-10", why="案情复杂")
    filed_case(cast, "03-02").take("appraise", cast.officer, "03-10")
    resumed = filed_case(cast, "03-02")
    resumed.take("appraise", cast.officer, "03-10")
    resumed.take("appraised", cast.officer, "03-20")
    return filed


def test_what_the_engine_did_is_sound(several):
    assert RunningClock.objects.filter(outcome="running").count() == 6
    assert found() == []


def test_nothing_is_sound_too():
    assert found() == []


def test_a_year_loaded_late_leaves_all_sound(several):
    assert load_year(NOTICE, several.cast.head)
    assert found() == []


def test_one_that_counts_from_the_day_its_step_was_told_is_sound_until_that_day_is_changed(
    case, filed
):
    told = replace(case.clocks[1], said_on="served_on")
    catalogue.forget(case.code)
    catalogue.register(replace(case, clocks=(case.clocks[0], told)))
    filed.take("submit", filed.cast.officer, "03-03")
    filed.take("decide", filed.cast.head, "03-04", fine="100", served_on="2026-03-03")
    assert found() == []
    later = dt.datetime.fromisoformat("2026-03-09T00:00+08:00")
    RunningClock.objects.filter(code="answer").update(since=later)
    assert "counts from another moment than its step was told" in found()[0]


ENDS = {
    "last_day": "2026-07-01",
    "due_at": "2026-07-02 00:00:00+00:00",
    "provisional": True,
}


@pytest.mark.parametrize("column", ENDS)
def test_an_end_that_its_history_does_not_give_is_named(several, column):
    clock = several.clock("decision")
    by_hand(f"UPDATE matters_runningclock SET {column} = %s WHERE id = %s", ENDS[column], clock.pk)
    (words, *more) = found()
    assert words.startswith(f"altered: matter {several.matter.pk}: the clock decision ends on")
    # the list of matters has the end of before
    assert bool(more) is (column == "due_at")


def test_the_words_say_both_days(several):
    clock = several.clock("decision")
    by_hand("UPDATE matters_runningclock SET last_day = '2026-07-01' WHERE id = %s", clock.pk)
    assert "ends on 2026-07-01" in found()[0]
    assert f"what happened to it gives {clock.last_day}" in found()[0]


@pytest.mark.parametrize("kind", ClockMark.Kind.values)
def test_a_standstill_or_an_extension_that_is_gone_is_missed(several, kind):
    mark = ClockMark.objects.filter(kind=kind).latest("pk")
    by_hand("DELETE FROM matters_clockmark WHERE id = %s", mark.pk)
    assert [each for each in found() if f"matter {mark.clock.matter_id}: " in each]


def test_another_limit_is_named(several):
    clock = several.clock("decision")
    RunningClock.objects.filter(pk=clock.pk).update(limit="E10")
    assert "runs by E10, and its procedure says E02" in found()[0]


def test_another_beginning_is_named(several):
    clock = several.clock("decision")
    RunningClock.objects.filter(pk=clock.pk).update(since=nine("03-09"))
    assert "counts from another moment than its step was told" in found()[0]


def test_an_event_of_another_matter_starts_nothing(several):
    clock = several.clock("decision")
    other = RunningClock.objects.exclude(matter=several.matter.pk).first()
    by_hand(
        "UPDATE matters_runningclock SET started_id = %s WHERE id = %s", other.started_id, clock.pk
    )
    assert "was started by an event of another matter" in found()[0]


def test_a_list_that_has_another_end_is_named(several):
    for told in ("2026-07-02 00:00:00+00:00", None):
        by_hand("UPDATE matters_matter SET next_due_at = %s WHERE id = %s", told, several.matter.pk)
        (words,) = found()
        assert words.endswith("is not where the list of matters has its end")


def test_a_re_based_matter_goes_by_its_new_edition(filed, person):
    later = replace(CASE.basis, in_force_from=dt.date(2026, 4, 1))
    faster = replace(CASE.clocks[0], limit="M02", pauses={}, resumes=(), extends={})
    catalogue.register(replace(CASE, edition="2026", basis=later, clocks=(faster, CASE.clocks[1])))
    plan = rebasing(filed.matter, "2026")
    leader = Acting(person("leader", name="leader"))
    rebase(filed.matter, plan, leader, "新规施行", version=filed.matter.version)
    assert found() == []


def test_a_line_that_is_not_installed_any_more_is_no_fault_and_its_ends_are_compared_still(several):
    catalogue.forget(CASE.code)
    assert found() == []
    clock = several.clock("decision")
    by_hand("UPDATE matters_runningclock SET last_day = '2026-07-01' WHERE id = %s", clock.pk)
    assert "ends on 2026-07-01" in found()[0]
    catalogue.register(CASE)  # as it was found


def test_a_clock_that_its_procedure_does_not_know_is_named(several):
    RunningClock.objects.filter(pk=several.clock("decision").pk).update(code="another")
    assert "the clock another is none of its procedure" in found()[0]


def test_nothing_is_said_while_a_new_version_has_not_followed(several, monkeypatch):
    RunningClock.objects.filter(pk=several.clock("decision").pk).update(last_day="2026-07-01")
    assert found()
    monkeypatch.setattr(following, "digest_of_installed", lambda: "newer")
    assert found() == []


def test_in_portions_it_finds_the_same(several, monkeypatch):
    monkeypatch.setattr(verifying_clocks, "_PORTION", 2)
    assert found() == []
    RunningClock.objects.update(last_day="2026-07-01")
    assert len(found()) == 6


def test_sound_clocks_take_no_more_queries_the_more_they_are(filed, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert found() == []
    for _ in range(10):
        filed_case(filed.cast, "03-02")
    with django_assert_max_num_queries(6):
        assert found() == []
