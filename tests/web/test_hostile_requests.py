"""What a stranger's site or a forged request may try against every address: it gets nowhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from zhihuan.web.permission import entry_of

PASSWORD = "Correct-horse-7"
_PARTS = {
    "int": 987_654,
    "str": "0000",
    "slug": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "none",
}
#: Changes nothing, whatever the method.
DESCRIPTION = "/api/v1/openapi.json"
#: Whatever else lies under /api/: a problem, to anybody.
NOTHING_HERE = "/api/^"
#: Interfaces for programs: they take a token or this site's session, and tell of CSRF in their words.
_FOR_PROGRAMS = re.compile(r"^/(\^|api/)")


def _routes(resolver=None, before="/") -> list[tuple[str, URLPattern]]:
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        found += _routes(each, route) if isinstance(each, URLResolver) else [(route, each)]
    return found


def _address(route: str) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda part: str(_PARTS[part[1] or "str"]), route)


@pytest.fixture
def officer(person, platform_store, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = person("档案管理员")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(browser, user, query="", **headers):
    given = {"username": user.username, "password": PASSWORD}
    return browser.post(f"/accounts/login/{query}", given, **headers)


# ---- forged forms -----------------------------------------------------------------------------


def test_no_address_takes_a_form_without_its_token(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    taken = [
        route
        for route, _each in _routes()
        if not _FOR_PROGRAMS.match(route) and browser.post(_address(route)).status_code != 403
    ]
    assert taken == []


def test_a_session_alone_writes_nothing_by_the_interface_for_programs(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    for route, _each in _routes():
        if route.startswith("/api/") and route not in (DESCRIPTION, NOTHING_HERE):
            answer = browser.post(_address(route), {}, content_type="application/json")
            assert answer.status_code in {401, 403, 405}, route


def test_the_token_of_another_session_is_no_use(officer):
    stranger = Client(enforce_csrf_checks=True)
    token = stranger.get("/accounts/login/").cookies["zhihuan_csrf"].value
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    answer = browser.post("/accounts/logout/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 403


def test_signing_out_needs_a_form(officer, client):
    client.force_login(officer)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.get("/live/").status_code == 200


# ---- names of other hosts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example"]
)
def test_a_host_that_is_not_ours_is_refused_everywhere(officer, settings, host):
    settings.ALLOWED_HOSTS = ["localhost"]
    browser = Client(headers={"host": host})
    for page in ("/accounts/login/", "/", "/live/", "/accounts/unified/city/"):
        answer = browser.get(page)
        assert answer.status_code == 400, page
        assert "evil" not in answer.content.decode(), page


def test_a_forwarded_host_is_not_believed(officer, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    browser = Client(headers={"host": "localhost", "x-forwarded-host": "evil.example"})
    assert "evil" not in str(browser.get("/live/").headers)


# ---- where one is led -------------------------------------------------------------------------

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example/",
    "\t//evil.example/",
    "http://testserver@evil.example/",
    "/%09/evil.example",
]


def _stays(location: str) -> bool:
    """As a browser reads it: whitespace at the ends and tabs inside are dropped, \\ is /."""
    read = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    parts = urlsplit(read)
    return not parts.scheme and not parts.netloc and not read.startswith("//")


@pytest.mark.parametrize("there", ELSEWHERE)
@pytest.mark.parametrize("way", ["query", "form"])
def test_after_signing_in_nobody_is_led_to_another_site(officer, there, way):
    given = {"username": officer.username, "password": PASSWORD}
    browser = Client()
    if way == "query":
        answer = browser.post("/accounts/login/", given, query_params={"next": there})
    else:
        answer = browser.post("/accounts/login/", given | {"next": there})
    assert answer.status_code == 302
    assert _stays(answer["Location"]), answer["Location"]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_nor_after_proving_oneself_once_more(officer, there):
    browser = Client()
    log_in(browser, officer)
    query = {"next": there}
    answer = browser.post("/accounts/confirm/", {"password": PASSWORD}, query_params=query)
    assert answer.status_code == 302
    assert _stays(answer["Location"]), answer["Location"]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_nor_by_the_switches_of_the_looks(officer, client, there):
    answer = client.post("/display/", {"theme": "dark", "back": there})
    assert _stays(answer["Location"]), answer["Location"]


def test_somebody_signed_in_already_is_not_led_away_either(officer, client):
    client.force_login(officer)
    answer = client.get("/accounts/login/", query_params={"next": "https://evil.example/"})
    assert answer.status_code == 302
    assert _stays(answer["Location"])


# ---- frames, sniffing, caches -----------------------------------------------------------------


def test_no_answer_may_be_framed_or_sniffed(officer, client):
    client.force_login(officer)
    for route, each in _routes():
        if entry_of(each.callback) is None or "stream" in route:
            continue
        answer = client.get(_address(route))
        assert answer["X-Frame-Options"] == "DENY", route
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], route
        assert answer["X-Content-Type-Options"] == "nosniff", route
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", route


def test_the_session_s_cookie_is_out_of_reach_of_scripts_and_other_sites(officer, settings):
    browser = Client()
    log_in(browser, officer)
    cookie = browser.cookies["zhihuan_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"], "it ends with the browser"
    settings.SESSION_COOKIE_SECURE = True
    secure = Client()
    log_in(secure, officer, secure=True)
    assert secure.cookies["zhihuan_session"]["secure"]
