"""Sessions of one person: listed while they hold, ended by number or all, the oldest first."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.signed_in import end_oldest, end_sessions, sessions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(person):
    return person("值班员")


@pytest.fixture
def keys(officer):
    """The keys of three sessions, the oldest first."""
    made = []
    for _ in range(3):
        browser = Client()
        browser.force_login(officer)
        made.append(browser.session.session_key)
        UserSession.objects.create(
            user=officer, session_key=made[-1], ip="10.0.0.8", user_agent="x"
        )
    return made


def listed(user, **given):
    return [each.session_key for each in sessions_of(user, **given)]


def test_sessions_are_listed_the_newest_first(officer, keys):
    assert listed(officer) == keys[::-1]
    assert listed(officer, but=keys[1]) == [keys[2], keys[0]]


def test_one_that_ended_by_itself_is_swept_away(officer, keys):
    from django.contrib.sessions.models import Session

    Session.objects.filter(session_key=keys[0]).delete()
    assert listed(officer) == [keys[2], keys[1]]
    assert UserSession.objects.count() == 2


def test_one_that_is_only_just_beginning_is_not(officer, keys):
    from django.contrib.sessions.models import Session

    beginning = Client().session
    beginning.save()
    UserSession.objects.create(
        user=officer, session_key=beginning.session_key, ip="10.0.0.8", user_agent="x"
    )
    listed(officer, but=beginning.session_key)
    assert UserSession.objects.filter(session_key=beginning.session_key).exists()
    assert Session.objects.filter(session_key=beginning.session_key).exists()


def test_all_but_one_end_and_the_trail_says_why(officer, keys):
    assert end_sessions(officer, actor=officer, why="own_wish", keep=keys[1]) == 2
    assert listed(officer) == [keys[1]]
    entry = AuditEntry.objects.get(action="account.end_sessions")
    assert entry.detail == {"count": 2, "why": "own_wish"}


def test_the_oldest_end_first(officer, keys):
    assert end_oldest(officer, most=2, keep=keys[2]) == 1
    assert listed(officer) == [keys[2], keys[1]]


def test_zero_means_any_number(officer, keys):
    assert end_oldest(officer, most=0, keep=keys[2]) == 0
    assert len(listed(officer)) == 3


def test_where_nothing_ends_nothing_is_written(officer, keys):
    end_oldest(officer, most=3, keep=keys[2])
    assert not AuditEntry.objects.exists()
