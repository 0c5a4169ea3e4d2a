"""Signing in, in a real Chromium: an authenticator app, a security key, the city's unified sign-on
(a real OIDC server), by keyboard, without scripts; and axe on each page of it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SEED = Path(__file__).with_name("seeded_people.py")
pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Door:
    """A platform with one account for each way in, and the unified sign-on beside it."""

    web: str
    city: str


def load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seed() -> ModuleType:
    return load(SEED)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[Door]:
    from oidc_provider_mock import run_server_in_thread

    beside = load(Path(__file__).with_name("conftest.py"))
    home = tmp_path_factory.mktemp("door")
    with run_server_in_thread() as server, beside.own_database(home) as database:
        city = f"http://localhost:{server.server_port}"
        environment = os.environ | database | {
            "ZHIHUAN_HOME": str(home),
            "ZHIHUAN_DEBUG": "0",
            "ZHIHUAN_OIDC_SERVER": city,
            "ZHIHUAN_OIDC_CLIENT_ID": "zhihuan",
            "ZHIHUAN_OIDC_CLIENT_SECRET": "a-browser-test-only",
        }  # fmt: skip
        subprocess.run([sys.executable, SEED], env=environment, check=True, timeout=120)
        with beside.serving(home, environment) as running:
            # security keys belong to a name, never to a bare address
            yield Door(running.web.replace("127.0.0.1", "localhost"), city)


class Visitor:
    """Opens watched pages at the door, each in a browser of its own."""

    def __init__(self, chromium: Any, door: Door, password: str) -> None:
        self._chromium, self._door, self._password = chromium, door, password
        self._contexts: list[Any] = []
        self.troubles: list[str] = []

    def __call__(self, path: str = "/", **given: Any) -> Any:
        context = self._chromium.new_context(
            locale="zh-CN",
            viewport={"width": given.get("width", 1366), "height": 768},
            reduced_motion="reduce",
            java_script_enabled=given.get("script", True),
        )
        self._contexts.append(context)
        for cookie, choice in (("zhihuan_theme", "theme"), ("zhihuan_mode", "mode")):
            if given.get(choice):
                context.add_cookies(
                    [{"name": cookie, "value": given[choice], "url": self._door.web}]
                )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)
        page.goto(self._door.web + path)
        return page

    def _heard(self, said: Any) -> None:
        # the unified sign-on's own pages are not ours to judge
        if said.type == "error" and not said.page.url.startswith(self._door.city):
            self.troubles.append(said.text)

    def signed_in(self, username: str, **given: Any) -> Any:
        page = self("/accounts/login/", **given)
        self.give_password(page, username)
        return page

    def give_password(self, page: Any, username: str, password: str = "") -> None:
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码", exact=True).fill(password or self._password)
        page.get_by_role("button", name="登录", exact=True).click()

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def visitor(chromium: Any, door: Door, seed: ModuleType) -> Iterator[Visitor]:
    visitor = Visitor(chromium, door, seed.PASSWORD)
    yield visitor
    visitor.close()
    assert not visitor.troubles, "the browser reported:\n" + "\n".join(visitor.troubles)


def leave(page: Any) -> None:
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="退出", exact=True).click()


def confirm(page: Any, seed: ModuleType) -> None:
    page.get_by_label("密码", exact=True).fill(seed.PASSWORD)
    page.get_by_role("button", name="确认").click()


# ---- an authenticator app ---------------------------------------------------------------------


def code(secret: str, steps: int = 0) -> str:
    """RFC 6238, written here once more: the test is no judge of its own library."""
    import base64
    import hashlib
    import hmac

    counter = (int(time.time()) // 30 + steps).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def add_app(page: Any, seed: ModuleType) -> str:
    """From the page of all factors; ends at the recovery codes."""
    page.get_by_role("link", name="添加动态验证码").click()
    confirm(page, seed)
    secret = str(page.locator(".code").inner_text()).strip()
    page.get_by_label("验证码").fill(code(secret, -1))
    page.get_by_role("button", name="启用").click()
    return secret


def test_an_administrator_adds_an_app_and_signs_in_with_it(visitor, seed):
    page = visitor.signed_in("app-admin")
    page.wait_for_url("**/accounts/factors/")
    assert "您的角色必须使用双因素认证" in page.content()
    secret = add_app(page, seed)
    page.wait_for_url("**/accounts/factors/codes/")
    assert len(page.locator("li.code").all_inner_texts()) == 10
    page.get_by_role("link", name="已妥善保管").click()
    leave(page)
    visitor.give_password(page, "app-admin")
    page.wait_for_url("**/login/factor/")
    page.get_by_label("验证码").fill(code(secret))
    page.get_by_role("button", name="继续").click()
    page.wait_for_function("!location.pathname.startsWith('/accounts/login/')")
    assert "吴应用" in page.locator(".user-menu").inner_text()


def test_the_picture_of_the_app_s_secret_is_on_the_page_and_allowed(visitor, seed):
    page = visitor.signed_in("reader")
    page.wait_for_url("**/accounts/factors/")
    page.get_by_role("link", name="添加动态验证码").click()
    confirm(page, seed)
    picture = page.get_by_role("img", name="验证器二维码")
    picture.evaluate("image => image.decode()")  # rejects for what is no picture


def test_it_all_works_without_scripts(visitor, seed):
    page = visitor.signed_in("scriptless", script=False)
    secret = add_app(page, seed)
    page.goto(page.url.split("/accounts/")[0] + "/accounts/")
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="退出", exact=True).click()
    visitor.give_password(page, "scriptless")
    page.get_by_label("验证码").fill(code(secret))
    assert page.get_by_role("button", name="使用安全密钥").count() == 0
    page.get_by_role("button", name="继续").click()
    assert "郑无脚本" in page.locator(".user-menu").inner_text()


# ---- a security key ---------------------------------------------------------------------------


def plug_in_a_key(page: Any) -> None:
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False,
                     "hasUserVerification": True, "isUserVerified": True,
                     "automaticPresenceSimulation": True}},
    )  # fmt: skip


def test_a_security_key_is_added_and_signs_in(visitor, seed):
    page = visitor.signed_in("key-admin")
    plug_in_a_key(page)
    page.get_by_role("link", name="添加安全密钥").click()
    confirm(page, seed)
    page.get_by_label("名称").fill("值班室密钥")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url("**/accounts/factors/codes/")
    with page.expect_navigation():
        page.get_by_role("link", name="已妥善保管").click()
    assert "值班室密钥" in page.content()
    leave(page)
    visitor.give_password(page, "key-admin")
    page.get_by_role("button", name="使用安全密钥").click()
    page.wait_for_function("!location.pathname.startsWith('/accounts/login/')")
    assert "周密钥" in page.locator(".user-menu").inner_text()


# ---- the city's unified sign-on ---------------------------------------------------------------


def by_the_city(page: Any, subject: str) -> None:
    page.get_by_role("link", name="统一身份认证").click()
    page.wait_for_selector("input[name=sub]")
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_somebody_known_to_the_city_is_signed_in_and_led_on(visitor, door):
    page = visitor("/accounts/login/?next=/live/%3Fq%3Dx")
    by_the_city(page, "city-0001")
    page.wait_for_url(f"{door.web}/live/?q=x")
    assert "李统一" in page.locator(".user-menu").inner_text()
    leave(page)
    way_out = page.get_by_role("link", name="退出统一身份认证")
    assert str(way_out.get_attribute("href")).startswith(door.city)


def test_somebody_unknown_here_is_refused_in_words(visitor, door):
    page = visitor("/accounts/login/")
    by_the_city(page, "a-stranger")
    page.wait_for_url(f"{door.web}/accounts/login/")
    assert "尚未与本平台账号关联" in page.content()
    assert page.locator(".user-menu").count() == 0


def test_a_refusal_at_the_city_is_told(visitor, door):
    page = visitor("/accounts/login/")
    page.get_by_role("link", name="统一身份认证").click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(f"{door.web}/accounts/login/")
    assert page.locator("main").inner_text()


# ---- passwords, pauses, sessions --------------------------------------------------------------


def test_a_first_password_leads_to_choosing_one_s_own(visitor, seed):
    page = visitor.signed_in("fresh")
    page.wait_for_url("**/accounts/password/")
    page.get_by_label("当前密码").fill(seed.PASSWORD)
    page.get_by_label("新密码", exact=True).fill("short")
    page.get_by_label("再次输入新密码").fill("short")
    page.get_by_role("button", name="修改密码").click()
    assert "不少于 10 位" in page.locator(".field-error").inner_text()
    page.get_by_label("当前密码").fill(seed.PASSWORD)
    page.get_by_label("新密码", exact=True).fill("Quite-another-2")
    page.get_by_label("再次输入新密码").fill("Quite-another-2")
    page.get_by_role("button", name="修改密码").click()
    page.wait_for_url("**/live/")


def test_five_wrong_passwords_pause_the_account(visitor):
    page = visitor("/accounts/login/")
    for _ in range(5):
        visitor.give_password(page, "guessed", "wrong")
        assert "账号或密码不正确" in page.get_by_role("alert").inner_text()
    visitor.give_password(page, "guessed")
    assert "五分钟后再试" in page.get_by_role("alert").inner_text()


def test_one_ends_one_s_other_sessions(visitor):
    here, there = visitor.signed_in("twice"), visitor.signed_in("twice")
    web = here.url.partition("/live/")[0]
    here.goto(f"{web}/accounts/")
    # a page that asks for nothing by itself while its session is being ended
    there.goto(f"{web}/accounts/")
    assert here.get_by_text("Chrome · Linux").count() == 2
    with here.expect_navigation():
        here.get_by_role("button", name="退出此会话").click()
    assert "该会话已退出" in here.content()
    there.goto(there.url)
    assert "/accounts/login/" in there.url
    here.reload()
    assert here.get_by_text("Chrome · Linux").count() == 1


def test_the_keyboard_is_enough(visitor):
    page = visitor("/accounts/login/")
    page.get_by_label("账号").focus()
    page.keyboard.type("typist")
    page.keyboard.press("Tab")
    page.keyboard.type(visitor._password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/live/")


# ---- looks ------------------------------------------------------------------------------------

SCREENS = ({"width": 360}, {"theme": "dark"}, {"mode": "elder"})


@pytest.mark.usefixtures("looks_only")
@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "dark", "elder"])
def test_axe_finds_nothing_on_one_s_own_pages(visitor, seed, axe, screenshots, screen):
    page = visitor.signed_in("plain", **screen)
    name = next(iter(screen.values()))
    web = page.url.split("/live/")[0]
    found = []
    for path in (
        "",
        "password/",
        "factors/",
        "factors/totp/",
        "factors/totp/",
        "factors/keys/add/",
    ):
        page.goto(f"{web}/accounts/{path}")
        found += findings(page, axe)
        page.screenshot(path=screenshots / f"sign-in-{name}-{len(path)}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if "/confirm/" in page.url:
            confirm(page, seed)
    assert found == []


def findings(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    report = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html']}" for each in report["violations"]]
