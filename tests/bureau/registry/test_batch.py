"""One value for many records: what becomes of each is decided before anything is written."""

from __future__ import annotations

import pytest

from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.history.past import undo
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.batch import outcomes, write
from zhihuan.bureau.registry.models import Enterprise, Site
from zhihuan.bureau.search.agreement import compare

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    town = find_town("三角镇")
    return [
        Enterprise.objects.create(
            code=f"QY{n}", name=f"厂{n}", kind="enterprise", town=town, no_code_reason="" if n == 2 else "模拟"
        )
        for n in range(4)
    ]  # fmt: skip


def test_each_is_told_apart_before_anything_is_written(rows):
    rows[3].status = "closed"
    rows[3].save()
    found = outcomes(rows, {"status": "closed"})
    assert [each.is_change for each in found] == [True, True, False, False]
    assert "无信用代码的原因" in found[2].error
    assert found[0].before == {"status": "operating"}
    assert found[3].before == {}
    assert set(Enterprise.objects.values_list("status", flat=True)) == {"operating", "closed"}
    assert Enterprise.objects.filter(status="closed").count() == 1


def test_it_asks_the_database_nothing(rows, django_assert_num_queries):
    town = find_town("小榄镇")
    with django_assert_num_queries(0):
        found = outcomes(list(rows), {"town": town, "level": "key"})
    assert sum(each.is_change for each in found) == 3


def test_written_as_one_act_and_undone_as_one(rows):
    with changing(None, why="区划调整", kind=ChangeSet.Kind.BATCH) as changes:
        assert write(changes, outcomes(rows, {"town": find_town("小榄镇"), "level": "key"})) == 3
    act = ChangeSet.objects.get()
    assert act.changes.count() == 3
    assert Enterprise.objects.filter(town=find_town("小榄镇"), level="key").count() == 3
    assert not any(compare())
    undo(act, None)
    assert not Enterprise.objects.filter(level="key").exists()
    assert Enterprise.objects.filter(town=find_town("三角镇")).count() == 4


def test_a_value_that_fits_no_record_is_refused_for_each():
    site = Site.objects.create(code="S1", name="x", town=find_town("三角镇"))
    (found,) = outcomes([site], {"name": "长" * 200})
    assert found.error
    assert not found.is_change
