"""The other code tables: promises every row keeps, and the meanings that differ by edition."""

from __future__ import annotations

import pytest

from zhihuan.hj212.codes import (
    Confidence,
    Edition,
    command,
    commands,
    exe_rtn,
    factors,
    field,
    info_code,
    info_codes,
    is_normal,
    mark,
    marks,
    qn_rtn,
    sub_field,
    system_type,
    system_types,
)
from zhihuan.hj212.codes.source import rows

_TABLES = [
    "commands", "factors_2005", "factors_2017", "factors_2025", "factors_field", "fields",
    "info_codes", "marks", "processes", "returns", "subfields", "system_types", "timings",
    "vendor_aliases",
]  # fmt: skip


@pytest.mark.parametrize("table", _TABLES)
def test_every_row_has_a_clause_a_known_confidence_and_no_stray_column(table: str) -> None:
    found = list(rows(table))
    assert found
    for row in found:
        assert row["clause"], row
        Confidence(row["confidence"])
        assert None not in row, row
        assert None not in row.values(), row


@pytest.mark.parametrize("table", _TABLES)
def test_a_row_of_2025_or_surface_water_alone_is_never_called_official(table: str) -> None:
    for row in rows(table):
        editions = set(row.get("editions", "2005").split())
        if editions <= {"2025", "surface-water"}:
            assert row["confidence"] != "official", row


def test_no_code_appears_twice() -> None:
    for table in (
        "factors_2005",
        "factors_2017",
        "factors_2025",
        "info_codes",
        "system_types",
        "marks",
    ):
        codes = [next(iter(row.values())) for row in rows(table)]
        assert len(codes) == len(set(codes)), table


@pytest.mark.parametrize(
    ("cn", "edition", "sender", "name"),
    [
        ("1001", Edition.HJ2005, "host", "设置超限报警时间"),
        ("1001", Edition.HJ2025, "device", "上传数采仪硬件序号"),
        ("1014", Edition.HJ2025, "host", "上位机设置新密钥"),
        ("1014", Edition.SURFACE_WATER, "host", "提取数采仪时间"),
        ("2062", Edition.HJ2025, "device", "上传自动标样核查（校准）数据"),
        ("2062", Edition.SURFACE_WATER, "device", "上传标液核查数据"),
        ("3014", Edition.HJ2005, "host", "设置设备采样时间周期"),
        ("3014", Edition.HJ2017, "host", "比对采样"),
        ("3015", Edition.HJ2017, "host", "超标留样"),
        ("3015", Edition.SURFACE_WATER, "host", "远程留样"),
    ],
)
def test_the_same_cn_means_what_its_edition_says(
    cn: str, edition: Edition, sender: str, name: str
) -> None:
    found = command(cn, edition, sender)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("cn", "edition", "sender"),
    [
        ("1001", Edition.HJ2017, "host"),
        ("1001", Edition.HJ2005, "device"),
        ("3024", Edition.HJ2017, "host"),
        ("2051", Edition.SURFACE_WATER, "device"),
        ("1013", Edition.HJ2005, "device"),
        ("0000", Edition.HJ2017, "host"),
    ],
)
def test_an_edition_does_not_borrow_a_command_from_another(
    cn: str, edition: Edition, sender: str
) -> None:
    assert command(cn, edition, sender) is None


def test_a_command_restricted_to_a_system_type_is_preferred_there_only() -> None:
    condition = command("2011", Edition.HJ2025, "device", "45")
    ordinary = command("2011", Edition.HJ2025, "device", "31")
    assert condition is not None
    assert ordinary is not None
    assert condition.body == "ConditionData"
    assert ordinary.body == "RealTimeData"


def test_each_request_with_a_reply_has_both_rows() -> None:
    """1011, 1061, 1063, 3017, 3018: who may ask may also be answered (2017: table 9)."""
    for row in commands():
        if row.kind == "reply":
            for edition in row.editions:
                asked = command(row.cn, edition, "host")
                assert asked is not None, row
                assert asked.kind == "request"


def test_cn_table_of_2017_is_complete() -> None:
    printed = {
        "host": "1000 1011 1012 1061 1062 1063 1064 1072 2011 2012 2021 2022 2031 2041 2051 2061 "
        "3011 3012 3013 3014 3015 3016 3017 3018 3019 3020 3021 9013 9014",
        "device": "1011 1013 1061 1063 2011 2021 2031 2041 2051 2061 2081 3015 3017 3018 3019 3020 "
        "9011 9012 9013 9014",
    }
    for sender, codes in printed.items():
        ours = {
            row.cn
            for row in commands()
            if Edition.HJ2017 in row.editions
            and row.sent_by(sender)
            and row.source.confidence is Confidence.OFFICIAL
        }
        assert ours == set(codes.split()), sender


def test_cn_table_of_2005_is_complete() -> None:
    printed = {
        "host": "1000 1001 1011 1012 1021 1022 1031 1032 1041 1042 1061 1062 1072 2011 2012 2021 "
        "2022 2031 2041 2051 2061 2071 3011 3012 3013 3014 9013 9014",
        "device": "1011 1021 1031 1041 1061 2011 2021 2031 2041 2051 2061 2071 2072 9011 9012 9013 "
        "9014",
    }
    for sender, codes in printed.items():
        ours = {
            row.cn
            for row in commands()
            if Edition.HJ2005 in row.editions
            and row.sent_by(sender)
            and row.source.confidence is Confidence.OFFICIAL
        }
        assert ours == set(codes.split()), sender


def test_marks_of_2017_and_2005() -> None:
    assert [m.mark for m in marks(Edition.HJ2017) if m.normal] == ["N"]
    assert mark("P", Edition.HJ2005) is not None
    assert mark("P", Edition.HJ2017) is None
    assert mark("B", Edition.HJ2005) is None


@pytest.mark.parametrize(
    ("text", "edition", "normal"),
    [
        ("N", Edition.HJ2017, True),
        ("n", Edition.HJ2017, True),
        ("", Edition.HJ2005, True),
        ("3", Edition.HJ2005, True),
        ("2", Edition.HJ2005, False),
        ("3", Edition.HJ2017, False),
        ("D", Edition.HJ2025, False),
        ("lr", Edition.SURFACE_WATER, False),
        ("?", Edition.HJ2017, False),
        ("XYZQ", Edition.HJ2025, False),
    ],
)
def test_an_unknown_mark_is_never_normal(text: str, edition: Edition, normal: bool) -> None:
    assert is_normal(text, edition) is normal


def test_return_codes_differ_on_the_surface_water_profile() -> None:
    crc, busy = qn_rtn(9), qn_rtn(9, Edition.SURFACE_WATER)
    assert crc is not None
    assert busy is not None
    assert "CRC" in crc.name
    assert "繁忙" in busy.name
    assert qn_rtn(99) is None
    assert qn_rtn(4, Edition.HJ2005) is None
    done = exe_rtn(1)
    assert done is not None
    assert done.success
    assert exe_rtn(77) is None


def test_information_codes_name_their_values() -> None:
    state = info_code("i12001")
    assert state is not None
    assert state.meaning("3") == "校准"
    assert (state.device_class, state.kind) == ("在线监控（监测）仪器仪表", "状态")
    furnace = info_code("i33312")
    assert furnace is not None
    assert furnace.meaning("850.1") == "850.1 ℃"
    load = info_code("I33400")
    assert load is not None
    assert load.name == "生产负荷"
    assert info_code("i99999") is None
    assert len(info_codes()) == 42


def test_fields_are_found_in_any_letter_case_and_by_edition() -> None:
    old, new = field("RtdInterval", Edition.HJ2005), field("rtdinterval", Edition.HJ2017)
    assert old is not None
    assert new is not None
    assert (new.minimum, new.maximum) == (30, 3600)
    assert old.minimum != new.minimum
    assert field("WarnTime", Edition.HJ2017) is None
    zs = sub_field("zsrtd")
    assert zs is not None
    assert zs.sub == "ZsRtd"


def test_system_types_by_edition() -> None:
    assert {s.code for s in system_types(Edition.HJ2017)} - {
        s.code for s in system_types(Edition.HJ2005)
    } == {"24", "25", "26", "27", "39", "51", "52"}
    assert system_type("43") is None
    power = system_type("44")
    assert power is not None
    assert power.editions == (Edition.HJ2025,)


def test_annex_b_has_no_gap_in_our_copy() -> None:
    by_medium: dict[str, int] = {}
    for found in factors():
        by_medium[found.medium] = by_medium.get(found.medium, 0) + 1
    assert by_medium == {
        "water": 63,
        "air": 121,
        "noise": 12,
        "water_process": 90,
        "air_process": 55,
    }
