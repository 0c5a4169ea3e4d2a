"""What a password must be, by the day; and that former ones do not come back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.password_keeping import (
    Due,
    change_password,
    due,
    good_until,
    hand_out_password,
)
from zhihuan.bureau.people.password_rules import RULES, PasswordRules, kinds_in, rules_on


@pytest.mark.parametrize(
    ("password", "kinds"),
    [("", 0), ("abc", 1), ("aB", 2), ("aB1", 3), ("aB1-", 4), ("密码", 1), ("密码a", 2), ("٣", 1)],
)
def test_kinds_of_characters_are_counted(password, kinds):
    assert kinds_in(password) == kinds


def test_the_rules_are_those_of_the_day(monkeypatch):
    stricter = PasswordRules(dt.date(2030, 1, 1), 14, 4, 8, 60, "本市要求")
    monkeypatch.setattr("zhihuan.bureau.people.password_rules.RULES", (*RULES, stricter))
    assert rules_on(dt.date(2029, 12, 31)).minimum_length == 10
    assert rules_on(dt.date(2030, 1, 1)) == stricter
    assert rules_on(dt.date(2000, 1, 1)) == RULES[0]


@pytest.fixture
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer(db, quick):
    return User.objects.create_user("zhangsan", display_name="张三丰", password="Begin-here-0")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Ab1-short", "不少于 10 位"),
        ("longenoughbutplain", "不少于 10 位"),
        ("Zhangsan-1", "太相似"),
        ("Password123", "太常见"),
        ("Quite-good-7", None),
    ],
)
def test_a_password_is_refused_in_words(officer, password, said):
    if said is None:
        validate_password(password, officer)
        return
    with pytest.raises(ValidationError, match=said):
        validate_password(password, officer)


def test_the_last_five_passwords_do_not_come_back_and_the_sixth_does(officer):
    used = [f"Number-{n}-of-mine" for n in range(6)]
    for password in used:
        change_password(officer, password, actor=officer)
    for password in used[1:]:
        with pytest.raises(ValidationError, match="最近 5 次"):
            validate_password(password, officer)
    validate_password(used[0], officer)
    assert officer.used_passwords.count() == 5


def test_a_first_password_meets_the_rules_and_must_be_changed(officer):
    for _ in range(20):
        password = hand_out_password(officer, actor=None)
        validate_password(password, User(username="other"))
    assert due(officer) is Due.FIRST
    change_password(officer, "Own-choice-77", actor=officer)
    assert due(officer) is None


def test_a_password_expires_after_ninety_days(officer):
    change_password(officer, "Own-choice-77", actor=officer)
    last = good_until(officer)
    assert last - officer.password_since == dt.timedelta(days=90)
    assert due(officer, last) is None
    assert due(officer, last + dt.timedelta(seconds=1)) is Due.EXPIRED


def test_nothing_is_due_for_the_demo_and_for_those_without_a_password(officer):
    officer.must_change_password = True
    officer.synthetic = True
    assert due(officer) is None
    officer.synthetic = False
    officer.set_unusable_password()
    assert due(officer) is None
