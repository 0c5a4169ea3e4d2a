"""Nobody works before their own password is set, nor an administrator without a second factor."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.people.password_keeping import hand_out_password

NEW = "Another-horse-8"


def change(browser, old, new=NEW):
    given = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post("/accounts/password/", given)


def test_a_first_password_is_good_only_for_choosing_another(member, sign_in, client):
    officer = member("值班员")
    first = hand_out_password(officer, actor=None)
    sign_in(officer, first, browser=client)
    assert client.get("/live/")["Location"] == "/accounts/password/"
    assert "初始密码" in client.get("/accounts/password/").content.decode()
    assert change(client, first)["Location"] == "/"
    assert client.get("/live/").status_code == 200


def test_a_password_of_ninety_days_must_be_changed(member, signed_in):
    officer = member("值班员")
    officer.password_since = timezone.now() - dt.timedelta(days=90, minutes=1)
    officer.save()
    browser = signed_in(officer)
    answer = browser.get("/live/", follow=True)
    assert answer.redirect_chain == [("/accounts/password/", 302)]
    assert "超过 90 天" in answer.content.decode()


def test_fragments_are_led_there_whole_and_programs_are_told(member, sign_in, client):
    officer = member("值班员")
    sign_in(officer, hand_out_password(officer, actor=None), browser=client)
    assert client.get("/live/", headers={"HX-Request": "true"})["HX-Redirect"] == (
        "/accounts/password/"
    )
    refused = client.get("/live/points.json", headers={"Accept": "application/json"})
    assert refused.status_code == 403


@pytest.mark.parametrize("role", ["系统管理员", "安全管理员", "审计管理员"])
def test_an_administrator_adds_a_second_factor_first(member, signed_in, add_app, role):
    browser = signed_in(member(role))
    answer = browser.get("/lists/exports/", follow=True)
    assert answer.redirect_chain == [("/accounts/factors/", 302)]
    assert "必须使用双因素认证" in answer.content.decode()
    add_app(browser)
    assert browser.get("/lists/exports/").status_code == 200


def test_an_administrator_cannot_give_up_the_last_one(member, signed_in, add_app):
    administrator = member("系统管理员")
    browser = signed_in(administrator)
    add_app(browser)
    page = browser.post("/accounts/factors/totp/remove/")
    assert "先添加另一种" in page.content.decode()
    assert administrator.authenticator_set.filter(type="totp").exists()


def test_an_officer_may(member, signed_in, add_app):
    officer = member("值班员")
    browser = signed_in(officer)
    add_app(browser)
    assert browser.post("/accounts/factors/totp/remove/").status_code == 302
    assert not officer.authenticator_set.exists()


@pytest.mark.parametrize("role", ["系统管理员", "安全管理员", "审计管理员", "值班员", "企业用户"])
def test_after_signing_in_one_arrives_at_a_page_one_may_open(browser_of, platform_store, role):
    answer = browser_of(role).get("/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain
