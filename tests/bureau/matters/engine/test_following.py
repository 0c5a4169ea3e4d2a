"""A version that knows more moves every running clock it concerns, tells, and goes on where it was left."""

from __future__ import annotations

import datetime as dt

import pytest
from trial_walk import nine

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.clock import ClockError, installed, published_calendar
from zhihuan.bureau.clock.work_calendar import parse_year
from zhihuan.bureau.inbox.models import Message, ToDo
from zhihuan.bureau.matters.engine import calendar, following, moving
from zhihuan.bureau.matters.engine.following import (
    follow_all,
    follow_installed,
    has_followed,
    left_to_follow,
    note_installed,
)
from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.matters.models import Matter, Reckoning, RunningClock

# Spring Festival 2027 is on 6 February; a notice as it might be
NOTICE = """date,status
2027-02-05,放假
2027-02-08,放假
2027-02-09,放假
2027-02-10,放假
2027-02-11,放假
2027-02-20,补班
"""
PROVISIONAL, KNOWN = dt.date(2027, 2, 8), dt.date(2027, 2, 12)


@pytest.fixture
def late(walk):
    """A case filed on 10 November 2026: its decision is due on 8 February 2027, as far as that version knows."""
    note_installed()
    both = [walk.cast.officer, walk.cast.second]
    walk.take("file", walk.cast.officer, "11-10", officers=both)
    return walk


@pytest.fixture
def version(monkeypatch):
    """Install one that has the notice of 2027, by name of its digest."""

    def install(digest="new"):
        later = published_calendar().with_year(parse_year(NOTICE))
        monkeypatch.setattr(calendar, "published_calendar", lambda: later)
        monkeypatch.setattr(following, "digest_of_installed", lambda: digest)
        calendar.calendar_as_of.cache_clear()

    yield install
    calendar.calendar_as_of.cache_clear()


def more_cases(walk, count):
    """As many again, filed on the same day."""
    both = (walk.cast.officer, walk.cast.second)
    for number in range(count):
        fields = {"title": f"案件{number}", "party": walk.cast.firm, "town": walk.cast.town}
        matter = open_matter("trial_case", Acting(both[0], at=nine("11-10")), **fields)
        acting = Acting(both[0], officers=both, at=nine("11-10"))
        take(matter, "file", acting, version=matter.version)


def days():
    return list(RunningClock.objects.order_by("pk").values_list("last_day", flat=True))


def test_an_installation_without_clocks_has_nothing_to_do(db):
    assert not has_followed()
    note_installed()
    assert has_followed()
    assert (left_to_follow(), follow_installed()) == (0, 0)


def test_the_start_moves_nothing_and_says_how_much_is_left(late, version):
    version()
    note_installed()
    assert (days(), left_to_follow(), has_followed()) == ([PROVISIONAL], 1, False)


def test_what_was_provisional_ends_where_the_new_version_says_and_people_are_told(late, version):
    version()
    note_installed()
    assert follow_installed() == 1
    clock = late.clock("decision")
    assert (clock.last_day, clock.provisional) == (KNOWN, False)
    assert Matter.objects.get(pk=late.matter.pk).next_due_at == clock.due_at
    assert {row.at for row in ToDo.objects.filter(matter=late.matter.pk)} == {clock.due_at}
    told = Message.objects.filter(kind=Message.Kind.MOVED, matter=late.matter.pk)
    assert {each.facts["day"] for each in told} == {KNOWN.isoformat()}
    entry = AuditEntry.objects.get(action="clock.follow")
    assert (entry.actor, entry.detail["clocks"]) == (None, 1)
    assert (left_to_follow(), has_followed()) == (0, True)


def test_a_second_start_does_nothing(late, version, django_assert_num_queries):
    version()
    note_installed()
    follow_installed()
    with django_assert_num_queries(1):
        note_installed()
    assert follow_installed() == 0
    assert AuditEntry.objects.filter(action="clock.follow").count() == 1


def test_a_version_that_changes_no_day_writes_no_clock(late, monkeypatch):
    monkeypatch.setattr(following, "digest_of_installed", lambda: "the same days")
    before = list(RunningClock.objects.values_list())
    note_installed()
    assert (follow_installed(), has_followed()) == (0, True)
    assert list(RunningClock.objects.values_list()) == before
    assert not AuditEntry.objects.filter(action="clock.follow").exists()


def test_a_year_that_the_city_loaded_stays_the_city_s(late, version):
    load_year(NOTICE + "2027-02-12,放假\n", late.cast.head)
    version()
    note_installed()
    assert follow_installed() == 0
    assert days() == [dt.date(2027, 2, 15)]


def test_it_goes_on_where_it_was_killed(late, version, monkeypatch):
    more_cases(late, 4)
    version()
    note_installed()
    monkeypatch.setattr(following, "_PORTION", 2)
    saved, portions = following.follow_moved, []

    def die_in_the_second(keys):
        portions.append(keys)
        if len(portions) == 2:
            raise KeyboardInterrupt
        saved(keys)

    monkeypatch.setattr(following, "follow_moved", die_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        follow_installed()
    assert days() == [KNOWN] * 2 + [PROVISIONAL] * 3
    assert left_to_follow() == 3
    monkeypatch.setattr(following, "follow_moved", saved)
    assert follow_installed() == 3
    assert days() == [KNOWN] * 5


def test_a_process_of_another_version_leaves_it_alone(late, version):
    version("new")
    note_installed()
    version("old")
    assert (follow_installed(), left_to_follow(), has_followed()) == (0, 0, False)
    assert days() == [PROVISIONAL]


def test_whoever_asks_has_all_done_again(late, version):
    """As where a process of the version before took a step behind it."""
    version()
    note_installed()
    follow_installed()
    RunningClock.objects.update(last_day=PROVISIONAL)
    assert (follow_installed(), days()) == (0, [PROVISIONAL])
    assert (follow_all(), days(), has_followed()) == (1, [KNOWN], True)


def test_it_stops_after_the_time_it_was_given(late, version):
    version()
    note_installed()
    assert follow_installed(0) == 0
    assert left_to_follow() == 1


@pytest.mark.parametrize("state", ["ended", "still"])
def test_what_has_ended_or_stands_still_is_left_alone(late, version, state):
    if state == "ended":
        late.take("drop", late.cast.head, "11-11")
    else:
        late.take("appraise", late.cast.officer, "11-11")
    before = list(RunningClock.objects.values_list())
    version()
    note_installed()
    assert (follow_installed(), has_followed()) == (0, True)
    assert list(RunningClock.objects.values_list()) == before


def test_one_that_cannot_be_reckoned_stays_and_hinders_no_other(late, version, monkeypatch, caplog):
    more_cases(late, 1)
    version()
    note_installed()
    reckoned = moving.reckoned

    def refuse_the_first(row, now):
        if row.matter_id == late.matter.pk:
            raise ClockError("no edition")
        return reckoned(row, now)

    monkeypatch.setattr(moving, "reckoned", refuse_the_first)
    assert (follow_installed(), has_followed()) == (1, True)
    assert days() == [PROVISIONAL, KNOWN]
    assert f"matter {late.matter.pk}: decision stays as it was: no edition" in caplog.text


def test_many_clocks_take_no_more_queries_than_one(late, version, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    version("first")
    note_installed()
    with CaptureQueriesContext(connection) as one:
        assert follow_installed() == 1
    RunningClock.objects.update(last_day=PROVISIONAL)
    more_cases(late, 20)
    RunningClock.objects.update(last_day=PROVISIONAL)
    version("second")
    note_installed()
    with django_assert_max_num_queries(len(one) + 2):
        assert follow_installed() == 21


def test_the_digest_is_of_what_is_installed(db):
    note_installed()
    assert Reckoning.objects.get().digest == installed.digest_of_installed()
