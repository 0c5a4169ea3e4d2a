"""Frames told to people: every field named, in Chinese, with its clause; refusals with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.cli.hj212 import command
from zhihuan.hj212 import (
    DecodeError,
    Decoder,
    DeviceProfile,
    Message,
    Oddity,
    Reason,
    decode_frame,
    frame,
)
from zhihuan.hj212.codes import note_name, reason_name
from zhihuan.hj212.explain import explain

HEAD = "QN=20240601085857223;ST={st};CN={cn};PW=123456;MN=010000A8900016F000169DC0;Flag={flag}"


def told(
    cn: str, cp: str, *, flag: int = 5, st_code: str = "32", surface_water: bool = False
) -> str:
    segment = f"{HEAD.format(st=st_code, cn=cn, flag=flag)};CP=&&{cp}&&"
    message = decode_frame(frame(segment.encode()), DeviceProfile(surface_water=surface_water))
    assert isinstance(message, Message), message
    return explain(message).text()


def test_a_data_frame_is_told_with_names_units_marks_and_clauses() -> None:
    text = told("2061", "DataTime=20240601080000;w01018-Cou=63.0,w01018-Avg=40.1,w01018-Flag=D")
    for part in (
        "HJ 212-2017  CN=2061 上传污染物小时数据（现场机 → 上位机，上传命令）",
        "请求编码：2024-06-01 08:58:57.223（北京时间）",
        "系统编码：地表水体环境污染源  〔HJ 212-2017，6.6.1，表5〕",
        "版本 HJ 212-2017，不带包号，需要应答",
        "数据时间：2024-06-01 08:00:00，时段起点",
        "w01018  化学需氧量  〔HJ 212-2017，表B.1〕",
        "累计值（排放量）：63.0 kg",
        "平均值：40.1 mg/L",
        "数据标记：仪器故障",
    ):
        assert part in text


def test_the_same_cn_is_told_by_edition() -> None:
    assert "上位机设置新密钥" in told("1014", "SKCreateTime=1,NewSK=0000000000000000", flag=9)
    assert "提取数采仪时间" in told("1014", "", flag=9, st_code="21", surface_water=True)
    assert "转引" in told("2111", "DataTime=20240601010000;a01901-Avg=868", flag=9)


def test_old_codes_are_told_with_the_units_of_2005() -> None:
    text = told("2011", "DataTime=20040516020111;020-Rtd=0.0005,020-Flag=P", flag=1)
    assert "020  总汞" in text
    assert "0.0005 mg/L" in text
    assert "电源故障" in text


def test_an_answer_names_its_code() -> None:
    assert "请求回应代码：PW（密码）错误" in told("9011", "QnRtn=3", flag=4, st_code="91")
    assert "执行结果回应代码：没有数据" in told("9012", "ExeRtn=100", flag=4, st_code="91")
    assert "标准没有的代码" in told("9012", "ExeRtn=77x", flag=4, st_code="91")


def test_vendor_codes_are_told_as_unregistered_with_a_guess() -> None:
    text = told("2011", "DataTime=20240601080000;PM25-Rtd=26,ZZZ-Rtd=1,PM25-Flag=?")
    assert "疑为细微颗粒物PM2.5（a34004），须人工确认" in text
    assert "ZZZ  未登记的编码：标准未收录" in text
    assert "未知标记，按“非正常”处理" in text


def test_states_and_information_codes_are_told_by_name() -> None:
    text = told("3020", "DataTime=20240601080000;PolId=w01018;i12001-Info=3")
    assert "现场端信息：校准" in text
    assert "设施运行状态：反吹" in told("2021", "DataTime=20240601080000;SB1-RS=5")
    assert "治理设施 1 号" in told("2021", "DataTime=20240601080000;SB1-RS=5")


def test_tolerated_oddities_are_told() -> None:
    assert "数据区有多余空格" in told("1011", " PolId=w01018")


def test_a_refusal_says_why_and_shows_the_bytes() -> None:
    error = decode_frame(b"##0101QN=20160801085857223;CP=&&&&0000\r\n")
    assert isinstance(error, DecodeError)
    text = explain(error).text()
    assert "不是完好的帧" in text
    assert "##0101QN=20160801085857223" in text


def test_a_terminal_never_gets_a_frames_control_characters() -> None:
    text = told("3020", "DataTime=20240601080000;i11001-Info=//\x1b[2J\x07//")
    assert "\x1b" not in text
    assert "\\x1b[2J\\x07" in text


def test_every_reason_and_every_oddity_has_a_chinese_name() -> None:
    for reason in Reason:
        assert reason_name(reason.value), reason
    for oddity in Oddity:
        assert note_name(oddity.value), oddity


@pytest.mark.shared
def test_every_vector_can_be_told_and_no_field_of_a_good_frame_is_left_out(shared: Path) -> None:
    frames = 0
    for line in (shared / "data/hj212/vectors.jsonl").read_text(encoding="utf-8").split("\n"):
        vector = json.loads(line) if line else {"frame": ""}
        decoder = Decoder()
        stream = vector["frame"].encode(vector.get("encoding", "utf-8"))
        for event in [*decoder.feed(stream), *decoder.close()]:
            text = explain(event).text()
            assert text
            if not isinstance(event, Message):
                continue
            frames += 1
            for key, _ in event.fields:
                assert f"{key}=" in text
            for group in event.groups:
                for sub in group.subs:
                    assert f"{group.code}-{sub}=" in text
    assert frames > 100


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_can_be_told(stream: bytes) -> None:
    decoder = Decoder()
    wrapped = frame(b"QN=1;ST=32;CN=2011;MN=1;Flag=5;CP=&&" + stream + b"&&")
    for event in [*decoder.feed(stream), *decoder.feed(wrapped), *decoder.close()]:
        text = explain(event).text()
        text.encode()
        assert all(c.isprintable() or c == "\n" for c in text)


def test_the_command_tells_every_frame_and_exits_1_without_a_good_one() -> None:
    run = CliRunner()
    good = frame((HEAD.format(st="32", cn="1062", flag=5) + ";CP=&&RtdInterval=30&&").encode())
    done = run.invoke(command, ["explain"], input=b"noise" + good)
    assert done.exit_code == 0
    assert "设置实时数据间隔" in done.output
    assert "不是完好的帧" in done.output
    assert run.invoke(command, ["explain"], input=b"noise").exit_code == 1
    water = frame((HEAD.format(st="21", cn="1014", flag=9) + ";CP=&&&&").encode())
    told_as = run.invoke(command, ["explain", "--surface-water", "--from", "host"], input=water)
    assert "提取数采仪时间" in told_as.output
