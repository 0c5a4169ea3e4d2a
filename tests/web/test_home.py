"""The first page: the enterprise, what is most pressing, or the first entry."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from django.test import Client

from zhihuan.bureau.inbox.models import ToDo
from zhihuan.bureau.inbox.risk import Stage
from zhihuan.bureau.matters.engine.taking import Acting, open_matter

sys.path.insert(0, str(Path(__file__).parents[1] / "bureau" / "inbox"))

from inbox_cases import case, cast, moment

__all__ = ["case", "cast", "moment"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast, case):
    """Seven cases wait for the officer, the last of them the most pressing."""
    for number in range(7):
        matter = open_matter(case.code, Acting(cast.officer), title=f"案件{number}", town=cast.town)
        at = dt.datetime(2026, 3, 20 - number, tzinfo=dt.UTC)
        ToDo.objects.filter(matter=matter.pk).update(stage=Stage.RUNNING, at=at)
    return cast


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_whomever_something_waits_for_sees_the_five_most_pressing(waiting, platform_store):
    page = browser_of(waiting.officer).get("/").content.decode()
    places = [page.find(f"案件{number}") for number in (6, 5, 4, 3, 2)]
    assert -1 not in places
    assert places == sorted(places)
    assert "案件1" not in page
    assert 'href="/live/"' in page


def test_others_are_led_to_the_first_entry(waiting, platform_store):
    assert browser_of(waiting.stranger).get("/")["Location"] == "/live/"


def test_an_enterprise_s_people_are_led_to_their_enterprise(waiting, platform_store):
    assert browser_of(waiting.owner).get("/")["Location"] == "/portal/"


def test_it_takes_a_fixed_number_of_queries(waiting, platform_store, django_assert_max_num_queries):
    browser = browser_of(waiting.officer)
    browser.get("/")
    with django_assert_max_num_queries(12):
        browser.get("/")
