"""After the password the second factor: a code once, counted like a password, or a recovery code."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry

FACTOR = "/accounts/login/factor/"
LIVE = "/live/"


@pytest.fixture
def officer(member):
    return member("值班员")


@pytest.fixture
def secret(officer, signed_in, add_app):
    return add_app(signed_in(officer))


@pytest.fixture
def half_way(officer, secret, sign_in):
    """A browser that gave the right password."""
    browser = Client()
    answer = sign_in(officer, browser=browser)
    assert answer["Location"].startswith(FACTOR)
    return browser


def tell(browser, code):
    return browser.post(FACTOR, {"code": code})


def test_the_password_alone_opens_nothing(half_way):
    assert half_way.get(LIVE).status_code == 302
    assert "动态验证码" in half_way.get(FACTOR).content.decode()


def test_the_code_lets_in_and_the_trail_says_by_what(half_way, secret, code_of):
    assert tell(half_way, code_of(secret))["Location"] == "/"
    assert half_way.get(LIVE).status_code == 200
    entry = AuditEntry.objects.filter(action="account.log_in").latest("id")
    assert entry.detail["by"] == ["password", "mfa:totp"]


def test_a_code_is_good_once_even_in_another_browser(officer, half_way, secret, code_of, sign_in):
    other = Client()
    sign_in(officer, browser=other)
    code = code_of(secret)
    assert tell(half_way, code).status_code == 302
    cache.clear()  # what another process of the platform remembers
    again = tell(other, code)
    assert again.status_code == 200
    assert "已经用过" in again.content.decode()
    assert tell(other, code_of(secret, step=1)).status_code == 302


def test_wrong_codes_pause_the_account_like_wrong_passwords(officer, half_way, secret, code_of):
    for _ in range(5):
        assert "不正确" in tell(half_way, "000000").content.decode()
    refused = tell(half_way, code_of(secret))
    assert refused.status_code == 200
    assert "五分钟后再试" in refused.content.decode()
    failed = AuditEntry.objects.filter(action="account.log_in_failed")
    assert [each.detail["factor"] for each in failed] == ["code"] * 5


def test_without_the_password_there_is_no_page_of_the_factor(client, db):
    assert client.get(FACTOR)["Location"] == "/accounts/login/"


def test_a_recovery_code_lets_in_once(officer, secret, sign_in, signed_in):
    from allauth.mfa.models import Authenticator

    codes = officer.authenticator_set.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = codes.get_unused_codes()[0]
    for expected in (302, 200):
        browser = Client()
        sign_in(officer, browser=browser)
        assert tell(browser, code).status_code == expected


def test_the_secret_lies_sealed_in_the_database(officer, secret):
    from allauth.mfa.models import Authenticator

    row = officer.authenticator_set.get(type=Authenticator.Type.TOTP)
    assert secret not in str(row.data)
