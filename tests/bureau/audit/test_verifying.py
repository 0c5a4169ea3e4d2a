"""What is done to the tables behind the platform's back is found and named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.audit import sealing
from zhihuan.bureau.audit.anchors import check_anchors, drop_anchor
from zhihuan.bureau.audit.findings import Fault
from zhihuan.bureau.audit.models import AuditBlock, AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.audit.sealing import seal_missed, seal_new
from zhihuan.bureau.audit.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(person: Callable[..., object]) -> list[int]:
    """Three blocks of three entries."""
    user, ids = person("值班员"), []
    for block in range(3):
        ids += [
            record("thing.change", f"thing:{block}-{n}", actor=user, text="值", n=n).pk
            for n in range(3)
        ]
        assert seal_new() >= 3
    return ids


def underneath(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def faults() -> list[tuple[Fault, int]]:
    return [(each.fault, each.number) for each in verify()]


def test_an_untouched_trail_has_no_findings(trail: list[int]) -> None:
    assert faults() == []
    assert seal_new() == 0
    assert seal_missed() == 0


def test_an_empty_trail_has_none_either() -> None:
    AuditEntry.objects.all()._raw_delete("default")
    assert seal_new() == 0
    assert faults() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "thing.view"),
        ("subject", "thing:9"),
        ("actor_name", "别人"),
        ("actor_id", None),
        ("address", "10.0.0.1"),
        ("detail", '{"n":1,"text":"別"}'),
        ("at", "2026-01-01 00:00:00+00:00"),
        ("at", "infinity"),
    ],
)
def test_an_altered_entry_is_named_whatever_was_altered(
    trail: list[int], column: str, value: object
) -> None:
    underneath(f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s", value, trail[4])
    assert faults() == [(Fault.ALTERED, trail[4])]


def test_a_removed_entry_is_named(trail: list[int]) -> None:
    underneath("DELETE FROM audit_auditentry WHERE id = %s", trail[4])
    assert faults() == [(Fault.REMOVED, trail[4])]


def test_two_entries_that_changed_places_are_named(trail: list[int]) -> None:
    first, second = trail[3], trail[5]
    for old, new in ((first, 10**9), (second, first), (10**9, second)):
        underneath("UPDATE audit_auditentry SET id = %s WHERE id = %s", new, old)
    assert faults() == [(Fault.MOVED, first), (Fault.MOVED, second)]


def test_an_entry_removed_with_its_block_breaks_the_chain(trail: list[int]) -> None:
    number = AuditBlock.objects.order_by("number").values_list("number", flat=True)[1]
    underneath("DELETE FROM audit_auditblock WHERE number = %s", number)
    assert (Fault.BLOCK_REMOVED, number) in faults()


def test_with_a_block_gone_the_entries_of_the_newest_are_still_looked_at(trail: list[int]) -> None:
    number = AuditBlock.objects.order_by("number").values_list("number", flat=True)[1]
    underneath("DELETE FROM audit_auditblock WHERE number = %s", number)
    underneath("UPDATE audit_auditentry SET subject = 'other' WHERE id = %s", trail[-1])
    assert (Fault.ALTERED, trail[-1]) in faults()


def test_an_entry_slipped_in_and_dated_back_is_named(trail: list[int]) -> None:
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    slipped = AuditEntry.objects.create(action="thing.change", subject="thing:x", at=old)
    assert faults() == [(Fault.UNSEALED, slipped.pk)]
    assert seal_new() == 1  # sealed with all others; its time gives it away
    assert faults() == [(Fault.BACKDATED, slipped.pk)]


def test_an_entry_that_appears_with_a_smaller_number_is_sealed_too(trail: list[int]) -> None:
    """A transaction that took long: its number is older than its neighbours'."""
    late = AuditEntry(pk=trail[0] - 1, action="thing.change", subject="thing:late")
    late.save_base(force_insert=True)
    assert seal_new() + seal_missed() == 1
    assert faults() == []


@pytest.mark.parametrize("holes", [100, 0], ids=["hole by hole", "all"])
def test_an_entry_that_appears_in_a_hole_is_sealed_too(
    trail: list[int], monkeypatch: pytest.MonkeyPatch, holes: int
) -> None:
    monkeypatch.setattr(sealing, "_HOLES", holes)
    for number in (trail[-1] + 9, trail[-1] + 4, trail[-1] + 6):
        late = AuditEntry(pk=number, action="thing.change", subject=f"thing:{number}")
        late.save_base(force_insert=True)
        assert (seal_new(), seal_new()) == (1, 0)
    assert faults() == []


def test_entries_that_are_sealed_are_not_read_again(trail: list[int]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert seal_new() == 0
    entries = [each["sql"] for each in asked if "audit_auditentry" in each["sql"]]
    assert len(entries) == 1
    assert f">{trail[-1]}" in entries[0].replace(" ", "")
    assert not any("digests" in each["sql"] for each in asked)


def test_a_cut_off_end_shows_against_the_anchors(trail: list[int], tmp_path: Path) -> None:
    path = tmp_path / "anchors.jsonl"
    newest = AuditBlock.objects.order_by("number").last()
    assert newest is not None
    assert drop_anchor(path) == newest.number
    assert drop_anchor(path) is None
    assert list(check_anchors(path)) == []
    underneath("DELETE FROM audit_auditentry WHERE id >= %s", trail[6])
    underneath("DELETE FROM audit_auditblock WHERE number = %s", newest.number)
    assert faults() == []  # nothing that is left contradicts itself
    assert [(each.fault, each.number) for each in check_anchors(path)] == [
        (Fault.CUT_OFF, newest.number)
    ]


def test_a_chain_forged_to_its_end_shows_against_the_anchors(
    trail: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "anchors.jsonl"
    number = drop_anchor(path)
    underneath("UPDATE audit_auditentry SET subject = 'other' WHERE id = %s", trail[0])
    underneath("DELETE FROM audit_auditblock")
    while AuditBlock.objects.count() < (number or 0):
        seal_missed()
        record("filler", "filler")
    assert (Fault.ALTERED, trail[0]) not in faults()
    assert [(each.fault, each.number) for each in check_anchors(path)] == [
        (Fault.BLOCK_ALTERED, number)
    ]


def test_anchors_that_were_written_over_say_so(trail: list[int], tmp_path: Path) -> None:
    path = tmp_path / "anchors.jsonl"
    drop_anchor(path)
    path.write_text(path.read_text().replace('"number"', '"nummer"'))
    assert [each.fault for each in check_anchors(path)] == [Fault.ANCHORS]


def test_more_entries_than_a_block_holds_go_into_several(
    monkeypatch: pytest.MonkeyPatch, trail: list[int]
) -> None:
    monkeypatch.setattr("zhihuan.bureau.audit.sealing._MOST", 4)
    before = AuditBlock.objects.count()
    for number in range(10):
        record("thing.change", f"thing:{number}")
    assert seal_new() == 10
    assert AuditBlock.objects.count() == before + 3
    assert faults() == []


def test_what_another_process_sealed_meanwhile_is_not_sealed_twice(
    monkeypatch: pytest.MonkeyPatch, trail: list[int]
) -> None:
    """The other is done with all of it, several blocks, between our look and our first block."""
    monkeypatch.setattr("zhihuan.bureau.audit.sealing._MOST", 2)
    new = [record("thing.change", f"thing:{number}").pk for number in range(6)]
    look = sealing._unknown

    def slow(*asked: object) -> object:
        found = look(*asked)
        monkeypatch.setattr(sealing, "_unknown", look)
        assert seal_new() == len(new)
        return found

    monkeypatch.setattr(sealing, "_unknown", slow)
    assert seal_missed() == 0
    assert faults() == []


def test_what_was_written_comes_back_byte_for_byte(trail: list[int]) -> None:
    detail = {"b": [1, 2.0, 1e22, 0.1], "a": {"字": "\u0000\u2028", "z": None}}
    pk = record("thing.change", "thing:exact", **detail).pk
    assert AuditEntry.objects.get(pk=pk).detail == detail


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        record("thing.change", "thing:nan", value=float("nan"))
