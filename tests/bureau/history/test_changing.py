"""Every change is written down with it; the past can be read; an act can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.history.past import CannotUndoError, as_of, undo
from zhihuan.bureau.registry.models import Contact, Enterprise, MonitoringPoint, Site

pytestmark = pytest.mark.django_db

TOWN = "442000118"


def firm(code: str = "E1", **more) -> Enterprise:
    given = {"name": "某厂", "kind": "enterprise", "no_code_reason": "测试", "town_id": TOWN}
    return Enterprise(code=code, **{**given, **more})


@pytest.fixture
def made(person):
    row = firm()
    with changing(person("档案管理员"), why="登记") as changes:
        changes.create(row)
    return row


def test_a_change_is_kept_as_it_was_and_as_it_became(made, person):
    with changing(person("档案管理员"), why="改名") as changes:
        assert changes.update(made, name="新名", address="新路1号")
    change = Change.objects.last()
    assert (change.before, change.after) == (
        {"name": "某厂", "address": ""},
        {"name": "新名", "address": "新路1号"},
    )
    assert (change.model, change.object_id) == ("registry.enterprise", str(made.pk))
    assert (change.about_id, change.change_set.why) == (made.pk, "改名")


def test_an_act_that_changes_nothing_leaves_nothing(made, person):
    count = ChangeSet.objects.count()
    with changing(person("档案管理员")) as changes:
        assert not changes.update(made, name="某厂")
    assert ChangeSet.objects.count() == count


def test_an_act_that_fails_half_way_leaves_nothing(made, person):
    actor = person("档案管理员")

    def half_right():
        with changing(actor) as changes:
            changes.update(made, name="新名")
            changes.create(firm("E2", no_code_reason=""))

    with pytest.raises(ValidationError, match="统一社会信用代码"):
        half_right()
    made.refresh_from_db()
    assert (made.name, Enterprise.objects.count(), ChangeSet.objects.count()) == ("某厂", 1, 1)


def test_secrets_never_enter_the_history(outlet, person):
    device = outlet.devices.get()
    with changing(person("档案管理员")) as changes:
        device.password = "another-secret"
        changes.update(device, system_type="31")
    stored = str(Change.objects.last().before) + str(Change.objects.last().after)
    assert "sealed" not in stored
    assert "31" in stored


def test_the_past_is_read_back_with_what_is_gone_and_without_what_came_later(made, person):
    actor = person("档案管理员")
    gone = Contact(enterprise=made, name="李四")
    with changing(actor) as changes:
        changes.create(gone)
    moment = timezone.now()
    with changing(actor) as changes:
        changes.update(made, name="新名")
        changes.delete(gone)
        changes.create(Contact(enterprise=made, name="王五"))
    (then,) = as_of(Enterprise, moment, [made])
    assert (then.name, then.code) == ("某厂", "E1")
    people = as_of(Contact, moment, made.contacts.all(), about={made.pk})
    assert [(p.name, p.enterprise_id) for p in people] == [("李四", made.pk)]
    assert as_of(Enterprise, moment - dt.timedelta(days=1), [made]) == []


def test_undo_takes_an_act_back_and_is_itself_an_act(made, person):
    actor = person("档案管理员")
    with changing(actor) as changes:
        changes.update(made, name="新名")
        changes.create(Contact(enterprise=made, name="李四"))
    act = changes.change_set
    undo(act, actor, "录错")
    made.refresh_from_db()
    assert (made.name, made.contacts.count()) == ("某厂", 0)
    with pytest.raises(CannotUndoError, match="已经撤销"):
        undo(act, actor)
    undo(ChangeSet.objects.get(undoes=act), actor, "没录错")
    made.refresh_from_db()
    assert (made.name, made.contacts.count()) == ("新名", 1)


def test_undo_refuses_what_was_changed_since_and_what_others_hang_on(made, person):
    actor = person("档案管理员")
    first = Change.objects.get(object_id=str(made.pk)).change_set
    with changing(actor) as changes:
        changes.update(made, name="新名")
    with pytest.raises(CannotUndoError, match="之后又被修改"):
        undo(first, actor)
    undo(changes.change_set, actor)
    Site.objects.create(code="S", name="厂", enterprise=made, town_id=TOWN)
    with pytest.raises(CannotUndoError, match="其他记录关联"):
        undo(first, actor)
    assert Enterprise.objects.filter(pk=made.pk).exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(names=st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=1, max_size=6))
def test_any_moment_of_any_history_comes_out_again(person, names):
    actor = person("档案管理员")
    point = MonitoringPoint(
        code=f"P{MonitoringPoint.objects.count()}", name="始", kind="river", town_id=TOWN,
        lon=113.2, lat=22.6,
    )  # fmt: skip
    seen = []
    with changing(actor) as changes:
        changes.create(point)
    seen.append((timezone.now(), "始"))
    for name in names:
        with changing(actor) as changes:
            changes.update(point, name=name)
        seen.append((timezone.now(), name))
    for moment, name in seen:
        (then,) = as_of(MonitoringPoint, moment, [MonitoringPoint.objects.get(pk=point.pk)])
        assert then.name == name
