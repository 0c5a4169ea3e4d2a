"""Dated quantities: the edition in force is found, and nothing else ever is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import (
    OutsideEditionsError,
    ParameterFileError,
    UnknownParameterError,
)
from zhihuan.standards.parameters import (
    Confidence,
    Parameter,
    parameter,
    parameter_from,
    parameter_names,
)

DAYS = st.dates(min_value=date(1980, 1, 1), max_value=date(2060, 12, 31))


def an_edition(first: date, value: object = 1, **more: object) -> dict[str, object]:
    return {
        "in_force_from": first,
        "value": value,
        "reference": {"title": "GB 1-2000", "clause": "3.1"},
        "confidence": "official",
        "last_checked": date(2026, 11, 23),
        **more,
    }


def a_quantity(*editions: dict[str, object], **more: object) -> Parameter:
    content = {"title": "限值", "unit": "mg/m³", "editions": list(editions), **more}
    return parameter_from("test/quantity", yaml.safe_dump(content, allow_unicode=True))


def test_every_packaged_quantity_reads_and_names_its_source() -> None:
    names = parameter_names()
    assert len(names) > 30
    for name in names:
        for edition in parameter(name).editions:
            assert edition.reference.title
            assert edition.reference.clause
            assert (
                edition.last_checked >= edition.in_force_from or edition.in_force_from.year > 2025
            )


def test_unconfirmed_packaged_values_say_why() -> None:
    for name in parameter_names():
        for edition in parameter(name).editions:
            if edition.confidence is not Confidence.OFFICIAL:
                assert edition.note or edition.reference.title == "平台约定", name


def test_the_first_and_the_last_day_of_an_edition_belong_to_it() -> None:
    quantity = a_quantity(an_edition(date(2017, 5, 1), 45), an_edition(date(2026, 1, 1), 50))
    assert quantity.on(date(2017, 5, 1)).number == 45
    assert quantity.on(date(2025, 12, 31)).number == 45
    assert quantity.on(date(2026, 1, 1)).number == 50


def test_a_day_before_every_edition_is_an_error_that_names_them() -> None:
    quantity = a_quantity(an_edition(date(2017, 5, 1)))
    with pytest.raises(OutsideEditionsError, match=r"2017-04-30.*from 2017-05-01.*GB 1-2000, 3\.1"):
        quantity.on(date(2017, 4, 30))


def test_a_day_in_the_hole_that_an_end_left_is_an_error() -> None:
    quantity = a_quantity(
        an_edition(date(2010, 1, 1), in_force_until=date(2012, 12, 31)),
        an_edition(date(2015, 1, 1)),
    )
    assert quantity.on(date(2012, 12, 31)).in_force_from == date(2010, 1, 1)
    for day in (date(2013, 1, 1), date(2014, 12, 31)):
        with pytest.raises(OutsideEditionsError):
            quantity.on(day)


@settings(deadline=None)
@given(
    firsts=st.lists(DAYS, min_size=1, max_size=6, unique=True),
    later=st.integers(min_value=1, max_value=4000),
    day=DAYS,
)
def test_adding_a_later_edition_never_changes_an_earlier_result(
    firsts: list[date], later: int, day: date
) -> None:
    before = a_quantity(*(an_edition(first, n) for n, first in enumerate(firsts)))
    amendment = max(firsts) + timedelta(days=later)
    after = a_quantity(
        *(an_edition(first, n) for n, first in enumerate(firsts)), an_edition(amendment, 999)
    )
    if day >= amendment:
        assert after.on(day).number == 999
        return
    if day < min(firsts):
        for quantity in (before, after):
            with pytest.raises(OutsideEditionsError):
                quantity.on(day)
        return
    assert after.on(day) == before.on(day)


@settings(deadline=None)
@given(firsts=st.lists(DAYS, min_size=1, max_size=6, unique=True), day=DAYS)
def test_the_edition_in_force_is_the_last_one_that_began(firsts: list[date], day: date) -> None:
    quantity = a_quantity(*(an_edition(first) for first in firsts))
    begun = [first for first in firsts if first <= day]
    if not begun:
        with pytest.raises(OutsideEditionsError):
            quantity.on(day)
        return
    assert quantity.on(day).in_force_from == max(begun)


@pytest.mark.parametrize(
    ("editions", "says"),
    [
        ([], "at least one edition"),
        ([an_edition(date(2020, 1, 1)), an_edition(date(2020, 1, 1))], "overlap"),
        (
            [
                an_edition(date(2020, 1, 1), in_force_until=date(2022, 1, 1)),
                an_edition(date(2022, 1, 1)),
            ],
            "overlap",
        ),
        ([an_edition(date(2020, 1, 1), in_force_until=date(2019, 1, 1))], "ends first"),
        ([an_edition(date(2020, 1, 1), confidence="sure")], "one source"),
        ([an_edition(date(2020, 1, 1), confidence="registered")], "official, one source"),
        ([an_edition(date(2020, 1, 1), limit=3)], "unknown limit"),
        ([an_edition(date(2020, 1, 1), reference={"title": "GB 1"})], "missing clause"),
        ([an_edition(date(2020, 1, 1), last_checked="yesterday")], "plain date"),
    ],
)
def test_a_file_that_breaks_the_form_is_refused_and_says_how(
    editions: list[dict[str, object]], says: str
) -> None:
    with pytest.raises(ParameterFileError, match=says):
        a_quantity(*editions)


def test_text_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(ParameterFileError, match="not YAML"):
        parameter_from("x", "title: [")


def test_a_misspelt_quantity_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownParameterError, match="data_validity/flue_gas/minutes_per_hour"):
        parameter("data_validity/flue_gas/minute_per_hour")


def test_a_table_is_not_read_as_a_number() -> None:
    quantity = a_quantity(an_edition(date(2020, 1, 1), {"a": 1}))
    edition = quantity.on(date(2020, 1, 1))
    assert edition.table == {"a": 1}
    with pytest.raises(ParameterFileError, match="not a number"):
        _ = edition.number
    with pytest.raises(ParameterFileError, match="not text"):
        _ = edition.text
