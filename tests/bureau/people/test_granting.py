"""Who may be given which role, where, and how it ends; each refusal in its words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import Change
from zhihuan.bureau.people.granting import grant_role, revoke_role
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.roles import (
    AUDIT_ADMINISTRATOR,
    DUTY_OFFICER,
    ENTERPRISE_USER,
    FIELD_OFFICER,
    REGISTRAR,
    SECURITY_ADMINISTRATOR,
)
from zhihuan.bureau.people.scope import forget_grants, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(person):
    return person(SECURITY_ADMINISTRATOR, name="security")


@pytest.fixture
def officer(person):
    return person(name="officer")


def wish(user, role, at=None, **more) -> RoleGrant:
    place = at or user.organisation
    return RoleGrant(user=user, role=role, organisation=place, reason="任职通知", **more)


def refusal(grant, actor) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as found:
        grant_role(grant, actor=actor)
    assert not RoleGrant.objects.filter(user=grant.user, role=grant.role, pk=grant.pk).exists()
    return found.value.message_dict


def test_a_grant_gives_the_right_and_is_written_down_with_its_days_and_reason(security, officer):
    today = timezone.localdate()
    grant_role(
        wish(officer, DUTY_OFFICER, valid_until=today + dt.timedelta(30)),
        actor=security,
        address="10.0.0.9",
    )
    assert may(officer, "acquisition.order_devicecommand")
    entry = AuditEntry.objects.get(action="role.grant")
    assert (entry.subject, entry.actor, entry.address) == ("account:officer", security, "10.0.0.9")
    assert entry.detail["role"] == DUTY_OFFICER
    assert entry.detail["valid_until"] == (today + dt.timedelta(30)).isoformat()
    assert entry.detail["why"] == "任职通知"
    assert Change.objects.filter(model="people.rolegrant", before__isnull=True).count() == 1


def test_nobody_grants_anything_to_themselves(security):
    words = refusal(wish(security, SECURITY_ADMINISTRATOR), security)
    assert "另一名安全管理员" in words["user"][0]


def test_an_administrator_gets_no_second_role_and_is_told_which_collide(security, person):
    audit = person(AUDIT_ADMINISTRATOR, name="audit")
    words = refusal(wish(audit, REGISTRAR), security)["role"][0]
    assert "三员分立" in words
    assert "审计管理员" in words
    assert "档案管理员" in words


def test_roles_that_never_meet_on_one_day_do_not_collide(security, person):
    today = timezone.localdate()
    audit = person(AUDIT_ADMINISTRATOR, name="audit")
    audit.grants.update(valid_until=today + dt.timedelta(5))
    refusal(wish(audit, REGISTRAR, valid_from=today + dt.timedelta(5)), security)
    grant_role(wish(audit, REGISTRAR, valid_from=today + dt.timedelta(6)), actor=security)
    assert audit.grants.count() == 2


def test_the_bureaus_roles_are_not_for_outsiders_nor_theirs_for_the_bureau(
    security, officer, person
):
    firm = Organisation.objects.create(name="某企业", kind="enterprise")
    outsider = person(name="outsider", at=firm)
    at_bureau = refusal(wish(outsider, FIELD_OFFICER, at=officer.organisation), security)
    assert "不能授予局外人员" in at_bureau["role"][0]
    assert "只能在本局机构任职" in str(refusal(wish(officer, FIELD_OFFICER, at=firm), security))
    assert "不能授予本局人员" in str(refusal(wish(officer, ENTERPRISE_USER, at=firm), security))
    grant_role(wish(outsider, ENTERPRISE_USER, at=firm), actor=security)
    assert may(outsider, "registry.view_enterprise")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"closed_on": dt.date(2020, 1, 1)}, "organisation", "已撤销"),
        ({"is_active": False}, "user", "已停用"),
        ({"organisation": None}, "role", "没有所属机构"),
    ],
)
def test_neither_closed_bodies_nor_dead_accounts_take_roles(security, person, change, field, words):
    section = Organisation.objects.create(
        name="执法科", kind="section", parent=security.organisation
    )
    officer = person(name="other", at=section)
    for name, value in change.items():
        setattr(section if name == "closed_on" else officer, name, value)
    assert words in refusal(wish(officer, FIELD_OFFICER, at=section), security)[field][0]


def test_the_same_twice_and_days_gone_by_are_refused(security, officer):
    today = timezone.localdate()
    grant_role(wish(officer, DUTY_OFFICER), actor=security)
    assert "期限重叠" in refusal(wish(officer, DUTY_OFFICER), security)["role"][0]
    gone = wish(
        officer, REGISTRAR, valid_from=today - dt.timedelta(9), valid_until=today - dt.timedelta(1)
    )
    assert "截止日期已过" in refusal(gone, security)["valid_until"][0]


def test_revoking_ends_the_right_keeps_the_grant_and_needs_a_reason(security, officer):
    grant = grant_role(wish(officer, DUTY_OFFICER), actor=security)
    with pytest.raises(ValidationError, match="请填写收回事由"):
        revoke_role(grant, actor=security, why=" ")
    revoke_role(grant, actor=security, why="调离")
    forget_grants(officer)
    assert not may(officer, "acquisition.order_devicecommand")
    grant.refresh_from_db()
    assert (grant.revoked_by, grant.revoked_at is not None) == (security, True)
    assert AuditEntry.objects.get(action="role.revoke").detail["why"] == "调离"
    with pytest.raises(ValidationError, match="已经收回"):
        revoke_role(grant, actor=security, why="再收")


def test_the_last_administrator_of_a_kind_stays(security, person):
    other = person(SECURITY_ADMINISTRATOR, name="second")
    grant = security.grants.get()
    other.is_active = False
    other.save()
    with pytest.raises(ValidationError, match="将无人履职"):
        revoke_role(grant, actor=other, why="轮岗")
    other.is_active = True
    other.save()
    revoke_role(grant, actor=other, why="轮岗")
    assert not security.grants.in_force().exists()


def test_a_revoked_grant_lets_an_otherwise_incompatible_one_be(security, person):
    audit = person(AUDIT_ADMINISTRATOR, name="audit")
    person(AUDIT_ADMINISTRATOR, name="audit2")
    revoke_role(audit.grants.get(), actor=security, why="轮岗")
    grant_role(wish(audit, REGISTRAR), actor=security)
    audit.grants.order_by("pk")[0].full_clean()  # what is over collides with nothing
