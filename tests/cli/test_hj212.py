"""``zhihuan hj212``: a JSON object for everything in a stream, and frames back from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from zhihuan.cli.hj212 import command
from zhihuan.hj212 import CrcDialect, Group, encode, frame

GOOD = encode(
    qn="20160801085857223",
    st="32",
    cn="2011",
    mn="010000A8900016F000169DC0",
    flag=5,
    cp=[("DataTime", "20160801085857"), Group("w01018", {"Rtd": "40.1", "Flag": "N"})],
)
KEYS = [
    "ok",
    "error",
    "offset",
    "version",
    "crc_ok",
    "length_ok",
    "qn",
    "st",
    "cn",
    "mn",
    "flag",
    "pnum",
    "pno",
    "cp",
]


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(command, arguments, input=given)


def decoded(*options: str, given: bytes) -> Iterator[dict[str, Any]]:
    for line in run("decode", *options, given=given).stdout.splitlines():
        yield json.loads(line)


def test_a_frame_is_one_object_with_all_keys(tmp_path: Path) -> None:
    file = tmp_path / "frames.bin"
    file.write_bytes(GOOD)
    result = run("decode", str(file))
    (value,) = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert set(KEYS) <= set(value)
    assert {key: value[key] for key in KEYS} == {
        "ok": True,
        "error": None,
        "offset": 0,
        "version": "2017",
        "crc_ok": True,
        "length_ok": True,
        "qn": "20160801085857223",
        "st": "32",
        "cn": "2011",
        "mn": "010000A8900016F000169DC0",
        "flag": 5,
        "pnum": None,
        "pno": None,
        "cp": {"DataTime": "20160801085857", "w01018": {"Rtd": "40.1", "Flag": "N"}},
    }


def test_what_is_no_frame_is_an_object_too_with_reason_and_bytes() -> None:
    stream = b"\xff\x00noise" + GOOD + GOOD.replace(b"40.1", b"40.2") + GOOD[:50]
    junk, good, bad, half = decoded(given=stream)
    assert [value["ok"] for value in (junk, good, bad, half)] == [False, True, False, False]
    assert [value["error"] for value in (junk, bad, half)] == ["junk", "bad_crc", "truncated"]
    assert junk["raw_hex"] == b"\xff\x00noise".hex()
    assert (bad["crc_ok"], bad["length_ok"], bad["offset"]) == (False, True, 7 + len(GOOD))
    assert bad["qn"] == "20160801085857223"
    assert all(set(KEYS) <= set(value) for value in (junk, bad, half))


def test_the_default_takes_the_fields_shapes_and_strict_does_not() -> None:
    odd = frame(b"ST=32;CN=2011;PW=123456;MN=1;Flag=4;CP=&& DataTime=20160801085857;&&")
    (lenient,) = decoded(given=odd)
    assert lenient["ok"]
    assert "trailing_separator" in lenient["notes"]
    strict, good = decoded("--strict", given=odd + GOOD)
    assert (strict["ok"], strict["error"], good["ok"]) == (False, "not_strict", True)
    assert "missing_qn" in strict["detail"]


def test_the_dialect_and_the_key_are_options() -> None:
    modbus = frame(GOOD[6:-6], CrcDialect.MODBUS)
    assert [value["ok"] for value in decoded(given=modbus)] == [False]
    assert [value["ok"] for value in decoded("--crc", "modbus", given=modbus)] == [True]
    sealed = encode(
        qn="2" * 17, st="31", cn="2011", mn="M", flag=9, cp="a-Rtd=1,a-Flag=N;b=2", key=b"0" * 16
    )
    assert [value["error"] for value in decoded(given=sealed)] == ["undecryptable"]
    for key in ("0" * 16, "30" * 16):
        (value,) = decoded("--key", key, given=sealed)
        assert (value["ok"], value["encrypted"]) == (True, True)
    assert "neither" in run("decode", "--key", "short", given=sealed).stderr


def test_the_exit_code_says_whether_anything_was_good() -> None:
    assert run("decode", given=b"noise").exit_code == 1
    assert run("decode", given=b"").exit_code == 1
    assert run("decode", given=b"noise" + GOOD).exit_code == 0


def test_bytes_that_are_no_utf8_print_as_valid_json() -> None:
    gbk = frame(b"ST=32;CN=3020;CP=&&i11001-Info=//" + "清".encode("gbk") + b"//&&")
    result = run("decode", given=gbk)
    value = json.loads(result.stdout_bytes.decode("utf-8"))
    text = value["cp"]["i11001"]["Info"]
    assert text.encode("utf-8", "surrogateescape") == b"//" + "清".encode("gbk") + b"//"


def test_encode_is_the_reverse_of_decode() -> None:
    old = encode(qn=None, st="91", cn="9014", pw=None, mn=None, cp="QN=20040516010101001;CN=2051")
    repeated = encode(qn="2" * 17, st="32", cn="1021", mn="M", flag=1, cp="PolId=101;PolId=102")
    parts = encode(qn="2" * 17, st="32", cn="2061", mn="M", flag=11, pnum=2, pno=1, rf=True)
    stream = GOOD + old + repeated + parts
    objects = run("decode", given=stream + b"noise").stdout.encode()
    result = run("encode", given=objects)
    assert (result.exit_code, result.stdout_bytes) == (0, stream)


def test_encode_says_which_line_it_refuses_and_why() -> None:
    lines = ['{"st": "32", "cn": "2011", "qn": "1"}', '{"st": "32"}', "no json", "", "[]"]
    result = run("encode", given="\n".join(lines).encode())
    assert result.exit_code == 1
    assert result.stdout_bytes == b""
    errors = result.stderr.splitlines()
    assert [error.split(":")[0] for error in errors] == ["line 1", "line 2", "line 3", "line 5"]
    assert "17 digits" in errors[0]
    assert "no 'cn'" in errors[1]


@pytest.mark.parametrize("name", ["decode", "encode"])
def test_each_command_explains_itself(name: str) -> None:
    text = run(name, "--help").stdout
    assert "JSON" in text
