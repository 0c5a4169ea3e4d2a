"""A year of the calendar that is loaded late moves due dates: to-dos follow, people are told."""

from __future__ import annotations

import pytest

from zhihuan.bureau.inbox.models import ClockWatch, Message, Receipt, ToDo
from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take

pytestmark = pytest.mark.django_db
#: The last day falls on a Tuesday that the notice makes a day off.
YEAR_2027 = "date,status\n2027-02-08,放假\n2027-02-09,放假\n"


@pytest.fixture
def provisional(case, cast, moment):
    """A case whose 90 days end on 9 February 2027, reckoned without a notice for that year."""
    moment.at = moment.go("11-11")
    acting = Acting(cast.officer, officers=[cast.officer, cast.second])
    matter = open_matter(case.code, acting, title="案件", party=cast.firm, town=cast.town)
    take(matter, "file", acting, version=matter.version)
    return matter


def test_to_dos_and_watched_clocks_follow(provisional, cast):
    assert str(ClockWatch.objects.get().last_day) == "2027-02-09"
    load_year(YEAR_2027, cast.head)
    clock = provisional.clocks.get()
    assert str(clock.last_day) == "2027-02-10"
    assert ClockWatch.objects.get().due_at == clock.due_at
    assert set(ToDo.objects.values_list("at", flat=True)) == {clock.due_at}


def test_whoever_may_go_on_with_it_is_told_from_when_to_when(provisional, cast):
    load_year(YEAR_2027, cast.head)
    message = Message.objects.get(kind="moved")
    assert message.facts == {"before": "2027-02-09", "day": "2027-02-10"}
    rows = Receipt.objects.filter(message=message).values_list("user__username", flat=True)
    assert set(rows) == {"officer", "second", "head"}


def test_a_year_that_moves_nothing_tells_nobody(provisional, cast, moment):
    moment.go("11-12")
    load_year("date,status\n2027-05-03,放假\n", cast.head)
    assert not Message.objects.exists()
