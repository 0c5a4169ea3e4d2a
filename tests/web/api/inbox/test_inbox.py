"""To-dos and messages for programs: the caller's own, as far as the token goes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from zhihuan.bureau.access.issuing import issue
from zhihuan.bureau.inbox.models import Receipt
from zhihuan.bureau.inbox.telling import News, tell
from zhihuan.bureau.matters.engine.taking import Acting, open_matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
TO_DOS, MESSAGES = "inbox.view_own_todos", "inbox.view_own_messages"
API = "/api/v1"


@pytest.fixture
def program(moment):
    """``program(user, scope, …)``: asks with a token of that user."""

    def make(user, *scopes: str):
        end = moment.at + dt.timedelta(days=1)
        text = issue(user, name="程序", scopes=scopes, expires_at=end, by=user).text
        client = Client()

        def ask(address: str):
            return client.get(f"{API}{address}", headers={"Authorization": f"Bearer {text}"})

        return ask

    return make


def test_a_to_do_is_told_with_its_clock(filed, program):
    answer = program(filed.cast.officer, TO_DOS)("/inbox").json()
    (told,) = answer["items"]
    assert answer["next"] is None
    assert told == {
        "matter": filed.matter.pk,
        "title": "某印染厂超标排放",
        "procedure": "trial_case",
        "state": "investigating",
        "party": "中山某印染厂",
        "town": filed.cast.town.pk,
        "urgency": "running",
        "steps": ["委托鉴定", "提交审查"],
        "since": "2026-03-02T09:00:00+08:00",
        "last_day": "2026-06-01",
        "due_at": "2026-06-02T00:00:00+08:00",
        "working_days_left": told["working_days_left"],
        "provisional": False,
        "holder": None,
    }
    assert 55 < told["working_days_left"] < 65


def test_each_is_told_their_own(filed, program):
    assert program(filed.cast.stranger, TO_DOS)("/inbox").json()["items"] == []
    assert program(filed.cast.owner, TO_DOS)("/inbox").json()["items"] == []


def test_a_token_without_the_scope_is_refused(filed, program):
    ask = program(filed.cast.officer, TO_DOS)
    assert ask("/messages").status_code == 403
    assert Client().get(f"{API}/inbox").status_code == 401


def test_pages_follow_one_another(case, cast, program):
    for number in range(7):
        open_matter(case.code, Acting(cast.officer), title=f"案件{number}", town=cast.town)
    ask, address, titles = program(cast.officer, TO_DOS), "/inbox?limit=3", []
    while address:
        page = ask(address).json()
        titles += [each["title"] for each in page["items"]]
        address = (page["next"] or "").removeprefix(API)
    assert titles == [f"案件{number}" for number in range(7)]


def test_another_s_cursor_is_refused(case, cast, program):
    for number in range(3):
        open_matter(case.code, Acting(cast.officer), title=f"案件{number}", town=cast.town)
    following = program(cast.officer, TO_DOS)("/inbox?limit=1").json()["next"]
    assert program(cast.head, TO_DOS)(following.removeprefix(API)).status_code == 400


@pytest.mark.parametrize("asked", ["whose=everybody", "limit=0", "limit=999", "colour=red"])
def test_a_question_that_cannot_be_is_refused(filed, program, asked):
    assert program(filed.cast.officer, TO_DOS)(f"/inbox?{asked}").status_code == 422


def test_messages_are_told_and_not_marked_read(filed, program):
    filed.take("submit", filed.cast.officer, "03-03")
    ask = program(filed.cast.head, MESSAGES)
    (told,) = ask("/messages?unread=true").json()["items"]
    assert (told["kind"], told["words"], told["matter"]) == ("step", "案件待审查", filed.matter.pk)
    assert told["read_at"] is None
    assert Receipt.objects.get().read_at is None
    assert program(filed.cast.officer, MESSAGES)("/messages").json()["items"] == []


def test_messages_come_by_pages_newest_first(cast, program):
    for number in range(5):
        tell(News("moved", f"第{number}条"), [cast.officer.pk])
    ask = program(cast.officer, MESSAGES)
    first = ask("/messages?limit=2").json()
    assert [each["words"] for each in first["items"]] == ["第4条", "第3条"]
    second = ask(first["next"].removeprefix(API)).json()
    assert [each["words"] for each in second["items"]] == ["第2条", "第1条"]


def test_both_take_a_fixed_number_of_queries(case, cast, program, django_assert_max_num_queries):
    for number in range(20):
        open_matter(case.code, Acting(cast.officer), title=f"案件{number}", town=cast.town)
    ask = program(cast.officer, TO_DOS, MESSAGES)
    ask("/inbox")
    with django_assert_max_num_queries(12):
        assert len(ask("/inbox").json()["items"]) == 20
    with django_assert_max_num_queries(12):
        ask("/messages")
