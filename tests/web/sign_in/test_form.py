"""Logins are in the audit trail, and guessing is slowed without locking the owner out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people import sign_in
from zhihuan.bureau.people.models import User

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "a right long password", "a wrong long password"


@pytest.fixture(autouse=True)
def officer(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("officer", password=RIGHT, display_name="张三")


@pytest.fixture
def attempt(client):
    def post(password: str, address: str = "10.0.0.8", username: str = "officer"):
        given = {"username": username, "password": password}
        return client.post("/accounts/login/", given, REMOTE_ADDR=address)

    return post


def trail() -> list[tuple[str, str, str, str]]:
    columns = ("action", "subject", "actor_name", "address")
    return list(AuditEntry.objects.order_by("id").values_list(*columns))


def test_a_login_a_failure_and_a_logout_are_written_down_without_passwords(attempt, client):
    attempt(WRONG)
    assert attempt(RIGHT).status_code == 302
    client.post("/accounts/logout/", REMOTE_ADDR="10.0.0.8")
    assert trail() == [
        ("account.log_in_failed", "account:officer", "", "10.0.0.8"),
        ("account.log_in", "account:officer", "张三", "10.0.0.8"),
        ("account.log_out", "account:officer", "张三", "10.0.0.8"),
    ]
    kept = repr(list(AuditEntry.objects.values()))
    assert RIGHT not in kept
    assert WRONG not in kept


def test_an_account_that_does_not_exist_is_written_down_too(attempt):
    attempt(WRONG, username="x" * 140)
    ((action, subject, _name, _address),) = trail()
    assert (action, len(subject)) == ("account.log_in_failed", 120)


def test_five_failures_pause_the_account_for_that_address_only(attempt):
    for _ in range(5):
        assert "连续多次" not in attempt(WRONG).content.decode()
    refused = attempt(RIGHT)
    assert refused.status_code == 200
    assert "连续多次登录失败，请五分钟后再试" in refused.content.decode()
    assert AuditEntry.objects.filter(action="account.log_in_failed").count() == 5
    assert attempt(RIGHT, address="10.0.0.9").status_code == 302


def test_the_pause_ends_after_five_minutes_and_the_next_failure_begins_another(attempt):
    earlier = timezone.now() - dt.timedelta(minutes=5, seconds=1)
    for _ in range(5):
        AuditEntry.objects.create(
            action="account.log_in_failed",
            subject="account:officer",
            address="10.0.0.8",
            at=earlier,
        )
    assert not sign_in.is_paused("officer", "10.0.0.8")
    attempt(WRONG)
    assert sign_in.is_paused("officer", "10.0.0.8")


def test_a_success_ends_the_row_of_failures(attempt, client):
    for _ in range(4):
        attempt(WRONG)
    attempt(RIGHT)
    client.logout()
    attempt(WRONG)
    assert attempt(RIGHT).status_code == 302
