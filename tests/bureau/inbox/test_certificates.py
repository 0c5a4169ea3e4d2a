"""A certificate that ends is told of in time, once each, to the officer and, late, to the head."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.inbox.certificates import tell_of_certificates
from zhihuan.bureau.inbox.models import Message, Receipt

pytestmark = pytest.mark.django_db
ENDS = dt.date(2026, 6, 30)


def boxes() -> list[tuple[str, str]]:
    rows = Receipt.objects.order_by("message_id", "user__username")
    return list(rows.values_list("user__username", "message__words"))


@pytest.fixture
def ending(cast, moment):
    """The officer's certificate ends; the other's does not."""
    cast.officer.certificates.update(expires=ENDS)

    def on(days_left: int) -> int:
        day = ENDS - dt.timedelta(days=days_left)
        moment.at = dt.datetime.combine(day, dt.time(1), dt.UTC)
        return tell_of_certificates(day)

    return on


def test_nobody_is_told_before_the_span_of_warning(ending):
    assert ending(61) == 0


def test_each_mark_is_told_once(ending):
    told = [ending(days) for days in (60, 59, 31, 30, 29, 8)]
    assert told == [1, 0, 0, 1, 0, 0]
    assert {name for name, _words in boxes()} == {"officer"}


def test_in_the_last_week_the_head_is_told_whose_it_is(ending):
    assert ending(7) == 2
    facts = Message.objects.get(key__endswith=":head").facts
    assert facts == {"day": "2026-06-30", "name": "officer"}
    assert [name for name, _words in boxes()] == ["officer", "head"]


def test_when_it_has_ended_both_are_told_what_that_means(ending):
    assert ending(-1) == 2
    assert ending(-2) == 0
    own, heads = [words for _name, words in boxes()]
    assert "不得从事执法活动" in own
    assert "不得派出执法" in heads


def test_what_ended_long_ago_is_not_told(ending):
    assert ending(-31) == 0


def test_a_renewed_certificate_is_not_warned_of(ending, cast):
    cast.officer.certificates.create(
        number="N", issued=dt.date(2026, 5, 1), expires=dt.date(2031, 5, 1)
    )
    assert ending(7) == 0


def test_many_officers_cost_a_fixed_number_of_queries(
    ending, cast, person, django_assert_max_num_queries
):
    for number in range(12):
        other = person("field_officer", name=f"o{number}", at=cast.here)
        other.certificates.create(number=f"C{number}", issued=dt.date(2020, 1, 1), expires=ENDS)
    with django_assert_max_num_queries(9):
        assert ending(7) == 2 * 13
