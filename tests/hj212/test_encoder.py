"""What is encoded is what the standard prints, and decodes to what was said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import (
    STRICT,
    CrcDialect,
    DeviceProfile,
    EncodeError,
    Group,
    Message,
    Version,
    cp_text,
    decode_frame,
    encode,
    frame,
)

MN = "010000A8900016F000169DC0"
FIELDS: dict[str, Any] = {"qn": "20160801085857223", "st": "32", "cn": "2011", "mn": MN, "flag": 5}


def test_the_example_of_annex_a() -> None:
    made = encode(**FIELDS | {"cn": "1062", "pw": "100000"}, cp=[("RtdInterval", "30")])
    assert made == (
        b"##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;"
        b"CP=&&RtdInterval=30&&1C80\r\n"
    )


def test_a_2005_answer_leaves_out_what_2005_leaves_out() -> None:
    made = encode(qn=None, st="91", cn="9014", pw=None, mn=None, cp="QN=20040516010101001;CN=2051")
    assert made == b"##0049ST=91;CN=9014;CP=&&QN=20040516010101001;CN=2051&&5F00\r\n"


def test_parts_stand_behind_qn_in_2005_and_behind_flag_later() -> None:
    old = encode(**FIELDS | {"flag": 2}, pnum=3, pno=1)
    assert b"QN=20160801085857223;PNUM=3;PNO=1;ST=32;" in old
    new = encode(**FIELDS | {"flag": 10}, pnum=3, pno=1, rf=True)
    assert b";Flag=10;PNUM=3;PNO=1;RF=1;CP=&&&&" in new


# --- identity ----------------------------------------------------------------------------------------

_codes = st.from_regex(r"[a-z][0-9]{2,9}", fullmatch=True)
_plain = st.text(
    st.characters(codec="utf-8", exclude_characters=";,=&/", exclude_categories=("C", "Z")),
    max_size=9,
)
_text = st.text(st.characters(codec="utf-8", exclude_characters="/"), max_size=20).map(
    "//{}//".format
)
_values = st.one_of(st.decimals(-9999, 9999, places=3).map(str), _plain, _text)
_subs = st.sampled_from(["Rtd", "Min", "Avg", "Max", "Cou", "Flag", "ZsRtd", "Info", "SampleTime"])
_groups = st.builds(Group, _codes, st.dictionaries(_subs, _values, min_size=1, max_size=4))
_fields = st.tuples(st.sampled_from(["DataTime", "PolId", "QnRtn", "BeginTime"]), _values)
_items = st.lists(_fields | _groups, max_size=6)


@st.composite
def _heads(draw: st.DrawFn) -> dict[str, Any]:
    flag = draw(st.none() | st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]))
    parts: dict[str, Any] = {}
    if flag is not None and flag & 2:
        pnum = draw(st.integers(1, 9))
        parts = {"pnum": pnum, "pno": draw(st.integers(1, pnum))}
    old = flag is None or flag < 4
    return {
        "qn": draw(
            st.from_regex("[0-9]{17}", fullmatch=True) | (st.none() if old else st.nothing())
        ),
        "st": draw(st.sampled_from(["21", "22", "31", "32", "51", "91", "A0", "T1"])),
        "cn": draw(st.from_regex("[0-9]{4}", fullmatch=True)),
        "pw": draw(st.from_regex("[0-9A-Za-z]{0,24}", fullmatch=True)),
        "mn": draw(st.from_regex("[0-9A-Za-z_-]{0,24}", fullmatch=True)),
        "flag": flag,
        "rf": flag is not None and flag >= 8 and draw(st.booleans()),
        **parts,
    }


@settings(deadline=None, max_examples=300)
@given(
    _heads(),
    _items,
    st.sampled_from([CrcDialect.HJ212, CrcDialect.MODBUS, CrcDialect.MODBUS_SWAPPED]),
    st.none() | st.binary(min_size=16, max_size=16),
)
def test_decoding_gives_back_what_was_encoded(
    head: dict[str, Any], items: list[Any], crc: CrcDialect, key: bytes | None
) -> None:
    made = encode(**head, cp=items, crc=crc, key=key)
    # with a flag of 8 and up ST=21 is read as surface water unless the edition is registered
    version = Version.V2005 if head["flag"] is None else Version(head["flag"] >> 2)
    profile = DeviceProfile(version=version, crc=crc, keys=() if key is None else (key,))
    message = decode_frame(made, profile)
    assert isinstance(message, Message)
    assert message.raw == made[:-2]
    for name, value in head.items():
        expected = "" if value is None and name in ("qn", "pw", "mn") else value
        assert getattr(message, name) == expected
    assert message.fields == tuple(item for item in items if not isinstance(item, Group))
    said = [
        (g.code, sub, text) for g in items if isinstance(g, Group) for sub, text in g.subs.items()
    ]
    heard = [(g.code, sub, text) for g in message.groups for sub, text in g.subs.items()]
    assert sorted(heard) == sorted(said)


@settings(deadline=None, max_examples=100)
@given(_heads(), st.lists(_groups, max_size=4, unique_by=lambda group: group.code))
def test_a_strict_decoder_takes_what_is_encoded(head: dict[str, Any], groups: list[Group]) -> None:
    usual = {"st": "31", "pw": "123456", "mn": MN}  # ST=21 would be read as surface water
    if (head["flag"] or 0) < 4:
        usual["mn"] = "88888880000001"
    made = encode(**head | usual, cp=[("DataTime", "20160801085857"), *groups])
    message = decode_frame(made, STRICT)
    assert isinstance(message, Message), message


# --- refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"qn": "1617936069734"}, "QN"),
        ({"qn": None}, "QN, PW, MN"),
        ({"mn": None}, "QN, PW, MN"),
        ({"st": "3"}, "ST"),
        ({"st": "09A"}, "ST"),
        ({"cn": "201"}, "CN"),
        ({"pw": "12;456"}, "PW"),
        ({"mn": "A B"}, "MN"),
        ({"mn": "A" * 65}, "MN"),
        ({"flag": 256}, "Flag"),
        ({"flag": 12}, "Flag"),
        ({"flag": 7}, "Flag"),
        ({"pnum": 2, "pno": 1}, "Flag"),
        ({"flag": 7, "pnum": 2}, "PNUM"),
        ({"flag": 7, "pnum": 2, "pno": 3}, "PNUM"),
        ({"flag": 11, "pnum": 10, "pno": 1}, "PNUM"),
        ({"rf": True}, "RF"),
        ({"cp": [("A", "1;2")]}, "A"),
        ({"cp": [("A", " 1")]}, "A"),
        ({"cp": [("A", "//open")]}, "A"),
        ({"cp": [("A", "//a//;b//")]}, "A"),
        ({"cp": [("A=", "1")]}, "A="),
        ({"cp": [("", "1")]}, "CP"),
        ({"cp": [Group("a21026", {})]}, "a21026"),
        ({"cp": "A=" + "1" * 949}, "CP"),
        ({"cp": "A=\ud800"}, "CP"),
    ],
)
def test_what_the_standard_does_not_allow_is_refused_by_name(
    change: dict[str, Any], field: str
) -> None:
    with pytest.raises(EncodeError) as refused:
        encode(**FIELDS | change)
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field}: ")


def test_lengths_count_bytes_not_characters() -> None:
    made = encode(**FIELDS, cp=[Group("i11001", {"Info": "//清洗管路//"})])
    assert int(made[2:6]) == len(made) - 12
    with pytest.raises(EncodeError, match="bytes"):
        encode(**FIELDS, cp=[Group("i11001", {"Info": "//" + "清" * 330 + "//"})])


def test_any_segment_can_be_framed_for_a_simulator() -> None:
    assert frame(b"") == b"##0000FFFF\r\n"
    assert frame(b"x", CrcDialect.OFF)[-6:] == frame(b"x")[-6:]
    with pytest.raises(EncodeError, match="four digits"):
        frame(bytes(10000))


def test_items_of_a_cp() -> None:
    assert cp_text([("A", "1"), Group("b", {"Rtd": "2", "Flag": "N"})]) == "A=1;b-Rtd=2,b-Flag=N"
    assert cp_text([]) == ""
