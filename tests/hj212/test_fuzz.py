"""Mutated frames by the thousand: no crash, no byte lost, nothing accepted that should not be.

``make fuzz`` runs a million (ZHIHUAN_FUZZ_FRAMES); the suite runs a small dose. The judgement comes
from an oracle written from the standard's text, which shares no code with the decoder.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from zhihuan.hj212 import CrcDialect, DecodeError, Decoder, DeviceProfile, Group, Message, encode
from zhihuan.hj212.batch import decode_batch

FRAMES = int(os.environ.get("ZHIHUAN_FUZZ_FRAMES", "4000"))
SHARDS = 4
Event = Message | DecodeError
KEY = bytes(range(16))
PROFILES = (
    DeviceProfile(),
    DeviceProfile(lenient=False, max_segment=1024),
    DeviceProfile(keys=(b"another key 1234", KEY), encrypted=True),
    DeviceProfile(crc=CrcDialect.MODBUS),
    DeviceProfile(crc=CrcDialect.MODBUS_SWAPPED, lenient_length=True),
    DeviceProfile(crc=CrcDialect.OFF),
)
TOKENS = [
    *(b"## # && & = , ; // CP=&& CP= QN= MN= Flag= PNUM= DataTime= -Rtd= {0xE4, } ##0000 ##9999".split()),
    b"\r\n", b"\n", b" ", b"\0", b"\xff", b"\xc3", "清".encode(), b"0", b"9", b"FFFF", b"-",
]  # fmt: skip


# --- frames to start from ----------------------------------------------------------------------------


def seeds(chance: random.Random) -> list[bytes]:
    """Frames of all editions and dialects, made here: the suite needs no reference data."""
    frames = []
    for flag in (None, 0, 1, 4, 5, 8, 9):
        for crc in (CrcDialect.HJ212, CrcDialect.MODBUS, CrcDialect.MODBUS_SWAPPED):
            factors = [
                Group(code, {"Rtd": f"{chance.uniform(0, 99):.2f}", "Flag": chance.choice("NDFMC")})
                for code in chance.sample(["a21026", "a01011", "w01018", "w00000", "LA", "101"], 3)
            ]
            frames.append(
                encode(
                    qn="20260101000000001",
                    st=chance.choice(["21", "31", "32", "91"]),
                    cn=chance.choice(["2011", "2051", "9014", "3020"]),
                    mn="010000A8900016F000169DC0",
                    flag=flag,
                    cp=[("DataTime", "20260101000000"), *factors],
                    crc=crc,
                    key=KEY if flag in (8, 9) and chance.random() < 0.5 else None,
                )
            )
    text = [("PolId", "w01018"), Group("i11001", {"Info": "//有;和,以及&&和##的字//"})]
    frames.append(encode(qn="20260101000000001", st="32", cn="3020", mn="M1", flag=5, cp=text))
    return frames


Mutation = Callable[[bytearray, int, random.Random], None]


def flip_a_bit(data: bytearray, at: int, chance: random.Random) -> None:
    data[at] ^= 1 << chance.randrange(8)


def change_a_byte(data: bytearray, at: int, chance: random.Random) -> None:
    data[at] = chance.randrange(256)


def lose_bytes(data: bytearray, at: int, chance: random.Random) -> None:
    del data[at : at + chance.choice([1, 1, 2, 8, 40])]


def insert_a_token(data: bytearray, at: int, chance: random.Random) -> None:
    data[at:at] = chance.choice(TOKENS)


def overwrite_with_a_token(data: bytearray, at: int, chance: random.Random) -> None:
    token = chance.choice(TOKENS)
    data[at : at + len(token)] = token


def repeat_bytes(data: bytearray, at: int, chance: random.Random) -> None:
    data[at:at] = data[at : at + chance.choice([1, 4, 30])]


def glue_onto_itself(data: bytearray, at: int, chance: random.Random) -> None:
    data[at:] = bytes(data[chance.randrange(len(data)) :])


def change_the_length_field(data: bytearray, at: int, chance: random.Random) -> None:
    data[2:6] = b"%04d" % chance.choice([0, 1, 9999, len(data), at, chance.randrange(2000)])


MUTATIONS: list[Mutation] = [
    flip_a_bit,
    change_a_byte,
    lose_bytes,
    insert_a_token,
    overwrite_with_a_token,
    repeat_bytes,
    glue_onto_itself,
    change_the_length_field,
]


def mutated(frame: bytes, chance: random.Random) -> bytes:
    """A frame with one to four things done to it."""
    data = bytearray(frame)
    for _ in range(chance.choice([1, 1, 1, 2, 2, 3, 4])):
        if data:
            chance.choice(MUTATIONS)(data, chance.randrange(len(data)), chance)
    return bytes(data)


def repaired(data: bytes, chance: random.Random) -> bytes:
    """Often make length and CRC right again, or the grammar behind them is never reached."""
    if chance.random() < 0.5 or len(data) < 12:
        return data
    segment = data[6:-6]
    return b"##%04d%b%04X\r\n" % (len(segment) % 10000, segment, by_the_letter(segment, keep=False))


# --- the oracle --------------------------------------------------------------------------------------


def by_the_letter(segment: bytes, *, keep: bool) -> int:
    register = 0xFFFF
    for byte in segment:
        register = (register if keep else register >> 8) ^ byte
        for _ in range(8):
            register = (register >> 1) ^ (0xA001 if register & 1 else 0)
    return register


def crc_of(segment: bytes, dialect: CrcDialect) -> int:
    register = by_the_letter(segment, keep=dialect is not CrcDialect.HJ212)
    if dialect is CrcDialect.MODBUS_SWAPPED:
        return (register & 0xFF) << 8 | register >> 8
    return register


def opened(segment: bytes) -> bytes:
    """The plain segment of an encrypted one, by the second of the profile's keys."""
    head, cp = segment[:-2].split(b"CP=&&", 1)
    printed = re.match(rb"\{((?:0[xX][0-9A-Fa-f]{2}[, ]*)+)\}", cp)
    if printed:
        cp = bytes.fromhex(re.sub(rb"0[xX]|[, ]", b"", printed[1]).decode()) + cp[printed.end() :]
    whole = len(cp) // 16 * 16
    decryptor = Cipher(SM4(KEY), modes.ECB()).decryptor()
    return head + b"CP=&&" + decryptor.update(cp[:whole]) + cp[whole:] + b"&&"


def check_accepted(message: Message, profile: DeviceProfile) -> None:
    """A message may only come from a frame that is right by length, CRC, closing && and head."""
    digits = rb"##([0-9]{2,6})(?=[A-Za-z])" if profile.lenient_length else rb"##([0-9]{4})"
    found = re.match(digits, message.raw)
    assert found is not None
    sent, segment = message.raw[-4:], message.raw[found.end() : -4]
    assert segment.endswith(b"&&")
    checked = [segment]
    if message.encrypted:
        assert profile.keys
        checked = [opened(segment), segment]
    assert int(found[1]) in [len(one) for one in checked]
    assert int(found[1]) <= profile.max_segment
    if profile.crc is not CrcDialect.OFF:
        assert int(sent, 16) in [crc_of(one, profile.crc) for one in checked]
    assert re.search(rb"CN *= *%b" % message.cn.encode(), segment, re.IGNORECASE)
    if not profile.lenient:
        assert message.notes == ()
        assert len(segment) == int(found[1])


def fed(stream: bytes, profile: DeviceProfile, chance: random.Random) -> list[Event]:
    """The events of a stream that comes in chunks of any size."""
    decoder, events, at = Decoder(profile), [], 0
    while at < len(stream):
        size = chance.choice([1, 7, 100, 1000, 4096])
        events += decoder.feed(stream[at : at + size])
        assert decoder.buffered <= 65536
        at += size
    return events + decoder.close()


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(SHARDS))
def test_mutated_frames_are_judged_rightly_and_nothing_is_lost(
    seed: int, nothing_lost: Callable[[bytes, Sequence[Event]], None]
) -> None:
    chance = random.Random(seed)
    bases = seeds(chance)
    outcomes: Counter[str] = Counter()
    done = 0
    while done < FRAMES // SHARDS:
        profile = chance.choice(PROFILES)
        many = [repaired(mutated(chance.choice(bases), chance), chance) for _ in range(20)]
        stream = b"".join(many) + chance.choice(bases)
        events = fed(stream, profile, chance)
        nothing_lost(stream, events)
        accepted = [event for event in events if isinstance(event, Message)]
        for message in accepted:
            check_accepted(message, profile)
            message.to_json()
            assert len(message.numbers) == len(message.shape.number_columns)
        batch = decode_batch(stream, profile)
        assert batch.raws == [message.raw for message in accepted]
        assert batch.errors == [event for event in events if isinstance(event, DecodeError)]
        outcomes["accepted"] += len(accepted)
        outcomes.update(error.reason for error in batch.errors)
        done += len(many)
    print(f"\n{done} mutated frames: { {str(k): n for k, n in outcomes.items()} }")
    assert len(outcomes) >= 8  # the mutator reaches all kinds of refusals
