from __future__ import annotations

import pytest

from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.encoder import encode
from zhihuan.hj212.message import Message
from zhihuan.telemetry.simulator.faults.truth import TruthLog
from zhihuan.telemetry.simulator.faults.wire import (
    EXPLAINED,
    WireFaultKind,
    WireFaults,
    parse_rates,
)

FRAME = encode(
    qn="20260320000000001", st="32", cn="2011", mn="010000A8900016F000169DC0", flag=5,
    cp="DataTime=20260320000000;w01018-Rtd=40.1,w01018-Flag=N",
)  # fmt: skip


def struck(kind: str, seed: int = 1) -> tuple[WireFaults, TruthLog]:
    truth = TruthLog()
    return WireFaults({kind: 1.0}, seed, truth, "M"), truth


def read(data: bytes) -> list[Message]:
    decoder = Decoder()
    events = decoder.feed(data + FRAME) + decoder.close()
    return [event for event in events if isinstance(event, Message)]


@pytest.mark.parametrize("kind", ["half_frame", "wrong_length"])
def test_a_frame_that_cannot_be_read_costs_only_itself(kind: str) -> None:
    for seed in range(40):
        faults, truth = struck(kind, seed)
        delivery = faults.deliver(FRAME, "q", 0.0)
        assert not delivery.complete
        assert len(read(b"".join(piece for _pause, piece in delivery.pieces))) == 1
        assert truth.counts == {kind: 1}


def test_a_flipped_byte_is_one_bit_of_one_byte() -> None:
    for seed in range(40):
        faults, _truth = struck("byte_flip", seed)
        ((_pause, damaged),) = faults.deliver(FRAME, "q", 0.0).pieces
        changed = [a ^ b for a, b in zip(FRAME, damaged, strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0].bit_count() == 1


@pytest.mark.parametrize("kind", ["broken_pause", "one_byte_writes", "junk", "glue"])
def test_a_frame_that_only_travels_oddly_is_read(kind: str) -> None:
    faults, _truth = struck(kind)
    delivery = faults.deliver(FRAME, "q", 0.0)
    assert delivery.complete
    assert delivery.hold is (kind == "glue")
    assert len(read(b"".join(piece for _pause, piece in delivery.pieces))) == 2


def test_one_byte_writes_are_one_byte_each() -> None:
    faults, _truth = struck("one_byte_writes")
    assert {len(piece) for _pause, piece in faults.deliver(FRAME, "q", 0.0).pieces} == {1}


def test_without_rates_nothing_strikes() -> None:
    faults = WireFaults({"reset": 0.0}, 1, TruthLog(), "M")
    assert faults.none
    assert faults.deliver(FRAME, "q", 0.0).pieces == ((0.0, FRAME),)


def test_rates_are_kept_and_the_same_seed_strikes_the_same_frames() -> None:
    def strikes(seed: int) -> list[bool]:
        faults = WireFaults({"reset": 0.1}, seed, TruthLog(), "M")
        return [faults.strikes(WireFaultKind.RESET, 0.0) for _ in range(3000)]

    assert strikes(4) == strikes(4)
    assert strikes(4) != strikes(5)
    assert 230 <= sum(strikes(4)) <= 370


@pytest.mark.parametrize("text", ["flip=0.1", "reset=often", "reset=1.5"])
def test_an_unusable_rate_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text.split("=", maxsplit=1)[0]):
        parse_rates((text,))


def test_every_kind_is_explained() -> None:
    assert set(EXPLAINED) == set(WireFaultKind)
