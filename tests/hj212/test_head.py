"""The head is read whatever its order and blanks; what is odd about it is named."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.hj212 import Oddity, Reason, Version
from zhihuan.hj212.errors import Refusal
from zhihuan.hj212.head import HeadReader

MN = "010000A8900016F000169DC0"
PLAIN = f"QN=20160801085857223;ST=32;CN=2011;PW=123456;MN={MN};Flag=5;"


def read(text: str, version: Version | None = None, surface_water: bool = False) -> Any:
    return HeadReader(version, surface_water).read(text)


def test_a_head_as_the_table_prints_it_has_no_notes() -> None:
    qn, head = read(PLAIN)
    assert (qn, head.st, head.cn, head.pw, head.mn) == (PLAIN[3:20], "32", "2011", "123456", MN)
    assert (head.flag, head.pnum, head.pno, head.rf) == (5, None, None, False)
    assert head.notes == ()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (PLAIN[:-1], Oddity.HEAD_SEPARATOR),  # 2017, C.22: Flag=5CP=
        (PLAIN.replace(";", ","), Oddity.HEAD_SEPARATOR),
        (PLAIN.replace(";ST", "; ST "), Oddity.HEAD_SEPARATOR),
        (PLAIN.replace(";ST", ";;ST"), Oddity.HEAD_SEPARATOR),
        (f"QN=20160801085857223;ST=32;CN=2011;MN={MN};PW=123456;Flag=5;", Oddity.HEAD_ORDER),
        (PLAIN + "X=1;", Oddity.HEAD_UNKNOWN_FIELD),
        (PLAIN + "ST=31;", Oddity.HEAD_REPEATED_FIELD),
        (PLAIN[21:], Oddity.MISSING_QN),
        (PLAIN.replace("20160801085857223", "1617936069734"), Oddity.QN_FORM),
        (PLAIN.replace("123456", "BF470F88957588DE902D1A52"), Oddity.PW_FORM),
        (PLAIN.replace("PW=123456", "PW="), Oddity.PW_FORM),
        (PLAIN.replace("PW=123456;", ""), Oddity.PW_FORM),
        (PLAIN.replace(MN, "JLYP01_AIR01_0001"), Oddity.MN_FORM),
        (PLAIN.replace(MN, ""), Oddity.MN_FORM),
        (PLAIN.replace("ST=32", "ST=3"), Oddity.ST_FORM),
        (PLAIN.replace("Flag=5", "Flag=7"), Oddity.FLAG_D_VS_PNUM_MISMATCH),
        (PLAIN + "PNUM=2;PNO=1;", Oddity.FLAG_D_VS_PNUM_MISMATCH),
        (PLAIN.replace("Flag=5", "Flag=7") + "PNUM=2;PNO=3;", Oddity.PART_FORM),
        (PLAIN.replace("Flag=5", "Flag=7") + "PNUM=2;", Oddity.PART_FORM),
        (PLAIN.replace("Flag=5", "Flag=7") + "PNUM=x;PNO=1;", Oddity.PART_FORM),
        (PLAIN.replace("Flag=5", "Flag=N"), Oddity.FLAG_FORM),
        (PLAIN.replace("Flag=5", "Flag=256"), Oddity.FLAG_FORM),
        (PLAIN.replace("Flag=5", "Flag=13"), Oddity.UNKNOWN_VERSION),
        (PLAIN + "RF=1;", Oddity.RF_FORM),  # not in 2017
        (PLAIN.replace("Flag=5", "Flag=9") + "RF=0;", Oddity.RF_FORM),
    ],
)
def test_each_oddity_is_read_and_named(text: str, note: Oddity) -> None:
    _, head = read(text)
    assert note in head.notes
    assert (head.st[0], head.cn) == ("3", "2011")


@pytest.mark.parametrize(
    ("text", "qn_rtn"),
    [
        (PLAIN.replace("CN=2011", "CN=201"), 8),
        (PLAIN.replace("CN=2011;", ""), 8),
        (PLAIN.replace("ST=32", "ST=;"), 5),
        (PLAIN.replace("ST=32;", ""), 5),
        (PLAIN + "nonsense;", 100),
        (PLAIN.replace("32", "3\x01"), 100),
    ],
)
def test_a_head_without_meaning_is_refused_with_the_code_to_answer(text: str, qn_rtn: int) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert (refused.value.reason, refused.value.qn_rtn) == (Reason.BAD_GRAMMAR, qn_rtn)


def test_parts_and_back_filling() -> None:
    _, head = read(PLAIN.replace("Flag=5", "Flag=11") + "PNUM=0002;PNO=0001;RF=1;")
    assert (head.pnum, head.pno, head.rf, head.notes) == (2, 1, True, ())


@pytest.mark.parametrize(
    ("flag", "st", "declared", "surface_water", "expected"),
    [
        ("Flag=3", "32", None, False, (Version.V2005, False)),
        ("Flag=4", "32", None, False, (Version.V2017, False)),
        ("Flag=9", "32", None, False, (Version.V2025, False)),
        ("Flag=9", "21", None, False, (Version.V2017, True)),  # surface water since 2017
        ("Flag=9", "91", None, True, (Version.V2017, True)),  # its answers, by registration
        ("Flag=9", "21", Version.V2025, False, (Version.V2025, False)),
        ("Flag=5", "32", Version.V2005, False, (Version.V2005, False)),
    ],
)
def test_the_edition_is_by_registration_then_st_then_flag(
    flag: str,
    st: str,
    declared: Version | None,
    surface_water: bool,
    expected: tuple[Version, bool],
) -> None:
    text = PLAIN.replace("Flag=5", flag).replace("ST=32", f"ST={st}")
    _, head = read(text, declared, surface_water)
    assert (head.version, head.surface_water) == expected


def test_2005_may_leave_out_and_reorder() -> None:
    _, head = read("ST=32;CN=2051;QN=20040516010101001;PW=123456;MN=88888880000001;PNO=1;PNUM=1;")
    assert (head.version, head.flag, head.notes) == (Version.V2005, None, ())
    assert read("ST=91;CN=9014;")[1].notes == ()


def test_known_heads_are_one_object_and_invented_ones_do_not_fill_the_memory() -> None:
    reader = HeadReader(None, False, limit=100)
    first = reader.read(PLAIN)[1]
    assert reader.read(PLAIN.replace("223;", "224;"))[1] is first
    for number in range(1000):
        reader.read(PLAIN.replace(MN, f"INVENTED{number}"))
        reader.read(PLAIN.replace(MN, "LONG" * 100 + str(number)))
    assert len(reader._known) <= 100
