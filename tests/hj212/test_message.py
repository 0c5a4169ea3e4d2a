"""What a message offers: groups, numbers, times, JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.hj212 import BEIJING, Group, Message, Oddity, decode_frame
from zhihuan.hj212.message import epoch_of, number_of

HEAD = "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"


@pytest.fixture
def say(framed: Callable[[bytes], bytes]) -> Callable[[str], Message]:
    def decoded(cp: str, head: str = HEAD) -> Message:
        message = decode_frame(framed(f"{head}CP=&&{cp}&&".encode("utf-8", "surrogateescape")))
        assert isinstance(message, Message)
        return message

    return decoded


Say = Callable[..., Message]


def test_groups_keep_order_and_a_sub_field_sent_twice(say: Say) -> None:
    message = say("DataTime=20160801085857;b-Rtd=1,b-Flag=N;a-Rtd=2;b-Rtd=3")
    assert message.groups == [
        Group("b", {"Rtd": "1", "Flag": "N"}),
        Group("a", {"Rtd": "2"}),
        Group("b", {"Rtd": "3"}),
    ]


def test_fields_keep_repeated_keys_and_are_found_whatever_their_case(say: Say) -> None:
    message = say("PolId=101;PolId=102;CTime=2")
    assert message.fields == (("PolId", "101"), ("PolId", "102"), ("CTime", "2"))
    assert (message.get("ctime"), message.get("polid"), message.get("none")) == ("2", "101", None)


def test_numbers_stand_beside_their_columns_and_what_is_none_is_nan(say: Say) -> None:
    message = say("a-Rtd=-1.50,a-Flag=N;b-Rtd=,b-EFlag=A01;c-Rtd=St;d-Rtd=1_0;e-Rtd=inf;f-Cou=1e3")
    columns = [message.shape.columns[i] for i in message.shape.number_columns]
    assert [code for code, _ in columns] == ["a", "b", "c", "d", "e", "f"]
    assert [repr(number) for number in message.numbers] == ["-1.5", *["nan"] * 4, "1000.0"]


def test_numbers_of_one_or_no_column(say: Say) -> None:
    assert say("a-Rtd=7").numbers == [7.0]
    assert say("DataTime=20160801085857").numbers == []
    assert say("a-Rtd=１２").numbers != [12.0]  # digits of other scripts are no number


@given(st.text(max_size=12))
def test_a_number_is_finite_ascii_or_nan(text: str) -> None:
    number = number_of(text)
    if not math.isnan(number):
        assert text.isascii()
        assert float(text) == number
        assert math.isfinite(number)


@given(st.datetimes())
def test_times_are_beijing_time(at: datetime) -> None:
    text = f"{at.year:04d}{at:%m%d%H%M%S}"
    expected = int(at.replace(microsecond=0, tzinfo=BEIJING).timestamp())
    assert epoch_of(text) == expected
    assert epoch_of(text + "123") == expected  # captured: 17 digits


IMPOSSIBLE = """
    2016 20160801 20160230000000 20160801240000 20160801006000 20160801000060 00000101000000
    2016080100000x 2016-08-01T000 ２０１６0801085857 2016080108585700
"""


@pytest.mark.parametrize("text", ["", *IMPOSSIBLE.split()])
def test_impossible_times_are_none(text: str) -> None:
    assert epoch_of(text) is None


def test_an_odd_data_time_is_noted_and_kept(say: Say) -> None:
    message = say("DataTime=20160824003817000;B01-Rtd=36.91")
    assert message.data_time == "20160824003817000"
    assert message.data_epoch == epoch_of("20160824003817")
    assert message.notes == (Oddity.DATA_TIME_FORM,)
    assert (say("a-Rtd=1").data_time, say("a-Rtd=1").data_epoch) == ("", None)


def test_flag_bits(say: Say) -> None:
    parts = say("a-Rtd=1", HEAD.replace("Flag=5", "Flag=7") + "PNUM=2;PNO=1;")
    assert (parts.needs_ack, parts.has_parts, parts.pnum, parts.pno) == (True, True, 2, 1)
    silent = say("a-Rtd=1", HEAD.replace("Flag=5", "Flag=4"))
    assert (silent.needs_ack, silent.has_parts, silent.pnum) == (False, False, None)


def test_bytes_that_are_no_utf8_survive(say: Say) -> None:
    gbk = "清洗".encode("gbk")
    message = say("i11001-Info=//" + gbk.decode("utf-8", "surrogateescape") + "//")
    text = message.groups[0].subs["Info"]
    assert text[2:-2].encode("utf-8", "surrogateescape") == gbk
    assert message.notes == (Oddity.INVALID_UTF8,)
    assert gbk in message.raw


def test_json_has_fields_as_text_groups_as_objects_and_lists_of_what_repeats(say: Say) -> None:
    value: dict[str, Any] = json.loads(
        json.dumps(say("PolId=1;PolId=2;PolId=3;a-Rtd=1,a-Flag=N;a-Rtd=2").to_json())
    )
    assert value["cp"] == {"PolId": ["1", "2", "3"], "a": [{"Rtd": "1", "Flag": "N"}, {"Rtd": "2"}]}
    assert list(value)[:14] == [
        *("ok", "error", "offset", "version", "surface_water", "crc_ok", "length_ok"),
        *("qn", "st", "cn", "pw", "mn", "flag", "pnum"),
    ]
    assert (value["ok"], value["error"], value["version"], value["flag"]) == (True, None, "2017", 5)
