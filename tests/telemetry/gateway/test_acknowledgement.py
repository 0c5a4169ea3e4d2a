"""Answers from a template are byte for byte what the codec would have built anew."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.hj212 import CrcDialect, Decoder, DeviceProfile, Message, decode_frame, frame
from zhihuan.hj212.exchange import answer_data, answer_notice
from zhihuan.telemetry.gateway.acknowledgement import answer_template
from zhihuan.telemetry.gateway.device_links import DeviceLink
from zhihuan.telemetry.ports import RegisteredDevice

HEADS = {
    "2017": "ST=32;CN=2011;PW=123456;MN=M1;Flag=5;",
    "2017 part": "ST=32;CN=2011;PW=123456;MN=M1;Flag=7;PNUM=3;PNO=2;",
    "2025": "ST=31;CN=2051;PW=123456;MN=M1;Flag=9;",
    "surface water": "ST=21;CN=2061;PW=123456;MN=M1;Flag=9;",
    "2005": "ST=32;CN=2011;PW=123456;MN=M1;Flag=1;",
    "2005 part": "ST=32;CN=2051;PW=123456;MN=M1;Flag=3;PNUM=2;PNO=1;",
    "no password, odd mn": "ST=22;CN=2011;PW=;MN=监测站;Flag=5;",
}
NOTICES = {
    "heartbeat": "ST=91;CN=9015;PW=123456;MN=M1;Flag=9;",
    "clock": "ST=32;CN=1013;PW=123456;MN=M1;Flag=5;",
    "login": "ST=21;CN=9021;PW=123456;MN=M1;Flag=5;",
}


def message(head: str, qn: str) -> Message:
    decoded = decode_frame(frame(f"QN={qn};{head}CP=&&DataTime=20260601120000&&".encode()))
    assert isinstance(decoded, Message), decoded
    return decoded


def link(**profile: Any) -> DeviceLink:
    return DeviceLink(RegisteredDevice("M1", profile=DeviceProfile(**profile)), 60)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_data_is_answered_as_the_codec_would(head: str) -> None:
    device = link()
    for qn in ("20260601120000001", "20260601120000002", "1717214400000"):
        sent = message(head, qn)
        assert answer_template(device, sent).fill(sent.qn) == answer_data(sent).encode()


@pytest.mark.parametrize("head", NOTICES.values(), ids=NOTICES)
def test_notices_are_answered_as_the_codec_would(head: str) -> None:
    device = link()
    for qn in ("20260601120000001", "20260601120000002"):
        sent = message(head, qn)
        assert answer_template(device, sent).fill(sent.qn) == answer_notice(sent).encode()


@pytest.mark.parametrize("dialect", CrcDialect)
def test_the_answer_speaks_the_devices_dialect(dialect: CrcDialect) -> None:
    answer = answer_template(link(crc=dialect), message(HEADS["2017"], "20260601120000001"))
    reader = Decoder(DeviceProfile(crc=CrcDialect.HJ212 if dialect is CrcDialect.OFF else dialect))
    (heard,) = reader.feed(answer.fill("20260601120000009"))
    assert isinstance(heard, Message)
    assert (heard.cn, heard.qn) == ("9014", "20260601120000009")


def test_frames_without_qn_each_get_their_own_answer() -> None:
    device = link()
    for qn in ("20260601120000001", "20260601120000002"):
        raw = frame(
            f"ST=32;CN=2011;PW=123456;MN=M1;Flag=1;CP=&&QN={qn};DataTime=20260601120000&&".encode()
        )
        sent = decode_frame(raw)
        assert isinstance(sent, Message)
        answer = answer_template(device, sent).fill(sent.qn)
        assert answer == answer_data(sent).encode()


def test_the_templates_of_a_device_are_bounded() -> None:
    device = link()
    for part in range(1, 500):
        sent = message(
            f"ST=32;CN=2011;PW=123456;MN=M1;Flag=7;PNUM=999;PNO={part};", "20260601120000001"
        )
        answer_template(device, sent)
    assert len(device.templates) <= 64
