"""A time limit of the law in words; every packaged one can be told."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.clock import Basis, Extendable, Length, Unit, Yearly, time_limits
from zhihuan.web.matters.law_words import (
    basis_words,
    extension_words,
    force_words,
    length_words,
    limit_words,
)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (Length(5, Unit.WORKING_DAY), "5 个工作日"),
        (Length(90, Unit.CALENDAR_DAY), "90 日（自然日）"),
        (Length(24, Unit.HOUR), "24 小时"),
        (Length(3, Unit.YEAR), "3 年"),
        (Yearly(((1, 31), (7, 31))), "每年 1 月 31 日、7 月 31 日"),
    ],
)
def test_a_length_says_its_unit(length, words):
    assert length_words(length) == words


def test_an_extension_says_by_whom_and_how_often():
    assert (
        extension_words(Extendable("head", "负责人批准", Length(30, Unit.CALENDAR_DAY), 2))
        == "负责人批准：30 日（自然日），至多 2 次"
    )


def test_days_in_force_have_an_end_where_the_law_has():
    begun = Basis("法", "§1", dt.date(2021, 7, 15))
    assert force_words(begun) == "2021-07-15 起施行"
    ended = Basis("法", "§1", dt.date(2021, 7, 15), dt.date(2026, 8, 14))
    assert force_words(ended) == "2021-07-15 至 2026-08-14"


def test_every_packaged_limit_can_be_told():
    for editions in time_limits().values():
        for limit in editions:
            assert limit_words(limit)
            assert all(extension_words(way) for way in limit.extendable)


def test_a_law_is_cited_with_its_article_as_the_state_writes_it():
    assert (
        basis_words(Basis("生态环境法典", "§1057(1)", dt.date(2026, 8, 15)))
        == "生态环境法典第一千零五十七条第一款"
    )
    assert basis_words(Basis("某规程", "附录 A", dt.date(2021, 7, 15))) == "某规程 附录 A"
