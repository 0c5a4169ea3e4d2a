"""Guessing the numbers of other people's keys gives nothing away and changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.sign_in.conftest import PASSWORD


@pytest.fixture
def key(member, give_key):
    return give_key(member("执法人员", name="owner"))


@pytest.fixture
def guesser(member, signed_in):
    browser = signed_in(member("值班员", name="guesser"))
    browser.post("/accounts/confirm/", {"password": PASSWORD})
    return browser


@pytest.mark.parametrize("act", ["edit", "remove"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_else_s_key_is_not_to_be_found(guesser, key, act, method):
    there = getattr(guesser, method)(f"/accounts/factors/keys/{key.pk}/{act}/", {"name": "mine"})
    nowhere = getattr(guesser, method)(f"/accounts/factors/keys/999999/{act}/", {"name": "mine"})
    assert there.status_code == nowhere.status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "值班室密钥"


def test_a_sensitive_page_asks_again_who_one_is(member, signed_in):
    browser = signed_in(member("值班员"))
    for page in ("totp/", "keys/add/"):
        answer = browser.get(f"/accounts/factors/{page}")
        assert answer["Location"].startswith("/accounts/confirm/"), page


def test_a_wrong_answer_there_counts_and_pauses(member, signed_in):
    browser = signed_in(member("值班员"))
    for _ in range(5):
        assert (
            "密码不正确" in browser.post("/accounts/confirm/", {"password": "no"}).content.decode()
        )
    refused = browser.post("/accounts/confirm/", {"password": PASSWORD})
    assert "五分钟后再试" in refused.content.decode()


def test_whether_an_account_exists_is_not_told(member, sign_in):
    member("值班员", name="there")
    answers = [
        Client().post("/accounts/login/", {"username": name, "password": "wrong"})
        for name in ("there", "nobody-of-that-name")
    ]
    told = [answer.context["form"].non_field_errors() for answer in answers]
    assert told[0] == told[1]


def test_recovery_codes_are_shown_once(member, signed_in, add_app):
    browser = signed_in(member("值班员"))
    add_app(browser)
    page = "/accounts/factors/codes/"
    assert len(browser.get(page).context["unused_codes"]) == 10
    assert "不再显示" in browser.get(page).content.decode()
