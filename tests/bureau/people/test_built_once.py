"""A query built once answers as if it were built for each, and refuses what would not be the same."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.people import built_once
from zhihuan.bureau.people.built_once import ask, fields_of, record_of
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import FIELD_OFFICER

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def nothing_built(monkeypatch):
    monkeypatch.setattr(built_once, "_built", {})


def held(user: int, day: dt.date):
    return RoleGrant.objects.in_force(day).filter(user=user).values_list("role", "user_id")


def test_each_asks_with_values_of_their_own(person, django_assert_num_queries):
    first, second = (person(FIELD_OFFICER, name=name) for name in ("a", "b"))
    RoleGrant.objects.filter(user=first).update(valid_from=dt.date(2026, 3, 2))
    RoleGrant.objects.filter(user=second).update(valid_from=DAY, valid_until=DAY)
    asked = [
        (first.pk, DAY),
        (second.pk, DAY),
        (first.pk, dt.date(2026, 3, 2)),
        (second.pk, dt.date(2026, 3, 2)),
    ]
    for user, day in asked:
        with django_assert_num_queries(1):
            rows = ask("held", held, user=user, day=day)
        assert rows == list(held(user, day))
    assert [len(ask("held", held, user=user, day=day)) for user, day in asked] == [0, 1, 1, 0]


def test_it_is_built_once_for_all(person):
    built = []

    def counted(user: int, day: dt.date):
        built.append(user)
        return held(user, day)

    for user in (person(FIELD_OFFICER, name=name) for name in ("a", "b")):
        ask("counted", counted, user=user.pk, day=DAY)
    assert len(built) == 1


def test_values_come_as_their_fields_would_give_them(person):
    since = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
    for name in ("a", "b"):
        User.objects.filter(pk=person(FIELD_OFFICER, name=name).pk).update(password_since=since)
    Organisation.objects.update(closed_on=DAY)
    columns = ("password_since", "is_active", "locked_at", "organisation__closed_on", "username")

    def of_one(name: str):
        return User.objects.filter(username=name).values_list(*columns)

    for name in ("a", "b"):
        assert ask("typed", of_one, name=name) == [(since, True, None, DAY, name)]


def test_a_record_is_as_a_queryset_makes_it(person):
    user = person(FIELD_OFFICER)
    row = User.objects.values_list(*fields_of(User)).get(pk=user.pk)
    made = record_of(User, row)
    assert (made, made._state.adding, made._state.db) == (user, False, "default")
    made.display_name = "改名"
    made.save()
    user.refresh_from_db()
    assert user.display_name == "改名"


@pytest.mark.parametrize(
    ("values", "why"),
    [({"user": 1, "day": 2}, "told apart"), ({"user": 1.5, "day": DAY}, "told apart")],
)
def test_values_that_cannot_be_told_apart_are_refused(values, why):
    with pytest.raises(TypeError, match=why):
        ask("refused", held, **values)


def test_a_value_that_is_no_parameter_is_refused():
    with pytest.raises(ValueError, match="day: no parameter"):
        ask(
            "lost",
            lambda user, day: RoleGrant.objects.filter(user=user).values_list("role"),
            user=1,
            day=DAY,
        )
