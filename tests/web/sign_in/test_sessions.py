"""How long a session lives, how many there may be, and what ends them (GB/T 22239-2019, level 3)."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.models import User

LIVE, MINE = "/live/", "/accounts/"


@pytest.fixture
def officer(member):
    return member("值班员")


def is_in(browser) -> bool:
    return browser.get(LIVE).status_code == 200


def test_signing_in_changes_the_session_s_key(officer, sign_in):
    browser = Client()
    browser.get("/accounts/login/?next=/live/")
    session = browser.session
    session["planted"] = "by a stranger"
    session.save()
    browser.cookies["zhihuan_session"] = planted = session.session_key
    sign_in(officer, browser=browser)
    assert browser.cookies["zhihuan_session"].value != planted
    stranger = Client()
    stranger.cookies["zhihuan_session"] = planted
    assert not is_in(stranger)


def test_a_key_that_the_platform_never_gave_is_not_taken_up(officer, sign_in):
    browser = Client()
    browser.cookies["zhihuan_session"] = "fixed0by0a0stranger0000000000000"
    sign_in(officer, browser=browser)
    assert browser.cookies["zhihuan_session"].value != "fixed0by0a0stranger0000000000000"


def test_the_key_changes_with_the_second_factor_too(officer, signed_in, sign_in, add_app, code_of):
    secret = add_app(signed_in(officer))
    browser = Client()
    sign_in(officer, browser=browser)
    half_way = browser.cookies["zhihuan_session"].value
    browser.post("/accounts/login/factor/", {"code": code_of(secret)})
    assert browser.cookies["zhihuan_session"].value != half_way
    assert is_in(browser)


def test_signing_out_ends_the_session_for_whoever_kept_its_key(officer, signed_in):
    browser = signed_in(officer)
    kept = browser.cookies["zhihuan_session"].value
    browser.post("/accounts/logout/")
    thief = Client()
    thief.cookies["zhihuan_session"] = kept
    assert not is_in(thief)


def test_a_session_without_use_ends(officer, signed_in):
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    browser = signed_in(officer)
    assert is_in(browser)
    Session.objects.update(expire_date=timezone.now())
    assert not is_in(browser)


def test_a_session_ends_at_last_however_busy(officer, signed_in, settings):
    browser = signed_in(officer)
    session = browser.session
    session["began"] = int(time.time() - settings.ZHIHUAN_SESSION_MAX_HOURS * 3600 - 1)
    session.save()
    assert not is_in(browser)


def test_one_session_too_many_ends_the_oldest_and_is_written_down(officer, signed_in, settings):
    settings.ZHIHUAN_SESSIONS_PER_PERSON = 2
    browsers = [signed_in(officer) for _ in range(3)]
    assert [is_in(each) for each in browsers] == [False, True, True]
    entry = AuditEntry.objects.get(action="account.end_sessions")
    assert entry.detail == {"count": 1, "why": "too_many"}


def test_one_sees_and_ends_one_s_other_sessions(officer, signed_in):
    here, there = signed_in(officer), signed_in(officer)
    page = here.get(MINE)
    assert [each["is_this"] for each in page.context["sessions"]] == [False, True]
    other = page.context["sessions"][0]["row"]
    assert here.post(f"/accounts/sessions/{other.pk}/end/")["Location"] == MINE
    assert [is_in(here), is_in(there)] == [True, False]


def test_one_ends_all_others_at_once(officer, signed_in):
    here, *others = [signed_in(officer) for _ in range(3)]
    here.post("/accounts/sessions/end-others/")
    assert is_in(here)
    assert not any(is_in(each) for each in others)


def test_nobody_ends_a_stranger_s_session(officer, member, signed_in):
    from allauth.usersessions.models import UserSession

    stranger = signed_in(member("执法人员", name="stranger"))
    mine = signed_in(officer)
    for session in UserSession.objects.all():
        assert mine.post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert is_in(stranger)
    assert is_in(mine)


def test_a_changed_password_ends_every_other_session(officer, signed_in):
    from tests.web.sign_in.conftest import PASSWORD

    here, there = signed_in(officer), signed_in(officer)
    new = "Another-horse-8"
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/accounts/password/", given).status_code == 302
    assert [is_in(here), is_in(there)] == [True, False]


@pytest.mark.parametrize("column", ["is_active", "locked_at"])
def test_a_disabled_or_locked_account_is_out_at_once_and_not_let_in(
    officer, signed_in, sign_in, column
):
    from django.utils import timezone

    browser = signed_in(officer)
    User.objects.update(**{column: False if column == "is_active" else timezone.now()})
    assert not is_in(browser)
    again = sign_in(officer)
    assert again.status_code == 200
    assert "账号或密码不正确" in again.content.decode()


def test_the_page_of_sessions_asks_few_questions(officer, signed_in, django_assert_max_num_queries):
    here = [signed_in(officer) for _ in range(5)][-1]
    with django_assert_max_num_queries(30):
        here.get(MINE)
