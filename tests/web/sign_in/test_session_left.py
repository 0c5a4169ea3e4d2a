"""A page can ask how long its session holds, and go on with it; whoever has none learns nothing."""

from __future__ import annotations

import time

import pytest
from django.test import Client

LEFT, USED = "/accounts/session/", "/accounts/session/used/"
HALF_AN_HOUR = 30 * 60


@pytest.fixture
def officer(member):
    return member("值班员")


@pytest.fixture
def idle_browser(officer, signed_in):
    """Signed in, and without use for 28 minutes."""
    browser = signed_in(officer)
    session = browser.session
    session["renewed"] = int(time.time() - 28 * 60)
    session.save()
    return browser


def test_it_tells_what_is_left_and_does_not_lengthen_it(idle_browser, officer):
    for _ in range(2):
        told = idle_browser.get(LEFT).json()
        assert 100 <= told["left"] <= 120
    assert told["who"] == str(officer.pk)


def test_use_gives_it_its_full_time(idle_browser):
    assert idle_browser.post(USED).json()["left"] > HALF_AN_HOUR - 5
    assert idle_browser.get(LEFT).json()["left"] > HALF_AN_HOUR - 5


def test_a_busy_session_still_ends_at_last(idle_browser, settings):
    session = idle_browser.session
    session["began"] = int(time.time() - settings.ZHIHUAN_SESSION_MAX_HOURS * 3600 + 60)
    session.save()
    assert idle_browser.post(USED).json()["left"] <= 60


@pytest.mark.parametrize("address", [LEFT, USED])
def test_a_stranger_is_told_nothing_and_no_cache_keeps_the_answer(client, db, address):
    answer = client.get(address) if address == LEFT else client.post(address)
    assert answer.json() == {"left": 0}
    assert "no-store" in answer["Cache-Control"]


def test_its_key_of_forms_is_good_after_signing_in_anew(officer, sign_in):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/accounts/login/").content.decode()
    before = page.partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
    browser.handler.enforce_csrf_checks = False
    sign_in(officer, browser=browser)
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/display/", {"csrfmiddlewaretoken": before}).status_code == 403
    key = browser.get(LEFT).json()["token"]
    assert browser.post("/display/", {"csrfmiddlewaretoken": key}).status_code == 302


def test_every_page_of_somebody_signed_in_can_warn(idle_browser, client):
    page = idle_browser.get("/accounts/").content.decode()
    assert "data-session-end" in page
    assert f'data-idle="{HALF_AN_HOUR}"' in page
    assert "data-session-end" not in client.get("/accounts/login/").content.decode()
