"""Tokens are issued within their owner's rights, for a year at most, and kept only as digests."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zhihuan.bureau.access.issuing import Bounds, digest_of, issue, revoke
from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.audit.models import AuditEntry

VIEW, ORDER = "registry.view_monitoringpoint", "acquisition.order_devicecommand"


@pytest.fixture
def officer(person):
    return person("执法人员")


def in_days(days: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def give(owner, **given):
    asked = {"name": "报表程序", "scopes": [VIEW], "expires_at": in_days(30), "by": owner} | given
    return issue(owner, **asked)


def test_the_text_is_given_once_and_only_its_digest_is_kept(officer):
    issued = give(officer)
    stored = ApiToken.objects.values().get()
    assert stored["digest"] == digest_of(issued.text)
    assert issued.text.startswith("zhp_")
    kept = json.dumps([stored, *AuditEntry.objects.values()], default=str)
    assert issued.text not in kept
    assert issued.text[4:] not in kept


def test_two_tokens_are_never_alike(officer):
    assert len({give(officer).text for _n in range(20)}) == 20


def test_a_system_token_is_told_apart_by_its_beginning(officer, person):
    issued = give(officer, kind=ApiToken.Kind.SYSTEM, by=person("安全管理员"))
    assert issued.text.startswith("zhs_")
    assert issued.token.created_by != issued.token.owner


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": [VIEW, ORDER]}, "scopes"),
        ({"scopes": ["no.such_permission"]}, "scopes"),
        ({"expires_at": in_days(366)}, "expires_at"),
        ({"expires_at": in_days(-0.01)}, "expires_at"),
        ({"bounds": Bounds(addresses=["10.1.0.0/16", "局域网"])}, "addresses"),
        ({"bounds": Bounds(addresses=[f"10.0.0.{n}" for n in range(30)])}, "addresses"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_issued(officer, given, field):
    with pytest.raises(ValidationError) as refused:
        give(officer, **given)
    assert list(refused.value.message_dict) == [field]
    assert not ApiToken.objects.exists()


def test_issuing_and_revoking_are_in_the_audit_trail(officer):
    token = give(officer, address="10.0.0.8").token
    assert revoke(token, by=officer, address="10.0.0.9")
    trail = AuditEntry.objects.order_by("id").values_list("action", "subject", "address")
    assert list(trail) == [
        ("token.issue", f"token:{token.pk}", "10.0.0.8"),
        ("token.revoke", f"token:{token.pk}", "10.0.0.9"),
    ]


def test_revoking_twice_is_revoking_once(officer):
    token = give(officer).token
    assert revoke(token, by=officer)
    first = ApiToken.objects.get().revoked_at
    assert not revoke(token, by=officer)
    assert ApiToken.objects.get().revoked_at == first
    assert AuditEntry.objects.filter(action="token.revoke").count() == 1


def test_nobody_issues_a_personal_token_to_somebody_else(officer, person):
    with pytest.raises(PermissionDenied):
        give(officer, by=person("安全管理员"))


@pytest.mark.parametrize("role", ["值班员", "系统管理员", "审计管理员"])
def test_system_tokens_are_issued_by_the_security_administrator_alone(officer, person, role):
    with pytest.raises(PermissionDenied):
        give(officer, kind=ApiToken.Kind.SYSTEM, by=person(role))


def test_a_disabled_account_is_given_no_token(officer):
    officer.is_active = False
    with pytest.raises(ValidationError) as refused:
        give(officer)
    assert "owner" in refused.value.message_dict


def test_no_token_outlives_what_the_setting_allows(officer, settings):
    settings.ZHIHUAN_TOKEN_DAYS = 7
    with pytest.raises(ValidationError):
        give(officer, expires_at=in_days(8))
    assert give(officer, expires_at=in_days(6))


def test_somebody_else_s_token_is_revoked_by_the_security_administrator_alone(officer, person):
    token = give(officer).token
    with pytest.raises(PermissionDenied):
        revoke(token, by=person("系统管理员"))
    assert revoke(token, by=person("安全管理员"))
