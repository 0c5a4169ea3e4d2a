"""Unsafe ways of signing in are told: the setting or the accounts, the danger, the remedy."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from zhihuan.bureau.people.models import User
from zhihuan.web.sign_in_safety import account_findings, sign_in_findings

THREE = ["system_administrator", "security_administrator", "audit_administrator"]
SAFE = {
    "SESSION_COOKIE_AGE": 1800,
    "ZHIHUAN_SESSION_MAX_HOURS": 12,
    "ZHIHUAN_SESSIONS_PER_PERSON": 5,
    "ZHIHUAN_SECOND_FACTOR_ROLES": THREE,
    "ZHIHUAN_OIDC_SERVER": "https://id.example.gov.cn",
    "ZHIHUAN_OIDC_CLIENT_ID": "zhihuan",
    "ZHIHUAN_OIDC_CLIENT_SECRET": "x" * 40,
    "ZHIHUAN_OIDC_CLAIM": "sub",
}


def told(**given) -> list[tuple[str, bool]]:
    found = list(sign_in_findings(SimpleNamespace(**SAFE | given)))
    assert all(finding.problem.endswith((".", ").")) and finding.remedy for finding in found)
    return [(finding.setting, finding.is_error) for finding in found]


def test_safe_settings_are_not_told():
    assert told() == []
    nothing = {"ZHIHUAN_OIDC_CLIENT_ID": "", "ZHIHUAN_OIDC_CLIENT_SECRET": ""}
    assert told(ZHIHUAN_OIDC_SERVER="", **nothing) == []


@pytest.mark.parametrize(
    ("given", "setting", "is_error"),
    [
        ({"SESSION_COOKIE_AGE": 3600}, "ZHIHUAN_SESSION_HOURS", False),
        ({"ZHIHUAN_SESSION_MAX_HOURS": 25}, "ZHIHUAN_SESSION_MAX_HOURS", False),
        ({"ZHIHUAN_SESSIONS_PER_PERSON": 0}, "ZHIHUAN_SESSIONS_PER_PERSON", False),
        ({"ZHIHUAN_SECOND_FACTOR_ROLES": THREE[:2]}, "ZHIHUAN_SECOND_FACTOR_ROLES", False),
        ({"ZHIHUAN_SECOND_FACTOR_ROLES": [*THREE, "king"]}, "ZHIHUAN_SECOND_FACTOR_ROLES", True),
        ({"ZHIHUAN_OIDC_SERVER": "http://id.example"}, "ZHIHUAN_OIDC_SERVER", True),
        ({"ZHIHUAN_OIDC_CLIENT_ID": ""}, "ZHIHUAN_OIDC_CLIENT_ID", True),
        ({"ZHIHUAN_OIDC_CLIENT_SECRET": ""}, "ZHIHUAN_OIDC_CLIENT_SECRET", True),
        ({"ZHIHUAN_OIDC_CLAIM": "email"}, "ZHIHUAN_OIDC_CLAIM", False),
    ],
)
def test_each_unsafe_setting_is_told_alone(given, setting, is_error):
    assert told(**given) == [(setting, is_error)]


@pytest.fixture
def problems(db):
    return lambda: [finding.problem for finding in account_findings()]


def test_accounts_as_they_should_be_are_not_told(person, problems):
    person("值班员")
    person("系统管理员")  # the cast's administrators have their second factor
    assert problems() == []


def test_an_administrator_without_a_second_factor_is_told(person, problems):
    person("系统管理员", name="admin").authenticator_set.all().delete()
    (problem,) = problems()
    assert problem.startswith("admin: the role demands a second factor")


def test_a_superuser_is_told(problems):
    User.objects.create_superuser("root")
    superuser, factor = problems()
    assert superuser.startswith("root: superusers hold every right")
    assert factor.startswith("root: ")


def test_a_first_password_nobody_took_up_is_told_after_a_week(person, problems):
    user = person("值班员", name="new")
    user.must_change_password = True
    user.password_since = timezone.now() - dt.timedelta(days=6)
    user.save()
    assert problems() == []
    user.password_since -= dt.timedelta(days=2)
    user.save()
    (problem,) = problems()
    assert problem.startswith("new: the first password")


def test_disabled_and_demo_accounts_are_not_told(problems):
    User.objects.create_superuser("gone", is_active=False)
    User.objects.create_superuser("demo", synthetic=True)
    assert problems() == []


def test_many_accounts_cost_four_questions(person, django_assert_max_num_queries):
    for number in range(12):
        person("系统管理员", name=f"admin{number}").authenticator_set.all().delete()
    with django_assert_max_num_queries(4):
        (finding,) = account_findings()
    assert "(12)" in finding.problem
