"""What holds for every page: login first, a strict content policy, words instead of traces."""

from __future__ import annotations

import gzip
import os
import re
import time
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from zhihuan.bureau.access.issuing import issue
from zhihuan.bureau.acquisition.models import DeviceCommand, QuarantinedFrame
from zhihuan.bureau.webhooks.holding import set_up
from zhihuan.bureau.webhooks.trial import try_out
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.components.contract import names as components
from zhihuan.web.templatetags import assets

#: Each has its page in the catalogue.
COMPONENTS = components()
#: The public pages: tests/web/open.
PUBLISHED = {"open", "open-data", "open-station", "open-subject"}
OPEN_TO_ALL = {*PUBLISHED, "login", "account_login", "session-left", "session-used", "healthz", "livez", "readyz", "metrics", "display",
               "openid_connect_login", "openid_connect_callback"}  # fmt: skip


@pytest.fixture
def pages(outlet, report, person) -> dict[str, str]:
    """The address of every page, by its name, each with something to show."""
    from django.utils import timezone

    report("w01018", 66.6)
    device = outlet.devices.get()
    command = DeviceCommand.objects.create(
        device=device, mn=device.mn, code="1011", reason="核对", expires_at=timezone.now()
    )
    frame = QuarantinedFrame.objects.create(reason="bad_crc", mn=device.mn, raw=b"##00<script>")
    keeper = person("档案管理员")
    end = timezone.now() + timedelta(days=1)
    token = issue(
        keeper, name="月报", scopes=["registry.view_site"], expires_at=end, by=keeper
    ).token
    kinds = ["record.changed"]
    hook = set_up(keeper, name="推送", url="https://x.example/", kinds=kinds).subscription
    delivery = try_out(hook, by=keeper)
    arguments = {
        "point": {"code": outlet.code},
        "series-json": {"code": outlet.code},
        "point-frames": {"code": outlet.code},
        "point-frame": {"code": outlet.code, "mn": device.mn, "frame_id": 1},
        "point-commands": {"code": outlet.code},
        "order": {"mn": device.mn, "code": "SetClock"},
        "command": {"pk": command.pk},
        "command-cancel": {"pk": command.pk},
        "quarantine-item": {"pk": frame.pk},
        "quarantine-replay": {"pk": frame.pk},
        "delete-filter": {"pk": 1},
        "portal-electronic-service": {"code": "QY1"},
        "open-station": {"code": outlet.code},
        "open-subject": {"code": "air"},
        "token": {"pk": token.pk},
        "token-revoke": {"pk": token.pk},
        **{f"webhook{act}": {"pk": hook.pk} for act in ("", "-rotate", "-switch", "-try")},
        **{f"webhook-{act}": {"pk": delivery.pk} for act in ("delivery", "replay")},
        **{name: {"pk": 1} for name in IMPORTING},
        "import-template": {"code": "site"},
        "import-export": {"code": "site"},
        "mfa_edit_webauthn": {"pk": KEY},
        "mfa_remove_webauthn": {"pk": KEY},
        "end-session": {"pk": 1},
        "openid_connect_login": {"provider_id": "city"},
        "openid_connect_callback": {"provider_id": "city"},
        "catalogue-component": {"name": "notice"},
        "matter-identity": {"pk": 1},
        **{name: {"pk": 1} for name in (*INBOX_ACTS, "message-open")},
    }
    found = {name: reverse(name, kwargs=arguments.get(name)) for name in _names()}
    return found | {name: reverse("catalogue-component", args=[name]) for name in COMPONENTS}


def _names() -> set[str]:
    """Of every address of the table itself, and of one's own account below it."""
    table = get_resolver().url_patterns
    own = next(each.url_patterns for each in table if str(each.pattern) == "accounts/")
    return {entry.name for entry in [*table, *own] if isinstance(entry, URLPattern)}


#: The security key of whoever reads the pages.
KEY = 7


@pytest.fixture
def browser(pages, browser_of, person, give_key):
    """Somebody with every right to look, a password, both second factors, just confirmed."""
    from allauth.mfa.models import Authenticator

    browser = browser_of("档案管理员")
    reader = person("档案管理员")
    reader.set_password("correct horse battery")
    reader.save()
    Authenticator.objects.create(user=reader, type=Authenticator.Type.TOTP, data={})
    give_key(reader, pk=KEY)
    browser.force_login(reader)
    session = browser.session
    session["account_authentication_methods_user"] = str(reader.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return browser


#: Pages of one uploaded file: tests/web/importing.
IMPORTING = ("import", "import-apply", "import-again", "import-undo", "import-faulty")
#: Acts of the inbox: tests/web/inbox.
INBOX_ACTS = ("inbox-take", "inbox-give-back", "inbox-assign")
HTML = ("imports", "inbox", "inbox-mending", "messages", "live", "point", "point-frames", "point-commands", "order", "commands", "command",
        "quarantine", "quarantine-item", "exports", "search", "tokens", "token-new", "token", "webhooks", "webhook-new", "webhook", "webhook-delivery", "login", "my-account", "my-password",
        "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index",
        "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
        "mfa_generate_recovery_codes", "catalogue", "catalogue-component", *COMPONENTS)  # fmt: skip
#: Told in tests/web/sign_in: what strangers meet on the way in, and what cannot stand beside the above.
SIGN_IN = ("logout", "account_login", "account_logout", "mfa_authenticate", "mfa_list_webauthn",
           "mfa_activate_totp", "mfa_view_recovery_codes", "end-session", "end-other-sessions", "session-left", "session-used",
           "socialaccount_login_cancelled", "openid_connect_login",
           "openid_connect_callback")  # fmt: skip


def test_every_address_is_covered_by_these_tests(pages):
    told_elsewhere = {"home", "points-json", "live-stream", "series-json", "point-frame",
                      "command-cancel", "quarantine-replay", "healthz", "livez", "readyz", "metrics",
                      "save-filter", "delete-filter", "display", "search-suggestions",
                      "portal", "portal-electronic-service",  # tests/web/portal

                      "matter-identity",  # tests/web/identities
                      "all-tokens", "system-token-new", "token-revoke",  # tests/web/tokens
                      "webhook-rotate", "webhook-switch", "webhook-try", "webhook-replay",
                      "example-series", "example-points",  # tests/web/catalogue
                      *INBOX_ACTS, "inbox-overdue", "messages-read", "message-open",
                      *PUBLISHED, *IMPORTING, *SIGN_IN, "import-template", "import-export"}  # fmt: skip
    assert set(pages) == {*HTML, *told_elsewhere}


def test_nothing_is_shown_without_login(pages, client):
    for name, address in pages.items():
        if name in OPEN_TO_ALL:
            continue
        for method in (client.get, client.post):
            response = method(address)
            refused = response.status_code == 302 and "/accounts/login/" in response["Location"]
            assert refused or response.status_code == 405 or name == "logout", name


def test_every_page_renders_for_an_administrator(pages, browser):
    for name in set(HTML) - {"login"}:
        response = browser.get(pages[name])
        assert response.status_code == 200, name
        assert "模拟数据" in response.content.decode(), name


class _Inline(HTMLParser):
    """Finds what a strict policy would block, and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        self.found += [
            f"{tag} {name}" for name in names if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [f"{tag} {v}" for _, v in attrs if (v or "").startswith("javascript:")]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_no_page_holds_inline_script_or_style(pages, browser):
    for name in HTML:
        page = _Inline()
        client = Client() if name == "login" else browser
        page.feed(client.get(pages[name]).content.decode())
        assert page.found == [], name


def test_headings_begin_with_one_h1_and_skip_no_level(pages, browser):
    for name in HTML:
        page = _Inline()
        client = Client() if name == "login" else browser
        page.feed(client.get(pages[name]).content.decode())
        assert page.headings.count(1) == 1, name
        assert page.headings[0] == 1, name
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(deeper - level <= 1 for level, deeper in steps), (name, page.headings)


def test_every_answer_carries_the_strict_policy(pages, browser):
    for name in HTML:
        response = browser.get(pages[name])
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "script-src 'self';" in policy + ";", name
        assert "style-src 'self';" in policy + ";", name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert response["X-Content-Type-Options"] == "nosniff", name
        assert response["Referrer-Policy"] == "same-origin", name


HEAVIEST_BYTES = 150 * 1024


def _on_the_wire(files: set[str]) -> int:
    """Bytes of these built files, gzipped as servers do."""
    folder = assets.MANIFEST.parent
    return sum(len(gzip.compress((folder / file).read_bytes(), 6)) for file in files)


def _files_of(key: str) -> set[str]:
    entry = assets.manifest()[key]
    imported = {file for each in entry.get("imports", []) for file in _files_of(each)}
    return {entry["file"], *entry.get("css", []), *imported}


def test_no_page_weighs_more_than_150_kib_without_map_and_chart(pages, browser):
    """Map and chart are fetched by pages that have them, and weighed in frontend/tests/budget.test.ts."""
    if not assets.manifest():
        reason = "the front end is not built: run make setup"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    shared = _on_the_wire(_files_of("main.ts"))
    for name in HTML:
        client = Client() if name == "login" else browser
        weight = shared + len(gzip.compress(client.get(pages[name]).content, 6))
        assert weight <= HEAVIEST_BYTES, f"{name}: {weight / 1024:.0f} KiB"


def test_pages_with_data_are_not_kept_by_caches(pages, browser):
    for name in set(HTML) - {"login"}:
        assert "no-store" in browser.get(pages[name])["Cache-Control"], name


def test_what_a_device_sent_is_text_never_markup(pages, browser_of):
    browser = browser_of("档案管理员")
    for name in ("quarantine", "quarantine-item"):
        assert b"<script>" not in browser.get(pages[name]).content


def test_no_page_shows_a_password(pages, browser):
    for name in set(HTML) - {"login"}:
        assert "123456;" not in browser.get(pages[name]).content.decode(), name


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/no/such/page", 404, "没有找到"), ("/quarantine/999999/", 404, "没有找到")],
)
def test_a_missing_page_says_so_in_words(
    outlet, platform_store, browser_of, address, status, words
):
    response = browser_of("档案管理员").get(address)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_refused_page_says_so_in_words(outlet, platform_store, browser_of):
    response = browser_of().get("/quarantine/")
    assert response.status_code == 403
    assert "没有权限" in response.content.decode()


LIVE = ("live", "points-json", "live-stream", "point", "series-json", "point-frames", "point-frame",
        "point-commands")  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_the_live_page_is_closed_to_an_account_without_a_role(pages, browser_of, name):
    response = browser_of().get(pages[name])
    assert response.status_code == 403
    assert "请联系管理员" in response.content.decode()


@pytest.mark.parametrize("role", ["值班员", "执法人员", "档案管理员"])
def test_the_live_page_is_open_to_every_role(pages, browser_of, role):
    browser = browser_of(role)
    for name in ("live", "points-json", "point", "point-frames"):
        assert browser.get(pages[name]).status_code == 200, name


def test_an_expired_form_says_so_in_words(person, platform_store):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/accounts/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_a_fault_of_ours_shows_no_trace(browser_of, platform_store, monkeypatch):
    def broken(*_args, **_given):
        raise RuntimeError("secret detail")

    browser = browser_of("值班员")
    browser.raise_request_exception = False
    monkeypatch.setattr("zhihuan.web.live.views.point_list", broken)
    response = browser.get("/live/")
    assert response.status_code == 500
    assert "系统出错" in response.content.decode()
    assert "secret detail" not in response.content.decode()


@pytest.mark.parametrize("address", ["/live/points/A%00/", "/live/?town=%00", "/live/?q=a%00b"])
def test_a_nul_in_the_address_is_refused_in_words(outlet, platform_store, browser_of, address):
    response = browser_of("值班员").get(address)
    assert response.status_code == 400
    assert "请求内容有误" in response.content.decode()


@pytest.mark.parametrize("error", [StoreUnavailable("secret host"), OperationalError("secret")])
def test_a_database_that_does_not_answer_is_told_without_asking_it_again(
    pages, browser_of, monkeypatch, error
):
    def down(*_args, **_given):
        raise error

    browser = browser_of("值班员")
    monkeypatch.setattr("zhihuan.web.live.board.Board.snapshot", down)
    monkeypatch.setattr("zhihuan.web.live.board.Board.has_synthetic_points", down)
    for name in ("live", "points-json", "point"):
        response = browser.get(pages[name])
        assert (response.status_code, response["Retry-After"]) == (503, "30"), name
        assert "数据库暂时不可用" in response.content.decode()
        assert "secret" not in response.content.decode()


def test_a_database_that_cannot_even_tell_who_asks_is_told_too(pages, browser_of):
    def down(*_args, **_given):
        raise OperationalError("secret")

    browser = browser_of("值班员")
    browser.raise_request_exception = False
    with connection.execute_wrapper(down):
        response = browser.get(pages["live"])
    assert response.status_code == 503
    assert "数据库暂时不可用" in response.content.decode()


def test_logging_in_and_out(person, platform_store, client):
    user = person("值班员")
    user.set_password("correct horse battery")
    user.save()
    wrong = client.post("/accounts/login/", {"username": user.username, "password": "no"})
    assert 'role="alert"' in wrong.content.decode()
    right = {"username": user.username, "password": "correct horse battery"}
    assert client.post("/accounts/login/", right)["Location"] == "/"
    assert client.get("/")["Location"] == "/live/"
    assert client.get("/live/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/live/").status_code == 302


def test_after_login_one_is_not_sent_to_a_stranger_s_site(person, platform_store, client):
    user = person("值班员")
    user.set_password("correct horse battery")
    user.save()
    form = {"username": user.username, "password": "correct horse battery"}
    response = client.post("/accounts/login/?next=https://evil.example/", form)
    assert response["Location"] == "/"
