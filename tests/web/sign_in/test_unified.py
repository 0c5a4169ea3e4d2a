"""The city's unified sign-on, by the whole protocol against a real OIDC server: who it lets in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.models import User
from zhihuan.web.sign_in.provider import unified_providers

ENTRANCE = "/accounts/unified/city/"


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _set_up(city, settings):
    settings.ZHIHUAN_OIDC_SERVER = city
    settings.ZHIHUAN_OIDC_CLIENT_ID = "zhihuan"
    settings.SOCIALACCOUNT_PROVIDERS = unified_providers(
        server=city, client_id="zhihuan", secret="x", name="统一身份认证"
    )


@pytest.fixture
def officer(member):
    user = member("值班员", name="officer")
    user.unified_id = "city-7"
    user.save()
    return user


@pytest.fixture
def come_as() -> Callable[..., tuple[Client, Any]]:
    """``come_as("city-7")``: a browser that the city vouched for, and how it was received."""

    def come(
        subject: str, onward: str = "", change: Callable[[str], str] = str, method: str = "get"
    ) -> Any:
        browser = Client()
        leaving = browser.get(ENTRANCE, {"next": onward} if onward else {})
        vouched = requests.post(
            leaving["Location"], data={"sub": subject}, allow_redirects=False, timeout=30
        )
        back = change(vouched.headers["Location"].removeprefix("http://testserver"))
        return browser, getattr(browser, method)(back)

    return come


def is_in(browser) -> bool:
    return browser.get("/live/").status_code == 200


def words(browser) -> str:
    return browser.get("/accounts/login/").content.decode()


def test_the_city_is_asked_with_a_challenge_and_a_state_and_for_no_more_than_needed(officer):
    asked = parse_qs(urlsplit(Client().get(ENTRANCE)["Location"]).query)
    assert {"code_challenge", "state"} < set(asked)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid"]


def test_somebody_registered_is_let_in_and_the_trail_says_by_what(officer, come_as):
    for method in ("get", "post"):  # the city may lead back by a form
        browser, answer = come_as("city-7", onward="/live/?q=x", method=method)
        assert answer["Location"] == "/live/?q=x"
        assert is_in(browser)
    for entry in AuditEntry.objects.filter(action="account.log_in"):
        assert (entry.actor, entry.detail["by"]) == (officer, ["socialaccount"])


def test_the_first_time_links_the_identity_with_an_entry(officer, come_as):
    for _ in range(2):
        come_as("city-7")
    linked = AuditEntry.objects.get(action="account.unified_linked")
    assert (linked.actor, linked.subject) == (officer, "account:officer")


def test_where_that_is_not_written_nothing_is_linked(officer, come_as, monkeypatch):
    from allauth.socialaccount.models import SocialAccount

    from zhihuan.web.sign_in import unified

    def die(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("the machine stops here")

    monkeypatch.setattr(unified, "record", die)
    with pytest.raises(RuntimeError):
        come_as("city-7")
    assert not SocialAccount.objects.exists()


def test_a_second_time_as_well(officer, come_as):
    come_as("city-7")
    browser, _answer = come_as("city-7")
    assert is_in(browser)


def test_nothing_of_what_the_city_tells_is_kept_but_the_subject(officer, come_as):
    from allauth.socialaccount.models import SocialAccount, SocialToken

    for _ in range(2):
        come_as("city-7")
        kept = SocialAccount.objects.get()
        assert (kept.uid, kept.extra_data) == ("city-7", {})
    assert not SocialToken.objects.exists()


def test_somebody_not_registered_is_refused_and_no_account_is_made(officer, come_as):
    before = User.objects.count()
    browser, answer = come_as("a-stranger")
    assert answer["Location"] == "/accounts/login/"
    assert "尚未与本平台账号关联" in words(browser)
    assert not is_in(browser)
    assert User.objects.count() == before
    assert AuditEntry.objects.get(action="account.unified_refused").subject == "unified:a-stranger"


def test_an_identity_given_to_another_account_opens_neither(officer, member, come_as):
    come_as("city-7")
    other = member("执法人员", name="other")
    officer.unified_id, other.unified_id = "", "city-7"
    officer.save()
    other.save()
    browser, _answer = come_as("city-7")
    assert "与已关联的账号不一致" in words(browser)
    assert not is_in(browser)


def test_a_removed_identity_lets_nobody_in(officer, come_as):
    come_as("city-7")
    User.objects.update(unified_id="")
    browser, _answer = come_as("city-7")
    assert not is_in(browser)


@pytest.mark.parametrize("column", ["is_active", "locked_at"])
def test_a_disabled_or_locked_account_is_refused(officer, come_as, column):
    from django.utils import timezone

    User.objects.update(**{column: False if column == "is_active" else timezone.now()})
    browser, _answer = come_as("city-7")
    assert "停用或锁定" in words(browser)
    assert not is_in(browser)
    refused = AuditEntry.objects.get(action="account.log_in_failed")
    assert (refused.subject, refused.detail) == ("account:officer", {"why": "not in use"})


def test_the_second_factor_is_asked_here_too(officer, signed_in, add_app, come_as, code_of):
    secret = add_app(signed_in(officer))
    browser, answer = come_as("city-7")
    assert answer["Location"].startswith("/accounts/login/factor/")
    assert not is_in(browser)
    browser.post("/accounts/login/factor/", {"code": code_of(secret)})
    assert is_in(browser)


def test_an_administrator_who_comes_that_way_still_owes_a_factor(member, come_as):
    user = member("安全管理员", name="guard")
    user.set_unusable_password()
    user.unified_id = "city-8"
    user.save()
    browser, _answer = come_as("city-8")
    assert browser.get("/lists/exports/")["Location"] == "/accounts/factors/"
    assert browser.get("/accounts/factors/totp/").status_code == 200


def test_an_answer_that_nobody_asked_for_is_refused(officer, come_as):
    browser, _answer = come_as("city-7", change=lambda back: back.replace("state=", "state=x"))
    assert not is_in(browser)
    stranger = Client()
    stranger.get("/accounts/unified/city/back/?code=guessed&state=guessed")
    assert not is_in(stranger)


def test_an_answer_is_good_only_in_the_browser_that_asked(officer, come_as):
    kept = []
    come_as("city-7", change=lambda back: kept.append(back) or back)
    thief = Client()
    thief.get(kept[0])
    assert not is_in(thief)


def test_after_it_nobody_is_led_to_another_site(officer, come_as):
    browser, answer = come_as("city-7", onward="https://evil.example/")
    assert answer["Location"] == "/"
    assert is_in(browser)


def test_a_city_that_does_not_answer_is_told_in_words(officer, settings):
    settings.SOCIALACCOUNT_PROVIDERS = unified_providers(
        server="http://localhost:1", client_id="zhihuan", secret="x", name="x"
    )
    browser = Client(raise_request_exception=False)
    answer = browser.get(ENTRANCE, follow=True)
    assert answer.status_code == 200
    assert "统一身份认证没有成功" in answer.content.decode()


def test_without_a_server_there_is_no_such_way(officer, settings):
    settings.ZHIHUAN_OIDC_SERVER = ""
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "统一身份认证" not in Client().get("/accounts/login/").content.decode()
    assert Client().get(ENTRANCE).status_code == 404
