"""Lending roles for a time: never more than the lender has, never longer, never passed on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people import open_work
from zhihuan.bureau.people.delegation import (
    LONGEST,
    Delegation,
    delegate,
    end_delegation,
    lendable,
    lent_by,
    lent_to,
)
from zhihuan.bureau.people.granting import revoke_role
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.roles import (
    AUDIT_ADMINISTRATOR,
    DUTY_OFFICER,
    FIELD_OFFICER,
    REGISTRAR,
    SECURITY_ADMINISTRATOR,
)
from zhihuan.bureau.people.scope import forget_grants, may

pytestmark = pytest.mark.django_db
ORDER = "acquisition.order_devicecommand"


@pytest.fixture
def holder(person):
    return person(DUTY_OFFICER, REGISTRAR, name="holder")


@pytest.fixture
def deputy(person):
    return person(FIELD_OFFICER, name="deputy")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def wanted(holder, deputy, today):
    def make(**other):
        given = {
            "holder": holder, "deputy": deputy, "first": today, "why": "年休假",
            "last": today + dt.timedelta(7), "roles": [holder.grants.get(role=DUTY_OFFICER)],
        }  # fmt: skip
        return Delegation(**given | other)

    return make


def refusal(wanted) -> dict[str, list[str]]:
    before = RoleGrant.objects.count()
    with pytest.raises(ValidationError) as found:
        delegate(wanted, actor=wanted.holder)
    assert RoleGrant.objects.count() == before
    return found.value.message_dict


def test_the_deputy_may_what_was_lent_for_its_days_and_both_sides_and_the_trail_tell(
    wanted, holder, deputy, today
):
    delegate(wanted(), actor=holder)
    forget_grants(deputy)
    assert may(deputy, ORDER)
    assert not may(deputy, "registry.change_vehicle"), "the other role was not lent"
    lent = lent_by(holder).get()
    assert lent == lent_to(deputy).get()
    assert (lent.on_behalf_of, lent.valid_until) == (holder, today + dt.timedelta(7))
    entry = AuditEntry.objects.get(action="role.grant")
    assert (entry.subject, entry.detail["on_behalf_of"]) == ("account:deputy", "holder")
    later = RoleGrant.objects.in_force(today + dt.timedelta(8))
    assert not later.filter(user=deputy, role=DUTY_OFFICER).exists()


@pytest.mark.parametrize("way", ["revoked", "deleted by hand", "ended", "not yet"])
def test_a_deputy_never_may_more_than_the_lender_has_whichever_way_it_ended(
    wanted, holder, deputy, today, way, person
):
    delegate(wanted(), actor=holder)
    own = holder.grants.filter(role=DUTY_OFFICER)
    if way == "revoked":
        revoke_role(own.get(), actor=person(SECURITY_ADMINISTRATOR), why="调离")
        assert lent_by(holder).get().revoked_at is not None
    elif way == "deleted by hand":
        own.delete()
    elif way == "ended":
        own.update(valid_from=today - dt.timedelta(9), valid_until=today - dt.timedelta(1))
    else:
        own.update(valid_from=today + dt.timedelta(1))
    forget_grants(deputy)
    assert not may(deputy, ORDER)


def test_what_ends_sooner_is_lent_no_longer(wanted, holder, today):
    holder.grants.filter(role=DUTY_OFFICER).update(valid_until=today + dt.timedelta(2))
    given = delegate(wanted(roles=[holder.grants.get(role=DUTY_OFFICER)]), actor=holder).grants
    assert given[0].valid_until == today + dt.timedelta(2)


def test_what_was_lent_is_not_passed_on(wanted, holder, deputy, person):
    delegate(wanted(), actor=holder)
    lent = deputy.grants.get(role=DUTY_OFFICER)
    assert {each.role for each in lendable(deputy)} == {FIELD_OFFICER}
    third = person(name="third")
    words = refusal(wanted(holder=deputy, deputy=third, roles=[lent]))
    assert "可委托的范围" in words["roles"][0]


def test_nothing_of_somebody_else_can_be_lent(wanted, deputy, person):
    other = person(DUTY_OFFICER, name="other")
    words = refusal(wanted(roles=[other.grants.get()]))
    assert "可委托的范围" in words["roles"][0]


def test_administrators_neither_lend_nor_stand_in(wanted, person):
    audit = person(AUDIT_ADMINISTRATOR, name="audit")
    assert lendable(audit) == []
    assert "三员分立" in refusal(wanted(deputy=audit))["deputy"][0]


def test_an_outsider_does_not_stand_in_for_the_bureau(wanted, person):
    firm = Organisation.objects.create(name="某企业", kind="enterprise")
    words = refusal(wanted(deputy=person(name="outsider", at=firm)))
    assert "不能授予局外人员" in words["deputy"][0]


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (-1, 3, "first", "不能倒签"),
        (3, 1, "last", "早于起始"),
        (0, LONGEST.days + 1, "last", "最长"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(wanted, today, first, last, field, words):
    given = wanted(first=today + dt.timedelta(first), last=today + dt.timedelta(last))
    assert words in refusal(given)[field][0]


def test_neither_oneself_nor_a_dead_account_nor_nothing_nor_without_reason(wanted, holder, deputy):
    assert "不能委托给自己" in refusal(wanted(deputy=holder))["deputy"][0]
    assert "至少选择" in refusal(wanted(roles=[]))["roles"][0]
    assert "事由" in refusal(wanted(why=" "))["why"][0]
    deputy.is_active = False
    assert "已停用" in refusal(wanted())["deputy"][0]


def test_the_same_cannot_be_lent_twice_for_the_same_days(wanted, holder):
    delegate(wanted(), actor=holder)
    assert "已有同样的委托" in refusal(wanted())["roles"][0]


def test_either_side_may_end_it_before_its_time_and_nobody_else(wanted, holder, deputy, person):
    (lent,) = delegate(wanted(), actor=holder).grants
    with pytest.raises(ValidationError, match="本人"):
        end_delegation(lent, actor=person(name="third"), why="x")
    with pytest.raises(ValidationError, match="事由"):
        end_delegation(lent, actor=deputy, why="")
    end_delegation(lent, actor=deputy, why="提前返岗")
    forget_grants(deputy)
    assert not may(deputy, ORDER)
    with pytest.raises(ValidationError, match="已经结束"):
        end_delegation(lent, actor=holder, why="再来")
    with pytest.raises(ValidationError, match="本人"):
        end_delegation(holder.grants.filter(on_behalf_of=None)[0], actor=holder, why="自己的")


# ---- open work --------------------------------------------------------------------------------


@pytest.fixture
def work(monkeypatch):
    """A room with three matters in hand, as a dictionary matter → handler."""
    monkeypatch.setattr(open_work, "_registered", {})
    hands: dict[str, object] = {}

    def move(holder, deputy, places, actor):
        mine = [matter for matter, who in hands.items() if who == holder]
        hands.update(dict.fromkeys(mine, deputy))
        return len(mine)

    def count(holder, places):
        return sum(who == holder for who in hands.values())

    open_work.register_open_work(open_work.OpenWork("matters", "事项", count, move))
    return hands


def test_open_work_moves_with_the_roles_when_asked(work, wanted, holder, deputy):
    work |= {"a": holder, "b": holder, "c": deputy}
    assert [(each.work.code, each.count) for each in open_work.in_hand(holder, [])] == [
        ("matters", 2)
    ]
    assert delegate(wanted(hand_over=True), actor=holder).moved == {"matters": 2}
    assert set(work.values()) == {deputy}


def test_open_work_stays_when_not_asked_or_refused(work, wanted, holder):
    work |= {"a": holder}
    delegate(wanted(), actor=holder)
    refusal(wanted(hand_over=True))
    assert work == {"a": holder}


def test_the_same_kind_of_work_is_registered_once(work):
    again = open_work.OpenWork("matters", "事项", lambda *_: 0, lambda *_: 0)
    with pytest.raises(ValueError, match="registered twice"):
        open_work.register_open_work(again)
