"""Somebody with a password, the way in through the form, and the codes of an authenticator app."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

PASSWORD = "Correct-horse-7"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def member(person, platform_store) -> Callable[..., Any]:
    """``member("值班员")``: a person with ``PASSWORD``; administrators still owe their second factor."""

    def make(*roles: str, **given: Any) -> Any:
        user = person(*roles, **given)
        user.authenticator_set.all().delete()
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """``sign_in(user)``: the answer to the form, sent by ``browser`` (a new one when none is given)."""

    def post(user: Any, password: str = PASSWORD, *, browser: Any = None, onward: str = "") -> Any:
        browser = browser or Client()
        given = {"username": user.username, "password": password, "next": onward}
        return browser.post("/accounts/login/", given)

    return post


@pytest.fixture
def signed_in(sign_in) -> Callable[..., Client]:
    """``signed_in(user)``: a browser in which they have signed in by password."""

    def open_browser(user: Any) -> Client:
        browser = Client()
        answer = sign_in(user, browser=browser)
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return open_browser


@pytest.fixture
def code_of() -> Callable[..., str]:
    """``code_of(secret)``: what an authenticator app shows; ``step=1``: half a minute later."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return lambda secret, step=0: format_hotp_value(
        hotp_value(secret, int(time.time()) // 30 + step)
    )


@pytest.fixture
def add_app() -> Callable[..., str]:
    """``add_app(browser)``: adds an authenticator app through the page; its secret."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    def add(browser: Client, confirm: str = PASSWORD) -> str:
        page = "/accounts/factors/totp/"
        if browser.get(page).status_code == 302:
            browser.post("/accounts/confirm/", {"password": confirm})
        secret = browser.get(page).context["form"].secret
        # the step before this one, so that a test may sign in with the present code
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - 1))
        answer = browser.post(page, {"code": code})
        assert answer.status_code == 302, answer.content.decode()
        return secret

    return add
