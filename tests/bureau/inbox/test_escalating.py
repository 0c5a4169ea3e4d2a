"""Clocks are told of before they end, up the ladder, once each, whatever dies in between."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.events.models import Event
from zhihuan.bureau.inbox import escalating
from zhihuan.bureau.inbox.claiming import take_on
from zhihuan.bureau.inbox.escalating import escalate
from zhihuan.bureau.inbox.models import ClockWatch, Message, Receipt
from zhihuan.bureau.inbox.telling import tell_all
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.webhooks.holding import set_up

pytestmark = pytest.mark.django_db


def boxes() -> list[tuple[str, str]]:
    """Account and kind of message, in the order told."""
    rows = Receipt.objects.order_by("message_id", "user__username")
    return list(rows.values_list("user__username", "message__kind"))


@pytest.fixture
def ends(filed):
    """The last day of the case's clock."""
    return filed.clock("decision").last_day


def before(last: dt.date, days: int) -> dt.datetime:
    """Nine in the morning, so many days before."""
    return dt.datetime.combine(last, dt.time(1), dt.UTC) - dt.timedelta(days=days)


def test_the_law_gives_ninety_days_so_it_warns_ten_five_and_two_working_days_before(filed, ends):
    assert str(ends) == "2026-06-01"  # 90 days after 2 March is a Sunday
    assert ClockWatch.objects.get().next_at == dt.datetime(2026, 5, 17, 16, tzinfo=dt.UTC)


def test_it_climbs_from_the_responsible_to_the_head_to_the_leader(filed, ends, leader):
    take_on(filed.matter, filed.cast.officer)
    assert escalate(before(ends, 30)) == 0
    escalate(before(ends, 14))
    assert boxes() == [("officer", "warning")]
    escalate(before(ends, 7))
    assert boxes()[1:] == [("head", "warning"), ("officer", "warning")]
    escalate(before(ends, 3))
    assert boxes()[3:] == [("head", "warning"), ("leader", "warning"), ("officer", "warning")]
    escalate(before(ends, -1))
    assert boxes()[6:] == [("head", "overdue"), ("leader", "overdue"), ("officer", "overdue")]
    assert ClockWatch.objects.get().next_at is None


def test_on_the_last_day_it_ends_today_and_not_in_no_days(filed, ends):
    take_on(filed.matter, filed.cast.officer)
    escalate(before(ends, 0))
    told = Message.objects.latest("pk")
    assert "今日（2026-06-01）届满" in told.words % told.facts


def test_what_was_told_is_never_told_again(filed, ends):
    for _again in range(3):
        escalate(before(ends, 14))
        escalate(before(ends, 13))
    assert Message.objects.count() == 1


def test_while_nobody_has_taken_it_on_all_who_may_go_on_with_it_are_told(filed, ends):
    escalate(before(ends, 14))
    assert [name for name, _kind in boxes()] == ["head", "officer", "second"]


def test_whoever_stands_in_for_the_responsible_person_is_told_too(filed, ends, person, moment):
    take_on(filed.matter, filed.cast.officer)
    deputy = person(name="deputy", at=filed.cast.head.organisation)
    moment.at = before(ends, 14)
    RoleGrant.objects.create(
        user=deputy, role="field_officer", organisation=filed.cast.officer.organisation,
        valid_from=moment.at.date(), valid_until=ends, on_behalf_of=filed.cast.officer,
    )  # fmt: skip
    escalate(moment.at)
    assert [name for name, _kind in boxes()] == ["deputy", "officer"]


def test_of_the_heads_the_nearest_are_told(filed, ends, person):
    bureau = filed.cast.officer.organisation.parent
    section = Organisation.objects.create(name="法规科", kind="section", parent=bureau)
    person("section_head", name="inner", at=section)  # answers for the whole city
    take_on(filed.matter, filed.cast.officer)
    escalate(before(ends, 7))
    assert [name for name, _kind in boxes()] == ["head", "officer"]


def test_where_there_is_no_near_head_the_city_s_are_told(filed, ends, person):
    bureau = filed.cast.officer.organisation.parent
    section = Organisation.objects.create(name="法规科", kind="section", parent=bureau)
    person("section_head", name="inner", at=section)
    filed.cast.head.grants.all().delete()
    take_on(filed.matter, filed.cast.officer)
    escalate(before(ends, 7))
    assert [name for name, _kind in boxes()] == ["inner", "officer"]


def test_the_party_is_reminded_of_what_it_owes(decided):
    last = decided.clock("answer").last_day
    Message.objects.all().delete()
    escalate(before(last, 1))
    assert boxes() == [("owner", "warning")]
    assert "当事人履行期限" in Message.objects.get().words


def test_after_an_extension_the_new_end_is_told_anew(filed, ends):
    take_on(filed.matter, filed.cast.officer)
    escalate(before(ends, 14))
    filed.take("extend", filed.cast.head, "05-20", why="案情复杂")
    later = filed.clock("decision").last_day
    assert later > ends
    assert escalate(before(ends, 3)) == 0
    escalate(before(later, 14))
    assert boxes() == [("officer", "warning"), ("officer", "warning")]


def test_nothing_is_told_of_a_clock_that_stands_still_or_was_met(filed, ends):
    filed.take("appraise", filed.cast.officer, "03-10")
    assert escalate(before(ends, -1)) == 0
    filed.take("appraised", filed.cast.officer, "03-20")
    filed.take("drop", filed.cast.head, "03-25")
    assert escalate(before(ends, -100)) == 0


# ---- dying in between ---------------------------------------------------------------------------


def test_a_process_that_dies_before_the_end_of_a_portion_has_told_nothing(filed, ends, monkeypatch):
    def die(told):
        tell_all(told)
        raise KeyboardInterrupt

    monkeypatch.setattr(escalating, "tell_all", die)
    with pytest.raises(KeyboardInterrupt):
        escalate(before(ends, 14))
    assert not Message.objects.exists()
    monkeypatch.undo()
    escalate(before(ends, 14))
    escalate(before(ends, 14))
    assert Message.objects.count() == 1


def test_whoever_looks_with_an_old_memory_tells_nothing_twice(filed, ends):
    escalate(before(ends, 14))
    ClockWatch.objects.update(told=0, next_at=before(ends, 14))  # restored from a backup
    escalate(before(ends, 14))
    assert Message.objects.count() == 1
    assert ClockWatch.objects.get().told == 1


# ---- many, and other systems ----------------------------------------------------------------------


def test_many_clocks_cost_a_fixed_number_of_queries_a_portion(case, cast, ends):
    def add(count: int) -> None:
        both = [cast.officer, cast.second]
        for number in range(count):
            acting = Acting(cast.officer, officers=both)
            matter = open_matter(case.code, acting, title=f"{number}", town=cast.town)
            take(matter, "file", acting, version=matter.version)

    def queries(days: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            escalate(before(ends, days))
        return len(asked)

    few = queries(14)
    add(15)
    assert queries(7) == few
    assert Message.objects.filter(kind="warning").count() == 1 + 16


def test_other_systems_hear_of_it_when_they_asked(filed, ends, person):
    escalate(before(ends, 14))
    assert not Event.objects.exists()
    keeper = person("registrar", name="keeper", at=filed.cast.officer.organisation.parent)
    set_up(
        keeper,
        name="督办系统",
        url="https://x.example/",
        kinds=["matter.due_soon", "matter.overdue"],
    )
    escalate(before(ends, 7))
    escalate(before(ends, -1))
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "matter.due_soon", "matter.overdue",
    ]  # fmt: skip
    event = Event.objects.order_by("pk")[0]
    assert event.data["matter"] == filed.matter.pk
    assert event.permission == "matters.view_trial_case"
    assert str(filed.matter) not in str(event.data)
