"""A look at an undoing tells what the undoing does, and what hinders it; it changes nothing."""

from __future__ import annotations

import pytest

from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.history.past import CannotUndoError, undo
from zhihuan.bureau.history.preview import hindrance, reversals
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import MonitoringPoint, Outlet, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with changing(None, why="登记") as changes:
        row = Site(code="S1", name="甲", address="一路", town=find_town("三角镇"))
        changes.create(row)
    return row


def newest():
    return ChangeSet.objects.first()


def looked(act):
    return reversals(list(act.changes.order_by("-id")))


def test_fields_as_they_are_and_as_they_would_be(site):
    with changing(None, why="更名") as changes:
        changes.update(site, name="乙")
    (found,) = looked(newest())
    assert found.fields == {"name": ("乙", "甲")}
    assert found.conflict == ""
    undo(newest(), None)
    site.refresh_from_db()
    assert site.name == "甲"


def test_twice_in_one_act_is_no_conflict(site):
    with changing(None, why="更名") as changes:
        changes.update(site, name="乙")
        changes.update(site, name="丙")
    found = looked(newest())
    assert [each.fields["name"] for each in found] == [("丙", "乙"), ("乙", "甲")]
    assert not any(each.conflict for each in found)
    assert hindrance(newest(), None) == ""
    undo(newest(), None)


@pytest.mark.parametrize("later", ["change", "delete"])
def test_what_was_built_upon_it_is_told_before_it_hinders(site, later):
    with changing(None, why="更名") as changes:
        changes.update(site, name="乙")
    act = newest()
    with changing(None, why="之后") as changes:
        changes.update(site, name="丙") if later == "change" else changes.delete(site)
    (found,) = looked(act)
    assert found.conflict in {"之后又被修改", "记录已不存在"}
    assert hindrance(act, None)
    with pytest.raises(CannotUndoError):
        undo(act, None)


def test_a_record_on_which_others_hang_is_told(site):
    act = newest()
    Outlet.objects.create(site=site, number="DW001", name="排口", medium="water")
    assert looked(act)[0].conflict == ""
    assert "已有其他记录关联" in hindrance(act, None)


def test_looking_leaves_everything_as_it_was(site):
    before = ChangeSet.objects.count()
    assert hindrance(newest(), None) == ""
    assert ChangeSet.objects.count() == before
    assert Site.objects.filter(code="S1").exists()


def test_one_query_for_each_kind_of_record(site, django_assert_num_queries):
    with changing(None, why="批量") as changes:
        for number in range(9):
            changes.update(site, name=f"名{number}")
            changes.create(MonitoringPoint(
                code=f"P{number}", name="点", kind="river", site=site, town=site.town, lon=113.4, lat=22.6,
            ))  # fmt: skip
    changes = list(newest().changes.order_by("-id"))
    with django_assert_num_queries(2):
        reversals(changes)
