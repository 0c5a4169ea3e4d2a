"""Days are read in every way they are written, and impossible ones are told."""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.documents.reading.dates import days_in


def test_all_ways_of_writing_are_read_in_order():
    text = "二〇二六年八月十五日立案，2026年9月1日告知，2026-09-10决定，10月"
    assert [each.day for each in days_in(text)] == [
        date(2026, 8, 15),
        date(2026, 9, 1),
        date(2026, 9, 10),
    ]


def test_a_day_no_calendar_has_is_told_without_a_day():
    [found] = days_in("2026年2月30日")
    assert found.day is None
    assert found.words == "2026年2月30日"


def test_numbers_of_documents_are_no_days():
    assert days_in("中环罚字〔2026〕12号，编号 442000-2026-001-L，电话 0760-88123456") == ()
