"""Editions chosen for arrays of days: by the day, or forced, never a neighbour's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
import yaml

from zhihuan.standards.dated import as_days, numbers_on, spans_in_force
from zhihuan.standards.errors import (
    InputRefusedError,
    OutsideEditionsError,
    ParameterFileError,
    UnknownEditionError,
)
from zhihuan.standards.parameters import Parameter, parameter_from


def quantity(*firsts: tuple[str, object, str | None]) -> Parameter:
    editions = [
        {
            "edition": f"E{number}",
            "in_force_from": date.fromisoformat(first),
            "value": value,
            "reference": {"title": "GB 1", "clause": "3"},
            "confidence": "official",
            "last_checked": date(2026, 11, 23),
        }
        | ({"in_force_until": date.fromisoformat(until)} if until else {})
        for number, (first, value, until) in enumerate(firsts)
    ]
    text = yaml.safe_dump({"title": "x", "unit": "m", "editions": editions}, allow_unicode=True)
    return parameter_from("test/x", text)


RULE = quantity(("2012-01-01", 1, "2020-12-31"), ("2022-01-01", 2, None))


def test_one_call_spans_editions_in_any_shape() -> None:
    days = np.array([["2012-01-01", "2026-01-01"], ["2020-12-31", "2022-01-01"]], "datetime64[D]")
    np.testing.assert_array_equal(numbers_on(RULE, days), [[1, 2], [1, 2]])
    spans = spans_in_force(RULE, days)
    assert [span.edition.name for span in spans] == ["E0", "E1"]
    assert (spans[0].where ^ spans[1].where).all()


@pytest.mark.parametrize("day", ["2011-12-31", "2021-06-01"])
def test_a_day_outside_is_an_error_that_knows_its_day(day: str) -> None:
    with pytest.raises(OutsideEditionsError) as caught:
        numbers_on(RULE, [date(2015, 1, 1), date.fromisoformat(day)])
    assert caught.value.day == date.fromisoformat(day)


def test_a_forced_edition_governs_every_day() -> None:
    assert numbers_on(RULE, [date(1999, 1, 1), date(2030, 1, 1)], edition="E0").tolist() == [1, 1]
    with pytest.raises(UnknownEditionError, match="E0, E1"):
        numbers_on(RULE, date(2015, 1, 1), edition="E9")


def test_no_day_gives_no_span() -> None:
    assert spans_in_force(RULE, []) == ()
    assert numbers_on(RULE, []).shape == (0,)


def test_a_missing_day_is_refused_with_its_place() -> None:
    with pytest.raises(OutsideEditionsError, match="position 1"):
        as_days(np.array(["2026-01-01", "NaT"], dtype="datetime64[D]"))


def test_a_value_is_only_read_as_what_it_is() -> None:
    words = quantity(("2012-01-01", "half_even", None))
    edition = words.on(date(2026, 1, 1))
    assert edition.text == "half_even"
    with pytest.raises(ParameterFileError, match="not a table"):
        _ = edition.table
    with pytest.raises(ParameterFileError, match="not a number"):
        numbers_on(words, date(2026, 1, 1))
    with pytest.raises(ParameterFileError, match="expected a mapping"):
        parameter_from("test/y", "- 1")


def test_two_editions_of_one_name_cannot_be_forced() -> None:
    editions = [
        {
            "in_force_from": date(year, 1, 1),
            "value": year,
            "reference": {"title": "GB 1", "clause": "3"},
            "confidence": "official",
            "last_checked": date(2026, 11, 23),
        }
        for year in (2012, 2022)
    ]
    text = yaml.safe_dump({"title": "x", "unit": "m", "editions": editions})
    with pytest.raises(UnknownEditionError, match="2 editions called"):
        parameter_from("test/z", text).named("GB 1")


def test_a_moment_with_a_zone_counts_to_its_day_in_beijing() -> None:
    beijing = timezone(timedelta(hours=8))
    first_hour = datetime(2026, 3, 1, 1, tzinfo=beijing)
    moments = [first_hour, first_hour.astimezone(UTC), first_hour - timedelta(hours=2)]
    wanted = np.array(["2026-03-01", "2026-03-01", "2026-02-28"], "datetime64[D]")
    np.testing.assert_array_equal(as_days(moments), wanted)
    np.testing.assert_array_equal(as_days([one.isoformat() for one in moments]), wanted)


def test_a_moment_without_a_zone_counts_to_the_day_it_writes() -> None:
    plain = datetime(2026, 3, 1, 0, 30)  # noqa: DTZ001 - without a zone is the point
    assert as_days(plain) == np.datetime64("2026-03-01")
    assert as_days(np.array(["2026-03-01T23:59"], "datetime64[ns]")) == np.datetime64("2026-03-01")
    mixed = np.array([np.datetime64("2026-03-01"), date(2026, 3, 1)], dtype=object)
    assert (as_days(mixed) == np.datetime64("2026-03-01")).all()


@pytest.mark.parametrize("no_day", [20260301, 1.5, "2026/3/1", float("nan")])
def test_what_is_no_date_is_refused_with_its_place(no_day: object) -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行.*不是日期"):
        as_days([date(2026, 3, 1), no_day])  # type: ignore[list-item]


@pytest.mark.parametrize("missing", [None, "NaT", np.datetime64("NaT")])
def test_a_missing_day_among_days_is_named(missing: object) -> None:
    with pytest.raises(OutsideEditionsError, match="position 1"):
        as_days([date(2026, 3, 1), missing])  # type: ignore[list-item]
