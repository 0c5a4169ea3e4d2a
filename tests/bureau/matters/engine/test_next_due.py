"""The end that comes first stands on the matter's row after everything that moves a clock."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.engine.next_due import copy_next_due
from zhihuan.bureau.matters.models import Matter, RunningClock


def kept(matter) -> dt.datetime | None:
    return Matter.objects.get(pk=matter.pk).next_due_at


def first_end(matter) -> dt.datetime | None:
    """Reckoned in a loop, from the clocks alone."""
    rows = RunningClock.objects.filter(matter=matter.pk)
    return min(
        (row.due_at for row in rows if row.outcome == "running" and row.due_at), default=None
    )


def test_a_matter_without_a_clock_has_none(walk):
    assert kept(walk.matter) is None


def test_it_follows_the_clocks_from_step_to_step(filed):
    head, officer = filed.cast.head, filed.cast.officer
    begun = kept(filed.matter)
    assert begun == first_end(filed.matter) is not None
    filed.take("appraise", officer, "03-04")
    assert kept(filed.matter) is None, "it stands still"
    filed.take("appraised", officer, "03-10")
    after_standstill = kept(filed.matter)
    assert after_standstill == first_end(filed.matter) > begun
    filed.take("extend", head, "03-11", why="案情复杂")
    lengthened = kept(filed.matter)
    assert lengthened == first_end(filed.matter) > after_standstill
    filed.take("submit", officer, "03-12")
    filed.take("decide", head, "03-13", fine="30000", served_on="2026-03-13")
    assert kept(filed.matter) == first_end(filed.matter) < lengthened, "the party's clock runs now"
    filed.take("answer", filed.cast.owner, "03-16")
    assert kept(filed.matter) is None, "it is over"


def test_a_year_that_is_loaded_late_moves_it(walk, cast):
    walk.take("file", cast.officer, "11-10", officers=[cast.officer, cast.second])
    before = kept(walk.matter)
    load_year("date,status\n2027-01-01,放假\n2027-02-08,放假\n", cast.head)
    assert kept(walk.matter) == first_end(walk.matter) == before + dt.timedelta(days=1)


def test_the_migration_fills_it_for_what_was_there_before(filed, case):
    was = kept(filed.matter)
    Matter.objects.update(next_due_at=None)
    import_module("zhihuan.bureau.matters.migrations.0004_next_due").copy(apps, None)
    assert kept(filed.matter) == was is not None


@pytest.mark.django_db
def test_any_number_of_matters_is_one_update(django_assert_num_queries):
    with django_assert_num_queries(1):
        copy_next_due(Matter.objects.all())
