"""Tokens are issued and revoked on pages: shown once, within one's rights, on one's own word."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.models import Organisation

PASSWORD = "correct horse battery"
SCOPE = "registry.view_monitoringpoint"


@pytest.fixture
def someone(person, platform_store):
    """``someone("值班员")``: a browser of somebody with a password."""

    def make(*roles: str, password: str = PASSWORD) -> Client:
        user = person(*roles)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        browser = Client()
        browser.force_login(user)
        browser.user = user
        return browser

    return make


def asked(**given):
    return {"name": "月报脚本", "scopes": [SCOPE], "days": "30", "password": PASSWORD} | given


def text_in(response) -> str:
    return re.search(r">(zh[ps]_[\w-]+)<", response.content.decode())[1]


def test_a_token_is_shown_once_and_opens_the_interface(someone):
    browser = someone("值班员")
    issued = browser.post("/tokens/new/", asked())
    assert issued.status_code == 201
    assert "no-store" in issued["Cache-Control"]
    text = text_in(issued)
    program = Client(headers={"Authorization": f"Bearer {text}"})
    assert program.get("/api/v1/points").status_code == 200
    token = ApiToken.objects.get()
    for address in ("/tokens/", f"/tokens/{token.pk}/"):
        page = browser.get(address).content.decode()
        assert "月报脚本" in page
        assert text[4:] not in page


def test_only_scopes_that_one_holds_are_offered_and_taken(someone):
    browser = someone("执法人员")
    page = browser.get("/tokens/new/").content.decode()
    assert "查看" in page
    assert "registry.add_enterprise" not in page
    refused = browser.post("/tokens/new/", asked(scopes=["registry.add_enterprise"]))
    assert refused.status_code == 422
    assert not ApiToken.objects.exists()


def test_an_account_without_a_role_is_told_why_there_is_nothing_to_tick(someone):
    page = someone().get("/tokens/new/").content.decode()
    assert "您的账号没有可交给程序的权限" in page
    assert '<form method="post" class="record-form"' not in page


@pytest.mark.parametrize("days", ["0", "366", "-1", "1e3", "", "9" * 30])
def test_how_long_is_bounded(someone, days):
    refused = someone("值班员").post("/tokens/new/", asked(days=days))
    assert refused.status_code == 422
    assert 'href="#id_days"' in refused.content.decode()


def test_without_the_password_nothing_is_issued_and_guessing_ends_in_a_pause(someone):
    browser = someone("值班员")
    for _n in range(5):
        refused = browser.post("/tokens/new/", asked(password="wrong"))
        assert "密码不正确" in refused.content.decode()
    paused = browser.post("/tokens/new/", asked())
    assert "五分钟后再试" in paused.content.decode()
    assert not ApiToken.objects.exists()
    assert AuditEntry.objects.filter(action="account.log_in_failed").count() == 5


def test_whoever_has_no_password_here_is_not_asked_for_one(someone):
    browser = someone("值班员", password="")
    assert "您的登录密码" not in browser.get("/tokens/new/").content.decode()
    assert browser.post("/tokens/new/", asked(password="")).status_code == 201


def test_revoking_is_at_once(someone):
    browser = someone("值班员")
    program = Client(
        headers={"Authorization": f"Bearer {text_in(browser.post('/tokens/new/', asked()))}"}
    )
    token = ApiToken.objects.get()
    assert program.get("/api/v1/me").status_code == 200
    page = browser.post(f"/tokens/{token.pk}/revoke/", follow=True).content.decode()
    assert "令牌已撤销" in page
    assert program.get("/api/v1/me").status_code == 401
    again = browser.post(f"/tokens/{token.pk}/revoke/", follow=True).content.decode()
    assert "先前已撤销" in again


def test_somebody_else_s_token_is_not_found(someone):
    someone("值班员").post("/tokens/new/", asked())
    token = ApiToken.objects.get()
    other = someone("执法人员")
    assert other.get(f"/tokens/{token.pk}/").status_code == 404
    assert other.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert "月报脚本" not in other.get("/tokens/").content.decode()
    assert other.get("/tokens/all/").status_code == 403


def test_a_system_token_is_issued_to_the_account_that_answers_for_it(someone, person):
    owner = person("值班员", name="program")
    centre = Organisation.objects.create(name="数据中心", kind="other")
    browser = someone("安全管理员")
    given = asked(
        name="大屏", owner_name="program", organisation=centre.pk, addresses="127.0.0.0/8\n10.9.0.1"
    )
    text = text_in(browser.post("/tokens/all/new/", given))
    token = ApiToken.objects.get()
    assert (token.kind, token.owner, token.organisation) == ("system", owner, centre)
    assert token.addresses == ["127.0.0.0/8", "10.9.0.1/32"]
    program = Client(headers={"Authorization": f"Bearer {text}"})
    assert program.get("/api/v1/points").status_code == 200
    refused = program.get("/api/v1/points", REMOTE_ADDR="192.0.2.7")
    assert refused.status_code == 401
    assert "不能从这个地址使用" in refused.json()["detail"]
    assert "数据中心" in browser.get(f"/tokens/{token.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"owner_name": "ghost"}, "owner_name"),
        ({"addresses": "somewhere"}, "addresses"),
        ({"organisation": "999999"}, "organisation"),
        ({"scopes": ["registry.add_enterprise"]}, "scopes"),
    ],
)
def test_what_is_wrong_with_a_system_token_is_told_at_its_field(someone, person, wrong, field):
    person("值班员", name="program")
    centre = Organisation.objects.create(name="数据中心", kind="other")
    given = asked(owner_name="program", organisation=centre.pk) | wrong
    refused = someone("安全管理员").post("/tokens/all/new/", given)
    assert refused.status_code == 422
    assert f'id="id_{field}_error"' in refused.content.decode()
    assert not ApiToken.objects.exists()


def test_the_security_administrator_revokes_whatever_leaked(someone):
    someone("值班员").post("/tokens/new/", asked())
    token = ApiToken.objects.get()
    guard = someone("安全管理员")
    assert "月报脚本" in guard.get("/tokens/all/").content.decode()
    guard.post(f"/tokens/{token.pk}/revoke/")
    assert not ApiToken.objects.get().is_valid
    assert AuditEntry.objects.get(action="token.revoke").actor == guard.user


def test_lists_cost_the_same_however_many_tokens_there_are(someone, django_assert_max_num_queries):
    browser = someone("安全管理员", "安全管理员")
    for number in range(30):
        browser.post("/tokens/new/", asked(name=f"程序{number}", scopes=["people.view_user"]))
    assert ApiToken.objects.count() == 30
    for address in ("/tokens/", "/tokens/all/"):
        with django_assert_max_num_queries(10):
            assert browser.get(address).status_code == 200
