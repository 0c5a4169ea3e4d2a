"""A session lasts so long as it is used, and no longer."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

pytestmark = pytest.mark.django_db


HALF_AN_HOUR = 30 * 60


@pytest.fixture
def left_after(platform_store, outlet, browser_of):
    """``left_after(idle, address)``: seconds the session still holds after asking for an address, when
    nobody had used it for so many seconds."""

    def ask(idle: int, address: str, role: str = "值班员") -> float:
        browser = browser_of(role)
        session = browser.session
        age = session.get_expiry_age()
        session["renewed"] = int(time.time() - idle)
        session.save()
        Session.objects.update(expire_date=timezone.now() + timezone.timedelta(seconds=age - idle))
        assert browser.get(address).status_code == 200
        return (Session.objects.get().expire_date - timezone.now()).total_seconds()

    return ask


def test_half_an_hour_without_use_ends_it_unless_the_platform_is_told_otherwise(settings):
    assert settings.SESSION_COOKIE_AGE == HALF_AN_HOUR


@pytest.mark.parametrize("idle", [61, 20 * 60])
def test_use_gives_the_session_its_full_time(left_after, idle):
    assert left_after(idle, "/live/") > HALF_AN_HOUR - 10


def test_use_within_a_minute_writes_nothing(left_after):
    assert left_after(40, "/live/") < HALF_AN_HOUR - 35


@pytest.mark.parametrize("address", ["/live/points.json", "/accounts/session/"])
def test_what_an_open_page_asks_for_by_itself_is_not_use(left_after, address):
    assert left_after(20 * 60, address) < 11 * 60


def test_a_new_session_is_not_written_again(browser_of, platform_store, outlet):
    browser = browser_of("值班员")
    assert time.time() - browser.session["renewed"] < 60
