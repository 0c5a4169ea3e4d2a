"""Long messages go out in whole groups and come back whole, in any order, or are given up."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import (
    Assembler,
    Assembly,
    Decoder,
    EncodeError,
    Group,
    Message,
    following_qn,
    split,
)

HEAD: dict[str, Any] = {
    "qn": "20160801085857534",
    "st": "32",
    "cn": "2061",
    "mn": "010000A8900016F000169DC0",
}


def groups(count: int, size: int = 5) -> list[Any]:
    subs = ["Cou", "Min", "Avg", "Max", "Flag"][:size]
    return [("DataTime", "20160801080000")] + [
        Group(f"w{number:05d}", dict.fromkeys(subs, "123.456")) for number in range(count)
    ]


def sent(frames: list[bytes]) -> list[Message]:
    decoder = Decoder()
    events = decoder.feed(b"".join(frames))
    messages = [event for event in events if isinstance(event, Message)]
    assert len(messages) == len(events) == len(frames)
    return messages


def test_what_fits_is_one_frame_without_parts() -> None:
    (message,) = sent(split(**HEAD, flag=7, cp=groups(3)))
    assert (message.flag, message.pnum, message.pno) == (5, None, None)


@settings(deadline=None)
@given(st.integers(0, 40), st.sampled_from([4, 5]), st.integers(1, 5))
def test_parts_hold_whole_groups_repeat_the_time_and_have_their_own_qn(
    count: int, flag: int, size: int
) -> None:
    items = groups(count, size)
    messages = sent(split(**HEAD, flag=flag, cp=items))
    several = len(messages) > 1
    assert [group for message in messages for group in message.groups] == items[1:]
    for number, message in enumerate(messages):
        assert message.data_time == "20160801080000"
        assert len(message.raw) <= 6 + 1024 + 4
        assert message.qn == following_qn(HEAD["qn"], number)
        assert message.flag == (flag | 2 if several else flag)
        assert (message.pnum, message.pno) == (
            (len(messages), number + 1) if several else (None, None)
        )


def test_milliseconds_carry_over() -> None:
    assert following_qn("20161231235959999", 1) == "20170101000000000"


def test_one_item_too_long_and_too_many_parts_are_refused() -> None:
    with pytest.raises(EncodeError, match="a part holds"):
        split(**HEAD, flag=5, cp=[("DataTime", "1"), ("Info", "//" + "x" * 1000 + "//")])
    with pytest.raises(EncodeError, match="at most 9"):
        split(**HEAD, flag=9, cp=groups(200))


@settings(deadline=None)
@given(st.integers(12, 40), st.randoms(use_true_random=False))
def test_parts_come_together_in_any_order_with_repeats(count: int, chance: random.Random) -> None:
    messages = sent(split(**HEAD, flag=5, cp=groups(count)))
    shuffled = messages[:-1] * 2
    chance.shuffle(shuffled)
    assembler = Assembler()
    # the last part is kept back, so that no order completes the message before all were offered
    assert all(assembler.add(message, 1.0) is None for message in shuffled)
    whole = assembler.add(messages[-1], 2.0)
    assert isinstance(whole, Assembly)
    assert whole.groups == groups(count)[1:]
    assert (whole.missing, whole.since) == ((), 1.0)
    assert assembler.overdue(9.0) == []


def test_a_message_without_parts_is_whole_at_once() -> None:
    (message,) = sent(split(**HEAD, flag=5, cp=groups(1)))
    whole = Assembler().add(message, 0.0)
    assert whole is not None
    assert whole.parts == {1: message}


def test_orphans_are_given_up_when_their_time_is_over() -> None:
    first, *_, last = sent(split(**HEAD, flag=5, cp=groups(20)))
    assembler = Assembler()
    assembler.add(last, 10.0)
    assert assembler.overdue(10.0) == []
    (orphan,) = assembler.overdue(10.1)
    assert orphan.missing == tuple(range(1, last.pnum or 0))
    assert assembler.add(first, 11.0) is None  # begins anew


def test_parts_of_other_messages_do_not_mix() -> None:
    a = sent(split(**HEAD, flag=5, cp=groups(20)))
    b = sent(split(**HEAD | {"mn": "B"}, flag=5, cp=groups(20)))
    assembler = Assembler()
    assert assembler.add(a[0], 0.0) is None
    assert assembler.add(b[1], 0.0) is None
    assert {key.mn for key in (one.key for one in assembler.overdue(1.0))} == {HEAD["mn"], "B"}


def test_too_many_open_messages_give_up_the_oldest() -> None:
    assembler = Assembler(limit=3)
    for number in range(10):
        (part, *_) = sent(split(**HEAD | {"mn": f"M{number}"}, flag=5, cp=groups(20)))
        assembler.add(part, float(number))
    given_up = assembler.overdue(0.0)
    assert [one.key.mn for one in given_up] == [f"M{number}" for number in range(7)]
    assert len(assembler._open) == 3
