"""Whatever is done to a chain underneath is found, and it is said to which event."""

from __future__ import annotations

import pytest
from django.db import connection

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.inbox.models import Message, ToDo
from zhihuan.bureau.matters.engine import verifying
from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of_event
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock


def by_hand(sql, *params):
    """As somebody who goes underneath the platform."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def found() -> list[str]:
    last = verifying.newest_matter()
    findings = [*verifying.verify_gone(), *verifying.verify_matters(1, last)]
    return [f"{finding.fault}: {finding.words}" for finding in findings]


@pytest.fixture
def five(filed):
    """A case of five events, and another untouched one before and behind it."""
    filed.take("submit", filed.cast.officer, "03-03")
    filed.take("back", filed.cast.head, "03-04", why="证据不足")
    filed.take("submit", filed.cast.officer, "03-05")
    for _ in range(2):
        open_matter("trial_case", Acting(filed.cast.officer), title="another", town=filed.cast.town)
    return filed.matter


def rechained(matter, first):
    """Give the events from ``first`` on digests that agree, and the row the newest: the forger's work."""
    events = list(matter.events.order_by("number"))
    before = bytes(events[first - 2].digest) if first > 1 else NOTHING
    for event in events[first - 1 :]:
        before = digest_of_event(before, event)
        by_hand("UPDATE matters_matterevent SET digest = %s WHERE id = %s", before, event.pk)
    by_hand("UPDATE matters_matter SET head = %s WHERE id = %s", before, matter.pk)


def test_what_nobody_touched_is_sound(five):
    assert found() == []


def test_nothing_is_sound_too(db):
    assert found() == []


CHANGES = {
    "said": '{"why":"证据充分"}',
    "actor_name": "somebody else",
    "officers": '[{"id":1}]',
    "step": "drop",
    "source": "draft",
    "target": "decided",
    "at": "2026-03-03 00:00:00+00:00",
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("number", [1, 4, 5])
@pytest.mark.parametrize("depth", ["content", "with its digest", "with all digests"])
def test_an_altered_event_is_named(five, column, number, depth):
    event = five.events.get(number=number)
    by_hand(
        f"UPDATE matters_matterevent SET {column} = %s WHERE id = %s", CHANGES[column], event.pk
    )
    if depth == "with its digest":
        event = five.events.get(number=number)
        earlier = five.events.filter(number=number - 1).first()
        digest = digest_of_event(bytes(earlier.digest) if earlier else NOTHING, event)
        by_hand("UPDATE matters_matterevent SET digest = %s WHERE id = %s", digest, event.pk)
    if depth == "with all digests":
        rechained(five, number)
    told = [f"altered: matter {five.pk}: event {number} is not as it was written"]
    if (column, number) == ("target", 5):
        told.append(f"altered: matter {five.pk}: it does not stand where its newest event led")
    assert found() == told


@pytest.mark.parametrize("first", [1, 2, 4])
def test_events_that_changed_places_are_named(five, first):
    here, there = five.events.get(number=first), five.events.get(number=first + 1)
    for pk, number in ((here.pk, 99), (there.pk, first), (here.pk, first + 1)):
        by_hand("UPDATE matters_matterevent SET number = %s WHERE id = %s", number, pk)
    moved = [
        f"changed places: matter {five.pk}: event {first + 1} stands where event {first} stood",
        f"changed places: matter {five.pk}: event {first} stands where event {first + 1} stood",
    ]
    assert found()[:2] == moved


@pytest.mark.parametrize(("number", "closed"), [(1, False), (3, False), (3, True), (5, False)])
def test_a_removed_event_is_named(five, number, closed):
    """closed: those behind it were moved up into its place, with fitting digests."""
    RunningClock.objects.all().delete()
    by_hand("DELETE FROM matters_matterevent WHERE matter_id = %s AND number = %s", five.pk, number)
    if closed:
        for at in (4, 5):
            by_hand(
                "UPDATE matters_matterevent SET number = %s WHERE matter_id = %s AND number = %s",
                at - 1, five.pk, at,
            )  # fmt: skip
        rechained(five, 3)
        by_hand("UPDATE matters_matter SET version = 4 WHERE id = %s", five.pk)
        assert found() == [
            f"changed places: matter {five.pk}: event 4 stands where event 3 stood",
            f"changed places: matter {five.pk}: event 5 stands where event 4 stood",
            f"removed: matter {five.pk}: event 5 is gone",
        ]
    else:
        assert found() == [f"removed: matter {five.pk}: event {number} is gone"]


def test_an_end_cut_off_together_with_the_row_is_named(five):
    by_hand("DELETE FROM matters_matterevent WHERE matter_id = %s AND number > 3", five.pk)
    last = five.events.get(number=3)
    by_hand(
        "UPDATE matters_matter SET version = 3, head = %s, state = %s WHERE id = %s",
        bytes(last.digest), last.target, five.pk,
    )  # fmt: skip
    assert found() == [f"removed: matter {five.pk}: events 4 to 5 are gone"]


def test_an_event_that_slipped_in_is_named(five):
    last = five.events.get(number=5)
    forged = MatterEvent(
        matter=five, number=6, at=last.at, step="drop", source="reviewing", target="dropped"
    )
    forged.digest = digest_of_event(bytes(last.digest), forged)
    forged.save()
    by_hand(
        "UPDATE matters_matter SET version = 6, head = %s, state = 'dropped' WHERE id = %s",
        forged.digest, five.pk,
    )  # fmt: skip
    assert found() == [
        f"in no block: matter {five.pk}: the trail knows nothing of event 6 and what follows"
    ]


@pytest.mark.parametrize(("column", "value"), [("state", "decided"), ("version", 4)])
def test_a_row_that_does_not_agree_with_its_events_is_named(five, column, value):
    by_hand(f"UPDATE matters_matter SET {column} = %s WHERE id = %s", value, five.pk)
    (told,) = found()
    assert told.startswith(f"altered: matter {five.pk}: ")


def test_a_matter_that_is_gone_with_everything_is_named(five):
    RunningClock.objects.all().delete()
    Message.objects.all().delete()
    ToDo.objects.all().delete()
    by_hand("DELETE FROM matters_matterevent WHERE matter_id = %s", five.pk)
    by_hand("DELETE FROM matters_matter WHERE id = %s", five.pk)
    assert found() == [f"removed: matter {five.pk} is gone with all its events"]


def test_a_matter_without_events_is_named(five):
    RunningClock.objects.all().delete()
    by_hand("DELETE FROM matters_matterevent WHERE matter_id = %s", five.pk)
    assert found() == [f"removed: matter {five.pk}: events 1 to 5 are gone"]


def test_a_matter_the_trail_never_saw_is_named(five):
    by_hand("DELETE FROM audit_auditentry WHERE subject = %s", f"matter:{five.pk}")
    assert found() == [f"in no block: matter {five.pk}: the trail knows nothing of it"]


def test_portions_of_any_size_find_the_same(five, monkeypatch):
    by_hand("UPDATE matters_matterevent SET step = 'x' WHERE number = 1")
    whole = found()
    assert len(whole) == 3
    for size in (1, 2):
        monkeypatch.setattr(verifying, "_PORTION", size)
        assert found() == whole
    keys = sorted(Matter.objects.values_list("pk", flat=True))
    single = [str(each.fault) for pk in keys for each in verifying.verify_matters(pk, pk)]
    assert single == ["altered"] * 3


@pytest.mark.parametrize("column", ["actor_name", "officers", "step", "source", "target", "said"])
@pytest.mark.parametrize("put", ["\x1e", "{}\x1e", "\x1e{}", "\x1e{}\x1e"])
def test_what_separates_values_as_they_are_read_hides_nothing(five, column, put):
    event = five.events.get(number=2)
    said = put.format(getattr(event, column) if column not in {"officers", "said"} else "[]")
    by_hand(f"UPDATE matters_matterevent SET {column} = %s WHERE id = %s", said, event.pk)
    assert found() == [f"altered: matter {five.pk}: event 2 is not as it was written"]


def test_a_digest_that_lends_its_neighbour_a_byte_is_named(five):
    first, second = (bytes(five.events.get(number=number).digest) for number in (2, 3))
    for number, digest in ((2, first[:-1]), (3, first[-1:] + second)):
        by_hand(
            "UPDATE matters_matterevent SET digest = %s WHERE matter_id = %s AND number = %s",
            digest, five.pk, number,
        )  # fmt: skip
    words = "its events are as they were written, their digests or its row are not"
    assert found() == [f"altered: matter {five.pk}: {words}"]


def test_a_step_taken_while_they_are_read_is_no_finding(filed):
    known = verifying._known(1, filed.matter.pk, 10)
    filed.take("submit", filed.cast.officer, "03-03")
    assert list(verifying._portion(known, 1, filed.matter.pk)) == []


def test_queries_do_not_grow_with_the_events(five, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        list(verifying.verify_matters(1, verifying.newest_matter()))


def test_the_acts_it_knows_are_those_the_engine_writes(five):
    acts = set(AuditEntry.objects.filter(subject__startswith="matter:").values_list("action"))
    assert {act for (act,) in acts} <= set(verifying.ACTS)
