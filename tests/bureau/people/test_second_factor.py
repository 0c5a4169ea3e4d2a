"""Whose second factor is demanded, which is the last, and what happens when it is lost."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.second_factor import (
    has_second_factor,
    is_last,
    lacking,
    must_have_second_factor,
    take_away,
)

pytestmark = pytest.mark.django_db
TOTP, KEY, CODES = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)


def give(user, *kinds):
    return [Authenticator.objects.create(user=user, type=kind, data={}) for kind in kinds]


@pytest.mark.parametrize(
    ("role", "demanded"),
    [("系统管理员", True), ("安全管理员", True), ("审计管理员", True), ("局领导", False)],
)
def test_the_three_administrators_must_have_one(person, role, demanded):
    assert must_have_second_factor(person(role)) is demanded


def test_a_bureau_may_demand_it_of_others(person, settings):
    settings.ZHIHUAN_SECOND_FACTOR_ROLES = ["leader"]
    assert must_have_second_factor(person("局领导"))
    assert not must_have_second_factor(person("系统管理员"))


def test_the_demo_s_accounts_are_left_out(person):
    user = person("系统管理员")
    user.synthetic = True
    assert not must_have_second_factor(user)


def test_recovery_codes_alone_are_no_second_factor(person):
    user = person("值班员")
    give(user, CODES)
    assert not has_second_factor(user)
    give(user, KEY)
    assert has_second_factor(user)


def test_the_last_one_is_told_apart(person):
    user = person("值班员")
    app, key, _codes = give(user, TOTP, KEY, CODES)
    assert not is_last(app)
    key.delete()
    assert is_last(app)


def test_taking_it_away_forgets_everything_and_ends_the_sessions(person, client, rf):
    from allauth.usersessions.models import UserSession

    user = person("值班员")
    give(user, TOTP, CODES)
    client.force_login(user)
    UserSession.objects.create(
        user=user, session_key=client.session.session_key, ip="10.0.0.8", user_agent="x"
    )
    assert take_away(user, actor=None, why="手机遗失") == 2
    assert not user.authenticator_set.exists()
    assert client.get("/accounts/").status_code == 302
    entry = AuditEntry.objects.get(action="account.reset_second_factor")
    assert entry.detail == {"count": 2, "why": "手机遗失"}


def test_those_who_lack_theirs_are_found_at_once(person, django_assert_num_queries):
    lacks, has = person("系统管理员", name="lacks"), person("安全管理员", name="has")
    lacks.authenticator_set.all().delete()
    users = [lacks, has, person("值班员", name="needs-none")]
    with django_assert_num_queries(2):
        assert lacking(users) == [lacks]
