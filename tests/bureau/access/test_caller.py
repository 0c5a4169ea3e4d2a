"""A token opens the door while it is valid, and never wider than for its owner today."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.access.caller import Caller, Refusal, TokenRefusedError, caller_by_token
from zhihuan.bureau.access.issuing import issue, revoke
from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.people.backend import RoleBackend
from zhihuan.bureau.people.models import User

VIEW, ORDER = "registry.view_monitoringpoint", "acquisition.order_devicecommand"


@pytest.fixture
def officer(person):
    return person("值班员")


@pytest.fixture
def issued(officer):
    end = timezone.now() + dt.timedelta(days=1)
    return issue(officer, name="大屏", scopes=[VIEW], expires_at=end, by=officer)


def refusal(text: str) -> Refusal:
    with pytest.raises(TokenRefusedError) as refused:
        caller_by_token(text)
    return refused.value.refusal


def test_a_token_acts_within_its_scopes_although_its_owner_may_more(issued, officer):
    caller = caller_by_token(issued.text)
    assert caller.may(VIEW)
    assert officer.has_perm(ORDER)
    assert not caller.may(ORDER)


def test_a_session_is_not_narrowed(officer):
    assert Caller(officer).may(ORDER)


def test_a_right_the_owner_lost_is_lost_to_the_token(issued, person):
    person(name=issued.token.owner.username)  # no role any more
    assert not caller_by_token(issued.text).may(VIEW)


def test_strangers_text_is_refused(issued):
    for text in ("", "zhp_", issued.text[:-1], issued.text + "A", "字" * 70, "x" * 10_000):
        assert refusal(text) is Refusal.UNKNOWN


def test_an_expired_token_is_refused(issued):
    ApiToken.objects.update(expires_at=timezone.now())
    assert refusal(issued.text) is Refusal.EXPIRED


def test_a_revoked_token_is_refused(issued, officer):
    revoke(issued.token, by=officer)
    assert refusal(issued.text) is Refusal.REVOKED


def test_a_disabled_owner_s_token_is_refused(issued):
    User.objects.update(is_active=False)
    assert refusal(issued.text) is Refusal.OWNER_DISABLED


def test_an_account_that_the_sign_in_keeps_out_has_no_working_token(issued, monkeypatch):
    """Whatever the rule: a backend that would not let the owner sign in is asked here too."""
    monkeypatch.setattr(RoleBackend, "user_can_authenticate", lambda _self, _user: False)
    assert refusal(issued.text) is Refusal.OWNER_DISABLED


def test_a_grant_that_ended_is_over_for_the_token_too(issued, officer):
    assert caller_by_token(issued.text).may(VIEW)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    officer.grants.update(valid_from=yesterday, valid_until=yesterday)
    assert not caller_by_token(issued.text).may(VIEW)


def test_a_token_bound_to_addresses_opens_from_there_alone(issued):
    ApiToken.objects.update(addresses=["10.1.0.0/16", "2001:db8::/32"])
    for address in ("10.1.200.3", "::ffff:10.1.0.9", "2001:db8::5"):
        assert caller_by_token(issued.text, address).may(VIEW)
    for address in ("10.2.0.1", "2001:db9::1", "", "unknown"):
        with pytest.raises(TokenRefusedError) as refused:
            caller_by_token(issued.text, address)
        assert refused.value.refusal is Refusal.WRONG_ADDRESS


def test_use_is_noted_at_most_once_a_minute(issued, django_assert_num_queries):
    with django_assert_num_queries(2):
        caller_by_token(issued.text, "10.0.0.8")
    with django_assert_num_queries(1):
        caller_by_token(issued.text, "10.0.0.9")
    token = ApiToken.objects.get()
    assert token.last_used_address == "10.0.0.8"
    ApiToken.objects.update(last_used_at=token.last_used_at - dt.timedelta(minutes=2))
    caller_by_token(issued.text, "10.0.0.9")
    assert ApiToken.objects.get().last_used_address == "10.0.0.9"
