"""The door: who is let in, how often, in which language; whatever goes wrong is told as a problem."""

from __future__ import annotations

import datetime as dt
import types

import pytest
from django.db import OperationalError
from django.http import Http404, JsonResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from zhihuan.bureau.access import rates as rates_module
from zhihuan.bureau.access.issuing import issue
from zhihuan.web.api.door import api_door

VIEW, ORDER = "registry.view_monitoringpoint", "acquisition.order_devicecommand"


@api_door(permission=VIEW)
def points(request):
    return JsonResponse({"who": str(request.caller.user), "nobody": request.user.is_anonymous})


@api_door(permission=ORDER)
def orders(request):
    return JsonResponse({})


@api_door(public=True)
def stations(request):
    return JsonResponse({})


RAISED = {
    "missing": Http404("secret"),
    "fault": RuntimeError("secret"),
    "down": OperationalError("secret"),
}


@api_door(public=True)
def broken(request, name):
    raise RAISED[name]


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    urls = types.ModuleType("door_urls")
    urls.urlpatterns = [
        path("points", points),
        path("orders", orders),
        path("stations", stations),
        path("broken/<name>", broken),
    ]
    settings.ROOT_URLCONF = urls
    monkeypatch.setattr(rates_module, "_rates", rates_module.Rates())


@pytest.fixture
def officer(person):
    return person("值班员")


@pytest.fixture
def token(officer) -> str:
    end = timezone.now() + dt.timedelta(days=1)
    return issue(officer, name="大屏", scopes=[VIEW], expires_at=end, by=officer).text


@pytest.fixture
def program(token, client):
    def get(address: str, **headers: str):
        return client.get(address, headers={"authorization": f"Bearer {token}"} | headers)

    return get


def test_a_token_opens_and_is_nobody_s_session(program):
    answer = program("/points")
    assert answer.json() == {"who": "值班员", "nobody": True}
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-cache"


def test_without_a_token_the_door_says_what_it_wants(client, db):
    answer = client.get("/points")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="zhihuan"'
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == "urn:zhihuan:problem:unauthenticated"
    assert told["instance"] == "/points"
    assert "Authorization" in told["detail"]


def test_a_wrong_token_is_told_as_wrong(client, db):
    answer = client.get("/points", headers={"authorization": "Bearer zhp_x"})
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_a_wrong_token_is_not_saved_by_a_session(browser_of):
    answer = browser_of("值班员").get("/points", headers={"authorization": "Bearer zhp_x"})
    assert answer.status_code == 401


def test_a_right_outside_the_scopes_is_refused_by_name(program):
    answer = program("/orders")
    assert answer.status_code == 403
    assert ORDER in answer.json()["detail"]


def test_a_session_reads(browser_of):
    assert browser_of("值班员").get("/orders").status_code == 200


def test_a_session_changes_nothing_without_the_csrf_token(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    refused = browser.post("/orders")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    secret = "a" * 32
    browser.cookies["zhihuan_csrf"] = secret
    assert browser.post("/orders", headers={"x-csrftoken": secret}).status_code == 200


def test_a_token_changes_without_csrf_token(officer):
    end = timezone.now() + dt.timedelta(days=1)
    text = issue(officer, name="下发", scopes=[ORDER], expires_at=end, by=officer).text
    program = Client(enforce_csrf_checks=True)
    assert program.post("/orders", headers={"authorization": f"Bearer {text}"}).status_code == 200


def test_too_many_requests_are_told_when_to_come_again(program, settings):
    settings.ZHIHUAN_API_PER_CALLER = 3
    answers = [program("/points") for _n in range(5)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) in {1, 2}  # a minute may have ended between
    assert 1 <= int(refused[0]["Retry-After"]) <= 60
    assert refused[0].json()["type"] == "urn:zhihuan:problem:too-many-requests"


def test_an_address_is_counted_whatever_it_shows(client, db, settings):
    settings.ZHIHUAN_API_PER_ADDRESS = 3
    for address in ("/stations", "/points"):
        answers = [
            client.get(address, REMOTE_ADDR=f"10.0.0.{len(address)}").status_code for _n in range(8)
        ]
        assert answers.count(429) >= 2
    assert client.get("/stations", REMOTE_ADDR="10.0.1.1").status_code == 200


@pytest.mark.parametrize(("asked", "title"), [
    ("en", "Not allowed"), ("en-GB,en;q=0.9,zh;q=0.8", "Not allowed"),
    ("zh-CN,zh;q=0.9", "没有权限"), ("de", "没有权限"), ("", "没有权限"),
])  # fmt: skip
def test_problems_are_told_in_the_language_asked_for(program, asked, title):
    answer = program("/orders", **{"accept-language": asked})
    assert answer.json()["title"] == title
    assert answer["Content-Language"] == ("en" if title.isascii() else "zh-hans")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(("name", "status"), [("missing", 404), ("fault", 500), ("down", 503)])
def test_every_error_is_a_problem_and_tells_no_secret(client, db, name, status):
    answer = client.get(f"/broken/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert "secret" not in answer.content.decode()


def test_other_sites_scripts_are_not_let_in(program):
    answer = program("/points", origin="https://evil.example")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
