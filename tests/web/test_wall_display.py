"""A wall display stays signed in while it runs, only looks, and is out when its role is taken away."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from zhihuan.bureau.people.models import RoleGrant
from zhihuan.bureau.people.roles import WALL_DISPLAY

pytestmark = pytest.mark.django_db
MONTH_SECONDS = 30 * 24 * 3600


@pytest.fixture
def wall(platform_store, outlet, person):
    browser = Client()
    browser.force_login(person(WALL_DISPLAY, name="wall"))
    return browser


def seconds_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def test_its_session_lasts_a_month_and_outlives_the_browser(wall):
    assert wall.get("/live/").status_code == 200
    assert seconds_left() > MONTH_SECONDS - 60
    assert not wall.session.get_expire_at_browser_close()


def test_the_running_page_is_its_use(wall):
    session = wall.session
    session["renewed"] = int(time.time() - 20 * 24 * 3600)
    session.save()
    Session.objects.update(expire_date=timezone.now() + timezone.timedelta(days=10))
    wall.get("/live/points.json")
    assert seconds_left() > MONTH_SECONDS - 60


def test_even_it_ends_at_last(wall):
    session = wall.session
    session["began"] = int(time.time() - MONTH_SECONDS - 60)
    session.save()
    assert wall.get("/live/").status_code == 302


def test_it_sends_nothing_but_its_looks(wall):
    refused = wall.post("/tokens/new/", {"name": "拿走"})
    assert refused.status_code == 403
    assert "大屏账号只能查看" in refused.content.decode()
    assert wall.post("/lists/filters/", {}).status_code == 403
    assert wall.post("/display/", {"theme": "dark"}).status_code == 302


def test_it_reads_no_personal_data_and_no_command(wall):
    for address in ("/registry/enterprises/", "/commands/", "/quarantine/", "/people/accounts/"):
        assert wall.get(address).status_code == 403, address


def test_without_its_role_it_is_out_at_the_next_request(wall):
    RoleGrant.objects.update(revoked_at=timezone.now())
    assert wall.get("/live/").status_code == 302


def test_a_person_with_another_role_is_no_wall(platform_store, outlet, browser_of):
    browser = browser_of("值班员")
    browser.get("/live/")
    assert seconds_left() < 3600
