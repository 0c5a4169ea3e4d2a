"""Decoding on one core: frames a second, where the time goes, and what peers would take.

The frames have ten factors with a value, a converted value and a mark each, some 640 bytes, from 500
devices. "Typed" means: head read, values as floats, data time as seconds, all asked for each frame.
Seconds are those of one core (processor time), so that other programs disturb less.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench._dose import add_doses, dose_of
from zhihuan.hj212 import Decoder, Group, Message, encode
from zhihuan.hj212.batch import BatchDecoder
from zhihuan.hj212.cp import read_cp
from zhihuan.hj212.crc import crc_text

CODES = [
    "a21026",
    "a21002",
    "a34013",
    "a21005",
    "a01011",
    "a01012",
    "a01013",
    "a01014",
    "a19001",
    "a00000",
]
CHUNK_BYTES = 65536
SECONDS = 3.0


def made_frames(count: int, subs: tuple[str, ...]) -> list[bytes]:
    """Frames as a city sends them: every value another, every layout the same."""
    chance = random.Random(212)
    frames = []
    for number in range(count):
        groups = [
            Group(code, {sub: f"{chance.uniform(1, 999):.2f}" for sub in subs} | {"Flag": "N"})
            for code in CODES
        ]
        second = number // 500 * 30
        clock = f"{second // 3600 % 24:02d}{second // 60 % 60:02d}{second % 60:02d}"
        frames.append(
            encode(
                qn=f"20260101{clock}{number % 500:03d}",
                st="31",
                cn="2011" if "Rtd" in subs else "2051",
                mn=f"010000A8900016F0{number % 500:08X}",
                flag=5,
                cp=[("DataTime", f"20260101{clock}"), *groups],
            )
        )
    return frames


# --- ours ---------------------------------------------------------------------------------------------


def in_chunks(stream: bytes) -> int:
    """The gateway's way under load: many frames in what the socket gives."""
    decoder, good = Decoder(), 0
    for at in range(0, len(stream), CHUNK_BYTES):
        good += sum(used(event) for event in decoder.feed(stream[at : at + CHUNK_BYTES]))
    return good


def one_by_one(frames: list[bytes]) -> int:
    """The gateway's way at rest: every read brings one frame of one device."""
    decoder = Decoder()
    return sum(used(event) for frame in frames for event in decoder.feed(frame))


def used(event: object) -> bool:
    """Ask a message for all that a consumer asks."""
    if not isinstance(event, Message):
        return False
    return bool(event.numbers) and event.data_epoch is not None and event.shape.codes != ()


# --- peers: what one writes first, in two grades ---------------------------------------------------------

TABLE: list[int] = []
for _index in range(256):
    _register = _index
    for _ in range(8):
        _register = (_register >> 1) ^ (0xA001 if _register & 1 else 0)
    TABLE.append(_register)


def bitwise_crc(segment: bytes) -> int:
    """Annex A word for word."""
    register = 0xFFFF
    for byte in segment:
        register = (register >> 8) ^ byte
        for _ in range(8):
            register = (register >> 1) ^ (0xA001 if register & 1 else 0)
    return register


def table_crc(segment: bytes) -> int:
    """One look-up a byte."""
    register = 0xFFFF
    for byte in segment:
        register = TABLE[(register >> 8) ^ byte]
    return register


def naive(stream: bytes, crc: Callable[[bytes], int]) -> int:
    """Cut at the length field, check the CRC, split, and put floats into dicts."""
    at = good = 0
    while (at := stream.find(b"##", at)) >= 0:
        length = int(stream[at + 2 : at + 6])
        segment = stream[at + 6 : at + 6 + length]
        if crc(segment) == int(stream[at + 6 + length : at + 10 + length], 16):
            good += bool(naive_fields(segment.decode()))
        at += 10 + length
    return good


def naive_fields(segment: str) -> dict[str, dict[str, object]]:
    head, cp = segment[:-2].split("CP=&&")
    fields = dict(item.split("=") for item in head.split(";") if item)
    factors: dict[str, dict[str, object]] = {"": dict(fields)}
    for item in cp.split(";"):
        for pair in item.split(","):
            key, value = pair.split("=")
            code, _, sub = key.rpartition("-")
            number = value if sub in ("Flag", "DataTime") else float(value)
            factors.setdefault(code, {})[sub] = number
    return factors


# --- figures ------------------------------------------------------------------------------------------


def rate(work: Callable[[], int], count: int) -> float:
    """Frames a second, the best of many short runs; all frames must have been good."""
    best, until = float("inf"), time.monotonic() + SECONDS
    while best == float("inf") or time.monotonic() < until:
        started = time.process_time()
        good = work()
        best = min(best, time.process_time() - started)
        assert good == count, f"{good} of {count} frames"
    return count / best


def microseconds(work: Callable[[], object], calls: int) -> float:
    """A call's time, likewise."""

    def several() -> int:
        for _ in range(calls):
            work()
        return calls

    return 1e6 / rate(several, calls)


def shares(frame: bytes, total: float) -> Iterator[tuple[str, float, str]]:
    """What part of a frame's time is CRC, CP, numbers; the rest is framing, head and message."""
    segment = frame[6:-6]
    cp = segment.decode().split("CP=&&")[1][:-2]
    (message,) = Decoder().feed(frame)
    assert isinstance(message, Message)
    parts = {
        "CRC": microseconds(lambda: crc_text(segment), 2000),
        "CP into layout and texts": microseconds(lambda: read_cp(cp), 2000),
        "20 texts into floats": microseconds(lambda: message.numbers, 2000),
        "data time": microseconds(lambda: message.data_epoch, 2000),
    }
    parts["framing, head, message"] = max(0.0, total - sum(parts.values()))
    for name, spent in parts.items():
        yield f"{name}, of {total:.1f} µs a frame", spent, f"{spent / total:.0%}"


def report(
    name: str, figure: float, unit: str, *, target: float | None = None, note: str = ""
) -> None:
    line = {
        "bench": f"decode: {name}",
        "figure": round(figure, 2 if figure < 100 else 0),
        "unit": unit,
        "target": target,
        "note": note,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a small dose")
    globals()["SECONDS"] = dose_of(parser.parse_args(), SECONDS, 0.5, 0.0)
    frames = made_frames(4000, ("Rtd", "ZsRtd"))
    stream = b"".join(frames)
    note = f"10 factors, {len(frames[0])} bytes, CRC checked, floats and time read"
    chunked = rate(lambda: in_chunks(stream), 4000)
    report("typed messages, one core, 64 KiB chunks", chunked, "frames/s", target=60000, note=note)
    report("typed messages, a frame a read", rate(lambda: one_by_one(frames), 4000), "frames/s")
    bulk = BatchDecoder()
    bulk.feed(stream)  # the first frame of each device is read by itself
    figure = rate(lambda: len(bulk.feed(stream)), 4000)
    note = "the same floats and times as columns"
    report("in bulk into columns, one core", figure, "frames/s", target=200000, note=note)

    minutes = made_frames(1000, ("Min", "Avg", "Max"))
    joined = b"".join(minutes)
    note = f"10 factors, {len(minutes[0])} bytes, 30 numbers"
    report("minute data", rate(lambda: in_chunks(joined), 1000), "frames/s", note=note)
    for name, spent, share in shares(frames[0], 1e6 / chunked):
        report(f"share of {name}", spent, "µs", note=share)

    sample = b"".join(frames[:100])
    peers = {"bitwise CRC and split": bitwise_crc, "table CRC and split": table_crc}
    for name, crc in peers.items():
        figure = rate(partial(naive, sample, crc), 100)
        report(
            f"peer, {name}", figure, "frames/s", note=f"ours is {chunked / figure:.1f} times that"
        )

    garbage = b"##9998&&0000" * 5000
    spent = microseconds(lambda: Decoder().feed(garbage), 1)
    report("hostile garbage, all frame heads", len(garbage) / spent, "MB/s")


if __name__ == "__main__":
    main()
