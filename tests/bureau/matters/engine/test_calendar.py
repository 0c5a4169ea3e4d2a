"""The calendar is read when it changed and not before."""

from __future__ import annotations

import datetime as dt

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.loading import load_year

NOTICE = "date,status\n2027-02-05,放假\n2027-02-08,放假\n2027-02-06,补班\n"


def test_without_a_load_it_is_the_published_one(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert the_calendar() is published_calendar()


def test_a_loaded_year_counts_and_is_read_once(db, django_assert_num_queries):
    load_year(NOTICE, None)
    assert not the_calendar().works(dt.date(2027, 2, 8))
    assert the_calendar().works(dt.date(2027, 2, 6))
    with django_assert_num_queries(2):
        assert the_calendar() is the_calendar()


def test_a_corrected_notice_takes_the_place_of_the_first(db):
    load_year(NOTICE, None)
    load_year(NOTICE.replace("2027-02-08", "2027-02-09"), None)
    assert the_calendar().works(dt.date(2027, 2, 8))
    assert not the_calendar().works(dt.date(2027, 2, 9))
