"""Accounts: opened, locked, left; what each ends, what is refused, and that no password is written down."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import Change
from zhihuan.bureau.people import open_work
from zhihuan.bureau.people.accounts import lock, new_password, open_account, unlock
from zhihuan.bureau.people.leaving import come_back, leave
from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.bureau.people.roles import (
    AUDIT_ADMINISTRATOR,
    DUTY_OFFICER,
    FIELD_OFFICER,
    SYSTEM_ADMINISTRATOR,
)
from zhihuan.bureau.people.scope import forget_grants, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(person):
    return person(SYSTEM_ADMINISTRATOR, name="keeper")


@pytest.fixture
def officer(person):
    return person(DUTY_OFFICER, name="officer")


def everything_written() -> str:
    return str(list(AuditEntry.objects.values())) + str(list(Change.objects.values()))


def test_a_new_account_has_no_right_and_a_password_that_must_be_changed(keeper):
    made = User(username="new", display_name="新人", organisation=keeper.organisation)
    password = open_account(made, actor=keeper, why="录用通知")
    made = User.objects.get(username="new")
    assert made.check_password(password)
    assert made.must_change_password
    assert not made.grants.exists()
    assert AuditEntry.objects.get(action="account.open").detail["why"] == "录用通知"
    assert password not in everything_written()
    assert made.password not in everything_written()


def test_a_reset_password_replaces_the_old_one(keeper, officer):
    officer.set_password("an-Old-password-1")
    officer.save()
    password = new_password(officer, actor=keeper, why="本人忘记")
    officer.refresh_from_db()
    assert officer.check_password(password)
    assert not officer.check_password("an-Old-password-1")
    assert officer.must_change_password
    assert password not in everything_written()
    with pytest.raises(ValidationError, match="自己的账号"):
        new_password(keeper, actor=keeper, why="x")


def test_a_locked_account_may_nothing_until_it_is_unlocked(keeper, officer):
    lock(officer, actor=keeper, why="异地登录")
    officer = User.objects.get(pk=officer.pk)
    assert not officer.may_sign_in
    assert not may(officer, "acquisition.order_devicecommand")
    with pytest.raises(ValidationError, match="不能重置"):
        new_password(officer, actor=keeper, why="x")
    unlock(officer, actor=keeper, why="核实为本人")
    assert may(User.objects.get(pk=officer.pk), "acquisition.order_devicecommand")
    acts = AuditEntry.objects.filter(subject="account:officer").values_list("action", flat=True)
    assert {"account.lock", "account.unlock"} <= set(acts)


@pytest.mark.parametrize("act", [lock, leave])
def test_neither_oneself_nor_the_last_administrator_nor_without_reason(act, keeper, person):
    audit = person(AUDIT_ADMINISTRATOR, name="audit")
    with pytest.raises(ValidationError, match="自己的账号"):
        act(keeper, actor=keeper, why="x")
    with pytest.raises(ValidationError, match="将无人履职"):
        act(audit, actor=keeper, why="x")
    with pytest.raises(ValidationError, match="事由"):
        act(audit, actor=keeper, why=" ")
    audit.refresh_from_db()
    assert audit.may_sign_in


def test_whoever_leaves_loses_every_right_on_either_side_and_gets_none_back(
    keeper, officer, person
):
    deputy = person(FIELD_OFFICER, name="deputy")
    until = timezone.localdate() + dt.timedelta(9)
    lent = {"role": DUTY_OFFICER, "organisation": officer.organisation, "valid_until": until}
    RoleGrant.objects.create(user=deputy, on_behalf_of=officer, **lent)
    other = person(DUTY_OFFICER, name="other")
    RoleGrant.objects.create(user=officer, on_behalf_of=other, **lent)
    leave(officer, actor=keeper, why="退休")
    assert not User.objects.get(pk=officer.pk).is_active
    assert not RoleGrant.objects.in_force().filter(user=officer).exists()
    forget_grants(deputy)
    assert not may(deputy, "acquisition.order_devicecommand")
    assert {each.role for each in RoleGrant.objects.in_force().filter(user=deputy)} == {
        FIELD_OFFICER
    }
    come_back(officer, actor=keeper, why="返聘")
    back = User.objects.get(pk=officer.pk)
    assert back.may_sign_in
    assert not may(back, "acquisition.order_devicecommand")


def test_nobody_leaves_with_open_work_and_nobody_to_take_it(keeper, officer, person, monkeypatch):
    hands = {"a": officer, "b": officer}

    def move(holder, successor, places, actor):
        mine = [each for each, who in hands.items() if who == holder]
        hands.update(dict.fromkeys(mine, successor))
        return len(mine)

    work = open_work.OpenWork(
        "matters", "事项", lambda who, _places: sum(each == who for each in hands.values()), move
    )
    monkeypatch.setattr(open_work, "_registered", {"matters": work})
    with pytest.raises(ValidationError, match="事项 2"):
        leave(officer, actor=keeper, why="退休")
    assert User.objects.get(pk=officer.pk).is_active
    locked = person(name="locked")
    locked.locked_at = timezone.now()
    with pytest.raises(ValidationError, match="另一个在用账号"):
        leave(officer, actor=keeper, why="退休", successor=locked)
    successor = person(name="successor")
    assert leave(officer, actor=keeper, why="退休", successor=successor) == {"matters": 2}
    assert set(hands.values()) == {successor}
    entry = AuditEntry.objects.get(action="account.leave")
    assert (entry.detail["successor"], entry.detail["moved"]) == ("successor", {"matters": 2})
