"""Due dates as an officer counts them on the wall calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from zhihuan.bureau.clock import (
    Basis,
    ClockError,
    Extendable,
    Extension,
    ExtensionRefusedError,
    History,
    Length,
    Limit,
    Suspension,
    SuspensionRefusedError,
    Unit,
    Yearly,
    published_calendar,
    reckon,
    reckon_back,
    time_limit,
)
from zhihuan.bureau.clock.errors import DecidedTooLongError
from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.clock.work_calendar import YearNotice

BASIS = Basis("某办法", "§1", date(2000, 1, 1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def limit(length: Length | Yearly, **more: object) -> Limit:
    return Limit("T1", "程序", "步骤", "事件", length, BASIS, **more)  # type: ignore[arg-type]


def days(number: int, unit: Unit = Unit.CALENDAR_DAY, **more: object) -> Limit:
    return limit(Length(number, unit), **more)


def due_day(one: Limit, started: str, **history: object) -> date | None:
    return reckon(one, History(at(started), **history), published_calendar()).last_day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-03-02 09:00", date(2026, 3, 17)),  # the day of the event is not counted
        ("2026-03-02 00:00", date(2026, 3, 17)),
        ("2026-03-02 23:59", date(2026, 3, 17)),
        ("2026-03-06 09:00", date(2026, 3, 23)),  # the 15th day is a Saturday
        ("2026-02-03 09:00", date(2026, 2, 24)),  # falls into Spring Festival (15 to 23 February)
        ("2026-01-30 09:00", date(2026, 2, 14)),  # a Saturday, but worked for the festival
    ],
)
def test_fifteen_calendar_days(started: str, expected: date) -> None:
    assert due_day(days(15), started) == expected


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-02-12 10:00", date(2026, 2, 26)),  # 13, 14 (made up), 24, 25, 26
        ("2026-09-30 10:00", date(2026, 10, 13)),  # 8, 9, 10 (made up), 12, 13
        ("2026-02-17 10:00", date(2026, 2, 28)),  # begins on New Year's Day; 28 is made up
    ],
)
def test_five_working_days_over_holidays_and_make_up_days(started: str, expected: date) -> None:
    assert due_day(days(5, Unit.WORKING_DAY), started) == expected


def test_a_day_ends_at_midnight_in_beijing() -> None:
    due = reckon(days(15), History(at("2026-03-02 09:00")), published_calendar())
    assert due.at == at("2026-03-18 00:00")
    assert not due.missed_by(at("2026-03-17 23:59"))
    assert due.missed_by(at("2026-03-18 00:00"))


def test_a_start_in_another_zone_counts_to_its_day_in_beijing() -> None:
    utc = datetime.fromisoformat("2026-03-02T17:00:00+00:00")  # the third in Beijing
    assert reckon(days(15), History(utc), published_calendar()).last_day == date(2026, 3, 18)


def test_a_start_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2026-03-02 09:00")
    with pytest.raises(ValueError, match="no time zone"):
        reckon(days(15), History(naive), published_calendar())


@pytest.mark.parametrize(
    ("started", "months", "expected"),
    [
        ("2025-11-30 09:00", 3, date(2026, 2, 28)),  # no 30 February; that Saturday is worked
        ("2026-01-31 09:00", 1, date(2026, 2, 28)),
        ("2024-02-29 09:00", 12, date(2025, 2, 28)),
        ("2026-03-31 09:00", 3, date(2026, 6, 30)),
        ("2025-12-15 09:00", 3, date(2026, 3, 16)),  # the 15th is a Sunday
    ],
)
def test_months_end_on_the_day_of_the_same_number(
    started: str, months: int, expected: date
) -> None:
    assert due_day(days(months, Unit.MONTH), started) == expected


def test_hours_run_through_nights_and_holidays() -> None:
    due = reckon(days(24, Unit.HOUR), History(at("2026-02-16 22:30")), published_calendar())
    assert due.at == at("2026-02-17 22:30")


class TestStandstill:
    one = days(30, pauses=frozenset({"鉴定"}))

    def stop(self, since: str, until: str | None) -> tuple[Suspension, ...]:
        return (Suspension("鉴定", at(since), at(until) if until else None),)

    def test_takes_the_days_after_its_first_away(self) -> None:
        stopped = self.stop("2026-03-10 09:00", "2026-03-20 17:00")
        assert due_day(self.one, "2026-03-02 09:00") == date(2026, 4, 1)
        # ten days later is 11 April, a Saturday
        assert due_day(self.one, "2026-03-02 09:00", suspensions=stopped) == date(2026, 4, 13)

    def test_of_one_day_takes_nothing_away(self) -> None:
        stopped = self.stop("2026-03-10 09:00", "2026-03-10 17:00")
        assert due_day(self.one, "2026-03-02 09:00", suspensions=stopped) == date(2026, 4, 1)

    def test_that_goes_on_leaves_nothing_due(self) -> None:
        stopped = self.stop("2026-03-10 09:00", None)
        due = reckon(self.one, History(at("2026-03-02 09:00"), stopped), published_calendar())
        assert due.is_still
        assert not due.missed_by(at("2036-03-02 09:00"))

    def test_after_the_end_revives_nothing(self) -> None:
        stopped = self.stop("2026-04-02 09:00", None)
        assert due_day(self.one, "2026-03-02 09:00", suspensions=stopped) == date(2026, 4, 1)

    def test_that_begins_before_the_rolled_last_day_moves_it_on(self) -> None:
        """The thirtieth day is Saturday 28 March; the period is not over before Monday."""
        moved = self.stop("2026-03-28 09:00", "2026-04-01 17:00")
        assert due_day(self.one, "2026-02-26 09:00") == date(2026, 3, 30)
        assert due_day(self.one, "2026-02-26 09:00", suspensions=moved) == date(2026, 4, 2)
        open_ended = self.stop("2026-03-29 09:00", None)
        assert due_day(self.one, "2026-02-26 09:00", suspensions=open_ended) is None
        after = self.stop("2026-03-30 09:00", None)
        assert due_day(self.one, "2026-02-26 09:00", suspensions=after) == date(2026, 3, 30)

    def test_twice_at_once_takes_a_day_away_once(self) -> None:
        twice = self.stop("2026-03-10 09:00", "2026-03-20 17:00") * 2
        assert due_day(self.one, "2026-03-02 09:00", suspensions=twice) == date(2026, 4, 13)

    def test_for_a_reason_the_law_does_not_know_is_refused(self) -> None:
        holiday = (Suspension("休假", at("2026-03-10 09:00")),)
        with pytest.raises(SuspensionRefusedError, match="does not stand still for '休假'"):
            due_day(self.one, "2026-03-02 09:00", suspensions=holiday)

    def test_cannot_end_before_it_begins(self) -> None:
        with pytest.raises(ValueError, match="ends before it begins"):
            self.stop("2026-03-10 09:00", "2026-03-09 09:00")


class TestExtension:
    """E02: ninety days, thirty more by the head, thirty more by collective discussion."""

    one = time_limit("E02", on=date(2025, 3, 3))

    def granted(self, *codes: str, when: str = "2025-04-01 09:00") -> tuple[Extension, ...]:
        return tuple(Extension(code, at(when), "局长", "案情复杂") for code in codes)

    @pytest.mark.parametrize(
        ("codes", "expected"),
        [
            ((), date(2025, 6, 3)),  # 1 June is a Sunday, 2 June a day off for Dragon Boat
            (("head",), date(2025, 7, 1)),
            (("head", "collective"), date(2025, 7, 31)),
        ],
    )
    def test_lengthens_by_what_the_law_gives(self, codes: tuple[str, ...], expected: date) -> None:
        extended = self.granted(*codes)
        assert due_day(self.one, "2025-03-03 09:00", extensions=extended) == expected

    @pytest.mark.parametrize("codes", [("collective",), ("head", "head"), ("head", "other")])
    def test_in_another_order_or_twice_is_refused(self, codes: tuple[str, ...]) -> None:
        with pytest.raises(ExtensionRefusedError, match="the next extension"):
            due_day(self.one, "2025-03-03 09:00", extensions=self.granted(*codes))

    def test_a_third_time_is_refused(self) -> None:
        thrice = self.granted("head", "collective", "head")
        with pytest.raises(ExtensionRefusedError, match="as often as"):
            due_day(self.one, "2025-03-03 09:00", extensions=thrice)

    def test_too_late_is_refused_and_on_the_last_day_is_not(self) -> None:
        in_time = self.granted("head", when="2025-06-03 23:59")
        assert due_day(self.one, "2025-03-03 09:00", extensions=in_time) == date(2025, 7, 1)
        with pytest.raises(ExtensionRefusedError, match="too late"):
            due_day(
                self.one,
                "2025-03-03 09:00",
                extensions=self.granted("head", when="2025-06-04 00:00"),
            )

    def test_of_a_limit_that_has_none_is_refused(self) -> None:
        with pytest.raises(ExtensionRefusedError, match="cannot be extended"):
            due_day(days(5), "2025-03-03 09:00", extensions=self.granted("head"))


class TestDaysOfTheYear:
    one = time_limit("D04", on=date(2025, 3, 3))  # 15 March

    def test_the_next_one_after_the_start(self) -> None:
        assert due_day(self.one, "2025-03-14 09:00") == date(2025, 3, 15)
        assert due_day(self.one, "2025-03-15 09:00") == date(2026, 3, 15)

    def test_is_the_day_the_law_names_though_it_be_a_sunday(self) -> None:
        assert date(2026, 3, 15).isoweekday() == 7
        assert due_day(self.one, "2026-01-01 09:00") == date(2026, 3, 15)

    def test_of_a_quarter(self) -> None:
        quarterly = time_limit("H11", on=date(2025, 3, 3))
        assert due_day(quarterly, "2025-12-31 09:00") == date(2026, 1, 15)
        assert due_day(quarterly, "2026-01-15 09:00") == date(2026, 4, 15)

    def test_must_exist_in_every_year(self) -> None:
        with pytest.raises(ValueError, match="day"):
            Yearly(((2, 29),))


class TestBackwards:
    hearing = time_limit("E07", on=date(2026, 2, 1))  # seven working days before

    def test_leaves_so_many_working_days(self) -> None:
        due = reckon_back(self.hearing, date(2026, 3, 2), published_calendar())
        assert due.last_day == date(2026, 2, 13)  # 14, 24, 25, 26, 27, 28 February, 2 March

    def test_a_day_off_moves_to_the_working_day_before(self) -> None:
        renewal = time_limit("A10", on=date(2026, 2, 1))  # sixty days before
        due = reckon_back(renewal, date(2026, 4, 21), published_calendar())
        assert due.last_day == date(2026, 2, 14)  # the 20th is Spring Festival, the 14th is worked

    def test_is_not_asked_forwards_nor_the_reverse(self) -> None:
        with pytest.raises(ClockError, match="reckon_back"):
            reckon(self.hearing, History(at("2026-03-02 09:00")), published_calendar())
        with pytest.raises(ClockError, match="ask reckon"):
            reckon_back(days(5), date(2026, 3, 2), published_calendar())


class TestCalendarLoadedLate:
    """The notice for 2027 was not out when the clock started."""

    spring_festival_2027 = YearNotice(
        2027, frozenset(date(2027, 2, day) for day in range(5, 12)), frozenset({date(2027, 1, 31)})
    )

    def test_first_the_answer_is_provisional_then_it_moves(self) -> None:
        started = History(at("2027-02-01 09:00"))
        before = published_calendar()
        provisional = reckon(days(5, Unit.WORKING_DAY), started, before)
        after = before.with_year(self.spring_festival_2027)
        final = reckon(days(5, Unit.WORKING_DAY), started, after)
        assert (provisional.last_day, provisional.provisional) == (date(2027, 2, 8), True)
        assert (final.last_day, final.provisional) == (date(2027, 2, 15), False)

    def test_an_answer_within_the_published_years_is_not_provisional(self) -> None:
        due = reckon(days(5), History(at("2026-12-21 09:00")), published_calendar())
        assert not due.provisional

    def test_hours_and_named_days_need_no_calendar(self) -> None:
        later = History(at("2027-06-01 09:00"))
        assert not reckon(days(24, Unit.HOUR), later, published_calendar()).provisional
        named = limit(Yearly(((3, 15),)), rolls=False)
        assert not reckon(named, later, published_calendar()).provisional


def test_the_stages_add_up_to_the_answer() -> None:
    one = days(
        30,
        pauses=frozenset({"鉴定"}),
        extendable=(Extendable("head", "局长", Length(5, Unit.WORKING_DAY)),),
    )
    stop = Suspension("鉴定", at("2026-03-10 09:00"), at("2026-03-20 17:00"))
    longer = Extension("head", at("2026-03-25 09:00"), "局长", "复杂")
    due = reckon(one, History(at("2026-03-02 09:00"), (stop,), (longer,)), published_calendar())
    told = [(stage.kind, stage.start, stage.end) for stage in due.stages]
    assert told == [
        ("period", date(2026, 3, 2), date(2026, 4, 11)),
        ("extension", date(2026, 4, 11), date(2026, 4, 17)),
        ("still", date(2026, 3, 10), date(2026, 3, 20)),
    ]
    assert due.last_day == date(2026, 4, 17)


def test_hours_cannot_be_lengthened_by_days() -> None:
    with pytest.raises(ValueError, match="hours are lengthened by hours"):
        days(24, Unit.HOUR, extendable=(Extendable("x", "x", Length(1, Unit.CALENDAR_DAY)),))


def test_a_period_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Length(0, Unit.HOUR)


def test_ten_years_of_starts_move_the_end_forward_only() -> None:
    """A later event is never due earlier."""
    calendar = published_calendar()
    for one in (days(5, Unit.WORKING_DAY), days(15), days(1, Unit.MONTH)):
        start, last = at("2016-01-01 12:00"), date.min
        for _ in range(3650):
            due = reckon(one, History(start), calendar).last_day
            assert due is not None
            assert due >= last
            start, last = start + timedelta(days=1), due


# ---- as long as was decided ----


def test_a_day_that_was_decided_is_the_last_whatever_the_law_would_give() -> None:
    history = History(at("2026-02-27 09:00"))
    three = days(3, Unit.MONTH, rolls=False)
    due = reckon(three, history, published_calendar(), date(2026, 4, 26))  # a Sunday
    assert (due.last_day, due.at) == (date(2026, 4, 26), at("2026-04-27 00:00"))
    assert [each.kind for each in due.stages] == ["decided"]


def test_more_than_the_law_gives_is_refused_and_an_extension_gives_more() -> None:
    more = Extendable("longer", "某人", Length(3, Unit.MONTH))
    three = days(3, Unit.MONTH, rolls=False, extendable=(more,))
    begun = at("2026-02-27 09:00")
    with pytest.raises(DecidedTooLongError, match="ends on 2026-05-27"):
        reckon(three, History(begun), published_calendar(), date(2026, 5, 28))
    granted = Extension("longer", at("2026-05-01 09:00"), "某人", "")
    due = reckon(three, History(begun, (), (granted,)), published_calendar(), date(2026, 8, 27))
    assert due.last_day == date(2026, 8, 27)


def test_what_the_law_leaves_to_a_decision_ends_when_that_says() -> None:
    left = Limit("T1", "程序", "步骤", "事件", None, BASIS)
    history = History(at("2026-09-21 09:00"))
    assert reckon(left, history, published_calendar(), date(2030, 1, 1)).last_day == date(
        2030, 1, 1
    )
    with pytest.raises(ClockError, match="until when"):
        reckon(left, history, published_calendar())
