"""The ports as files: what was put is there after the call, bytes unchanged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhihuan.telemetry.gateway.files import FileJournal, FileOutbox, FileQuarantine
from zhihuan.telemetry.ports import (
    ExchangeStep,
    JournalEntry,
    JournalEvent,
    OrderedCommand,
    QuarantinedTraffic,
    Step,
)

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


def item(raw: bytes) -> QuarantinedTraffic:
    return QuarantinedTraffic("bad_crc", "127.0.0.1:1", "mn", raw, NOON, "细节")


def test_quarantine_gives_back_every_byte(tmp_path: Path) -> None:
    quarantine = FileQuarantine(tmp_path / "q" / "quarantine.jsonl")
    items = [item(bytes(range(256))), item(b"")]
    quarantine.put(items[:1])
    quarantine.put(items[1:])
    assert list(FileQuarantine(tmp_path / "q" / "quarantine.jsonl")) == items


def test_a_full_quarantine_file_is_set_aside_not_grown(tmp_path: Path) -> None:
    path = tmp_path / "quarantine.jsonl"
    quarantine = FileQuarantine(path, most_bytes=1000)
    for _ in range(10):
        quarantine.put([item(b"x" * 600)])
    assert path.stat().st_size < 2500
    assert (tmp_path / "quarantine.jsonl.1").exists()


def test_the_journal_keeps_what_it_was_told(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "journal.jsonl")
    journal.record([JournalEntry(JournalEvent.ONLINE, "mn", "peer", NOON)])
    (entry,) = journal
    assert (entry["event"], entry["mn"], entry["at"]) == ("online", "mn", NOON.isoformat())


def test_a_command_is_claimed_by_one_gateway_only(tmp_path: Path) -> None:
    outbox = FileOutbox(tmp_path)
    command = OrderedCommand("c1", "mn", "1012", "SystemTime=20260601120000", expires=NOON)
    outbox.order(command)
    assert outbox.due(["mn"]) == [command]
    assert outbox.due(["other"]) == []
    assert outbox.claim("c1", "one")
    assert not FileOutbox(tmp_path).claim("c1", "two")
    assert outbox.due(["mn"]) == []


def test_one_command_at_a_time_for_a_device_oldest_first(tmp_path: Path) -> None:
    outbox = FileOutbox(tmp_path)
    outbox.order(OrderedCommand("z-first", "mn", "1011"))
    outbox.order(OrderedCommand("a-second", "mn", "1012"))
    assert [command.id for command in outbox.due(["mn"])] == ["z-first"]


@pytest.mark.parametrize("text", ["{", "[]", '{"mn": "mn"}', '{"mn": "mn", "cn": "1", "x": 1}'])
def test_an_order_that_cannot_be_read_is_set_aside_and_holds_up_nobody(
    tmp_path: Path, text: str
) -> None:
    outbox = FileOutbox(tmp_path)
    (tmp_path / "bad.json").write_text(text)
    outbox.order(OrderedCommand("good", "mn", "1011"))
    assert [command.id for command in outbox.due(["mn"])] == ["good"]
    assert (tmp_path / "bad.refused").exists()


def test_an_order_written_by_hand_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "by-hand.json").write_text('{"mn": "mn", "cn": "1011"}')
    assert FileOutbox(tmp_path).due(["mn"]) == [OrderedCommand("by-hand", "mn", "1011")]


def test_the_exchange_is_kept_step_by_step(tmp_path: Path) -> None:
    outbox = FileOutbox(tmp_path)
    outbox.order(OrderedCommand("c1", "mn", "1012"))
    outbox.claim("c1", "one")
    outbox.record("c1", ExchangeStep(NOON, Step.SENT, "20260601120000000", raw=b"##..."))
    outbox.finish("c1", ExchangeStep(NOON, Step.DONE, "20260601120000000", code=1))
    assert [step["step"] for step in outbox.steps("c1")] == ["sent", "done"]
    assert (tmp_path / "c1.done").exists()
