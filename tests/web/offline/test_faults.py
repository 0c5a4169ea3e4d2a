"""Ten thousand syncs with something wrong in each: nothing that was written is lost, nothing is doubled.

``ZHIHUAN_SYNC_FAULTS`` says how many (a small dose unless told otherwise), ``ZHIHUAN_SYNC_SEED`` from which
seed. Two officers, three phones, one visit after another, against the real views, engine and vault.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from phones import picture
from telephones import CutError, Network, Telephone

from zhihuan.bureau.field_records.deciding import Anew, discard, keep_as_note, send_again
from zhihuan.bureau.field_records.models import FieldRecord, Receipt
from zhihuan.bureau.field_records.receipts import Sender
from zhihuan.bureau.field_records.settling import said_of
from zhihuan.bureau.matters.engine.verifying import newest_matter, verify_matters
from zhihuan.bureau.vault.models import Evidence

FAULTS = int(os.environ.get("ZHIHUAN_SYNC_FAULTS", "120"))
SEED = int(os.environ.get("ZHIHUAN_SYNC_SEED", "20261129"))
_MOST_ATTEMPTS = 400


@contextlib.contextmanager
def failing_platform() -> Iterator[None]:
    """What follows a step fails: the disk is full, a line has a defect."""
    from zhihuan.bureau.matters.engine import effects

    def fail(taken: Any) -> None:
        if taken.step is not None:
            raise RuntimeError("the disk is full")

    known = list(effects._effects)
    effects._effects[:] = [*known, fail]
    try:
        yield
    finally:
        effects._effects[:] = known


@pytest.fixture
def phones(program, cast) -> list[Telephone]:
    """Two of the officer's and one of a colleague's, each on a network of its own."""
    chance = random.Random(SEED)

    def make(user):
        return Telephone(user, Network(lambda: program(user), chance, failing_platform))

    return [make(cast.officer), make(cast.second), make(cast.officer)]


class Day:
    """One visit: written without a network on all phones, sent over bad ones, its conflicts decided."""

    def __init__(
        self, matter: Any, phones: list[Telephone], cast: Any, chance: random.Random
    ) -> None:
        self.matter, self.phones, self.chance = matter, phones, chance
        self.officers = [cast.officer.pk, cast.second.pk]
        self.mine = [(phone, set(phone.written)) for phone in phones]

    def write(self) -> None:
        first, *others = self.phones
        self.arrive(first)
        for number in range(self.chance.randint(1, 4)):
            self.note(first, number)
        for phone in others:
            if self.chance.random() < 0.3:
                self.arrive(phone)
            for number in range(self.chance.randint(0, 2)):
                self.note(phone, number)
        self.conclude(first)
        if self.chance.random() < 0.3:
            self.conclude(others[0])

    def arrive(self, phone: Telephone) -> None:
        said = ("weather", self.chance.choice(["fine", "rain", "snow"])), ("told", "on")
        phone.write(self.matter, "arrive", *said, officers=self.officers)

    def note(self, phone: Telephone, number: int) -> None:
        content = picture(self.chance.randrange(2**24)) if self.chance.random() < 0.3 else None
        words = f"{phone.jotter.sequence}-{number}：排口外排水体呈深蓝色"
        phone.write(self.matter, "note", ("words", words), content=content)

    def conclude(self, phone: Telephone) -> None:
        said = ("found", f"结论{phone.jotter.sequence}"), ("kinds", "water"), ("kinds", "gas")
        phone.write(self.matter, "record", *said, ("seen_on", "2026-11-29"))
        phone.write(self.matter, "leave", ("remark", ""))

    def send(self) -> int:
        """Until every phone knows that everything is settled; how many attempts had something wrong."""
        faulty = 0
        for _attempt in range(_MOST_ATTEMPTS):
            waiting = [phone for phone in self.phones if phone.open]
            if not waiting:
                return faulty
            phone = self.chance.choice(waiting)
            before = phone.network.faults
            with contextlib.suppress(CutError):
                phone.sync()
            faulty += phone.network.faults > before
            if self.chance.random() < 0.2:
                self.decide(phone)
        raise AssertionError([phone.states for phone in self.phones])

    def decide(self, phone: Telephone) -> None:
        for record in FieldRecord.objects.filter(phone=phone.jotter.id, state="conflict"):
            sender = Sender(phone.user, "10.0.0.9")
            act = self.chance.choice(["again", "note", "discard"])
            if act == "note":
                keep_as_note(record, sender)
            elif act == "discard":
                discard(record, sender, "重复")
            else:
                self.matter.refresh_from_db()
                anew = Anew(said_of(record), self.matter.version, record.officers)
                send_again(record, sender, anew)

    # ---- what must hold ----

    def check(self) -> None:
        written = {
            name: record
            for phone, before in self.mine
            for name, record in phone.written.items()
            if name not in before
        }
        kept = {str(each.pk): each for each in FieldRecord.objects.filter(matter=self.matter)}
        assert set(kept) == set(written)
        for name, record in kept.items():
            self._is_whole(record, written[name])
        self._is_one_to_one(kept.values())
        self._is_in_order(kept.values())

    def _is_whole(self, record: FieldRecord, told: dict[str, Any]) -> None:
        assert record.values == told["values"]
        assert record.is_settled
        files = list(record.files.select_related("stored__content"))
        assert [each.sha256 for each in files] == [each["sha256"] for each in told["files"]]
        for each in files:
            assert each.stored.content.sha256 == each.sha256
            assert each.stored.held
        acts = Counter(record.receipts.values_list("act", flat=True))
        assert acts[Receipt.Act.RECEIVED] == 1
        assert acts[Receipt.Act.APPLIED] == (record.state == "applied")
        assert acts[Receipt.Act.ALTERED] == 0

    def _is_one_to_one(self, records: Any) -> None:
        events = list(self.matter.events.exclude(step="_open"))
        made = {each.event_id: each for each in records if each.state == "applied"}
        assert {event.pk for event in events} == set(made)
        for event in events:
            record = made[event.pk]
            assert (event.step, event.actor_id) == (record.step, record.user_id)
            said = dict(record.values)
            assert event.said.get("words") == said.get("words")
            assert event.said.get("found") == said.get("found")
        pictured = [each for each in made.values() if each.files.exists()]
        assert Evidence.objects.filter(matter=self.matter).count() == len(pictured)

    def _is_in_order(self, records: Any) -> None:
        for phone, _before in self.mine:
            mine = [each for each in records if each.phone_id == phone.jotter.id and each.event]
            numbers = [each.event.number for each in sorted(mine, key=lambda each: each.sequence)]
            assert numbers == sorted(numbers)


def test_nothing_is_lost_and_nothing_is_doubled_whatever_the_network_does(
    phones, cast, open_visit, caplog
):
    caplog.set_level("CRITICAL")
    chance = random.Random(SEED + 1)
    faulty = days = 0
    while faulty < FAULTS:
        days += 1
        day = Day(open_visit(f"第{days}次检查"), phones, cast, chance)
        day.write()
        faulty += day.send()
        day.check()
        print(f"{faulty} faulty syncs of {days} visits, nothing lost, nothing doubled", flush=True)
    assert list(verify_matters(1, newest_matter())) == []
    total = FieldRecord.objects.count()
    assert total == sum(len(phone.written) for phone in phones)
    print(f"{faulty} faulty syncs of {days} visits, {total} records, seed {SEED}")
