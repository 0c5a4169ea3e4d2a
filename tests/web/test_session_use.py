"""A session lasts so long as it is used, and no longer."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.fixture
def used_for(platform_store, outlet, browser_of, settings):
    """``used_for(share, address)``: seconds left after asking for an address, when that share of
    the session's time had passed."""

    def ask(share: float, address: str) -> float:
        browser, hours = browser_of("值班员"), settings.SESSION_COOKIE_AGE
        session = browser.session
        session["renewed"] = int(time.time() - share * hours)
        session.save()
        ends = timezone.now() + timezone.timedelta(seconds=(1 - share) * hours)
        Session.objects.update(expire_date=ends)
        assert browser.get(address).status_code == 200
        return (Session.objects.get().expire_date - timezone.now()).total_seconds() / hours

    return ask


def test_use_in_the_second_half_gives_the_session_its_full_time(used_for):
    assert used_for(0.6, "/live/") > 0.99


def test_use_in_the_first_half_writes_nothing(used_for):
    assert used_for(0.4, "/live/") < 0.61


def test_what_an_open_page_asks_for_by_itself_is_not_use(used_for):
    assert used_for(0.6, "/live/points.json") < 0.41


def test_a_new_session_is_not_written_again(browser_of, platform_store, outlet):
    browser = browser_of("值班员")
    assert time.time() - browser.session["renewed"] < 60
